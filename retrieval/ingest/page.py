"""A news page: the article that a web page's HTML holds, without what stands around it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml.html import HtmlElement

from retrieval.article import Article
from retrieval.ingest.decoding import LIMIT, clean
from retrieval.ingest.forms import Line
from retrieval.ingest.reading import Dropped, Reading, Unreadable
from retrieval.ingest.titles import opening_words
from retrieval.ingest.web.boxes import boxed
from retrieval.ingest.web.extraction import Piece, broadly, paragraphs, precisely
from retrieval.ingest.web.flow import runs
from retrieval.ingest.web.furniture import label
from retrieval.ingest.web.layout import undo_layout
from retrieval.ingest.web.linked_data import LinkedData, read_linked_data
from retrieval.ingest.web.marks import Marks, read_marks
from retrieval.ingest.web.masthead import Masthead, is_front_page, read_masthead
from retrieval.ingest.web.tree import is_cut_short, parse_page

_SHORTEST_UNCLAIMED = 40
"""Words of prose on a page that does not call itself an article."""

_WORDS_A_HEADLINE = 25
"""Words of prose for each linked headline; where there are fewer, the headlines are what the page is for."""

_FEW_HEADLINES = 6
_BEGINNING = 150
"""Words: what is shown of an article to those who have not subscribed."""

_LITTLE_TEXT = 400
"""Characters that a page shows when its programs have yet to fetch the rest."""


def read_page(source: bytes, url: str | None, charset: str | None = None, limit: int = LIMIT) -> Reading:
    """Read the article of a page of at most `limit` bytes, found at `url`, in the encoding its server named.

    Paragraphs and headings are parted by blank lines; items of a list and rows of a table are lines of one block.
    Raises `Unreadable` when there is no article on the page, or the page is no page.
    """
    tree = parse_page(source, charset, limit)
    marks, linked = read_marks(tree), read_linked_data(tree)
    masthead = read_masthead(tree, marks, linked, url)
    undo_layout(tree)
    pieces, page = _article(tree, marks, linked, masthead)
    _refuse_headlines(tree, page, masthead)
    decoded = clean(_joined(pieces, page))
    article = Article(
        title=clean(masthead.title or opening_words(decoded.text)).text,
        text=decoded.text,
        url=masthead.url,
        source=masthead.outlet,
        author=", ".join(masthead.authors) or None,
        published=masthead.published,
    )
    dropped = tuple(Dropped(each.text, each.why) for each in page if each.why is not None)
    return Reading(article, dropped, (*decoded.warnings, *_warnings(decoded.text, page)))


def _article(tree: HtmlElement, marks: Marks, linked: LinkedData, masthead: Masthead) -> tuple[list[Piece], list[Line]]:
    """The lines of the first way that finds prose; raises `Unreadable` when none does."""
    page: list[Line] = []
    for pieces in _ways(tree, linked, masthead):
        page = _labelled(tree, pieces, marks, masthead)
        if any(each.is_story for each in page):
            return pieces, page
    raise Unreadable(_why_nothing(tree, page, masthead))


def _ways(tree: HtmlElement, linked: LinkedData, masthead: Masthead) -> Iterator[list[Piece]]:
    yield precisely(tree)
    if linked.body is not None:
        yield paragraphs(linked.body)
    if masthead.is_article:
        yield broadly(tree)


def _labelled(tree: HtmlElement, pieces: Sequence[Piece], marks: Marks, masthead: Masthead) -> list[Line]:
    page = label(pieces, marks, masthead.title, masthead.authors)
    furniture = {each.folded: each.why for each in page if each.why is not None}
    for folded, why in boxed(tree, furniture).items() if furniture else ():
        for each in page:
            if each.folded == folded:
                each.drop(why)
    return page


def _joined(pieces: Sequence[Piece], page: Sequence[Line]) -> str:
    kept = (piece for piece, each in zip(pieces, page, strict=True) if each.why is None)
    return "\n\n".join("\n".join(piece.text for piece in block) for _, block in groupby(kept, key=lambda p: p.block))


def _warnings(text: str, page: Sequence[Line]) -> Iterator[str]:
    if broken := text.count("\ufffd"):
        yield f"{broken} of the text's characters could not be read; each is shown as \ufffd."
    if any(each.why == "subscription notice" for each in page) and len(text.split()) < _BEGINNING:
        yield "The page may show only the beginning of the article; the rest is for subscribers."


def _refuse_headlines(tree: HtmlElement, page: Sequence[Line], masthead: Masthead) -> None:
    if masthead.is_article:
        return
    prose = sum(each.words for each in page if each.is_story)
    linked = sum(1 for _ in _linked_headings(tree))
    is_of_headlines = linked >= _FEW_HEADLINES and prose < _WORDS_A_HEADLINE * linked
    if is_of_headlines or (masthead.url is not None and is_front_page(masthead.url)):
        raise Unreadable("This is a page of headlines, not an article; give the link of one of its articles.")
    if prose < _SHORTEST_UNCLAIMED:
        raise Unreadable(_why_nothing(tree, page, masthead))


def _linked_headings(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Headings that are links, in either order of nesting."""
    for heading in tree.iter("h1", "h2", "h3", "h4"):
        if heading.find(".//a") is not None or any(each.tag == "a" for each in heading.iterancestors()):
            yield heading


def _why_nothing(tree: HtmlElement, page: Sequence[Line], masthead: Masthead) -> str:
    """One sentence on what the page is instead of an article, and what to do."""
    if masthead.url is not None and is_front_page(masthead.url):
        return "This is a page of headlines, not an article; give the link of one of its articles."
    is_locked = any(field.get("type", "").casefold() == "password" for field in tree.iter("input"))
    if is_locked or any(each.why == "subscription notice" for each in page):
        return "The page asks to log in or subscribe and shows no article; paste the article's text instead."
    if is_cut_short(tree):
        return "The page's parts are nested too deep to be read; paste the article's text instead."
    if tree.find(".//script") is not None and sum(len(run.text) for run in runs(tree)) < _LITTLE_TEXT:
        return "The page fetches its text by a program, which is not run here; paste the article's text instead."
    return "No article was found on the page; paste the article's text instead."
