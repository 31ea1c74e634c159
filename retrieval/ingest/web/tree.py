"""The tree of a page: its bytes as elements, within bounds in which any page is read in seconds."""

import logging
import re

from lxml.html import HtmlElement
from trafilatura.utils import load_html

from retrieval.ingest.decoding import decode
from retrieval.ingest.reading import Unreadable

MOST_ELEMENTS = 40_000
MOST_ATTRIBUTES = 150_000
MOST_CHILDREN = 3_000
"""Elements directly within one element, or attributes of it."""

MOST_STEPS = 1_500_000
"""All elements' depths together: how far it is to each of them from the top."""

LONGEST_ATTRIBUTE = 5_000
"""Characters; longer ones hold pictures or programs, and are taken out."""

PARSED_DEPTH = 250
"""The parser gives up a few levels below."""

_DECLARED = re.compile(
    rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?([\w:-]{2,40})|<\?xml[^>]{1,100}?encoding=[\"']([\w:-]{2,40})",
    re.IGNORECASE,
)
_HEAD = 4_096
"""Bytes in which a page says how it is encoded."""

for _name in ("trafilatura", "htmldate"):  # they report pages that are none as errors; here an exception says so
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def parse_page(source: bytes, charset: str | None, limit: int) -> HtmlElement:
    """Parse a page of at most `limit` bytes, which its server says is encoded in `charset`.

    Raises `Unreadable` for what is too long, no page, or has more or deeper elements than any article.
    """
    text = decode(source, limit, declared=[*filter(None, (charset, _declared(source)))]).text
    tree = load_html(text) if text.strip() else None
    if tree is None:
        raise Unreadable("There is no web page in it, or an empty one; paste the article's text instead.")
    _bound(tree)
    return tree


def is_cut_short(tree: HtmlElement) -> bool:
    """Whether the page's elements are nested deeper than they are parsed, so that what is below is missing."""
    return any(_depth(element) >= PARSED_DEPTH for element in tree.iter() if not len(element))


def _declared(source: bytes) -> str | None:
    found = _DECLARED.search(source[:_HEAD])
    return (found[1] or found[2]).decode("ascii", errors="ignore") if found else None


def _bound(tree: HtmlElement) -> None:
    depths: dict[HtmlElement, int] = {}
    steps = attributes = 0
    for count, element in enumerate(tree.iter(), start=1):
        depths[element] = depth = depths.get(element.getparent(), -1) + 1
        steps += depth
        attributes += len(element.attrib)
        is_too_wide = max(len(element), len(element.attrib)) > MOST_CHILDREN
        if is_too_wide or count > MOST_ELEMENTS or attributes > MOST_ATTRIBUTES or steps > MOST_STEPS:
            raise Unreadable(
                "The page is built of more parts than any article has, so it was not read; "
                "paste the article's text instead."
            )
        for name, value in element.items():
            if len(value) > LONGEST_ATTRIBUTE:
                del element.attrib[name]


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())
