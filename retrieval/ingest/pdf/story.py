"""The story that is printed in a PDF: its paragraphs, and what the first page and the file itself say of it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from retrieval.article import Article
from retrieval.ingest.dates import day_in
from retrieval.ingest.forms import count_words
from retrieval.ingest.headline import LONGEST_HEADLINE
from retrieval.ingest.pdf.document import Document, Limits, open_document
from retrieval.ingest.pdf.information import author_in, day_made, outlet_in, title_in
from retrieval.ingest.pdf.lines import lines_of
from retrieval.ingest.pdf.margins import Margins, without_margins
from retrieval.ingest.pdf.paragraphs import Paragraph, paragraphs_of
from retrieval.ingest.plain import read_plain
from retrieval.ingest.reading import Reading, Unreadable
from retrieval.ingest.titles import opening_words

LIMITS = Limits()
"""What is read of one PDF unless told."""

_SHORTEST_HEADLINE = 4
"""Words; the name of a paper is as large, and shorter."""

_LARGER = 1.15
"""Times the size of most of the text, from which on a headline is known by its size."""

_SAME_WORDS = 0.6
"""The share of a title's longer words that the printed headline repeats."""

_GARBLED = 0.2
"""The share of signs that are no letters of any script, from which on a text is not worth reading."""

_LETTERS = re.compile(r"[^\W\d_]{4,}")


def read_pdf(source: bytes, limits: Limits = LIMITS) -> Reading:
    """Read the article in a PDF; raises `Unreadable` when it cannot be opened within the limits or holds none."""
    document = open_document(source, limits)
    margins = without_margins([lines_of(number, pieces) for number, pieces in enumerate(document.pages, start=1)])
    paragraphs = paragraphs_of(margins.lines)
    _refuse_what_is_no_text([paragraph.text for paragraph in paragraphs])
    reading = read_plain("\n\n".join(_with_headline(paragraphs, title_in(document.title))))
    article, doubts = _completed(reading.article, document, margins)
    return Reading(
        article,
        (*margins.dropped, *reading.dropped),
        (*_unread(document), *reading.warnings, *doubts),
    )


def _refuse_what_is_no_text(texts: Sequence[str]) -> None:
    signs = Counter(unicodedata.category(sign) for text in texts for sign in text)
    garbled = signs["Cc"] + signs["Cn"] + signs["Co"] + signs["So"]
    if not signs:
        raise Unreadable("There is no text in the PDF, only pictures or empty pages; paste the article's text instead.")
    if garbled > _GARBLED * signs.total():
        raise Unreadable("The PDF does not say which letters it shows; paste the article's text instead.")


def _with_headline(paragraphs: Sequence[Paragraph], title: str | None) -> list[str]:
    """The paragraphs' texts; the headline is marked as one, and before what is printed below it."""
    texts = [paragraph.text for paragraph in paragraphs]
    place = _headline(paragraphs, title)
    if place is None:
        return texts
    printed = paragraphs[place]
    first = next(at for at, other in enumerate(paragraphs) if other.page > printed.page or other.y <= printed.y)
    return [*texts[:first], f"# {printed.text}", *texts[first:place], *texts[place + 1 :]]


def _headline(paragraphs: Sequence[Paragraph], title: str | None) -> int | None:
    """The place of the first page's paragraph that says what the title says, or else of that in the largest type."""
    candidates = {
        place: paragraph
        for place, paragraph in enumerate(paragraphs)
        if paragraph.page == 1 and count_words(paragraph.text) <= LONGEST_HEADLINE
    }
    named = next((place for place, paragraph in candidates.items() if title and _repeats(title, paragraph.text)), None)
    if named is not None:
        return named
    large = _LARGER * _body_size(paragraphs)
    sizes = {
        place: paragraph.size
        for place, paragraph in candidates.items()
        if paragraph.size >= large and count_words(paragraph.text) >= _SHORTEST_HEADLINE
    }
    return max(sizes, key=lambda place: sizes[place], default=None)


def _repeats(title: str, text: str) -> bool:
    words, printed = _content(title), _content(text)
    return bool(words) and len(words & printed) >= _SAME_WORDS * max(len(words), len(printed))


def _content(text: str) -> set[str]:
    return set(_LETTERS.findall(text.casefold()))


def _body_size(paragraphs: Sequence[Paragraph]) -> float:
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        sizes[paragraph.size] += len(paragraph.text)
    return sizes.most_common(1)[0][0]


def _completed(article: Article, document: Document, margins: Margins) -> tuple[Article, tuple[str, ...]]:
    """The article with what the pages leave open and the file tells, and what is doubtful of that."""
    title = title_in(document.title)
    untitled = article.title == opening_words(article.text)
    printed = article.published or next(filter(None, map(day_in, margins.running)), None)
    made = None if printed else day_made(document)
    doubts = (f"No page says when it was published; {made}, when the PDF was made, is taken for the day.",)
    completed = replace(
        article,
        title=title if title and untitled else article.title,
        url=article.url or margins.address,
        source=article.source or outlet_in(document.title, margins.running),
        author=article.author or author_in(document.author),
        published=printed or made,
    )
    return completed, doubts if made else ()


def _unread(document: Document) -> tuple[str, ...]:
    if not document.unread:
        return ()
    pages = "Page" if len(document.unread) == 1 else "Pages"
    numbers = ", ".join(map(str, document.unread))
    return (f"{pages} {numbers} of {len(document.pages)} could not be read; what stands there is missing.",)
