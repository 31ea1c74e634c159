"""Verification: whether the answers that were given still quote what the archive holds."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.archive.conversations import KeptAnswer, Place
from retrieval.article import Span
from retrieval.corrections import in_place_of
from retrieval.quotation import Quotation, quote
from retrieval.shelf import Shelf


class State(StrEnum):
    """What became of quoted words."""

    HOLDS = "holds"
    """They stand in the article's newest version."""
    CORRECTED = "corrected"
    """The article had them when they were quoted; its newest version does not."""
    ALTERED = "altered"
    """The version that was quoted holds other words there now, which no program but a broken one brings about."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation that was given, what stands at its place, and what the article's newest version says there.

    `now` is None where the newest version has nothing in its place, or where the words were altered.
    """

    quotation: Quotation
    state: State
    now: Quotation | None


@dataclass(frozen=True, slots=True)
class Verified:
    """An answer that was given, and its quotations as they stand today."""

    key: str
    question: str
    quotations: Sequence[Checked]

    @property
    def holds(self) -> bool:
        return all(each.state is State.HOLDS for each in self.quotations)


def verified(shelf: Shelf, answers: Iterator[KeptAnswer]) -> Iterator[Verified]:
    """Compare each answer's quotations with the archive, character for character."""
    for answer in answers:
        yield Verified(answer.key, answer.question, tuple(_checked(shelf, place) for place in answer.places))


def _checked(shelf: Shelf, place: Place) -> Checked:
    text = shelf.text(place.article_id, place.version)
    words = place.span.within(text)
    quoted = Quotation(place.article_id, place.version, place.span, words)
    if hashlib.sha256(words.encode()).digest() != place.digest:
        return Checked(quoted, State.ALTERED, None)
    newest = shelf.newest(place.article_id)
    if (start := newest.article.text.find(words)) >= 0:
        stands = Span(start, start + len(words)) if newest.number != place.version else place.span
        return Checked(quoted, State.HOLDS, quote(shelf, newest.article_id, newest.number, stands))
    instead = in_place_of(place.span, text, newest.article.text)
    now = quote(shelf, newest.article_id, newest.number, instead) if instead else None
    return Checked(quoted, State.CORRECTED, now)
