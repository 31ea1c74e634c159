"""Files: an article in a file of its own, as text or as a PDF."""

from pathlib import PurePath

from retrieval.ingest.decoding import LIMIT, decode
from retrieval.ingest.pdf import Limits, read_pdf
from retrieval.ingest.plain import read_plain
from retrieval.ingest.reading import Reading, Unreadable

_TEXT = (".txt", ".text", ".md", ".markdown")
_PDF = ".pdf"
SUFFIXES = (*_TEXT, _PDF)
"""How the names of files end that are read; one without an ending is a PDF where it begins as such, or else text."""


def read_file(name: str, content: bytes, limit: int = LIMIT) -> Reading:
    """Read a file's article of at most `limit` bytes.

    Raises `Unreadable` when its name promises another sort of file, when it is longer, or when it holds no article.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix and suffix not in SUFFIXES:
        raise Unreadable(
            f"{suffix} files are not read here, only {', '.join(SUFFIXES)}; paste the article's text instead."
        )
    if suffix == _PDF or (not suffix and content.startswith(b"%PDF-")):
        return read_pdf(content, Limits(size=limit))
    decoded = decode(content, limit)
    reading = read_plain(decoded.text)
    return Reading(reading.article, reading.dropped, (*decoded.warnings, *reading.warnings))
