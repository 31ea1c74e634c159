"""Text as people paste it from a web page: the article in it, and all that is not the article."""

import re

from retrieval.article import Article
from retrieval.ingest.body import label_fragments, label_repeats, mark_lists
from retrieval.ingest.captions import label_captions
from retrieval.ingest.decoding import clean
from retrieval.ingest.forms import Line, line
from retrieval.ingest.furniture import label
from retrieval.ingest.heading import Heading, headline_key, label_rest_of_heading, read_heading
from retrieval.ingest.reading import Dropped, Reading, Unreadable
from retrieval.ingest.stories import label_other_stories
from retrieval.ingest.titles import opening_words
from retrieval.ingest.wrapping import paragraphs

_MARKUP_START = re.compile(r"\s*(?:<!doctype|<html|<\?xml|<head|<body)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_LETTER = re.compile(r"[^\W\d_]")
_MOSTLY = 0.25

_MOST_LINES = 50_000
"""Lines that are not blank: more than a book has."""


def read_plain(text: str) -> Reading:
    """Read pasted text; raises `Unreadable` when there is no article in it.

    Every line that is not blank is in the article's text, is its headline, or is among what was dropped.
    """
    cleaned = clean(text)
    _refuse_what_is_no_text(cleaned.text)
    written = paragraphs(cleaned.text)
    if len(written) > _MOST_LINES:
        raise Unreadable(
            f"The text has more than {_MOST_LINES:,} lines, the most that are read; paste the article's text alone."
        )
    page = [line(paragraph) for paragraph in written]
    _refuse_links(page)
    heading = _label(page)
    body = [part.text for place, part in enumerate(page) if part.why is None and place != heading.title_line]
    if not any(part.is_story for place, part in enumerate(page) if place != heading.title_line):
        raise Unreadable(
            "No sentence of an article was found, only headlines, links and the like; paste the article's paragraphs."
        )
    article = Article(
        title=heading.title or opening_words(body[0]),
        text="\n\n".join(body),
        url=heading.url,
        source=heading.source,
        author=heading.author,
        published=heading.published,
    )
    dropped = tuple(Dropped(part.text, part.why) for part in page if part.why is not None)
    return Reading(article, dropped, (*cleaned.warnings, *heading.warnings))


def _label(page: list[Line]) -> Heading:
    """Give every line that is not of the article its reason; what is certain comes before what depends on it."""
    label(page)
    label_captions(page)
    heading = read_heading(page)
    start = (heading.title_line if heading.title_line is not None else -1) + 1
    label_repeats(page, start, headline_key(heading))
    label_rest_of_heading(page, heading)
    mark_lists(page, start)
    label_other_stories(page, start)
    label_fragments(page, start)
    return heading


def _refuse_what_is_no_text(text: str) -> None:
    if not text.strip():
        raise Unreadable("The text is empty; paste the article's text.")
    tags = sum(len(tag[0]) for tag in _TAG.finditer(text))
    if _MARKUP_START.match(text) or tags > _MOSTLY * len(text):
        raise Unreadable(
            "This is the source of a web page; add it as an .html file, or paste the article's text instead."
        )
    if not _LETTER.search(text):
        raise Unreadable("There are no words in the text; paste the article's text.")


def _refuse_links(page: list[Line]) -> None:
    if all("://" in word or word.startswith("www.") for part in page for word in part.text.split()):
        raise Unreadable("This is only a link; add it as a link, or paste the article's text instead.")
