"""Copies: one story as several outlets carry it, with another headline, another ending, or only its beginning.

A story is known by its shingles, the runs of five words in it, and compared by how many of the shorter story's stand
in the longer one (Broder, "On the resemblance and containment of documents", 1997). Stories that are written anew
from one pattern, such as the weather of two days, share their shingles but for figures and names; so copies have to
agree in these as well, wherever the words around them are the same.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from retrieval.text.folding import fold

Numbers: TypeAlias = NDArray[np.uint64]
Signature: TypeAlias = tuple[int, ...]
"""Up to `LONGEST_SIGNATURE` numbers below 2⁶³, ascending."""

LONGEST_SIGNATURE = 20
FEWEST_COMMON = 3
"""Stories whose signatures share fewer numbers need not be compared; of copies that keep 40 %, 1 in 100 has fewer."""

_RUN = 5
_SHORTEST = 40
"""Shingles; a story with fewer is never a copy."""
_LEAST_PART = 0.25
"""Shingles of the shorter story for each one of the longer; less is a report of its own."""
_LEAST_CONTAINED = 0.75
"""What furniture and updates leave; later reports of the same outlet share up to 0.7 with those before."""
_MOST_CHANGED = 0.12
"""The share of figures and names that corrections and another house's style may change; a pattern changes more."""
_CORRECTED = 4 * _RUN
"""Runs, in both stories together, that two corrected words change: as many are no sign of a pattern."""
_MOST_BLANKS = 3
"""Words; a run with more of them blank has too few left to be recognised."""

_WORD = re.compile(r"\w+")
_BLANK = np.uint64(1)
_PLACE = np.uint64(0x9E3779B97F4A7C15)
_FIRST_MIX, _SECOND_MIX = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True, slots=True, eq=False)
class Shingles:
    """A story's runs of five words as numbers below 2⁶³, the same in every process and on every machine.

    `every` has each number once, ascending. `facts` has those of the runs with a figure or a name among their words,
    and `forms` at the same places the runs' numbers with blanks for figures and names.
    """

    every: Numbers
    facts: Numbers
    forms: Numbers

    def __len__(self) -> int:
        return len(self.every)


def shingles(text: str) -> Shingles:
    """Number the text's runs of words, whatever their case, accents and punctuation."""
    found = _WORD.findall(unicodedata.normalize("NFC", text))
    words = np.fromiter(map(_number, found), np.uint64, len(found))
    blank = words & _BLANK
    runs, forms = _runs(words | _BLANK), _runs(np.where(blank, _BLANK, words))
    every, first = np.unique(runs, return_index=True)
    blanks = np.sum([blank[place : place + len(runs)] for place in range(_RUN)], axis=0)[first]
    telling = first[(blanks > 0) & (blanks <= _MOST_BLANKS)]
    return Shingles(every, runs[telling], forms[telling])


def signature(story: Shingles) -> Signature:
    """Return the numbers by which an index finds the story's copies; none for a story that is too short to have any.

    They are the least of its shingles (MinHash, as a bottom sketch): a shingle that is among the least of a story is so
    too in every part of the story that holds it, and thus trimmed copies are found as well.
    """
    return tuple(story.every[:LONGEST_SIGNATURE].tolist()) if len(story) >= _SHORTEST else ()


def are_copies(one: Shingles, other: Shingles) -> bool:
    """Whether one is a copy of the other, perhaps a trimmed, edited or updated one.

    Copies of one story need not be copies of each other: a long one may hold two that have nothing in common.
    """
    shorter, longer = sorted((len(one), len(other)))
    return (
        shorter >= max(_SHORTEST, _LEAST_PART * longer)
        and containment(one, other) >= _LEAST_CONTAINED
        and _tell_the_same(one, other)
    )


def containment(one: Shingles, other: Shingles) -> float:
    """Return the share of the shorter story's shingles that stand in the longer one, from 0 to 1."""
    return _common(one.every, other.every) / max(1, min(len(one), len(other)))


def _tell_the_same(one: Shingles, other: Shingles) -> bool:
    """Whether the figures and names are the same, but for a few, wherever the words around them are."""
    alike = np.isin(one.forms, other.forms).sum() + np.isin(other.forms, one.forms).sum()
    changed = alike - 2 * _common(one.facts, other.facts)
    return bool(changed <= max(_CORRECTED, _MOST_CHANGED * alike))


def _common(one: Numbers, other: Numbers) -> int:
    return len(np.intersect1d(one, other, assume_unique=True))


@lru_cache(maxsize=100_000)
def _number(word: str) -> int:
    """A number for the word; it is odd for a figure or a name."""
    telling = word[0].isupper() or any(map(str.isdigit, word))
    return crc32(fold(word).encode()) << 1 | telling


def _runs(words: Numbers) -> Numbers:
    """A number for each run of words: a polynomial of theirs, scattered as in SplitMix64 (Steele et al., 2014)."""
    runs = np.zeros(max(0, len(words) - _RUN + 1), np.uint64)
    for place in range(_RUN):
        runs = runs * _PLACE + words[place : place + len(runs)]
    runs = (runs ^ (runs >> np.uint64(30))) * _FIRST_MIX
    runs = (runs ^ (runs >> np.uint64(27))) * _SECOND_MIX
    return (runs ^ (runs >> np.uint64(31))) >> np.uint64(1)
