"""Ranking: the best passages of several parts for a query."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.index.bm25 import PostingsBM25
from retrieval.index.chosen import Chosen
from retrieval.index.part import Part

try:
    from retrieval.index.compiled import finalists
except ImportError:  # numba comes with the extra `fast`
    from retrieval.index.plain import finalists


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage's id and its BM25+ score for one query: higher is better, above 0."""

    passage_id: int
    score: float


def best(
    parts: Sequence[Part], query: Sequence[str], at_most: int, among: Collection[int] | None = None
) -> list[Scored]:
    """Return the best of the parts' passages for the query's terms, the best first, equal ones by their id.

    `among` are the ids of the articles that may be found, None for all; the scores are the same.
    """
    bm25 = PostingsBM25(parts)
    weighed = bm25.weigh(query)
    ids, scores = np.empty(0, np.int64), np.empty(0)
    if not weighed.terms or at_most < 1:
        return []
    for part, postings in zip(parts, weighed.postings, strict=True):
        findable = part.live if among is None else part.live & _belonging(part, among)
        chosen = Chosen(postings, weighed.weights, bm25.saturation(part.rows.pairs), findable, part.rows.ids)
        found = finalists(chosen, at_most, float(scores[-1]) if len(scores) == at_most else 0.0)
        ids, scores = np.append(ids, chosen.ids[found.numbers]), np.append(scores, found.scores)
        order = np.lexsort((ids, -scores))[:at_most]
        ids, scores = ids[order], scores[order]
    return [Scored(*each) for each in zip(ids.tolist(), (scores + weighed.floor).tolist(), strict=True)]


def _belonging(part: Part, article_ids: Collection[int]) -> NDArray[np.bool_]:
    """For each number, whether the passage stands in one of the articles."""
    belongs = np.zeros(len(part.rows), np.bool_)
    for article_id in article_ids:
        numbers = part.rows.numbers_of(article_id)
        belongs[numbers.start : numbers.stop] = True
    return belongs
