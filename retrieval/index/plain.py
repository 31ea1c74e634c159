"""The best passages of a part, found with numpy alone.

Pruning by exact upper bounds, a term at a time (Turtle and Flood, "Query evaluation: strategies and optimizations",
1995). No posting of term t adds more than weight(t) · max saturation. So once the terms still to come, which are the
lightest, cannot lift a passage to the lowest of the best so far, only passages seen before count, and of them only
those that can still get there: where these are few, they are looked up in the long lists of postings of such terms.
"""

import numpy as np
from numpy.typing import NDArray

from retrieval.index.chosen import ROUNDING, Best, Chosen

_LOOKING_UP = 12
"""How many times as long it takes to look a passage up as to go through one posting."""


def consider(best: Best, chosen: Chosen) -> None:
    """Put those passages of a part among the best that belong there."""
    numbers, scores = _hopeful(chosen, len(best.ids), _lowest(best.scores[: best.count], 0.0, len(best.ids)))
    ids = np.append(best.ids[: best.count], chosen.ids[numbers])
    scores = np.append(best.scores[: best.count], scores)
    order = np.lexsort((ids, -scores))[: len(best.ids)]
    best.count = len(order)
    best.ids[: best.count], best.scores[: best.count] = ids[order], scores[order]


def _hopeful(chosen: Chosen, at_most: int, least: float) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The numbers and scores of passages, among them the best; lower scores than `least` are of no use."""
    rests = _rests(chosen)
    sums = np.zeros(len(chosen.findable))
    seen = [np.empty(0, np.int32)]
    term = 0
    while term < len(chosen.weights) and rests[term] >= least * ROUNDING:
        numbers = chosen.postings.holding(term)
        before = sums[numbers]
        sums[numbers] = now = before + _added(chosen, term)
        seen.append(numbers[before == 0])
        least = _lowest(now[chosen.findable[numbers]], least, at_most)
        term += 1
    numbers = np.concatenate(seen)
    numbers = numbers[chosen.findable[numbers]]
    for late in range(term, len(chosen.weights)):
        numbers = numbers[sums[numbers] + rests[late] >= least * ROUNDING]
        _add_late(chosen, late, numbers, sums)
        least = _lowest(sums[numbers], least, at_most)
    scores = sums[numbers]
    return numbers[scores >= least], scores[scores >= least]


def _add_late(chosen: Chosen, term: int, numbers: NDArray[np.int32], sums: NDArray[np.float64]) -> None:
    """Add what the term makes of these passages to their sums; to those of others it does not matter."""
    holding = chosen.postings.holding(term)
    if len(holding) < _LOOKING_UP * len(numbers):
        sums[holding] += _added(chosen, term)
    else:
        places = np.searchsorted(holding, numbers)
        places[places == len(holding)] = 0
        places = places[holding[places] == numbers]
        sums[holding[places]] += _added(chosen, term, places)


def _rests(chosen: Chosen) -> list[float]:
    """For each term, the most that it and those after it can add to a score; 0 after the last."""
    bounds = chosen.weights * chosen.saturation.max(initial=0.0)
    return [*np.cumsum(bounds[::-1])[::-1].tolist(), 0.0]


def _added(chosen: Chosen, term: int, places: NDArray[np.intp] | slice = slice(None)) -> NDArray[np.float64]:
    """What the term adds to the scores of the passages that hold it."""
    added: NDArray[np.float64] = (chosen.weights[term] * chosen.saturation)[chosen.postings.coded(term)[places]]
    return added


def _lowest(scores: NDArray[np.float64], least: float, at_most: int) -> float:
    """The lowest of the best of these scores of different passages, or `least` if that is higher."""
    higher = scores[scores > least]
    return least if len(higher) < at_most else float(np.partition(higher, -at_most)[-at_most])
