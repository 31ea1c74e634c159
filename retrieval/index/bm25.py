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

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from retrieval.index.part import Part
from retrieval.index.postings import Pairs, Sought


class Weighed(NamedTuple):
    """The terms of a query, each once, in the order of the alphabet.

    `weights` are idf times the times a term stands in the query, 0 for a term that no passage holds; `sought` are the
    terms in each part.
    """

    weights: NDArray[np.float64]
    floor: float
    sought: Sequence[Sought]


class PostingsBM25(BM25Plus):  # type: ignore[misc]  # rank-bm25 carries no types
    """rank-bm25's BM25Plus over parts that are pooled: their passages count as one corpus."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        super().__init__(corpus=())

    def _initialize(self, corpus: object) -> dict[str, int]:
        length = 0
        for part in self.parts:
            self.corpus_size += len(part)
            length += part.total_length
        self.avgdl = length / max(1, self.corpus_size)
        return {}

    def get_idf(self, query: Iterable[str]) -> dict[str, float]:
        """Return the idf of those of the query's terms that some passage holds."""
        terms = [*dict.fromkeys(query)]
        return self._idf(terms, self._sought(terms))

    def weigh(self, query: Sequence[str]) -> Weighed:
        terms = sorted({*query})
        sought = self._sought(terms)
        idf = self._idf(terms, sought)
        weights = [idf.get(term, 0.0) for term in terms]
        if len(terms) < len(query):
            times = Counter(query)
            weights = [weight * times[term] for term, weight in zip(terms, weights, strict=True)]
        return Weighed(np.array(weights), self.delta * sum(weights), sought)

    def saturation(self, part: Part) -> NDArray[np.float64]:
        """Return what each pair of term frequency and length makes of a term's weight: above 0, below k1 + 1."""
        return part.tabulated(self.avgdl, self._saturation)

    def _saturation(self, pairs: Pairs) -> NDArray[np.float64]:
        norm = self.k1 * (1 - self.b + self.b * pairs.lengths / self.avgdl)
        return np.asarray(pairs.frequencies * (self.k1 + 1) / (norm + pairs.frequencies))

    def get_scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """Return a score for each passage number, part after part; NaN where a passage holds no term of the query."""
        weighed = self.weigh(query)
        order = heaviest_first(weighed.weights)
        scored = [np.zeros(len(part.rows)) for part in self.parts]
        for part, sought, scores in zip(self.parts, weighed.sought, scored, strict=True):
            saturation = self.saturation(part)
            for term in order.tolist():
                scores[sought.numbers(term)] += weighed.weights[term] * saturation[sought.codes(term)]
            scores[~part.live | (scores == 0)] = np.nan
        return np.concatenate([np.empty(0), *scored]) + weighed.floor

    def _sought(self, terms: Sequence[str]) -> list[Sought]:
        return [part.rows.sought(terms) for part in self.parts]

    def _idf(self, terms: Sequence[str], sought: Sequence[Sought]) -> dict[str, float]:
        """The idf of those of the terms that some passage holds."""
        held = [part.frequencies(terms, each) for part, each in zip(self.parts, sought, strict=True)]
        counted = zip(terms, reduce(np.add, held).tolist() if held else (), strict=False)
        self._calc_idf({term: frequency for term, frequency in counted if frequency})
        idf: dict[str, float] = self.idf
        return idf


def heaviest_first(weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the order of a query's terms in which scores are added up, so that equal passages get the very same score.

    Those that weigh the same stay in their order; those that weigh nothing are left out.
    """
    return np.argsort(-weights, kind="stable")[: np.count_nonzero(weights)]
