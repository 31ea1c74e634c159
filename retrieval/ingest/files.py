"""Files: an article in a file of its own, as text, Markdown, a web page or a PDF."""

from pathlib import PurePath

from retrieval.ingest.decoding import LIMIT, decode
from retrieval.ingest.markdown import read_markdown
from retrieval.ingest.page import read_page
from retrieval.ingest.pdf import Limits, read_pdf
from retrieval.ingest.plain import read_plain
from retrieval.ingest.reading import Reading, Unreadable

_TEXT = (".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_PAGE = (".html", ".htm")
_PDF = (".pdf",)
SUFFIXES = (*_TEXT, *_MARKDOWN, *_PAGE, *_PDF)
"""How the names of files end that are read; one without an ending is a PDF where it begins as such, or else text."""


def read_file(name: str, content: bytes, limit: int = LIMIT) -> Reading:
    """Read a file's article of at most `limit` bytes.

    Raises `Unreadable` when its name promises another sort of file, when it is longer, or when it holds no article.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix and suffix not in SUFFIXES:
        raise Unreadable(
            f"{suffix} files are not read here, only {', '.join(SUFFIXES)}, and .jsonl with one article a line; "
            "paste the article's text instead."
        )
    if suffix in _PDF or (not suffix and content.startswith(b"%PDF-")):
        return read_pdf(content, Limits(size=limit))
    if suffix in _PAGE:
        return read_page(content, None, limit=limit)
    decoded = decode(content, limit)
    reading = read_markdown(decoded.text) if suffix in _MARKDOWN else read_plain(decoded.text)
    return Reading(reading.article, reading.dropped, (*decoded.warnings, *reading.warnings))
