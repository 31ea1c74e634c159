"""The best passages of a part, found by a compiled kernel.

MaxScore (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995), a block of passages at a time, so
that the sums stay in a near cache of the processor. No posting of term t adds more than weight(t) · max saturation.
The last terms, which together cannot lift a passage to the lowest of the best so far, only matter to those passages
that the terms before have brought near enough: where these are few, they are looked up; where they are many, it is
quicker to go through the term's run. Inner loops have no branches that cannot be foreseen.

Bounds are of use once the best so far are good. So before the first block a few postings of one rare term are looked
at: as many passages as are wanted score that by this term alone, and with other terms they only gain.
"""

from typing import Any, TypeAlias

import numpy as np
from numba import types
from numpy.typing import NDArray

from retrieval.index.chosen import ROUNDING, Best, Chosen
from retrieval.index.compiling import compiled, fixed
from retrieval.index.postings import BITS, BLOCK, Integers

_Shorts: TypeAlias = NDArray[np.uint16]
_Scores: TypeAlias = NDArray[np.float64]
_Longs: TypeAlias = NDArray[np.int64]
_Flags: TypeAlias = NDArray[np.bool_]

_LOOKING_UP = 64
"""How many times as long it takes to look a passage up as to go through one posting."""
_FEW = 8_192
"""Postings of a query that are gone through as soon as a first threshold is found."""
_GLANCE = 256
"""Postings of a term that are gone through for a first threshold."""
_NONE_LEFT = 1 << 16
"""More than the number of any block."""


def consider(best: Best, chosen: Chosen) -> None:
    """Put those passages of a part among the best that belong there."""
    best.count = _fill(
        best.count,
        best.ids,
        best.scores,
        chosen.ids,
        chosen.sought.places,
        *chosen.sought.postings[2:],
        chosen.weights,
        chosen.saturation,
        chosen.findable,
    )


_LONGS, _SCORES, _FLAGS = types.int64[::1], types.float64[::1], types.boolean[::1]
_SHORTS, _NOTED = fixed(types.uint16), types.uint16[::1]
_CODES = types.uint16, types.uint32


@compiled(types.int64(types.int64, types.float64, types.int64, _LONGS, _SCORES))
def _put(size: int, score: float, passage: int, ids: _Longs, scores: _Scores) -> int:
    """Put a passage among the best, of which there are so many, if it belongs there; return how many there are then.

    They are in order, so those that are worse move on by one. There are few of them: a heap takes longer.
    """
    place = size
    while place > 0 and (scores[place - 1] < score or (scores[place - 1] == score and ids[place - 1] > passage)):
        place -= 1
        if place + 1 < len(ids):
            ids[place + 1], scores[place + 1] = ids[place], scores[place]
    if place < len(ids):
        ids[place], scores[place] = passage, score
    return min(size + 1, len(ids))


def _adding(returned: Any, *more: Any) -> list[Any]:
    """Signatures of what adds a run to sums: its slots and codes, the term's weight, the saturation, the sums, …"""
    return [returned(_SHORTS, fixed(codes), types.float64, _SCORES, _SCORES, *more) for codes in _CODES]


@compiled(*_adding(types.int64, _NOTED, types.int64))
def _add_and_note(
    slots: _Shorts, codes: Integers, weight: float, saturation: _Scores, sums: _Scores, noted: _Shorts, many: int
) -> int:
    """Add to the sums, and note the slots that had none behind the first so many; return how many there are then."""
    for place in range(len(slots)):
        slot = slots[place]
        before = sums[slot]
        noted[np.uint64(many)] = slot
        many += before == 0.0
        sums[slot] = before + weight * saturation[codes[place]]
    return many


@compiled(*_adding(types.void))
def _add_to_noted(slots: _Shorts, codes: Integers, weight: float, saturation: _Scores, sums: _Scores) -> None:
    """Add to the sums above 0."""
    for place in range(len(slots)):
        slot = slots[place]
        before = sums[slot]
        sums[slot] = before + (before > 0.0) * (weight * saturation[codes[place]])


@compiled(*_adding(types.void, _NOTED))
def _look_up(
    slots: _Shorts, codes: Integers, weight: float, saturation: _Scores, sums: _Scores, noted: _Shorts
) -> None:
    """Add to the sums of the noted slots."""
    for slot in noted:
        low, size = 0, len(slots)
        while size > 1:
            half = size // 2
            low += half * (slots[low + half - 1] < slot)
            size -= half
        if slots[low] == slot:
            sums[slot] += weight * saturation[codes[low]]


@compiled(types.int64(_NOTED, types.int64, _SCORES, types.float64))
def _hopeful(noted: _Shorts, many: int, sums: _Scores, least: float) -> int:
    """Keep those of the first so many slots whose sums are not lower; the others' become 0. Return how many."""
    kept = 0
    for slot in noted[:many]:
        noted[kept] = slot
        is_kept = sums[slot] >= least
        kept += is_kept
        sums[slot] *= is_kept
    return kept


@compiled(_LONGS(_SCORES))
def _heaviest_first(weights: _Scores) -> _Longs:
    """The order in which scores are added up, see `heaviest_first`."""
    order, held = np.empty(len(weights), np.int64), 0
    for term in range(len(weights)):
        place = held
        while place > 0 and weights[order[place - 1]] < weights[term]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = term
        held += weights[term] > 0.0
    return order[:held]


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


def _postings(codes: Any) -> Any:
    """The types of the columns of runs and of postings with such codes, of weights, saturation and the findable."""
    return _SHORTS, _SHORTS, _SHORTS, fixed(codes), _SCORES, _SCORES, _FLAGS


_COLUMNS = types.int64[:], types.int64[:], types.int64[:]


@compiled(*(types.float64(types.int64, *_COLUMNS, *_postings(codes)) for codes in _CODES))
def _reached(
    by: int,
    run: _Longs,
    end: _Longs,
    start: _Longs,
    blocks: _Shorts,
    counts: _Shorts,
    slots: _Shorts,
    codes: Integers,
    weights: _Scores,
    saturation: _Scores,
    findable: _Flags,
) -> float:
    """A score that so many passages reach by the heaviest term that has as many in its first run; 0 where none has.

    With other terms a passage only gains, so none with a lower score is among so many best.
    """
    places, scores = np.empty(by, np.int64), np.empty(by)
    for term in range(len(run)):
        if run[term] == end[term] or counts[run[term]] < by:
            continue
        size = 0
        for place in range(start[term], start[term] + min(counts[run[term]], _GLANCE)):
            score = weights[term] * saturation[codes[place]]
            number = (np.int64(blocks[run[term]]) << BITS) + slots[place]
            if (size < by or score > scores[by - 1]) and findable[number]:
                size = _put(size, score, place, places, scores)
        if size == by:
            return float(scores[by - 1])
    return 0.0


@compiled(types.int64(*_COLUMNS[:2], _SHORTS))
def _next_block(run: _Longs, end: _Longs, blocks: _Shorts) -> int:
    """The first block that any of the terms has a run in, of those from the first run up to the end."""
    block = _NONE_LEFT
    for term in range(len(run)):
        if run[term] < end[term]:
            block = min(block, int(blocks[run[term]]))
    return block


_BEST = types.int64, _LONGS, _SCORES, fixed(types.int64)


@compiled(types.int64(*_BEST, types.int64, _NOTED, _SCORES, types.float64, _FLAGS))
def _put_noted(
    size: int,
    best: _Longs,
    scores: _Scores,
    ids: _Longs,
    first: int,
    noted: _Shorts,
    sums: _Scores,
    least: float,
    findable: _Flags,
) -> int:
    """Put the passages in these slots of a block among the best, and make their sums 0; `first` is in slot 0."""
    for slot in noted:
        if sums[slot] >= least and findable[first + slot]:
            size = _put(size, sums[slot], ids[first + slot], best, scores)
            if size == len(best):
                least = max(least, scores[size - 1])
        sums[slot] = 0.0
    return size


@compiled(*(types.int64(*_BEST, types.int64[:, ::1], *_postings(codes)) for codes in _CODES))
def _fill(
    size: int,
    best: _Longs,
    scores: _Scores,
    ids: _Longs,
    places: _Longs,
    blocks: _Shorts,
    counts: _Shorts,
    slots: _Shorts,
    codes: Integers,
    weights: _Scores,
    saturation: _Scores,
    findable: _Flags,
) -> int:
    """Put a part's passages among the `best` of so many, with their `scores`; return how many there are then."""
    order = _heaviest_first(weights)
    terms, weights = len(order), weights[order]
    run, end, place, count = places[order].T
    wanted = len(best)
    rests = _rests(weights, saturation)
    least = 0.0
    if count.sum() > _FEW:
        least = _reached(wanted, run, end, place, blocks, counts, slots, codes, weights, saturation, findable)
    if size == wanted:
        least = max(least, scores[wanted - 1])
    sums, noted = np.zeros(min(BLOCK, len(findable))), np.empty(BLOCK + 1, np.uint16)
    essential = terms
    while True:
        while essential > 0 and rests[essential - 1] < least * ROUNDING:
            essential -= 1
        block = _next_block(run[:essential], end[:essential], blocks)
        if block == _NONE_LEFT:
            return size
        many = 0
        for term in range(terms):
            if term >= essential:
                many = _hopeful(noted, many, sums, least * ROUNDING - rests[term])
                if many == 0:
                    break
            while run[term] < end[term] and blocks[run[term]] < block:
                place[term] += counts[run[term]]
                run[term] += 1
            if run[term] == end[term] or blocks[run[term]] > block:
                continue
            first, place[term] = place[term], place[term] + counts[run[term]]
            own, own_codes = slots[first : place[term]], codes[first : place[term]]
            run[term] += 1
            if term < essential:
                many = _add_and_note(own, own_codes, weights[term], saturation, sums, noted, many)
            elif len(own) < _LOOKING_UP * many:
                _add_to_noted(own, own_codes, weights[term], saturation, sums)
            else:
                _look_up(own, own_codes, weights[term], saturation, sums, noted[:many])
        size = _put_noted(size, best, scores, ids, block << BITS, noted[:many], sums, least, findable)
        if size == wanted:
            least = max(least, scores[wanted - 1])
