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

_AFTER = 0xFF
_APART = bytes([_AFTER])
"""What parts one term from the next: no character has such a byte."""
_TERM = typeof(b"")  # type: ignore[no-untyped-call]  # numba has few types of its own
_TWO = types.Tuple((types.uint64, types.int64))  # type: ignore[no-untyped-call]
_LETTERS, _HEADS, _NUMBERS = fixed(types.uint8), fixed(types.uint64), fixed(types.int64)


def look_up(lexicon: Lexicon, postings: Postings, terms: Sequence[str]) -> _Numbers:
    """Return the terms' places among postings whose terms have the same numbers as in the lexicon."""
    keys = _APART.join([*encoded(terms), b""])
    return _look_up(keys, len(terms), lexicon.heads, lexicon.letters, lexicon.ends, postings.runs, postings.starts)


@compiled(types.int64(_LETTERS, _TERM))
def _difference(one: _Letters, other: bytes) -> int:
    """Below 0 where one comes before the other, above 0 where it comes after it, 0 where they are the same."""
    for place in range(min(len(one), len(other))):
        if one[place] != other[place]:
            return np.int64(one[place]) - np.int64(other[place])  # type: ignore[return-value]
    return len(one) - len(other)


@compiled(_TWO(_TERM, types.int64))
def _head(keys: bytes, start: int) -> tuple[np.uint64, int]:
    """The head of the key that starts here, and where the key ends."""
    head, end = np.uint64(0), start
    while keys[end] != _AFTER:
        if end < start + HEAD:
            head |= np.uint64(keys[end]) << np.uint64(8 * (HEAD - 1 - end + start))
        end += 1
    return head, end


@compiled(types.int64(_TERM, types.int64, types.uint64, _HEADS, _LETTERS, _NUMBERS))
def _number(term: bytes, number: int, head: np.uint64, heads: _Heads, letters: _Letters, ends: _Numbers) -> int:
    """The number of a term, which is this one or after it; that of all terms where it is not there."""
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


@compiled(types.int64[:, ::1](_TERM, types.int64, _HEADS, _LETTERS, _NUMBERS, _NUMBERS, _NUMBERS))
def _look_up(
    keys: bytes, terms: int, heads: _Heads, letters: _Letters, ends: _Numbers, runs: _Numbers, starts: _Numbers
) -> _Numbers:
    """Look up so many keys, each with what parts it from the next.

    They take each step of the bisection together, so that the waits for memory are one.
    """
    near, bounds = np.zeros(terms, np.uint64), np.zeros(terms + 1, np.int64)
    for term in range(terms):
        near[term], end = _head(keys, bounds[term])
        bounds[term + 1] = end + 1
    numbers, size = np.zeros(terms, np.int64), len(heads)
    while size > 0:
        half = (size + 1) // 2
        for term in range(terms):
            numbers[term] += half * (heads[numbers[term] + half - 1] < near[term])
        size -= half
    places = np.zeros((terms, 4), np.int64)
    for term in range(terms):
        key = keys[bounds[term] : bounds[term + 1] - 1]
        number = _number(key, numbers[term], near[term], heads, letters, ends)
        if number < len(heads):
            places[term, 0], places[term, 1] = runs[number], runs[number + 1]
            places[term, 2], places[term, 3] = starts[number], starts[number + 1] - starts[number]
    return places
