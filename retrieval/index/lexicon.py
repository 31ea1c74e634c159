"""The terms of a segment: sorted bytes in one run, found by bisection; a million terms are no Python objects.

A bisection begins among the heads of a few terms, which lie close together, and ends among the terms near one head.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from retrieval.index.columns import unwritable

APART = 16
"""Terms from one head to the next."""
HEAD = 8
"""Bytes."""
ABSENT = -1
"""The number of a term that is not there."""

_REMEMBERED = 4096


def encoded(term: str) -> bytes:
    """A term's bytes: of all the strings there are, so that no query is refused."""
    return term.encode("utf-8", "surrogatepass")


def head(term: bytes) -> np.uint64:
    """The first bytes of a term as a number: a lower one than another term's says that the term comes before it."""
    return np.uint64(int.from_bytes(term[:HEAD].ljust(HEAD, b"\0"), "big"))


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
        near = head(term)
        first = int(np.searchsorted(self.heads, near)) - 1
        last = int(np.searchsorted(self.heads, near, "right"))
        return bisect_left(self, term, max(0, first * APART), min(last * APART, len(self)))

    @cached_property
    def number(self) -> Callable[[str], int]:
        """The number of a term, or `ABSENT`; of some that were asked for it is remembered."""
        return lru_cache(_REMEMBERED)(partial(_number, self))

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
    def heads(self) -> NDArray[np.uint64]:
        """The heads of the terms number 0, `APART`, 2 · `APART` …"""
        numbers = np.arange(0, len(self), APART)
        lengths = np.diff(self.ends, prepend=0)[numbers]
        places = (self.ends[numbers] - lengths)[:, None] + np.arange(HEAD)
        letters = np.zeros(places.shape, np.uint8)
        held = np.arange(HEAD) < lengths[:, None]
        letters[held] = self.letters[places[held]]
        return letters.view(">u8").ravel().astype(np.uint64)

    def _start(self, number: int) -> int:
        return self.ends.item(number - 1) if number else 0


def _number(lexicon: Lexicon, term: str) -> int:
    key = encoded(term)
    place = lexicon.place(key)
    return place if place < len(lexicon) and lexicon[place] == key else ABSENT


def look_up(
    lexicon: Lexicon, starts: NDArray[np.int64], terms: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the terms' numbers, or `ABSENT`, and how much each has: term i of the lexicon from `starts[i]` on."""
    numbers = np.array([*map(lexicon.number, terms)], np.int64)
    counts = starts[numbers + 1] - starts[numbers]
    counts[numbers == ABSENT] = 0
    return numbers, counts
