"""Ranking: the best passages of several parts for a query."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.index.bm25 import PostingsBM25
from retrieval.index.chosen import Best, Chosen
from retrieval.index.part import Part

try:
    from retrieval.index.compiled import consider
except ImportError:  # numba comes with the extra `fast`
    from retrieval.index.plain import consider


def best(
    parts: Sequence[Part], query: Sequence[str], at_most: int, among: Collection[int] | None = None
) -> list[tuple[int, float]]:
    """Return the ids of the parts' best passages, with their BM25+ scores, the best first, equal ones by their id.

    A score is above 0. `among` are the ids of the articles that may be found, None for all; the scores are the same.
    """
    return ranked(parts, query, at_most, among).scored()


def ranked(parts: Sequence[Part], query: Sequence[str], at_most: int, among: Collection[int] | None = None) -> Best:
    """Return the same passages; their scores lack the floor, which is told beside them."""
    bm25 = PostingsBM25(parts)
    weighed = bm25.weigh(query)
    found = Best(max(0, min(at_most, bm25.corpus_size)) if weighed.floor else 0, weighed.floor)
    if not len(found.ids):
        return found
    for part, sought in zip(parts, weighed.sought, strict=True):
        findable = part.live if among is None else part.live & _belonging(part, among)
        consider(found, Chosen(sought, weighed.weights, bm25.saturation(part), findable, part.rows.ids))
    return found


def _belonging(part: Part, article_ids: Collection[int]) -> NDArray[np.bool_]:
    """For each number, whether the passage stands in one of the articles."""
    belongs = np.zeros(len(part.rows), np.bool_)
    for article_id in article_ids:
        numbers = part.rows.numbers_of(article_id)
        belongs[numbers.start : numbers.stop] = True
    return belongs
