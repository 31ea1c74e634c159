"""The marks of a page: what its own markup says of lines, that they are captions, bylines, dates or links."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from retrieval.ingest.vocabulary import fold
from retrieval.ingest.web.flow import plain, runs

_CAPTION = re.compile(r"caption|(?:photo|image|img|picture|media)[-_]?credit", re.IGNORECASE)
_BYLINE = re.compile(r"by-?line|author|contributor|journalist|reporter", re.IGNORECASE)
_DATE = re.compile(r"time-?stamp|date-?line|publish|posted|(?:^|[\s_-])(?:date|time)(?:$|[\s_-])", re.IGNORECASE)

_NAMING = ("class", "id", "itemprop", "rel")
"""Attributes that say what an element is."""

_LONGEST_CAPTION = 800
_LONGEST_LINK = 300
_LONGEST_CREDIT = 160
"""Characters."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Lines by what the markup says of them: captions and links folded, bylines and dates as printed, in order."""

    captions: frozenset[str]
    links: frozenset[str]
    bylines: tuple[str, ...]
    dates: tuple[str, ...]


def read_marks(tree: HtmlElement) -> Marks:
    """Collect what the markup calls a caption, a link, a byline or a date."""
    captions: set[str] = set()
    bylines: list[str] = []
    dates: list[str] = []
    for element in tree.iter("*"):
        names = " ".join(value for name in _NAMING if (value := element.get(name)))
        if (element.tag == "figcaption" or _CAPTION.search(names)) and (text := _text(element, _LONGEST_CAPTION)):
            captions |= {fold(text), *(fold(run.text) for run in runs(element))}
        if (element.tag == "address" or _BYLINE.search(names)) and (text := _text(element, _LONGEST_CREDIT)):
            bylines.append(text)
        if (element.tag == "time" or _DATE.search(names)) and (text := _text(element, _LONGEST_CREDIT)):
            dates.append(text)
    links = frozenset(fold(text) for link in tree.iter("a") if (text := _text(link, _LONGEST_LINK)))
    return Marks(frozenset(captions), links, tuple(dict.fromkeys(bylines)), tuple(dict.fromkeys(dates)))


def _text(element: HtmlElement, longest: int) -> str:
    """An element's text in one line; nothing when it has more characters than `longest`."""
    words: list[str] = []
    length = 0
    for text in element.itertext():
        words.append(text)
        length += len(text.strip())
        if length > longest:
            return ""
    return plain(" ".join(words))
