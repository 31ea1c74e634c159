"""The terms of a segment: sorted bytes in one run, found by bisection; a million terms are no Python objects."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.index.columns import unwritable

_APART = 32
"""Terms from one landmark to the next."""


def encoded(term: str) -> bytes:
    """A term's bytes: of all the strings there are, so that no query is refused."""
    return term.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Terms in the order of their bytes, numbered from 0: term i is `letters[ends[i - 1] : ends[i]]`."""

    letters: NDArray[np.uint8]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, terms: Sequence[bytes]) -> Self:
        """Make a lexicon of terms that are sorted and of which no two are the same."""
        lengths = np.fromiter(map(len, terms), np.int64, len(terms))
        return cls(np.frombuffer(b"".join(terms), np.uint8), unwritable(np.cumsum(lengths)))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> bytes:
        return self.letters[self._start(number) : self.ends.item(number)].tobytes()

    def place(self, term: bytes) -> int:
        """The number of terms that come before this one."""
        last = bisect_right(self._landmarks, term) * _APART
        return bisect_left(self, term, max(0, last - _APART), min(last, len(self)))

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

    @cached_property
    def _landmarks(self) -> list[bytes]:
        """A term now and then, so that a bisection begins near its end."""
        return [self[number] for number in range(0, len(self), _APART)]

    def _start(self, number: int) -> int:
        return self.ends.item(number - 1) if number else 0


def find(lexicon: Lexicon, terms: Sequence[bytes]) -> NDArray[np.int64]:
    """Return each term's number; −1 for a term that is not there."""
    places = [(lexicon.place(term), term) for term in terms]
    found = [place if place < len(lexicon) and lexicon[place] == term else -1 for place, term in places]
    return np.array(found, np.int64)
