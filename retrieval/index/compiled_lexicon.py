"""Terms found in a lexicon by a compiled bisection."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numba import typeof, types
from numpy.typing import NDArray

from retrieval.index.compiling import compiled, fixed
from retrieval.index.lexicon import ABSENT, APART, HEAD, Lexicon, encoded

_Letters: TypeAlias = NDArray[np.uint8]
_Heads: TypeAlias = NDArray[np.uint64]
_Numbers: TypeAlias = NDArray[np.int64]

_TERM = typeof(b"")  # type: ignore[no-untyped-call]  # numba has few types of its own
_TWO = types.UniTuple(types.int64, 2)  # type: ignore[no-untyped-call]
_LETTERS, _HEADS, _NUMBERS = fixed(types.uint8), types.uint64[::1], fixed(types.int64)


def look_up(lexicon: Lexicon, starts: _Numbers, terms: Sequence[str]) -> tuple[_Numbers, _Numbers]:
    """Return the terms' numbers, or `ABSENT`, and how much each has: term i of the lexicon from `starts[i]` on."""
    keys = [*map(encoded, terms)]
    lengths = np.array([*map(len, keys)], np.int64)
    found = _look_up(b"".join(keys), lengths, lexicon.heads, lexicon.letters, lexicon.ends, starts)
    return found[0], found[1]


@compiled(types.int64(_LETTERS, _TERM))
def _difference(one: _Letters, other: bytes) -> int:
    """Below 0 where one comes before the other, above 0 where it comes after it, 0 where they are the same."""
    for place in range(min(len(one), len(other))):
        if one[place] != other[place]:
            return np.int64(one[place]) - np.int64(other[place])  # type: ignore[return-value]
    return len(one) - len(other)


@compiled(_TWO(_TERM, _HEADS, types.int64))
def _near(term: bytes, heads: _Heads, terms: int) -> tuple[int, int]:
    """The numbers between which a term is to be looked for: from the first on, and before the second."""
    head = np.uint64(0)
    for place in range(HEAD):
        head = (head << np.uint64(8)) | np.uint64(term[place] if place < len(term) else 0)
    first, size = 0, len(heads)
    while size > 0:
        half = (size + 1) // 2
        first += half * (heads[first + half - 1] < head)
        size -= half
    last = first
    while last < len(heads) and heads[last] == head:
        last += 1
    return max(0, first - 1) * APART, min(terms, last * APART)


@compiled(types.int64(_TERM, _HEADS, _LETTERS, _NUMBERS))
def _find(term: bytes, heads: _Heads, letters: _Letters, ends: _Numbers) -> int:
    low, high = _near(term, heads, len(ends))
    while low < high:
        middle = (low + high) // 2
        differs = _difference(letters[ends[middle - 1] if middle else 0 : ends[middle]], term)
        if differs == 0:
            return middle
        low, high = (middle + 1, high) if differs < 0 else (low, middle)
    return ABSENT


@compiled(types.int64[:, ::1](_TERM, types.int64[::1], _HEADS, _LETTERS, _NUMBERS, _NUMBERS))
def _look_up(
    keys: bytes, lengths: _Numbers, heads: _Heads, letters: _Letters, ends: _Numbers, starts: _Numbers
) -> _Numbers:
    found = np.zeros((2, len(lengths)), np.int64)
    place = 0
    for term in range(len(lengths)):
        number = _find(keys[place : place + lengths[term]], heads, letters, ends)
        place += lengths[term]
        found[0, term] = number
        if number != ABSENT:
            found[1, term] = starts[number + 1] - starts[number]
    return found
