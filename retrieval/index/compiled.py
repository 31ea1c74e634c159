"""The best passages of a part, found by a compiled kernel.

MaxScore (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995), a window of passages at a time, so
that the sums stay in a near cache of the processor. No posting of term t adds more than weight(t) · max saturation.
The last terms, which together cannot lift a passage to the lowest of the best so far, only matter to those passages
that the terms before have brought near enough: where these are few, they are looked up; where they are many, it is
quicker to go through the term's postings in the window. Inner loops have no branches that cannot be foreseen.

Bounds are of use once the best so far are good. So before the first window a few postings of one rare term are looked
at: as many passages as are wanted score that by this term alone, and with other terms they only gain.
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

_WINDOW = 32_768
"""Passages whose sums are kept at a time."""
_LOOKING_UP = 64
"""How many times as long it takes to look a passage up as to go through one posting."""
_GLANCE = 1_024
"""Postings of a term that are gone through for a first threshold."""


def consider(best: Best, chosen: Chosen) -> None:
    """Put those passages of a part among the best that belong there."""
    postings = chosen.postings
    best.count = _fill(
        best.count,
        best.ids,
        best.scores,
        chosen.ids,
        np.array(postings.places, np.int64),
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


@compiled(types.void(types.int64, types.float64, types.int64, _IDS, _SCORES))
def _replace_worst(size: int, score: float, passage: int, ids: _Ids, scores: _Scores) -> None:
    """Put a passage in the place of the worst, which is in row 0 of the heap of so many."""
    row = 0
    while 2 * row + 1 < size:
        below = 2 * row + 1
        if below + 1 < size and _is_worse(below + 1, scores[below], ids[below], ids, scores):
            below += 1
        if not _is_worse(below, score, passage, ids, scores):
            break
        ids[row], scores[row] = ids[below], scores[below]
        row = below
    ids[row], scores[row] = passage, score


@compiled(types.int64(types.int64, types.float64, types.int64, _IDS, _SCORES))
def _put(size: int, score: float, passage: int, ids: _Ids, scores: _Scores) -> int:
    """Put a passage into the heap of so many, if it belongs there; return how many there are then."""
    if size == len(ids):
        if _is_worse(0, score, passage, ids, scores):
            _replace_worst(size, score, passage, ids, scores)
        return size
    row = size
    while row > 0 and not _is_worse((row - 1) // 2, score, passage, ids, scores):
        ids[row], scores[row] = ids[(row - 1) // 2], scores[(row - 1) // 2]
        row = (row - 1) // 2
    ids[row], scores[row] = passage, score
    return size + 1


@compiled(types.void(types.int64, _IDS, _SCORES))
def _put_in_order(size: int, ids: _Ids, scores: _Scores) -> None:
    """Make of the heap a list of which the best comes first."""
    for last in range(size - 1, 0, -1):
        passage, score = ids[last], scores[last]
        ids[last], scores[last] = ids[0], scores[0]
        _replace_worst(last, score, passage, ids, scores)


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


def _adding(returned: Any, *more: Any) -> list[Any]:
    """Signatures of what adds postings of a term to sums: their passages and codes, the weight, the saturation, …"""
    floats = types.float64, _SCORES, types.int64, _SCORES
    return [returned(fixed(types.int32), fixed(codes), *floats, *more) for codes in _CODES]


@compiled(*_adding(types.int64, _ROWS, types.int64))
def _add_and_note(
    numbers: _Numbers,
    codes: Integers,
    weight: float,
    saturation: _Scores,
    first: int,
    sums: _Scores,
    rows: _Rows,
    many: int,
) -> int:
    """Add to the sums, and put the rows that had none behind the first so many; return how many there are then."""
    for place in range(len(numbers)):
        row = np.uint64(numbers[place] - first)  # as an index it need not be looked at whether it is below 0
        before = sums[row]
        rows[np.uint64(many)] = row
        many += before == 0.0
        sums[row] = before + weight * saturation[codes[place]]
    return many


@compiled(*_adding(types.void))
def _add(numbers: _Numbers, codes: Integers, weight: float, saturation: _Scores, first: int, sums: _Scores) -> None:
    """Add what postings make of their term's weight to the sums of their passages."""
    for place in range(len(numbers)):
        sums[np.uint64(numbers[place] - first)] += weight * saturation[codes[place]]


@compiled(types.int64(_ROWS, types.int64, _SCORES, types.float64))
def _hopeful(rows: _Rows, many: int, sums: _Scores, least: float) -> int:
    """Keep those of the first so many rows whose sums are not lower; return how many there are."""
    kept = 0
    for row in rows[:many]:
        rows[kept] = row
        kept += sums[row] >= least
    return kept


@compiled(_SCORES(_SCORES, _SCORES))
def _rests(weights: _Scores, saturation: _Scores) -> _Scores:
    """For each term, the most that it and those after it can add to a score; 0 after the last."""
    highest = 0.0
    for each in saturation:
        highest = max(highest, each)
    rests = np.zeros(len(weights) + 1)
    for term in range(len(weights) - 1, -1, -1):
        rests[term] = rests[term + 1] + weights[term] * highest
    return rests


_PLACES, _FINDABLE = types.int64[:, ::1], types.boolean[::1]


def _postings(codes: Any) -> Any:
    """The types of postings with such codes, of their terms' weights, of the saturation and of what may be found."""
    return _PLACES, fixed(types.int32), fixed(codes), _SCORES, _SCORES, _FINDABLE


@compiled(*(types.float64(types.int64, *_postings(codes)) for codes in _CODES))
def _reached(
    by: int,
    places: NDArray[np.int64],
    numbers: _Numbers,
    codes: Integers,
    weights: _Scores,
    saturation: _Scores,
    findable: NDArray[np.bool_],
) -> float:
    """A score that so many passages reach by the heaviest term that is in as many; 0 where none is.

    With other terms a passage only gains, so none with a lower score is among so many best.
    """
    ids, scores = np.empty(by, np.int64), np.empty(by)
    for term in range(len(places)):
        start, size = places[term, 0], 0
        end = min(places[term, 1], start + _GLANCE)
        for place in range(start, end if end - start >= by else start):
            score = weights[term] * saturation[codes[place]]
            if (size < by or score > scores[0]) and findable[numbers[place]]:
                size = _put(size, score, numbers[place], ids, scores)
        if size == by:
            return float(scores[0])
    return 0.0


@compiled(*(types.int64(types.int64, _IDS, _SCORES, fixed(types.int64), *_postings(codes)) for codes in _CODES))
def _fill(
    size: int,
    best: _Ids,
    scores: _Scores,
    ids: _Ids,
    places: NDArray[np.int64],
    numbers: _Numbers,
    codes: Integers,
    weights: _Scores,
    saturation: _Scores,
    findable: NDArray[np.bool_],
) -> int:
    """Put a part's passages among the `best` of so many, with their `scores`; return how many there are then."""
    best[:size] = best[:size][::-1].copy()  # the worst first is a heap
    scores[:size] = scores[:size][::-1].copy()
    terms, at, till, ends = len(places), places[:, 0].copy(), places[:, 0].copy(), places[:, 1]
    rests = _rests(weights, saturation)
    least = _reached(len(best), places, numbers, codes, weights, saturation, findable)
    if size == len(best):
        least = max(least, scores[0])
    window = min(_WINDOW, len(findable))
    sums, rows = np.empty(window), np.empty(window + 1, np.int64)
    essential = terms
    while True:
        while essential > 0 and rests[essential - 1] < least * ROUNDING:
            essential -= 1
        first = len(findable)
        for term in range(essential):
            if till[term] < ends[term]:
                first = min(first, numbers[till[term]])
        if first == len(findable):
            break
        sums[:] = 0.0
        many = 0
        for term in range(terms):
            if term >= essential:
                many = _hopeful(rows, many, sums, least * ROUNDING - rests[term])
                if many == 0:
                    break
            at[term] = _first_from(first, numbers, till[term], ends[term])
            till[term] = _first_from(first + window, numbers, at[term], ends[term])
            own, own_codes = numbers[at[term] : till[term]], codes[at[term] : till[term]]
            if term < essential:
                many = _add_and_note(own, own_codes, weights[term], saturation, first, sums, rows, many)
            elif len(own) < _LOOKING_UP * many:
                _add(own, own_codes, weights[term], saturation, first, sums)
            else:
                for row in rows[:many]:
                    place = _bisected(first + row, own, 0, len(own))
                    if place < len(own) and own[place] == first + row:
                        sums[row] += weights[term] * saturation[own_codes[place]]
        for row in rows[:many]:
            if sums[row] >= least and findable[first + row]:
                size = _put(size, sums[row], ids[first + row], best, scores)
                if size == len(best):
                    least = max(least, scores[0])
    _put_in_order(size, best, scores)
    return size
