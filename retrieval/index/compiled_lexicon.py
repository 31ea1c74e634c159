"""Terms found in a lexicon by a compiled bisection."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numba import types
from numpy.typing import NDArray

from retrieval.index.compiling import compiled, fixed
from retrieval.index.lexicon import Lexicon

_Bytes: TypeAlias = NDArray[np.uint8]
_Numbers: TypeAlias = NDArray[np.int64]

_BYTES, _ENDS, _NUMBERS = fixed(types.uint8), fixed(types.int64), types.int64[::1]


def find(lexicon: Lexicon, terms: Sequence[bytes]) -> NDArray[np.int64]:
    """Return each term's number; −1 for a term that is not there."""
    found = np.empty(len(terms), np.int64)
    lengths = np.array([*map(len, terms)], np.int64)
    _find(found, np.frombuffer(b"".join(terms), np.uint8), lengths, lexicon.letters, lexicon.ends)
    return found


@compiled(types.int64(_BYTES, _BYTES))
def _difference(one: _Bytes, other: _Bytes) -> int:
    """Below 0 where one comes before the other, above 0 where it comes after it, 0 where they are the same."""
    for place in range(min(len(one), len(other))):
        if one[place] != other[place]:
            return np.int64(one[place]) - np.int64(other[place])  # type: ignore[return-value]
    return len(one) - len(other)


@compiled(types.void(_NUMBERS, _BYTES, _NUMBERS, _BYTES, _ENDS))
def _find(found: _Numbers, asked: _Bytes, lengths: _Numbers, letters: _Bytes, ends: _Numbers) -> None:
    """Put the numbers of the terms whose bytes stand one after another in `asked` into `found`."""
    first = 0
    for row, length in enumerate(lengths):
        term = asked[first : first + length]
        first += length
        low, high = 0, len(ends)
        found[row] = -1
        while low < high:
            middle = (low + high) // 2
            differs = _difference(letters[ends[middle - 1] if middle else 0 : ends[middle]], term)
            if differs == 0:
                found[row] = middle
                break
            low, high = (middle + 1, high) if differs < 0 else (low, middle)
