"""Terms found in a lexicon by a compiled bisection."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numba import types
from numpy.typing import NDArray

from retrieval.index.compiling import compiled, fixed
from retrieval.index.lexicon import APART, Lexicon

_Bytes: TypeAlias = NDArray[np.uint8]
_Numbers: TypeAlias = NDArray[np.int64]

_BYTES, _ENDS = fixed(types.uint8), fixed(types.int64)
_END = b"\xff"
"""After a term: no term has this byte."""


def find(lexicon: Lexicon, starts: _Numbers, terms: Sequence[bytes]) -> _Numbers:
    """Return for each term where what it has starts and where it ends: twice the same for a term that is not there.

    What term i of the lexicon has goes from `starts[i]` to `starts[i + 1]`.
    """
    places = np.zeros((len(terms), 2), np.int64)
    asked = np.frombuffer(b"".join([term + _END for term in terms]), np.uint8)
    _find(places, asked, starts, lexicon.heads, lexicon.letters, lexicon.ends)
    return places


@compiled(types.int64(_BYTES, _BYTES))
def _difference(one: _Bytes, other: _Bytes) -> int:
    """Below 0 where one comes before the other, above 0 where it comes after it, 0 where they are the same."""
    for place in range(min(len(one), len(other))):
        if one[place] != other[place]:
            return np.int64(one[place]) - np.int64(other[place])  # type: ignore[return-value]
    return len(one) - len(other)


@compiled(types.UniTuple(types.int64, 2)(_BYTES, types.uint64[::1], types.int64))
def _near(term: _Bytes, heads: NDArray[np.uint64], terms: int) -> tuple[int, int]:
    """Two numbers of terms, from the first of which on and before the second of which a term is to be looked for."""
    head = np.uint64(0)
    for place in range(8):
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


@compiled(types.void(types.int64[:, ::1], _BYTES, fixed(types.int64), types.uint64[::1], _BYTES, _ENDS))
def _find(
    places: _Numbers, asked: _Bytes, starts: _Numbers, heads: NDArray[np.uint64], letters: _Bytes, ends: _Numbers
) -> None:
    """Put the starts and the ends of the terms whose bytes stand in `asked`, one after another, into `places`."""
    first, row = 0, 0
    for last in range(len(asked)):
        if asked[last] != 0xFF:
            continue
        term = asked[first:last]
        low, high = _near(term, heads, len(ends))
        while low < high:
            middle = (low + high) // 2
            differs = _difference(letters[ends[middle - 1] if middle else 0 : ends[middle]], term)
            if differs == 0:
                places[row, 0], places[row, 1] = starts[middle], starts[middle + 1]
                break
            low, high = (middle + 1, high) if differs < 0 else (low, middle)
        first, row = last + 1, row + 1
