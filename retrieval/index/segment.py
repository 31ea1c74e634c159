"""Segments: passages that are indexed for good. What comes later goes to another segment, what goes is marked as gone.

A passage's number is its row in the segment, from 0. A posting says that a term stands in a passage: the passage's
number, and the code of its pair (times the term stands there, terms of the passage). There are few different pairs, so
all that a score takes from a passage is looked up in a small table over the codes, which is made anew when the mean
length changes; the postings never are.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any, NamedTuple, Protocol, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.index.lexicon import Lexicon

try:
    from retrieval.index.compiled_lexicon import find
except ImportError:  # numba comes with the extra `fast`
    from retrieval.index.lexicon import find

Integers: TypeAlias = NDArray[np.integer[Any]]

_CODES_OF_TWO_BYTES = 2**16
_REMEMBERED = 4096
"""Terms of which a segment remembers where they stand."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The pairs that codes stand for: code c is a term that stands `frequencies[c]` times in `lengths[c]` terms."""

    frequencies: NDArray[np.int64]
    lengths: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.lengths)


class Postings(NamedTuple):
    """The postings of some terms: those of term i are `numbers[start:end]`, ascending, with their `codes[start:end]`.

    `places[i]` are their start and their end.
    """

    places: Sequence[tuple[int, int]]
    numbers: NDArray[np.int32]
    codes: Integers

    def of(self, terms: Sequence[int]) -> Self:
        """The postings of some of the terms, in this order."""
        return self._replace(places=[self.places[term] for term in terms])

    def holding(self, term: int) -> NDArray[np.int32]:
        """The numbers of the passages that hold a term."""
        start, end = self.places[term]
        return self.numbers[start:end]

    def coded(self, term: int) -> Integers:
        """The codes of a term's postings."""
        start, end = self.places[term]
        return self.codes[start:end]


class Rows(Protocol):
    """Indexed passages, by number: in a segment or in the growing part."""

    @property
    def ids(self) -> NDArray[np.int64]:
        """The passages' ids."""

    @property
    def lengths(self) -> NDArray[np.int32]:
        """How many terms each passage has."""

    @property
    def total_length(self) -> int:
        """The terms of all passages together."""

    @property
    def pairs(self) -> Pairs: ...

    @property
    def distinct_pairs(self) -> int:
        """How many pairs there are; pairs that are there never change."""

    def __len__(self) -> int: ...

    def postings(self, terms: Sequence[str]) -> Postings: ...

    def numbers_of(self, article_id: int) -> range:
        """The numbers of an article's passages; none for an article that is not there."""

    def terms(self, beginning: str) -> Iterator[str]:
        """Yield the terms that begin with these characters, of passages that are gone as well."""

    def segment(self) -> "Segment":
        """The same passages, with the same numbers, as a segment."""


@dataclass(frozen=True, eq=False)
class Segment:
    """Passages that are indexed for good.

    The postings of term i of the lexicon are `numbers[starts[i] : starts[i + 1]]`. The passages of an article have
    consecutive numbers: those of `articles[j]` are `firsts[j]` to `firsts[j] + counts[j]`; `articles` ascend.
    """

    lexicon: Lexicon
    starts: NDArray[np.int64]
    numbers: NDArray[np.int32]
    codes: Integers
    pairs: Pairs
    ids: NDArray[np.int64]
    lengths: NDArray[np.int32]
    articles: NDArray[np.int64]
    firsts: NDArray[np.int32]
    counts: NDArray[np.int32]

    @classmethod
    def of(cls, columns: Mapping[str, NDArray[Any]]) -> Self:
        """Make a segment of its columns: what a segment, its lexicon and its pairs are made of, by name."""
        rest = {**columns}
        lexicon = Lexicon(rest.pop("letters"), rest.pop("ends"))
        pairs = Pairs(rest.pop("frequencies"), rest.pop("pair_lengths"))
        return cls(lexicon=lexicon, pairs=pairs, **rest)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def distinct_pairs(self) -> int:
        return len(self.pairs)

    @cached_property
    def total_length(self) -> int:
        return int(self.lengths.sum(dtype=np.int64))

    def postings(self, terms: Sequence[str]) -> Postings:
        return Postings([*map(self._place, terms)], self.numbers, self.codes)

    def numbers_of(self, article_id: int) -> range:
        row = int(np.searchsorted(self.articles, article_id))
        if row == len(self.articles) or self.articles[row] != article_id:
            return range(0)
        first = int(self.firsts[row])
        return range(first, first + int(self.counts[row]))

    def terms(self, beginning: str) -> Iterator[str]:
        return self.lexicon.beginning_with(beginning)

    def segment(self) -> Self:
        return self

    @cached_property
    def _place(self) -> Callable[[str], tuple[int, int]]:
        """Where the postings of a term start and end; twice the same for a term that is not there."""
        return lru_cache(_REMEMBERED)(partial(find, self.lexicon, self.starts))


def code_type(pairs: int) -> type[np.unsignedinteger[Any]]:
    """The type of the codes of so many pairs."""
    return np.uint16 if pairs <= _CODES_OF_TWO_BYTES else np.uint32
