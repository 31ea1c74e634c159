"""The best passages of a part, found by a compiled kernel.

MaxScore (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995), a window of passages at a time, so
that the sums stay in a near cache of the processor. No posting of term t adds more than weight(t) · max saturation.
The last terms, which together cannot lift a passage to the lowest of the best so far, only matter to those passages
that the terms before have brought near enough: where these are few, they are looked up; where they are many, it is
quicker to go through the term's postings in the window. Inner loops have no branches that cannot be foreseen.
"""

from typing import Any, TypeAlias

import numpy as np
from numba import types
from numpy.typing import NDArray

from retrieval.index.chosen import ROUNDING, Best, Chosen
from retrieval.index.compiling import compiled, fixed
from retrieval.index.segment import Integers

_Numbers: TypeAlias = NDArray[np.int32]
_Scores: TypeAlias = NDArray[np.float64]
_Ids: TypeAlias = NDArray[np.int64]
_Rows: TypeAlias = NDArray[np.int64]

_WINDOW = 16_384
"""Passages whose sums are kept at a time."""
_LOOKING_UP = 64
"""How many times as long it takes to look a passage up as to go through one posting."""


def consider(best: Best, chosen: Chosen) -> None:
    """Put those passages of a part among the best that belong there."""
    postings = chosen.postings
    best.count = _fill(
        best.count,
        best.ids,
        best.scores,
        chosen.ids,
        postings.starts,
        postings.ends,
        postings.numbers,
        postings.codes,
        chosen.weights,
        chosen.saturation,
        chosen.findable,
    )


_IDS, _SCORES, _ROWS = types.int64[::1], types.float64[::1], types.int64[::1]
_CODES = types.uint16, types.uint32


@compiled(types.boolean(types.int64, types.float64, types.int64, _IDS, _SCORES))
def _is_worse(row: int, score: float, passage: int, ids: _Ids, scores: _Scores) -> bool:
    """Whether the passage in a row of the heap comes after another one."""
    return bool(scores[row] < score or (scores[row] == score and ids[row] > passage))


@compiled(types.int64(types.int64, types.float64, types.int64, _IDS, _SCORES))
def _put(size: int, score: float, passage: int, ids: _Ids, scores: _Scores) -> int:
    """Put a passage into the heap of so many, whose row 0 is the worst of all; return how many there are then."""
    row = size
    if size == len(ids):
        if not _is_worse(0, score, passage, ids, scores):
            return size
        row = 0
        while 2 * row + 1 < size:
            below = 2 * row + 1
            if below + 1 < size and _is_worse(below + 1, scores[below], ids[below], ids, scores):
                below += 1
            if not _is_worse(below, score, passage, ids, scores):
                break
            ids[row], scores[row] = ids[below], scores[below]
            row = below
    else:
        while row > 0 and not _is_worse((row - 1) // 2, score, passage, ids, scores):
            ids[row], scores[row] = ids[(row - 1) // 2], scores[(row - 1) // 2]
            row = (row - 1) // 2
        size += 1
    ids[row], scores[row] = passage, score
    return size


@compiled(types.int64(types.int64, fixed(types.int32), types.int64, types.int64))
def _bisected(number: int, numbers: _Numbers, low: int, end: int) -> int:
    """The first place from `low` on that holds the number or a greater one; `end` where there is none."""
    size = end - low
    while size > 1:
        low += (size // 2) * (numbers[low + size // 2 - 1] < number)
        size -= size // 2
    return low + (size == 1 and numbers[low] < number)


@compiled(types.int64(types.int64, fixed(types.int32), types.int64, types.int64))
def _first_from(number: int, numbers: _Numbers, low: int, end: int) -> int:
    """The first place from `low` on that holds the number or a greater one, looked for in steps that double."""
    high, step = low, 1
    while high < end and numbers[high] < number:
        low = high + 1
        high += step
        step *= 2
    return _bisected(number, numbers, low, min(high, end))


@compiled(types.int64(fixed(types.int32), types.int64, _SCORES, _ROWS, types.int64))
def _noted(numbers: _Numbers, first: int, sums: _Scores, rows: _Rows, many: int) -> int:
    """Put the rows of these passages behind the first so many, unless they have a sum; return how many there are."""
    for number in numbers:
        rows[many] = number - first
        many += sums[number - first] == 0.0
    return many


@compiled(
    *(types.void(fixed(types.int32), fixed(codes), types.float64, _SCORES, types.int64, _SCORES) for codes in _CODES)
)
def _add(numbers: _Numbers, codes: Integers, weight: float, saturation: _Scores, first: int, sums: _Scores) -> None:
    """Add what postings make of their term's weight to the sums of their passages."""
    for place in range(len(numbers)):
        sums[numbers[place] - first] += weight * saturation[codes[place]]


@compiled(types.int64(_ROWS, types.int64, _SCORES, types.float64))
def _hopeful(rows: _Rows, many: int, sums: _Scores, least: float) -> int:
    """Keep those of the first so many rows whose sums are not lower; return how many there are."""
    kept = 0
    for row in rows[:many]:
        rows[kept] = row
        kept += sums[row] >= least
    return kept


def _signature(codes: Any) -> Any:
    places, floats, findable = types.int64[::1], types.float64[::1], types.boolean[::1]
    postings = (places, places, fixed(types.int32), fixed(codes))
    return types.int64(types.int64, _IDS, _SCORES, fixed(types.int64), *postings, floats, floats, findable)


@compiled(*(_signature(codes) for codes in _CODES))
def _fill(
    size: int,
    best: _Ids,
    scores: _Scores,
    ids: _Ids,
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    numbers: _Numbers,
    codes: Integers,
    weights: _Scores,
    saturation: _Scores,
    findable: NDArray[np.bool_],
) -> int:
    """Put a part's passages into the heap `best`, with their `scores`; return how many are in it then."""
    terms, at, till = len(starts), starts.copy(), starts.copy()
    highest = 0.0
    for each in saturation:
        highest = max(highest, each)
    rests = np.zeros(terms + 1)  # what a term and those after it can add at most
    for term in range(terms - 1, -1, -1):
        rests[term] = rests[term + 1] + weights[term] * highest
    least = scores[0] if size == len(best) else 0.0
    window = min(_WINDOW, len(findable))
    sums, rows = np.zeros(window), np.empty(window + 1, np.int64)
    essential = terms
    while True:
        while essential > 0 and rests[essential - 1] < least * ROUNDING:
            essential -= 1
        first = len(findable)
        for term in range(essential):
            if till[term] < ends[term]:
                first = min(first, numbers[till[term]])
        if first == len(findable):
            return size
        many = 0
        for term in range(terms):
            if term >= essential:
                many = _hopeful(rows, many, sums, least * ROUNDING - rests[term])
                if many == 0:
                    break
            at[term] = _first_from(first, numbers, till[term], ends[term])
            till[term] = _first_from(first + window, numbers, at[term], ends[term])
            own = numbers[at[term] : till[term]]
            if term < essential:
                many = _noted(own, first, sums, rows, many)
            if term < essential or len(own) < _LOOKING_UP * many:
                _add(own, codes[at[term] : till[term]], weights[term], saturation, first, sums)
            else:
                for row in rows[:many]:
                    place = _bisected(first + row, numbers, at[term], till[term])
                    if place < till[term] and numbers[place] == first + row:
                        sums[row] += weights[term] * saturation[codes[place]]
        for row in rows[:many]:
            if sums[row] >= least and findable[first + row]:
                size = _put(size, sums[row], ids[first + row], best, scores)
                if size == len(best):
                    least = scores[0]
        sums[:] = 0.0
