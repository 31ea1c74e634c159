"""The terms of a segment: sorted bytes in one run, found by bisection; a million terms are no Python objects."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

_PREFIX = "S12"
"""The first bytes of a term, which are compared before the rest is looked at: of most terms, all of them."""


def encoded(term: str) -> bytes:
    """A term's bytes: of all the strings there are, so that no query is refused."""
    return term.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Terms in the order of their bytes, numbered from 0.

    Term i is `letters[ends[i - 1] : ends[i]]`; `prefixes[i]` are its first bytes.
    """

    letters: NDArray[np.uint8]
    ends: NDArray[np.int64]
    prefixes: NDArray[np.bytes_]

    @classmethod
    def of(cls, terms: Sequence[bytes]) -> Self:
        """Make a lexicon of terms that are sorted and of which no two are the same."""
        return cls(
            letters=np.frombuffer(b"".join(terms), np.uint8),
            ends=np.cumsum(np.fromiter(map(len, terms), np.int64, len(terms)), dtype=np.int64),
            prefixes=np.array(terms, _PREFIX),
        )

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> bytes:
        return self.letters[self._start(number) : self.ends.item(number)].tobytes()

    def find(self, terms: Sequence[bytes]) -> list[int]:
        """Return each term's number; −1 for a term that is not there."""
        if not len(self):
            return [-1] * len(terms)
        places = np.minimum(self.prefixes.searchsorted(np.array(terms, _PREFIX)), len(self) - 1)
        starts, ends = np.where(places, self.ends[places - 1], 0).tolist(), self.ends[places].tolist()
        return [
            place if self.letters[start:end].tobytes() == term else self._find(term, place)
            for term, place, start, end in zip(terms, places.tolist(), starts, ends, strict=True)
        ]

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

    def _find(self, term: bytes, first: int) -> int:
        """The number of a term that does not stand first among those with its prefix."""
        place = bisect_left(self, term, first)
        return place if place < len(self) and self[place] == term else -1

    def _start(self, number: int) -> int:
        return self.ends.item(number - 1) if number else 0
