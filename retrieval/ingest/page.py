"""A news page: the article that a web page's HTML holds, without what stands around it."""

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from retrieval.article import Article
from retrieval.ingest.decoding import LIMIT, clean
from retrieval.ingest.forms import Line
from retrieval.ingest.pieces import Piece, joined
from retrieval.ingest.reading import Dropped, Reading, Unreadable
from retrieval.ingest.titles import opening_words
from retrieval.ingest.web.absence import why_absent
from retrieval.ingest.web.boxes import boxed
from retrieval.ingest.web.extraction import broadly, paragraphs, precisely
from retrieval.ingest.web.furniture import label
from retrieval.ingest.web.layout import undo_layout
from retrieval.ingest.web.linked_data import LinkedData, read_linked_data
from retrieval.ingest.web.marks import Marks, read_marks
from retrieval.ingest.web.masthead import Masthead, read_masthead
from retrieval.ingest.web.tree import parse_page

_BEGINNING = 150
"""Words: what is shown of an article to those who have not subscribed."""


def read_page(source: bytes, url: str | None, charset: str | None = None, limit: int = LIMIT) -> Reading:
    """Read the article of a page of at most `limit` bytes, found at `url`, in the encoding its server named.

    Paragraphs and headings are parted by blank lines; items of a list and rows of a table are lines of one block.
    Raises `Unreadable` when there is no article on the page, or the page is no page.
    """
    tree = parse_page(source, charset, limit)
    marks, linked = read_marks(tree), read_linked_data(tree)
    masthead = read_masthead(tree, marks, linked, url)
    undo_layout(tree)
    pieces, page = _fullest(tree, marks, linked, masthead)
    absence = why_absent(tree, page, marks, masthead)
    if absence is not None:
        raise Unreadable(absence)
    words = joined(piece for piece, each in zip(pieces, page, strict=True) if each.why is None)
    decoded = clean(words)
    article = Article(
        title=clean(masthead.title or opening_words(decoded.text)).text,
        text=decoded.text,
        url=masthead.url,
        source=masthead.outlet,
        author=", ".join(masthead.authors) or None,
        published=masthead.published,
    )
    dropped = tuple(Dropped(each.text, each.why) for each in page if each.why is not None)
    return Reading(article, dropped, (*decoded.warnings, *_warnings(words, page)))


def _fullest(
    tree: HtmlElement, marks: Marks, linked: LinkedData, masthead: Masthead
) -> tuple[Sequence[Piece], list[Line]]:
    """The lines of the first way that finds as much as the page says there is, or else of the one that finds most."""
    found: list[tuple[Sequence[Piece], list[Line]]] = []
    for pieces in _ways(tree, linked, masthead):
        page = _labelled(tree, pieces, marks, masthead)
        found.append((pieces, page))
        if _prose(page) > len((linked.body or "").split()) / 3:
            return pieces, page
    return max(found, key=lambda way: _prose(way[1]))


def _ways(tree: HtmlElement, linked: LinkedData, masthead: Masthead) -> Iterator[list[Piece]]:
    yield precisely(tree)
    if linked.body is not None:
        yield paragraphs(linked.body)
    if masthead.is_article:
        yield broadly(tree)


def _prose(page: Sequence[Line]) -> int:
    """Words."""
    return sum(each.words for each in page if each.is_story)


def _labelled(tree: HtmlElement, pieces: Sequence[Piece], marks: Marks, masthead: Masthead) -> list[Line]:
    page = label(pieces, marks, masthead.title, masthead.authors)
    furniture = {each.folded: each.why for each in page if each.why is not None}
    boxes = boxed(tree, furniture) if furniture else {}
    for each in page:
        if each.folded in boxes:
            each.drop(boxes[each.folded])
    return page


def _warnings(text: str, page: Sequence[Line]) -> Iterator[str]:
    if broken := text.count("\ufffd"):
        yield f"{broken} of the text's characters could not be read; each is shown as \ufffd."
    if any(each.why == "subscription notice" for each in page) and len(text.split()) < _BEGINNING:
        yield "The page may show only the beginning of the article; the rest is for subscribers."
