"""rank-bm25 itself, for comparison."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from rank_bm25 import BM25Plus

_Passage = TypeVar("_Passage", bound=Hashable)


def by_rank_bm25(corpus: Mapping[_Passage, Sequence[str]], query: Sequence[str]) -> dict[_Passage, float]:
    """rank-bm25's scores of the passages that hold a term of the query."""
    if not any(corpus.values()):
        return {}  # rank-bm25 divides by the number of passages and by their mean length
    scores = map(float, BM25Plus(list(corpus.values())).get_scores(query))
    scored = zip(corpus.items(), scores, strict=True)
    return {passage: score for (passage, held), score in scored if set(held) & set(query)}
