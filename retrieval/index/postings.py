"""Postings: in which passages a term stands, and how often.

A part numbers its passages from 0. A posting is the number of a passage that holds a term, and the code of its pair
(times the term stands there, terms of the passage). There are few different pairs, so all that a score takes from a
passage is looked up in a small table over the codes, which is made anew when the mean length changes; the postings
never are.

Numbers are cut into blocks of `BLOCK`. A term's postings in one block are a run. A run names its block once, and each
of its postings only the slot, which is the number within the block: four bytes a posting, and the sums of a block's
passages fit a near cache of the processor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.index.columns import unwritable

Integers: TypeAlias = NDArray[np.integer[Any]]

BITS = 15
BLOCK = 1 << BITS
"""Passages: the number of postings of a run, which is no larger, fits two bytes."""

_CODES_OF_TWO_BYTES = 2**16
Place: TypeAlias = tuple[int, int, int, int]
"""A term's first run, the run after its last, its first posting, and how many postings it has."""
NOWHERE: Place = 0, 0, 0, 0
"""The place of a term that is not there."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The pairs that codes stand for: code c is a term that stands `frequencies[c]` times in `lengths[c]` terms."""

    frequencies: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.lengths)


class Postings(NamedTuple):
    """The postings of many terms, one term after the other, each term's with ascending numbers.

    Term i has the runs `runs[i]` up to `runs[i + 1]`, and the postings `starts[i]` up to `starts[i + 1]`. Run j has
    `counts[j]` postings, in block `blocks[j]`. Posting p is in `slots[p]` of its block, and has the code `codes[p]`.
    """

    runs: NDArray[np.int64]
    starts: NDArray[np.int64]
    blocks: NDArray[np.uint16]
    counts: NDArray[np.uint16]
    slots: NDArray[np.uint16]
    codes: Integers

    @classmethod
    def of(cls, starts: NDArray[np.int64], numbers: NDArray[np.int32], codes: Integers) -> Self:
        """Cut postings into runs: those of term i are `numbers[starts[i] : starts[i + 1]]`, with their codes."""
        blocks = numbers >> BITS
        begins = np.ones(len(numbers) + 1, np.bool_)
        np.not_equal(blocks[1:], blocks[:-1], out=begins[1:-1])
        begins[starts] = True
        places = np.flatnonzero(begins)  # the end of the last run is among them
        return cls(
            runs=unwritable(np.searchsorted(places, starts)),
            starts=unwritable(starts),
            blocks=unwritable(blocks[places[:-1]].astype(np.uint16)),
            counts=unwritable(np.diff(places).astype(np.uint16)),
            slots=unwritable(numbers.astype(np.uint16) & np.uint16(BLOCK - 1)),
            codes=unwritable(codes),
        )

    def place(self, term: int) -> Place:
        start = self.starts.item(term)
        return self.runs.item(term), self.runs.item(term + 1), start, self.starts.item(term + 1) - start

    def numbers(self, first: int, last: int) -> NDArray[np.int32]:
        """Return the numbers of the passages that hold terms number `first` up to `last`, term after term."""
        runs = slice(self.runs.item(first), self.runs.item(last))
        slots = self.slots[self.starts.item(first) : self.starts.item(last)]
        numbers: NDArray[np.int32] = np.repeat(self.blocks[runs].astype(np.int32) << BITS, self.counts[runs])
        return numbers + slots


class Sought(NamedTuple):
    """The places of a query's terms, a line for each, among the postings of a part of so many passages."""

    places: NDArray[np.int64]
    postings: Postings
    passages: int

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many passages hold each of the terms, those that are gone among them."""
        return self.places[:, 3]

    def of(self, order: NDArray[np.int64]) -> Self:
        """Some of the terms, in this order."""
        return self._replace(places=self.places[order])

    def numbers(self, term: int) -> Integers:
        """Return the numbers of the passages that hold a term, ascending."""
        run, end, start, count = self.places[term].tolist()
        slots = self.postings.slots[start : start + count]
        if self.passages <= BLOCK:
            return slots
        firsts = self.postings.blocks[run:end].astype(np.int32) << BITS
        numbers: NDArray[np.int32] = np.repeat(firsts, self.postings.counts[run:end])
        return numbers + slots

    def codes(self, term: int) -> Integers:
        """Return the codes of the same postings."""
        start, count = self.places[term, 2:].tolist()
        return self.postings.codes[start : start + count]


def array_of(places: Sequence[Place]) -> NDArray[np.int64]:
    """Return an array with a line for each place."""
    return np.array(places, np.int64).reshape(-1, len(NOWHERE))


def code_type(pairs: int) -> type[np.unsignedinteger[Any]]:
    """The type of the codes of so many pairs."""
    return np.uint16 if pairs <= _CODES_OF_TWO_BYTES else np.uint32
