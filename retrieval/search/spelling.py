"""Spelling: words of a question that the shelf lacks, read as words that it holds where one is clearly meant.

A word of the dictionary is not misspelt, unless it is written as a name. A misspelt word begins with the right letter
and is one slip away, a long one two: a letter wrong, missing, too many, or two of them swapped (Damerau, "A technique
for computer detection and correction of spelling errors", 1964). Two words of a name confirm each other: where no
passage holds both, both may be misspelt, even as words that the shelf holds elsewhere.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import pairwise, product
from typing import TypeVar

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from retrieval.asking.question import Part
from retrieval.index import PassageIndex, Ranked
from retrieval.search.search import Found, search
from retrieval.shelf import Shelf
from retrieval.text.lexicon import is_word
from retrieval.text.terms import terms, tokens

_Meant = TypeVar("_Meant")

_SHORTEST = 4
_LONG = 10
"""Letters from which a word may hold two slips."""
_LONG_IN_A_NAME = 6
"""Letters from which a word of a name of several may."""
_CLEARLY = 5
"""How many times as many passages hold the word that is meant as any other that is as near."""


def respelt(
    index: PassageIndex, shelf: Shelf, part: Part, found: Found, among: Collection[int] | None = None
) -> tuple[Part, Found]:
    """Return the part with its misspelt words put right, and what is found with it; the same two where none is.

    `among` are the ids of the articles to look in, None for all.
    """
    misspelt = found.unknown - _words(part)
    here = frozenset(term for ranked in found.ranked for term in _terms_of(found, ranked))
    meant = {term: word for term in misspelt if (word := _meant(index, shelf, term, here))}
    for pair in _names_of_two(part):
        meant |= _meant_together(index, shelf, pair)
    if not meant:
        return part, found
    again = search(index, shelf, _with_terms(part, meant), among=among)
    written = {term: _as_written(again, meant[term]) for term in meant}
    right = _with_terms(part, meant)
    text, told = _rewritten(part.text, written), _rewritten(part.told, written)
    return replace(right, text=text, told=told, respelt=tuple(written.values())), again


def _words(part: Part) -> frozenset[str]:
    """The terms of those of the part's words that are spelt as they should be."""
    asked = (token for token in tokens(part.in_full) if token.term and token.term not in part.names)
    return frozenset(token.term for token in asked if token.term and is_word(token.words))


def _terms_of(found: Found, ranked: Ranked) -> list[str]:
    return terms(ranked.passage.span.within(found.versions[ranked.passage.article_id].article.text))


def _meant(index: PassageIndex, shelf: Shelf, term: str, here: Collection[str]) -> str | None:
    """The term of the shelf that is clearly meant by one that it lacks; None where there is none.

    `here` are the terms of the passages that were found by what else is asked: such a one is meant before others.
    """
    near = _near(index, shelf, term, 1 if len(term) < _LONG else 2)
    held = [(slips, index.frequency(shelf, other), other) for other, slips in near.items()]
    return _clearest(held) or _clearest([each for each in held if each[2] in here])


def _names_of_two(part: Part) -> list[tuple[str, str]]:
    """The terms of words that stand together and are both names, or no words of the dictionary."""
    asked = [token for token in tokens(part.text) if token.term]
    named = {token.term for token in asked if token.term in part.names or not is_word(token.words)}
    return [
        (first.term, second.term)
        for first, second in pairwise(asked)
        if first.term and second.term and {first.term, second.term} <= named and second.start == first.end + 1
    ]


def _meant_together(index: PassageIndex, shelf: Shelf, pair: tuple[str, str]) -> dict[str, str]:
    """What is clearly meant by the two words of a name that stand together nowhere; nothing where there is none."""
    if index.frequency(shelf, *pair):
        return {}
    nears = [{**_near(index, shelf, term, _slips_in_a_name(term)), term: 0} for term in pair]
    together = _clearest(
        [
            (nears[0][first] + nears[1][second], index.frequency(shelf, first, second), (first, second))
            for first, second in product(*nears)
        ]
    )
    return {term: word for term, word in zip(pair, together, strict=True) if term != word} if together else {}


def _slips_in_a_name(term: str) -> int:
    if is_word(term):
        return 0
    return 1 if len(term) < _LONG_IN_A_NAME else 2


def _near(index: PassageIndex, shelf: Shelf, term: str, slips: int) -> dict[str, int]:
    """The terms of the shelf that are at most so many slips away, each with its slips."""
    if len(term) < _SHORTEST or not term.isalpha():
        return {}
    held = [*dict.fromkeys(index.terms(shelf, beginning=term[0]))]
    return {
        other: distance
        for other, distance, _ in extract(term, held, scorer=OSA.distance, score_cutoff=slips, limit=None)
        if other.isalpha()
    }


def _clearest(near: Iterable[tuple[int, int, _Meant]]) -> _Meant | None:
    """Of what is so many slips away and stands in so many passages, the nearest, where it is by far the usual one."""
    found = sorted(
        ((slips, -frequency, meant) for slips, frequency, meant in near if frequency), key=lambda each: each[:2]
    )
    rivals = [-frequency for slips, frequency, _ in found[1:] if slips == found[0][0]]
    return found[0][2] if found and all(-found[0][1] >= _CLEARLY * rival for rival in rivals) else None


def _with_terms(part: Part, meant: dict[str, str]) -> Part:
    def put_right(some: Iterable[str]) -> list[str]:
        return [meant.get(term, term) for term in some]

    return replace(
        part,
        terms=tuple(dict.fromkeys(put_right(part.terms))),
        names=frozenset(put_right(part.names)),
        wanted=tuple(put_right(part.wanted)),
    )


def _as_written(found: Found, term: str) -> str:
    """A word of the passages that stands for the term; the term itself where no passage was found."""
    for ranked in found.ranked:
        text = ranked.passage.span.within(found.versions[ranked.passage.article_id].article.text)
        for token in tokens(text):
            if token.term == term:
                return token.words
    return term


def _rewritten(text: str, written: dict[str, str]) -> str:
    for token in reversed(list(tokens(text))):
        if token.term in written:
            text = text[: token.start] + written[token.term] + text[token.end :]
    return text
