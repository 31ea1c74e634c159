"""Files of lines, plain or compressed: what an import reads and an export writes."""

import gzip
import lzma
import math
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import BinaryIO, Literal, cast

from retrieval.ingest.reading import Unreadable

LONGEST_LINE = 20_000_000
"""Bytes; a longer line is refused before it is in memory."""


ARTICLE_LINES = (".jsonl", ".jsonl.gz", ".jsonl.xz")
"""How the names of files end that hold one article a line."""

_OPENERS: dict[str, Callable[..., object]] = {".gz": gzip.open, ".xz": lzma.open}


def is_lines(name: str) -> bool:
    """Whether a file of this name holds one article a line."""
    return name.lower().endswith(ARTICLE_LINES)


def check_lines_size(name: str, size: int, limit: float) -> None:
    """Raise `Unreadable` for a file of more than `limit` bytes."""
    if size > limit:
        raise Unreadable(
            f"{name} holds more than {limit / 1_000_000:g} MB, the most that can be added at once; split it."
        )


def open_lines(path: Path) -> Iterator[bytes]:
    """Read the lines of a .jsonl, .jsonl.gz or .jsonl.xz; see `unpacked_lines`. Raise `OSError` as well."""
    with path.open("rb") as file:
        yield from unpacked_lines(file, path.name)


def unpacked_lines(file: BinaryIO, name: str, limit: float = math.inf) -> Iterator[bytes]:
    """Read the lines of an open file, which is compressed if its name says so, without their line ends.

    Raises `Unreadable` when the file is damaged, when it unpacks to more than `limit` bytes or when a line is longer
    than `LONGEST_LINE`; the lines before the fault have been given by then.
    """
    number = size = 0
    try:
        with _opened(file, name, "rb") as lines:
            while line := lines.readline(LONGEST_LINE + 1):
                number += 1
                size += len(line)
                if len(line) > LONGEST_LINE:
                    raise Unreadable(
                        f"Line {number} of {name} is longer than {LONGEST_LINE // 1_000_000} MB; "
                        "an article is one line of JSON."
                    )
                check_lines_size(name, size, limit)
                yield line.rstrip(b"\r\n")
    except (gzip.BadGzipFile, EOFError, lzma.LZMAError, zlib.error):
        raise Unreadable(
            f"{name} is damaged after line {number}: it does not unpack; fetch or compress it again."
        ) from None


@contextmanager
def create_lines(path: Path) -> Iterator[Callable[[str], None]]:
    """Write lines to a .jsonl, .jsonl.gz or .jsonl.xz by the function given; the file appears when all are written."""
    path = path.resolve()
    partial = path.with_name(f".{os.getpid()}.{path.name}")
    try:
        with partial.open("wb") as file, _opened(file, partial.name, "wb") as lines:
            yield lambda line: _write(lines, line)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _write(lines: BinaryIO, line: str) -> None:
    lines.write(line.encode("utf-8") + b"\n")


def _opened(file: BinaryIO, name: str, mode: Literal["rb", "wb"]) -> BinaryIO:
    opener = _OPENERS.get(PurePath(name).suffix.lower())
    return cast("BinaryIO", opener(file, mode)) if opener else file
