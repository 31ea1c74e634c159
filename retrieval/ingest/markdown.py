"""Markdown: an article written with headings, emphasis and links, as the words that a reader sees."""

import re
from collections.abc import Iterator, Sequence
from itertools import count

from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrieval.article import Article
from retrieval.ingest.decoding import check_size, clean
from retrieval.ingest.forms import Form, line
from retrieval.ingest.front_matter import read_front_matter
from retrieval.ingest.pieces import Piece, Place, joined, row
from retrieval.ingest.reading import Dropped, Reading, Unreadable
from retrieval.ingest.titles import opening_words
from retrieval.ingest.vocabulary import fold

LIMIT = 200_000
"""The most characters that are read as one article: more than thirty thousand words, and at worst a few seconds."""

_PLACES = {"heading": Place.HEADING, "list_item": Place.ITEM, "blockquote": Place.QUOTE}
_SHARED = ("bullet_list", "ordered_list", "table", "blockquote")
"""What holds several lines that belong together."""

_TAG = re.compile(r"<[^<>]*>")


def read_markdown(text: str, limit: int = LIMIT) -> Reading:
    """Read an article of at most `limit` characters; its first heading, or the front matter, has its headline.

    Headings, items of lists and rows of tables are lines of the text; pictures are dropped. Raises `Unreadable` when
    the text is longer or holds no sentence.
    """
    check_size(len(text), limit)
    cleaned = clean(text)
    front = read_front_matter(cleaned.text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(front.rest)
    pieces = list(_pieces(tokens))
    begins_so = pieces and pieces[0].place is Place.HEADING and tokens[0].tag == "h1"
    heading = pieces[0].text if begins_so else None
    if heading is not None and (front.title is None or fold(front.title) == fold(heading)):
        pieces = pieces[1:]
    if not any(line(piece.text).form is Form.PROSE for piece in pieces):
        raise Unreadable("No sentence of an article was found in the file; paste the article's paragraphs.")
    words = joined(pieces)
    article = Article(
        title=front.title or heading or opening_words(words),
        text=words,
        url=front.url,
        source=front.source,
        author=front.author,
        published=front.published,
    )
    return Reading(article, tuple(_pictures(tokens)), (*cleaned.warnings, *front.warnings))


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    open_: list[tuple[str, int]] = []
    cells: list[str] = []
    numbers = count()
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting > 0:
            open_.append((kind, next(numbers)))
        elif token.nesting < 0:
            _, number = open_.pop()
            if kind == "tr":
                yield Piece(row(cells), Place.ROW, _block(open_, number))
                cells = []
        elif any(holder == "tr" for holder, _ in open_):
            cells.append(" ".join(_lines(token)))
        else:
            place = next((_PLACES[holder] for holder, _ in reversed(open_) if holder in _PLACES), Place.PARAGRAPH)
            block = _block(open_, next(numbers))
            yield from (Piece(words, place, block) for words in _lines(token))


def _block(open_: Sequence[tuple[str, int]], own: int) -> int:
    """The number of the outermost list, table or quotation, or the line's own."""
    return next((number for holder, number in open_ if holder in _SHARED), own)


def _lines(token: Token) -> list[str]:
    """The words of a paragraph, a line of code or a block of HTML; none of a picture or a rule."""
    if token.type in ("fence", "code_block"):
        written = token.content
    elif token.type == "html_block":
        written = "" if token.content.lstrip().startswith(("<!", "<?")) else _TAG.sub(" ", token.content)
    else:
        written = "".join(_word(child) for child in token.children or ())
    return [words for part in written.split("\n") if (words := " ".join(part.split()))]


def _word(child: Token) -> str:
    match child.type:
        case "text" | "code_inline":
            return child.content
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case _:
            return ""


def _pictures(tokens: Sequence[Token]) -> Iterator[Dropped]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                yield Dropped(child.content or str(child.attrGet("src") or ""), "picture")
