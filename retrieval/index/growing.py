"""The growing part: what was added last, in memory, and found as soon as it is there."""

import sys
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.index.columns import unwritable
from retrieval.index.lexicon import Lexicon, encoded
from retrieval.index.postings import Pairs, Postings, Sought, array_of, code_type
from retrieval.index.segment import Segment

Indexed: TypeAlias = tuple[int, Sequence[str]]
"""A passage as the index sees it: its id and its terms, repeated ones repeated."""
_OfTerm: TypeAlias = tuple[bytearray, bytearray]
"""The numbers of the passages that hold a term, ascending, and the codes of its postings, as int32 and uint32.

There are many of them, and Python's collector does not look through bytes: it would stop every thread meanwhile.
"""
_BYTES = 4
"""Of a number or a code."""


class Growing:
    """Passages that are being added, by number; see `Postings` for what a number and a code are."""

    def __init__(self) -> None:
        self._ids = array("q")
        self._lengths = array("i")
        self._of_terms: dict[str, _OfTerm] = {}
        self._codes: dict[tuple[int, int], int] = {}
        self._pairs = (array("q"), array("q"))
        self._articles: dict[int, range] = {}
        self.total_length = 0

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def ids(self) -> NDArray[np.int64]:
        return unwritable(np.array(self._ids, np.int64))

    @property
    def lengths(self) -> NDArray[np.int32]:
        return np.array(self._lengths, np.int32)

    @property
    def pairs(self) -> Pairs:
        frequencies, lengths = (np.array(column, np.int64) for column in self._pairs)
        return Pairs(frequencies, lengths)

    @property
    def distinct_pairs(self) -> int:
        return len(self._codes)

    def add(self, article_id: int, passages: Sequence[Indexed]) -> None:
        """Add an article's passages; those that it had here before are no longer its own."""
        first = len(self)
        for passage_id, terms in passages:
            self._add(passage_id, terms)
        self._articles[article_id] = range(first, len(self))

    def sought(self, terms: Sequence[str]) -> Sought:
        none: _OfTerm = (bytearray(), bytearray())
        postings = _joined([self._of_terms.get(term, none) for term in terms])
        return Sought(array_of([*map(postings.place, range(len(terms)))]), postings, len(self))

    def numbers_of(self, article_id: int) -> range:
        return self._articles.get(article_id, range(0))

    def terms(self, beginning: str) -> Iterator[str]:
        return (term for term in self._of_terms if term.startswith(beginning))

    def segment(self) -> Segment:
        """The same passages, with the same numbers, as a segment."""
        terms = sorted(self._of_terms)  # the order of characters is that of their bytes
        postings = _joined([self._of_terms[term] for term in terms])
        articles = sorted((article, numbers.start, numbers.stop) for article, numbers in self._articles.items())
        table = np.array(articles, np.int64).reshape(-1, 3).T
        return Segment(
            lexicon=Lexicon.of(encoded(terms)),
            postings=postings._replace(codes=unwritable(postings.codes.astype(code_type(len(self._codes))))),
            pairs=self.pairs,
            ids=self.ids,
            lengths=self.lengths,
            articles=table[0],
            firsts=table[1].astype(np.int32),
            lasts=table[2].astype(np.int32),
        )

    def _add(self, passage_id: int, terms: Sequence[str]) -> None:
        number, length, counted = _packed(len(self._ids)), len(terms), Counter(terms)
        self._ids.append(passage_id)
        self._lengths.append(length)
        self.total_length += length
        codes = {frequency: _packed(self._code(frequency, length)) for frequency in set(counted.values())}
        of_terms = self._of_terms
        for term, frequency in counted.items():
            if term in of_terms:
                numbers, coded = of_terms[term]
                numbers += number
                coded += codes[frequency]
            else:
                of_terms[term] = (bytearray(number), bytearray(codes[frequency]))

    def _code(self, frequency: int, length: int) -> int:
        if (frequency, length) not in self._codes:
            self._codes[frequency, length] = len(self._codes)
            for column, value in zip(self._pairs, (frequency, length), strict=True):
                column.append(value)
        return self._codes[frequency, length]


def _packed(number: int) -> bytes:
    return number.to_bytes(_BYTES, sys.byteorder)


def _count(of_term: _OfTerm) -> int:
    """The number of postings."""
    return len(of_term[0]) // _BYTES


def _joined(of_terms: Sequence[_OfTerm]) -> Postings:
    numbers, codes = (b"".join(map(itemgetter(column), of_terms)) for column in (0, 1))
    starts = np.array([*accumulate(map(_count, of_terms), initial=0)], np.int64)
    return Postings.of(starts, np.frombuffer(numbers, np.int32), np.frombuffer(codes, np.uint32))
