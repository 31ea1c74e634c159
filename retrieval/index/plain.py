"""The best passages of a part, found with numpy alone.

Pruning by exact upper bounds (MaxScore: Turtle and Flood, "Query evaluation: strategies and optimizations", 1995). No
posting of term t adds more than weight(t) · max saturation. The last terms, the lightest, which together cannot lift a
passage to the lowest of the best so far, only matter to passages that hold another term, and of them only to those that
the terms before have brought near enough.

A call of numpy takes as long as going through a thousand postings, so the first terms, which have few, are gone through
together. What they make of passages says how low the lowest of the best can be, and with that how many more terms
matter to every passage.
"""

import threading
from bisect import bisect_right
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from retrieval.index.bm25 import heaviest_first
from retrieval.index.chosen import ROUNDING, Best, Chosen
from retrieval.index.postings import Sought

_FEW = 8_192
"""Postings that are gone through together."""
_GLANCE = 512
"""Postings of a term that are gone through for a first threshold."""
_LOOKING_UP = 8
"""How many times as long it takes to look a passage up as to go through one posting."""


class _Kept(threading.local):
    """A number for each passage, all 0 but while a part is ranked: making them anew takes longer than ranking."""

    def __init__(self) -> None:
        self._sums = np.zeros(0)

    def taken(self, passages: int) -> NDArray[np.float64]:
        """Return so many; what is not put back, since ranking failed, is made anew."""
        sums, self._sums = self._sums, np.zeros(0)
        return sums if len(sums) >= passages else np.zeros(passages)

    def put_back(self, sums: NDArray[np.float64]) -> None:
        self._sums = sums


_kept = _Kept()


def consider(best: Best, chosen: Chosen) -> None:
    """Put those passages of a part among the best that belong there."""
    sums = _kept.taken(len(chosen.findable))
    wanted = len(best.ids)
    numbers, scores = _hopeful(_heaviest_first(chosen), sums, wanted, _lowest(best.scores[: best.count], 0.0, wanted))
    _kept.put_back(sums)
    ids = np.concatenate([best.ids[: best.count], chosen.ids[numbers]])
    scores = np.concatenate([best.scores[: best.count], scores])
    order = np.lexsort((ids, -scores))[:wanted]
    best.count = len(order)
    best.ids[: best.count], best.scores[: best.count] = ids[order], scores[order]


def _hopeful(
    chosen: Chosen, sums: NDArray[np.float64], wanted: int, least: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The numbers and scores of passages, among them the best; lower scores than `least` are of no use."""
    terms, rests = len(chosen.weights), _rests(chosen)
    least = max(least, _reached(chosen, wanted))
    essential = _few(chosen.sought)
    seen = [_add(chosen, 0, essential, sums)]
    if essential < terms:
        least = _lowest(sums[_not_lower(least, seen[0], sums, chosen)], least, wanted)
    while essential < terms and rests[essential] >= least * ROUNDING:
        numbers = _add(chosen, essential, essential + 1, sums)
        higher = numbers[sums[numbers] > least]
        least = _lowest(sums[higher[chosen.findable[higher]]], least, wanted)
        seen.append(numbers)
        essential += 1
    numbers = _not_lower(least * ROUNDING - rests[essential], np.concatenate(seen), sums, chosen)
    scores = sums[numbers]
    for each in seen:
        sums[each] = 0.0
    for term in range(essential, terms):
        least = _lowest(scores, least, wanted)
        near = scores >= least * ROUNDING - rests[term]
        numbers, scores = numbers[near], scores[near]
        _add_late(chosen, term, numbers, scores, sums)
    best = scores >= _lowest(scores, least, wanted)
    return numbers[best], scores[best]


def _heaviest_first(chosen: Chosen) -> Chosen:
    order = heaviest_first(chosen.weights)
    return chosen._replace(sought=chosen.sought.of(order), weights=chosen.weights[order])


def _rests(chosen: Chosen) -> list[float]:
    """For each term, the most that it and those after it can add to a score; 0 after the last."""
    bounds = chosen.weights * chosen.saturation.max(initial=0.0)
    return [*np.cumsum(bounds[::-1])[::-1].tolist(), 0.0]


def _reached(chosen: Chosen, wanted: int) -> float:
    """A score that so many passages reach by the heaviest term that is in as many; 0 where none is."""
    for term, count in enumerate(chosen.sought.counts.tolist()):
        if count >= wanted:
            numbers = chosen.sought.numbers(term)[:_GLANCE]
            codes = chosen.sought.codes(term)[:_GLANCE][chosen.findable[numbers]]
            return float(chosen.weights[term]) * _lowest(chosen.saturation[codes], 0.0, wanted)
    return 0.0


def _few(sought: Sought) -> int:
    """How many of the first terms have few postings together; one at least."""
    return max(1, bisect_right([*accumulate(sought.counts.tolist())], _FEW))


def _add(chosen: Chosen, first: int, last: int, sums: NDArray[np.float64]) -> NDArray[np.int64]:
    """Add what terms `first` up to `last` make of passages' scores; return the passages' numbers, repeated ones so."""
    terms = range(first, last)
    numbers = np.concatenate([*map(chosen.sought.numbers, terms)], dtype=np.int64)
    added = chosen.saturation[np.concatenate([*map(chosen.sought.codes, terms)])]
    added *= np.repeat(chosen.weights[first:last], chosen.sought.counts[first:last])
    np.add.at(sums, numbers, added)
    return numbers


def _not_lower(least: float, seen: NDArray[np.int64], sums: NDArray[np.float64], chosen: Chosen) -> NDArray[np.int64]:
    """Those of the passages seen that may be found and whose sums are not lower, each once."""
    numbers = np.sort(seen[sums[seen] >= least])
    wanted = chosen.findable[numbers]
    wanted[1:] &= numbers[1:] != numbers[:-1]
    return numbers[wanted]


def _add_late(
    chosen: Chosen,
    term: int,
    numbers: NDArray[np.int64],
    scores: NDArray[np.float64],
    sums: NDArray[np.float64],
) -> None:
    """Add what the term makes of these passages to their scores."""
    holding, codes = chosen.sought.numbers(term), chosen.sought.codes(term)
    if len(holding) < _LOOKING_UP * len(numbers):
        sums[holding] = chosen.weights[term] * chosen.saturation[codes]
        scores += sums[numbers]
        sums[holding] = 0.0
    elif len(holding):
        places = np.searchsorted(holding[:-1], numbers.astype(holding.dtype))
        held = holding[places] == numbers
        scores[held] += chosen.weights[term] * chosen.saturation[codes[places[held]]]


def _lowest(scores: NDArray[np.float64], least: float, wanted: int) -> float:
    """The lowest of so many best of these scores of different passages, or `least` if that is higher."""
    return least if len(scores) < wanted else max(least, float(np.partition(scores, -wanted)[-wanted]))
