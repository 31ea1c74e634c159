"""The article on a page: what trafilatura takes for it, line by line."""

from collections.abc import Iterator
from itertools import count

from lxml.etree import _Element as Element
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from retrieval.ingest.pieces import Piece, Place, row
from retrieval.ingest.web.flow import plain, runs

_PLACES = {"heading": Place.HEADING, "item": Place.ITEM, "row": Place.ROW, "quote": Place.QUOTE}
_SHARED = ("list", "table", "quote")
"""What holds several lines that belong together."""


def precisely(tree: HtmlElement) -> list[Piece]:
    """The article's lines, rather too few than too many; none where no article is seen. The tree stays as it is."""
    found = bare_extraction(tree, favor_precision=True, include_comments=False, include_tables=True)
    return list(_pieces(found.body)) if isinstance(found, Document) else []


def broadly(tree: HtmlElement) -> list[Piece]:
    """The article's lines from a page on which the precise way sees none.

    What only machines are told is not read, and a page of which one line is made is not divided into article and rest.
    """
    found = bare_extraction(tree, include_comments=False, include_tables=True, prune_xpath=".//script")
    pieces = list(_pieces(found.body)) if isinstance(found, Document) else []
    return pieces if len(pieces) > 1 else []


def paragraphs(text: str) -> list[Piece]:
    """The lines of a text without markup, each a paragraph."""
    lines = filter(None, map(plain, text.splitlines()))
    return [Piece(words, Place.PARAGRAPH, number) for number, words in enumerate(lines)]


def _pieces(body: Element) -> Iterator[Piece]:
    _settle(body)
    numbers = count()
    number, shared = next(numbers), None
    for run in runs(body):
        holders = [run.element, *run.element.iterancestors()]
        whole = next((holder for holder in reversed(holders) if holder.tag in _SHARED), None)
        if whole is None or whole is not shared:
            number, shared = next(numbers), whole
        place = next((_PLACES[holder.tag] for holder in holders if holder.tag in _PLACES), Place.PARAGRAPH)
        yield Piece(run.text, place, number)


def _settle(body: Element) -> None:
    """Make a line of each row, and let quotations and code within sentences stand in their lines."""
    for heading in body.iter("head"):
        heading.tag = "heading"  # in a page, it is what comes before the body and is not seen
    for line in list(body.iter("row")):
        line.text = row([plain(" ".join(cell.itertext())) for cell in line.iter("cell")])
        for cell in list(line):
            line.remove(cell)
    for quote in body.iter("quote"):
        if quote.getparent().tag == "p":
            quote.tag = "q"
    for code in body.iterchildren("code"):
        code.tag = "p"
