"""The terms of a segment: sorted bytes in one run, found by bisection; a million terms are no Python objects.

A bisection goes over the heads of the terms, which lie close together, and then over those terms that have the same.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.index.columns import unwritable

HEAD = 8
"""Bytes."""


def encoded(terms: Iterable[str]) -> list[bytes]:
    """The bytes of terms: of all the strings there are, so that no query is refused."""
    return [term.encode("utf-8", "surrogatepass") for term in terms]


def heads(terms: Sequence[bytes]) -> NDArray[np.uint64]:
    """The first bytes of terms as numbers: a lower one than another's says that the term comes before it."""
    letters = b"".join([term[:HEAD].ljust(HEAD, b"\0") for term in terms])
    return np.frombuffer(letters, ">u8").astype(np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Terms in the order of their bytes, numbered from 0: term i is `letters[ends[i - 1] : ends[i]]`."""

    letters: NDArray[np.uint8]
    ends: NDArray[np.int64]
    heads: NDArray[np.uint64]

    @classmethod
    def of(cls, terms: Sequence[bytes]) -> Self:
        """Make a lexicon of terms that are sorted and of which no two are the same."""
        lengths = np.fromiter(map(len, terms), np.int64, len(terms))
        letters = np.frombuffer(b"".join(terms), np.uint8)
        return cls(letters, unwritable(np.cumsum(lengths)), unwritable(heads(terms)))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> bytes:
        return self.letters[self._start(number) : self.ends.item(number)].tobytes()

    def positions(self, terms: Sequence[bytes]) -> list[int]:
        """For each of the terms, the number of terms that come before it."""
        near = heads(terms)
        first, last = self.heads.searchsorted(near), self.heads.searchsorted(near, "right")
        return [bisect_left(self, *each) for each in zip(terms, first.tolist(), last.tolist(), strict=True)]

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
        [first] = encoded([beginning])
        for term in self.between(*self.positions([first, first + b"\xff"])):
            yield term.decode("utf-8", "surrogatepass")

    def _start(self, number: int) -> int:
        return self.ends.item(number - 1) if number else 0
