"""Spelling: words of a question that the shelf lacks, read as words that it holds where one is clearly meant.

A word of the dictionary is not misspelt, unless it is written as a name. A misspelt word begins with the right letter
and is one slip away, a long one two: a letter wrong, missing, too many, or two of them swapped (Damerau, "A technique
for computer detection and correction of spelling errors", 1964).
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from retrieval.index import PassageIndex
from retrieval.question import Part
from retrieval.search import Found, search
from retrieval.shelf import Shelf
from retrieval.text.lexicon import is_word
from retrieval.text.terms import tokens

_SHORTEST = 4
_LONG = 10
"""Letters from which a word may hold two slips."""
_CLEARLY = 5
"""How many times as many passages hold the word that is meant as any other that is as near."""


def respelt(
    index: PassageIndex, shelf: Shelf, part: Part, found: Found, among: Collection[int] | None = None
) -> tuple[Part, Found]:
    """Return the part with its misspelt words put right, and what is found with it; the same two where none is.

    `among` are the ids of the articles to look in, None for all.
    """
    misspelt = found.unknown - _words(part)
    meant = {term: word for term in misspelt if (word := _meant(index, shelf, term))}
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


def _meant(index: PassageIndex, shelf: Shelf, term: str) -> str | None:
    """The term of the shelf that is clearly meant by one that it lacks; None where there is none."""
    if len(term) < _SHORTEST or not term.isalpha():
        return None
    slips = 1 if len(term) < _LONG else 2
    near: list[tuple[int, int, str]] = []
    for held in index.terms(shelf):
        for other, distance, _ in extract(term, held, scorer=OSA.distance, score_cutoff=slips, limit=None):
            if other[0] == term[0] and other.isalpha():
                near.append((distance, -index.frequency(shelf, other), other))
    near = [each for each in sorted(set(near)) if each[1]]
    rivals = [-frequency for distance, frequency, _ in near[1:] if distance == near[0][0]]
    return near[0][2] if near and all(-near[0][1] >= _CLEARLY * rival for rival in rivals) else None


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
