"""The best passages of a part, found with numpy alone.

Pruning by exact upper bounds, a term at a time (Turtle and Flood, "Query evaluation: strategies and optimizations",
1995). No posting of term t adds more than weight(t) · max saturation. So once the terms still to come, which are the
lightest, cannot lift a passage to the lowest of the `at_most` best, only passages seen before count, and of them only
those that can still get there: they are looked up in the long lists of postings that such terms have.
"""

import numpy as np
from numpy.typing import NDArray

from retrieval.index.chosen import Chosen, Finalists


def finalists(chosen: Chosen, at_most: int, least: float) -> Finalists:
    """Return the passages of a part that may be among the `at_most` best; lower scores than `least` are of no use."""
    rests = chosen.rests().tolist()
    scores = np.zeros(len(chosen.findable))
    seen = [np.empty(0, np.int32)]
    term = 0
    while term < len(chosen.weights) and rests[term] >= least:
        numbers = chosen.postings.holding(term)
        before = scores[numbers]
        scores[numbers] = now = before + _added(chosen, term)
        seen.append(numbers[before == 0])
        least = _raised(least, now[chosen.findable[numbers]], at_most)
        term += 1
    found = np.concatenate(seen)
    found = found[chosen.findable[found]]
    return _looked_up(chosen, term, Finalists(found, scores[found]), at_most, least)


def _looked_up(chosen: Chosen, first: int, found: Finalists, at_most: int, least: float) -> Finalists:
    """Add what the terms from `first` on make of the passages found, dropping those that cannot reach `least`."""
    rests = chosen.rests().tolist()
    numbers, scores = found
    for term in range(first, len(chosen.weights)):
        hopeful = scores + rests[term] >= least
        numbers, scores = numbers[hopeful], scores[hopeful]
        holding = chosen.postings.holding(term)
        places = np.searchsorted(holding, numbers)
        places[places == len(holding)] = 0
        held = np.flatnonzero(holding[places] == numbers) if len(holding) else places[:0]
        scores[held] += _added(chosen, term, places[held])
        least = _raised(least, scores, at_most)
    return Finalists(numbers[scores >= least], scores[scores >= least])


def _added(chosen: Chosen, term: int, places: NDArray[np.intp] | slice = slice(None)) -> NDArray[np.float64]:
    """What the term adds to the scores of the passages that hold it."""
    added: NDArray[np.float64] = (chosen.weights[term] * chosen.saturation)[chosen.postings.coded(term)[places]]
    return added


def _raised(least: float, scores: NDArray[np.float64], at_most: int) -> float:
    """The lowest of the best scores, if these scores, or higher ones, are among those that different passages get."""
    higher = scores[scores > least]
    return least if len(higher) < at_most else float(np.partition(higher, -at_most)[-at_most])
