"""What a PDF says of itself, as far as it can be believed: what programs write there nobody has read."""

import re
from collections.abc import Iterable

from retrieval.ingest.bylines import signature
from retrieval.ingest.dates import date_line
from retrieval.ingest.forms import count_words
from retrieval.ingest.headline import LONGEST_HEADLINE, printed_title
from retrieval.ingest.outlets import recognised
from retrieval.ingest.pdf.document import Document

_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|odt|rtf|indd|qxp|pages|pptx?|xlsx?|txt|html?|php|aspx?|tex|dvi)\b", re.IGNORECASE
)
_PROGRAMS_TITLE = re.compile(
    r"(?:microsoft|powerpoint|untitled|unbenannt|sans titre|document|layout|slide|folie|page|print|about:|https?://|"
    r"template|vorlage|scan|img|fax)\b|[\w-]+$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:user|admin|administrator|owner|author|anonymous|unknown|unspecified|office|windows|microsoft|computer|"
    r"desktop|staff|press|media|communications?|library|team|department)\b",
    re.IGNORECASE,
)
_BROWSER = re.compile(r"chrom|skia|firefox|mozilla|safari|webkit|wkhtmlto|print to pdf|cups|scan", re.IGNORECASE)

_FEWEST_WORDS = 3
_OLDEST = "1993"
"""The year in which the first PDF was made; clocks that were never set say less."""


def title_in(title: str | None) -> str | None:
    """The headline in a file's title, without its outlet; None for names of files and what programs put there."""
    words = " ".join((title or "").split())
    if not _FEWEST_WORDS <= count_words(words) <= LONGEST_HEADLINE:
        return None
    if _FILE_NAME.search(words) or _PROGRAMS_TITLE.match(words):
        return None
    return printed_title(words)[0]


def outlet_in(title: str | None, running: Iterable[str]) -> str | None:
    """The outlet behind the headline in a file's title, or else in what stands at the head or foot of its pages."""
    if title and title_in(title) and (outlet := printed_title(" ".join(title.split()))[1]):
        return outlet
    parts = (part.strip() for text in running for part in re.split(r"[|·•]", _undated(text)))
    return next((outlet for part in parts if (outlet := recognised(part))), None)


def _undated(text: str) -> str:
    dated = date_line(text)
    if dated is None:
        return text
    named = f"The {dated.rest}"
    return named if named in text else dated.rest


def author_in(author: str | None) -> str | None:
    """The names of people in a file's author; None for accounts, offices and programs."""
    if author is None or _NO_NAME.search(author):
        return None
    credit = signature(" ".join(author.split()))
    return credit.author if credit else None


def day_made(document: Document) -> str | None:
    """The day on which the file was made; None where that is when somebody printed or scanned the story."""
    if document.made is None or document.made < _OLDEST or _BROWSER.search(document.maker or ""):
        return None
    return document.made
