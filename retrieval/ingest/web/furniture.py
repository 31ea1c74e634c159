"""Furniture among the lines of an article that was found on a page: what is left of captions, invitations and links.

The extraction has taken away most. What goes here besides is known by its words, by the page's own markup or by the box
it stands in; whatever is merely odd stays.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from retrieval.ingest.bylines import byline, is_role, signature
from retrieval.ingest.captions import label_captions
from retrieval.ingest.dates import DateLine, date_line, is_date_only
from retrieval.ingest.forms import Form, Line, line
from retrieval.ingest.furniture import reason_by_words, stays
from retrieval.ingest.pieces import Piece, Place
from retrieval.ingest.stories import opened_section
from retrieval.ingest.vocabulary import LONGEST_FURNITURE, fold, vocabulary
from retrieval.ingest.web.marks import Marks

_BEGINNINGS_MEAN_LITTLE = frozenset({"navigation", "copyright line", "video player"})
"""Kinds whose beginnings of fragments begin subheadings too: "About the poll", "Help wanted"."""

_SAID_OF_LISTS = frozenset({"navigation", "share buttons", "counter", "photo gallery", "reader comments"})
"""Kinds of which a single item of a list may be by chance: "Wales", "Print"."""

_LIFE = r"(?:is (?:an?|the|our)|was (?:an?|the)|covers|writes|reports|edits|has (?:covered|written|reported)|joined)\b"
_LETTER = re.compile(r"[^\W_]")
_LONGEST_LABEL = 4
_SHORTEST_HEADLINE = 4
"""Words."""

_DATED = ("published", "first published", "updated", "last updated", "posted", "last modified")

_SAME = 0.7
"""The share of a line's words that are the headline's, from which on it is taken for it."""

_PHRASE = 5
"""Words."""

_WORD = re.compile(r"\w+")

_TOP, _BOTTOM = 3, 4
"""Lines at either end of the article."""


def label(pieces: Sequence[Piece], marks: Marks, title: str | None, authors: Sequence[str]) -> list[Line]:
    """Look at the pieces as lines of a page, and give those that are furniture their reasons."""
    page = [line(piece.text) for piece in pieces]
    _label_by_words(page, pieces)
    _label_captions(page, pieces, marks)
    _label_headline(page, title)
    _label_credits(page, pieces, marks, authors)
    _label_links(page, pieces, marks)
    _label_pull_quotes(page, pieces)
    _label_end(page, pieces, authors)
    return page


def _label_by_words(page: list[Line], pieces: Sequence[Piece]) -> None:
    for each, piece in zip(page, pieces, strict=True):
        if piece.place is Place.ROW or len(each.text) > LONGEST_FURNITURE or stays(each):
            continue
        if not _LETTER.search(each.text) and piece.place is not Place.ITEM:
            each.drop("page furniture")
        elif (why := _reason(each, piece.place)) is not None:
            each.drop(why)
    _label_whole_lists(page, pieces)


def _reason(each: Line, place: Place) -> str | None:
    why = reason_by_words(each)
    if place is Place.HEADING:
        section = opened_section(each)
        return section.why if section else why if _is_certain(each, why) else None
    if place is Place.ITEM and why in _SAID_OF_LISTS:
        return None
    if why in _BEGINNINGS_MEAN_LITTLE and not _is_certain(each, why):
        return None
    return why or _opened_by_whole_line(each)


def _is_certain(each: Line, why: str | None) -> bool:
    """Whether the reason rests on more than the beginning of a fragment."""
    return any(kind.why == why and kind.covers(each.folded, sentence=True) for kind in vocabulary().kinds)


def _opened_by_whole_line(each: Line) -> str | None:
    section = opened_section(each)
    return section.why if section and section.covers(each.folded, sentence=True) else None


def _label_whole_lists(page: list[Line], pieces: Sequence[Piece]) -> None:
    """Drop a list of nothing but furniture: "Share", "Print", "Copy link"."""
    for items in _lists(pieces):
        reasons = [page[place].why or reason_by_words(page[place]) for place in items]
        if all(reasons):
            for place, why in zip(items, reasons, strict=True):
                page[place].drop(why or "")


def _lists(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """The places of the items of each list."""
    for _, places in groupby(range(len(pieces)), key=lambda place: pieces[place].block):
        items = [place for place in places if pieces[place].place is Place.ITEM]
        if items:
            yield items


def _label_captions(page: list[Line], pieces: Sequence[Piece], marks: Marks) -> None:
    paragraphs = [each for each, piece in zip(page, pieces, strict=True) if piece.place is Place.PARAGRAPH]
    for each in paragraphs:
        if each.folded in marks.captions:
            each.drop("caption")
    label_captions(paragraphs)


def _label_headline(page: list[Line], title: str | None) -> None:
    """Drop the headline wherever it comes again, and above the story its variant, unless a label is set before it."""
    headline = fold(title or "")
    for place, each in enumerate(page):
        before, colon, _ = each.folded.partition(":")
        is_labelled = colon and not headline.startswith(before)
        is_close = not is_labelled and _shared(each.folded, headline) >= _SAME
        is_variant = place < _TOP and each.form is not Form.PROSE and is_close
        if each.folded == headline or is_variant:
            each.drop("repeated headline")


def _shared(folded: str, headline: str) -> float:
    words = folded.split()
    return sum(word in headline.split() for word in words) / len(words) if len(words) > _SHORTEST_HEADLINE else 0.0


def _label_credits(page: list[Line], pieces: Sequence[Piece], marks: Marks, authors: Sequence[str]) -> None:
    """Drop names and days above the story, and elsewhere what the markup calls so."""
    first = next((place for place, each in enumerate(page) if each.is_story), len(page))
    bylines, dates = set(map(fold, marks.bylines)), set(map(fold, marks.dates))
    names = set(map(fold, authors))
    for place, each in enumerate(page):
        if pieces[place].place is Place.ROW or each.form is Form.PROSE:
            continue
        is_above = place < first
        dated = date_line(each.text)
        is_date = each.folded in dates or each.folded.startswith(_DATED)
        is_name = each.folded in bylines or (is_above and each.folded in names)
        if dated is not None and _is_date_line(dated, is_above=is_above, is_marked=is_date):
            each.drop("date line")
        elif _is_credit(each, is_above=is_above, is_marked=is_name):
            each.drop("byline")


def _is_date_line(dated: DateLine, *, is_above: bool, is_marked: bool) -> bool:
    """A day and no more, or above the story between bars: "Our Correspondent | Velm | July 4, 2017"."""
    parts = dated.rest.split("|")
    is_barred = len(parts) > 1 and all(len(part.split()) <= _LONGEST_LABEL for part in parts)
    return (is_date_only(dated) and (is_above or is_marked)) or (is_barred and is_above)


def _is_credit(each: Line, *, is_above: bool, is_marked: bool) -> bool:
    if is_above:
        return is_marked or byline(each.text) is not None or is_role(each.text)
    return is_marked and (byline(each.text) is not None or signature(each.text) is not None)


def _label_links(page: list[Line], pieces: Sequence[Piece], marks: Marks) -> None:
    for each, piece in zip(page, pieces, strict=True):
        if piece.place is Place.PARAGRAPH and each.form is not Form.PROSE and _is_link(each, marks):
            each.drop("link to another story")
    for items in _lists(pieces):
        announced = items[0] > 0 and page[items[0] - 1].text.endswith(":")
        if not announced and all(page[place].folded in marks.links for place in items):
            for place in items:
                page[place].drop("link to another story")


def _is_link(each: Line, marks: Marks) -> bool:
    """A link alone, or behind a word or two: "Shark attack: Tourist taken to hospital"."""
    label, _, rest = each.folded.partition(":")
    is_labelled = len(label.split()) <= _LONGEST_LABEL and rest.count(" ") >= _SHORTEST_HEADLINE
    return each.folded in marks.links or (is_labelled and rest.strip() in marks.links)


def _label_pull_quotes(page: list[Line], pieces: Sequence[Piece]) -> None:
    """Drop quotations that are set in large letters though a paragraph holds them too."""
    quotations = [each for each, piece in zip(page, pieces, strict=True) if piece.place is Place.QUOTE]
    if not quotations:
        return
    text = [each for each, piece in zip(page, pieces, strict=True) if piece.place is Place.PARAGRAPH and not each.why]
    said = set().union(*map(_phrases, text))
    for each in quotations:
        if (phrases := _phrases(each)) and phrases <= said:
            each.drop("pull quote")


def _phrases(each: Line) -> set[tuple[str, ...]]:
    """All that the line says in five words."""
    words = _WORD.findall(each.folded)
    return set(zip(*(words[place:] for place in range(_PHRASE)), strict=False))


def _label_end(page: list[Line], pieces: Sequence[Piece], authors: Sequence[str]) -> None:
    """Drop what is said of the author below the story, and headings with nothing under them."""
    about = [re.compile(rf"{re.escape(fold(author))} {_LIFE}") for author in authors]
    for each in page[-_BOTTOM:]:
        if any(told.match(each.folded) for told in about):
            each.drop("about the author")
    for each, piece in zip(reversed(page), reversed(pieces), strict=True):
        if each.why is None and piece.place is not Place.HEADING:
            return
        each.drop("page furniture")
