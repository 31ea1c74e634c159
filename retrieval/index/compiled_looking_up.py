"""The same as in `looking_up`, by a compiled bisection."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numba import typeof, types
from numpy.typing import NDArray

from retrieval.index.compiling import compiled, fixed
from retrieval.index.lexicon import HEAD, Lexicon, encoded
from retrieval.index.postings import Postings

_Letters: TypeAlias = NDArray[np.uint8]
_Heads: TypeAlias = NDArray[np.uint64]
_Numbers: TypeAlias = NDArray[np.int64]

_TERM = typeof(b"")  # type: ignore[no-untyped-call]  # numba has few types of its own
_LETTERS, _HEADS, _NUMBERS = fixed(types.uint8), fixed(types.uint64), fixed(types.int64)


def look_up(lexicon: Lexicon, postings: Postings, terms: Sequence[str]) -> _Numbers:
    """Return the terms' places among postings whose terms have the same numbers as in the lexicon."""
    keys = [*map(encoded, terms)]
    lengths = np.array([*map(len, keys)], np.int64)
    return _look_up(
        b"".join(keys), lengths, lexicon.heads, lexicon.letters, lexicon.ends, postings.runs, postings.starts
    )


@compiled(types.int64(_LETTERS, _TERM))
def _difference(one: _Letters, other: bytes) -> int:
    """Below 0 where one comes before the other, above 0 where it comes after it, 0 where they are the same."""
    for place in range(min(len(one), len(other))):
        if one[place] != other[place]:
            return np.int64(one[place]) - np.int64(other[place])  # type: ignore[return-value]
    return len(one) - len(other)


@compiled(types.int64(_TERM, _HEADS, _LETTERS, _NUMBERS))
def _number(term: bytes, heads: _Heads, letters: _Letters, ends: _Numbers) -> int:
    """The number of a term; that of all terms where it is not there."""
    head = np.uint64(0)
    for place in range(HEAD):
        head = (head << np.uint64(8)) | np.uint64(term[place] if place < len(term) else 0)
    number, size = 0, len(heads)
    while size > 0:
        half = (size + 1) // 2
        number += half * (heads[number + half - 1] < head)
        size -= half
    size = 1
    while number + size <= len(heads) and heads[number + size - 1] == head:
        size *= 2
    high = min(number + size, len(heads))
    while number < high:
        middle = (number + high) // 2
        differs = _difference(letters[ends[middle - 1] if middle else 0 : ends[middle]], term)
        if differs == 0:
            return middle
        number, high = (middle + 1, high) if differs < 0 else (number, middle)
    return len(heads)


@compiled(types.int64[:, ::1](_TERM, types.int64[::1], _HEADS, _LETTERS, _NUMBERS, _NUMBERS, _NUMBERS))
def _look_up(
    keys: bytes,
    lengths: _Numbers,
    heads: _Heads,
    letters: _Letters,
    ends: _Numbers,
    runs: _Numbers,
    starts: _Numbers,
) -> _Numbers:
    """Look up keys of these lengths, which stand in one run."""
    places, end = np.zeros((len(lengths), 4), np.int64), 0
    for term in range(len(lengths)):
        start, end = end, end + lengths[term]
        number = _number(keys[start:end], heads, letters, ends)
        if number < len(heads):
            places[term, 0], places[term, 1] = runs[number], runs[number + 1]
            places[term, 2], places[term, 3] = starts[number], starts[number + 1] - starts[number]
    return places
