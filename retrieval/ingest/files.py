"""Text files: an article in a file of its own."""

from pathlib import PurePath

from retrieval.ingest.decoding import LIMIT, decode
from retrieval.ingest.plain import read_plain
from retrieval.ingest.reading import Reading, Unreadable

SUFFIXES = (".txt", ".text", ".md", ".markdown")
"""The names of files that are read as plain text, besides names without a suffix."""


def read_file(name: str, content: bytes, limit: int = LIMIT) -> Reading:
    """Read a file's article of at most `limit` bytes.

    Raises `Unreadable` when its name promises no text, when it is longer, or when its bytes hold no article.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix and suffix not in SUFFIXES:
        raise Unreadable(
            f"{suffix} files are not read here, only {', '.join(SUFFIXES)}; paste the article's text instead."
        )
    decoded = decode(content, limit)
    reading = read_plain(decoded.text)
    return Reading(reading.article, reading.dropped, (*decoded.warnings, *reading.warnings))
