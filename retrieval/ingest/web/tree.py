"""The tree of a page: its bytes as elements."""

import logging
import re

from lxml.html import HtmlElement
from trafilatura.utils import load_html

from retrieval.ingest.decoding import decode
from retrieval.ingest.reading import Unreadable
from retrieval.ingest.web.bounds import check_bounds

_LONGEST_ATTRIBUTE = 5_000
"""Characters; longer ones hold pictures or programs, and are taken out."""

_PARSED_DEPTH = 250
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

    Raises `Unreadable` for what is too long, is no page, or is beyond the bounds of one.
    """
    text = decode(source, limit, declared=[*filter(None, (charset, _declared(source)))]).text
    check_bounds(text)
    tree = load_html(text) if text.strip() else None
    if tree is None:
        raise Unreadable("There is no web page in it, or an empty one; paste the article's text instead.")
    for element in tree.iter():
        for name, value in element.items():
            if len(value) > _LONGEST_ATTRIBUTE:
                del element.attrib[name]
    return tree


def is_cut_short(tree: HtmlElement) -> bool:
    """Whether the page's elements are nested deeper than they are parsed, so that what is below is missing."""
    return any(sum(1 for _ in leaf.iterancestors()) >= _PARSED_DEPTH for leaf in tree.iter() if not len(leaf))


def _declared(source: bytes) -> str | None:
    found = _DECLARED.search(source[:_HEAD])
    return (found[1] or found[2]).decode("ascii", errors="ignore") if found else None
