"""Other stories on the page: lists of headlines, with or without teasers, and where this story resumes."""

import re

from retrieval.ingest.forms import Form, Line, sentences_in
from retrieval.ingest.furniture import stays
from retrieval.ingest.vocabulary import Kind, vocabulary

_LETTERS = re.compile(r"[^\W\d_]{5,}")

_LONGEST_TEASER = 40
_SHORTEST_HEADLINE = 5
_KIN = 0.4
"""The share of a paragraph's longer words that stand in the story too, from which on it belongs to it."""


def label_other_stories(page: list[Line], start: int) -> None:
    """Drop the lists that a heading opens, and what follows the last paragraph."""
    _label_sections(page, start)
    _label_end(page, start)


def opened_section(line: Line) -> Kind | None:
    """The kind of list that begins with this line, if one does."""
    if line.form in (Form.PROSE, Form.QUESTION) or line.words > 12:
        return None
    return next((kind for kind in vocabulary().sections if kind.covers(line.folded, sentence=False)), None)


def _label_sections(page: list[Line], start: int) -> None:
    story: set[str] = set()
    total = sum(line.words for line in page[start:] if line.is_story)
    above = 0
    place = start
    while place < len(page):
        line = page[place]
        kind = opened_section(line)
        if kind is None:
            if line.is_story:
                story |= _content(line)
                above += line.words
            place += 1
            continue
        if line.why not in ("date line", "caption"):
            line.why = kind.why
        if kind.why == "reader comments":
            end = len(page) if above * 3 > total * 2 else place + 1  # above the story it is but a button
        else:
            end = _end_of_list(page, place, story)
        for other in page[place + 1 : end]:
            if stays(other):
                continue
            other.drop(kind.why)
        place = max(end, place + 1)


def _end_of_list(page: list[Line], place: int, story: set[str]) -> int:
    """The place of the first paragraph with which this story goes on."""
    for at in range(place + 1, len(page)):
        line = page[at]
        if opened_section(line):
            return at
        if line.why is not None or line.form is not Form.PROSE:
            continue
        if stays(line) or not story or not _is_teaser(page, at, story):
            return at
    return len(page)


def _is_teaser(page: list[Line], at: int, story: set[str]) -> bool:
    """A short paragraph between headlines that speaks of other things than the story."""
    line = page[at]
    if line.words > _LONGEST_TEASER or sentences_in(line.text) > 2 or _story_follows(page, at):
        return False
    return _kinship(line, story) < _KIN


def _story_follows(page: list[Line], at: int) -> bool:
    """Whether the next line but furniture is a paragraph too."""
    following = next((page[place] for place in range(at + 1, len(page)) if page[place].why is None), None)
    return following is not None and following.form is Form.PROSE


def _label_end(page: list[Line], start: int) -> None:
    """Behind the last two paragraphs that stand together: headlines of other stories with their teasers."""
    kept = [place for place in range(start, len(page)) if page[place].is_story]
    last = next((b for a, b in zip(reversed(kept[:-1]), reversed(kept), strict=False) if _adjoin(page, a, b)), None)
    if last is None:
        last = kept[0] if kept else start
    story = {word for place in kept if place <= last for word in _content(page[place])}
    for place in range(last + 1, len(page)):
        line = page[place]
        if line.is_story and not stays(line) and _stands_in_a_list(page, place) and _is_teaser(page, place, story):
            line.drop("teaser of another story")
    ends = max((place for place in range(start, len(page)) if page[place].is_story), default=len(page))
    for place in range(ends + 1, len(page)):
        line = page[place]
        if line.why is None and not _continues_list(page, place):
            line.drop("headlines of other stories" if line.words >= _SHORTEST_HEADLINE else "page furniture")


def _adjoin(page: list[Line], first: int, second: int) -> bool:
    return all(page[place].why is not None for place in range(first + 1, second))


def _stands_in_a_list(page: list[Line], place: int) -> bool:
    """Whether a headline stands above, and beside it or the paragraph an age: "3 hours ago"."""
    headline = next((page[at] for at in range(place - 1, -1, -1) if page[at].why is None), None)
    aged = any(page[at].why == "date line" for at in (place - 2, place - 1, place + 1) if 0 <= at < len(page))
    return headline is not None and not headline.is_story and headline.words >= _SHORTEST_HEADLINE and aged


def _continues_list(page: list[Line], place: int) -> bool:
    """Whether the line is of a list that the story's last paragraph announces."""
    while place and page[place].form is Form.ITEM and page[place].why is None:
        place -= 1
    above = page[place]
    return above.why is None and (above.form is Form.INTRODUCTION or above.text.endswith(":") or above.is_story)


def _content(line: Line) -> set[str]:
    return {word[:6] for word in _LETTERS.findall(line.text.casefold())}


def _kinship(line: Line, story: set[str]) -> float:
    words = _content(line)
    return len(words & story) / len(words) if words else 1.0
