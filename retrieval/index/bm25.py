"""The score of a passage: rank-bm25's `BM25Plus`, from postings.

With tf(t, p) the times term t stands in passage p, |p| its terms, avgdl their mean, N the passages and df(t) those that
hold t,

    score(p) = Σ_t idf(t) · (δ + saturation(t, p))
    idf(t) = ln((N + 1) / df(t))
    saturation(t, p) = tf·(k1 + 1) / (k1·(1 − b + b·|p|/avgdl) + tf)

(Lv and Zhai, "Lower-bounding term frequency normalization", 2011). A term that stands in the query n times counts n
times. δ gives every passage the same, be the term in it or not: the sum Σ_t idf(t)·δ, here called the floor, is added
to what is found in the end, and passages that hold none of the terms are left out.
"""

from collections.abc import Iterable, Sequence
from operator import add
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from retrieval.index.part import Part
from retrieval.index.segment import Pairs, Postings


class Weighed(NamedTuple):
    """Those terms of a query that some passage holds, the heaviest first, those that weigh the same by themselves.

    `weights` are idf times the times a term stands in the query; `postings` are those of the terms in each part. A
    score is always added up in the order of the terms, so that equal passages get equal scores to the last bit.
    """

    terms: Sequence[str]
    weights: NDArray[np.float64]
    floor: float
    postings: Sequence[Postings]


class PostingsBM25(BM25Plus):  # type: ignore[misc]  # rank-bm25 carries no types
    """rank-bm25's BM25Plus over parts that are pooled: their passages count as one corpus."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        super().__init__(corpus=())

    def _initialize(self, corpus: object) -> dict[str, int]:
        self.corpus_size = sum(map(len, self.parts))
        self.avgdl = sum(part.total_length for part in self.parts) / max(1, self.corpus_size)
        return {}

    def get_idf(self, query: Iterable[str]) -> dict[str, float]:
        """Return the idf of those of the query's terms that some passage holds."""
        return self._idf([*dict.fromkeys(query)])[0]

    def weigh(self, query: Sequence[str]) -> Weighed:
        times: dict[str, int] = {}
        for term in query:
            times[term] = times.get(term, 0) + 1
        terms = [*times]
        idf, postings = self._idf(terms)
        lightest_last = sorted([(-times[term] * idf[term], term, row) for row, term in enumerate(terms) if term in idf])
        weights = [-lightness for lightness, _, _ in lightest_last]
        rows = [row for _, _, row in lightest_last]
        return Weighed(
            terms=[term for _, term, _ in lightest_last],
            weights=np.array(weights),
            floor=self.delta * sum(weights),
            postings=[each.of(rows) for each in postings],
        )

    def saturation(self, part: Part) -> NDArray[np.float64]:
        """Return what each pair of term frequency and length makes of a term's weight: above 0, below k1 + 1."""
        return part.tabulated(self.avgdl, self._saturation)

    def _saturation(self, pairs: Pairs) -> NDArray[np.float64]:
        norm = self.k1 * (1 - self.b + self.b * pairs.lengths / self.avgdl)
        return np.asarray(pairs.frequencies * (self.k1 + 1) / (norm + pairs.frequencies))

    def get_scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """Return a score for each passage number, part after part; NaN where a passage holds no term of the query."""
        weighed = self.weigh(query)
        scored = [np.zeros(len(part.rows)) for part in self.parts]
        for part, postings, scores in zip(self.parts, weighed.postings, scored, strict=True):
            saturation = self.saturation(part)
            for term, weight in enumerate(weighed.weights):
                scores[postings.holding(term)] += weight * saturation[postings.coded(term)]
            scores[~part.live | (scores == 0)] = np.nan
        return np.concatenate([np.empty(0), *scored]) + weighed.floor

    def _idf(self, terms: Sequence[str]) -> tuple[dict[str, float], list[Postings]]:
        """The idf of those of the terms that some passage holds, and where each of the terms stands in each part."""
        postings = [part.rows.postings(terms) for part in self.parts]
        frequencies = [0] * len(terms)
        for part, each in zip(self.parts, postings, strict=True):
            frequencies = [*map(add, frequencies, part.frequencies(terms, each))]
        self._calc_idf({term: frequency for term, frequency in zip(terms, frequencies, strict=True) if frequency})
        return self.idf, postings
