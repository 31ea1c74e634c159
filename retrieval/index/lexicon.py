"""The terms of a segment: sorted bytes in one run, found by bisection; a million terms are no Python objects."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

_PREFIX = 8
"""Bytes of a term that are compared as one number before the rest is looked at."""


def encoded(term: str) -> bytes:
    """A term's bytes: of all the strings there are, so that no query is refused."""
    return term.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Terms in the order of their bytes, numbered from 0.

    Term i is `letters[ends[i - 1] : ends[i]]`; `prefixes[i]` is its first eight bytes as a number, filled up with
    zeros.
    """

    letters: NDArray[np.uint8]
    ends: NDArray[np.int64]
    prefixes: NDArray[np.uint64]

    @classmethod
    def of(cls, terms: Sequence[bytes]) -> Self:
        """Make a lexicon of terms that are sorted and of which no two are the same."""
        return cls(
            letters=np.frombuffer(b"".join(terms), np.uint8),
            ends=np.cumsum(np.fromiter(map(len, terms), np.int64, len(terms)), dtype=np.int64),
            prefixes=_prefixes(terms),
        )

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> bytes:
        return self.letters[self._start(number) : self.ends[number]].tobytes()

    def find(self, terms: Sequence[bytes]) -> list[int]:
        """Return each term's number; −1 for a term that is not there."""
        keys = _prefixes(terms)
        lows = np.searchsorted(self.prefixes, keys, "left").tolist()
        highs = np.searchsorted(self.prefixes, keys, "right").tolist()
        return [self._find(term, low, high) for term, low, high in zip(terms, lows, highs, strict=True)]

    def place(self, term: bytes) -> int:
        """The number of terms that come before this one."""
        return bisect_left(self, term)

    def between(self, first: int, last: int) -> list[bytes]:
        """Return the terms number `first` up to `last`, which is left out."""
        if first >= last:
            return []
        start = self._start(first)
        letters = self.letters[start : self.ends[last - 1]].tobytes()
        bounds = (self.ends[first:last] - start).tolist()
        return [letters[begin:end] for begin, end in pairwise([0, *bounds])]

    def beginning_with(self, beginning: str) -> Iterator[str]:
        """Yield the terms that begin with these characters."""
        first = encoded(beginning)
        for term in self.between(self.place(first), self.place(first + b"\xff")):
            yield term.decode("utf-8", "surrogatepass")

    def _find(self, term: bytes, low: int, high: int) -> int:
        if high - low > 1:
            low = bisect_left(self, term, low, high)
        return low if low < high and self[low] == term else -1

    def _start(self, number: int) -> int:
        return int(self.ends[number - 1]) if number else 0


def _prefixes(terms: Sequence[bytes]) -> NDArray[np.uint64]:
    first = b"".join([term[:_PREFIX].ljust(_PREFIX, b"\0") for term in terms])
    return np.frombuffer(first, ">u8").astype(np.uint64)
