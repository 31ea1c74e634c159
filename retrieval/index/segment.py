"""Segments: passages that are indexed for good.

What comes later goes to another segment, and what goes is marked as gone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from retrieval.index.lexicon import Lexicon
from retrieval.index.postings import Pairs, Postings, Sought

try:
    from retrieval.index.compiled_looking_up import look_up
except ImportError:  # numba comes with the extra `fast`
    from retrieval.index.looking_up import look_up


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

    def sought(self, terms: Sequence[str]) -> Sought:
        """Look terms up."""

    def numbers_of(self, article_id: int) -> range:
        """The numbers of an article's passages; none for an article that is not there."""

    def terms(self, beginning: str) -> Iterator[str]:
        """Yield the terms that begin with these characters, of passages that are gone as well."""

    def segment(self) -> "Segment":
        """The same passages, with the same numbers, as a segment."""


@dataclass(frozen=True, eq=False)
class Segment:
    """Passages that are indexed for good.

    Terms have the same numbers in the lexicon and in the postings. The passages of an article have consecutive numbers:
    those of `articles[j]` are `firsts[j]` up to `lasts[j]`; `articles` ascend.
    """

    lexicon: Lexicon
    postings: Postings
    pairs: Pairs
    ids: NDArray[np.int64]
    lengths: NDArray[np.int32]
    articles: NDArray[np.int64]
    firsts: NDArray[np.int32]
    lasts: NDArray[np.int32]

    @classmethod
    def of(cls, columns: Mapping[str, NDArray[Any]]) -> Self:
        """Make a segment of its columns: what a segment and its lexicon, postings and pairs are made of, by name."""
        rest = {**columns}
        lexicon = Lexicon(rest.pop("letters"), rest.pop("ends"), rest.pop("heads"))
        postings = Postings(**{name: rest.pop(name) for name in Postings._fields})
        pairs = Pairs(rest.pop("frequencies"), rest.pop("pair_lengths"))
        return cls(lexicon=lexicon, postings=postings, pairs=pairs, **rest)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def distinct_pairs(self) -> int:
        return len(self.pairs)

    @cached_property
    def total_length(self) -> int:
        return int(self.lengths.sum(dtype=np.int64))

    def sought(self, terms: Sequence[str]) -> Sought:
        return Sought(look_up(self.lexicon, self.postings, terms), self.postings, len(self))

    def numbers_of(self, article_id: int) -> range:
        row = int(np.searchsorted(self.articles, article_id))
        if row == len(self.articles) or self.articles[row] != article_id:
            return range(0)
        return range(int(self.firsts[row]), int(self.lasts[row]))

    def terms(self, beginning: str) -> Iterator[str]:
        return self.lexicon.beginning_with(beginning)

    def segment(self) -> Self:
        return self
