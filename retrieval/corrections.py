"""Corrections: what one version of a text has in the place of what another one had, word by word."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from retrieval.article import Span
from retrieval.text.sentences import sentences

_PIECE = re.compile(r"\s+|\w+(?:[.,:'’-]\w+)*|[^\w\s]")
"""A word with what holds it together: 1,200, 10:30, don’t, Jean-Luc."""
_WORD = re.compile(r"\w+")
_MOST_COMPARED = 25_000_000
"""Pairs of sentences or of words; a stretch that has more is taken as changed from end to end."""
_WORDS_BETWEEN = 2
"""Changes with fewer words between them are one: “on Tuesday at noon” → “in May at one”."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place where two texts differ: what is at `before` in the older one became what is at `after` in the newer.

    Both count characters. One of them is empty where words were only put in, or only taken out.
    """

    before: range
    after: range


def changes(older: str, newer: str) -> list[Change]:
    """Return where the texts differ, in their order; what stands between two such places is the same in both.

    Sentences are compared first, then the words of those that differ.
    """
    stretches = _joined(_differing(older, _sentence_ends(older), newer, _sentence_ends(newer)), _touch)
    places = (
        place
        for stretch in stretches
        for place in _differing(older, _piece_ends(older, stretch.before), newer, _piece_ends(newer, stretch.after))
    )
    return _joined(places, lambda between: _nearly_touch(older[between.start : between.stop]))


def in_place_of(span: Span, older: str, newer: str) -> Span | None:
    """Where the newer text has what stands at `span` in the older one, or what came in its place; None for nothing."""
    made = changes(older, newer)
    start, end = _moved_start(span.start, made), _moved_end(span.end, made)
    return Span(start, end) if start < end else None


def _moved_start(place: int, made: Sequence[Change]) -> int:
    shift = 0
    for change in made:
        if change.before.start < place < change.before.stop:
            return change.after.start
        if change.before.stop <= place:
            shift = change.after.stop - change.before.stop
    return place + shift


def _moved_end(place: int, made: Sequence[Change]) -> int:
    shift = 0
    for change in made:
        if change.before.start < place < change.before.stop:
            return change.after.stop
        if change.before.start < place:
            shift = change.after.stop - change.before.stop
    return place + shift


def _differing(older: str, before: Sequence[int], newer: str, after: Sequence[int]) -> Iterator[Change]:
    """Yield where two texts differ that are cut at these places."""
    if len(before) * len(after) > _MOST_COMPARED:
        yield Change(range(before[0], before[-1]), range(after[0], after[-1]))
        return
    for code in Indel.opcodes(_cut(older, before), _cut(newer, after)):
        if code.tag != "equal":
            yield Change(
                range(before[code.src_start], before[code.src_end]), range(after[code.dest_start], after[code.dest_end])
            )


def _joined(places: Iterable[Change], are_one: Callable[[range], bool]) -> list[Change]:
    """Take neighbours for one change where `are_one` says so of what is between them in the older text."""
    joined: list[Change] = []
    for place in places:
        if joined and are_one(range(joined[-1].before.stop, place.before.start)):
            last = joined.pop()
            joined.append(
                Change(range(last.before.start, place.before.stop), range(last.after.start, place.after.stop))
            )
        else:
            joined.append(place)
    return joined


def _touch(between: range) -> bool:
    return not between


def _nearly_touch(between: str) -> bool:
    return "\n" not in between and len(_WORD.findall(between)) < _WORDS_BETWEEN


def _sentence_ends(text: str) -> list[int]:
    """Where the text begins, each further sentence of it begins, and the text ends."""
    return [0, *(span.start for span in sentences(text)[1:]), len(text)]


def _piece_ends(text: str, stretch: range) -> list[int]:
    """Where each word, white space and mark of a stretch begins, and the stretch ends."""
    found = _PIECE.finditer(text, stretch.start, stretch.stop)
    return [*(piece.start() for piece in found), stretch.stop]


def _cut(text: str, ends: Sequence[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise(ends)]
