"""Files of lines, plain or compressed: what an import reads and an export writes."""

import gzip
import lzma
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, cast

from retrieval.ingest.reading import Unreadable

LONGEST_LINE = 20_000_000
"""Bytes; a longer line is refused before it is in memory."""


_OPENERS: dict[str, Callable[..., object]] = {".gz": gzip.open, ".xz": lzma.open}


def open_lines(path: Path) -> Iterator[bytes]:
    """Read the lines of a .jsonl, .jsonl.gz or .jsonl.xz, without their line ends.

    Raises `Unreadable` when the file is damaged or a line is longer than `LONGEST_LINE`, `OSError` when it cannot be
    opened; the lines before the fault have been given by then.
    """
    number = 0
    try:
        with _opened(path, "rb") as lines:
            while line := lines.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise Unreadable(
                        f"Line {number} of {path.name} is longer than {LONGEST_LINE // 1_000_000} MB; "
                        "an article is one line of JSON."
                    )
                yield line.rstrip(b"\r\n")
    except (gzip.BadGzipFile, EOFError, lzma.LZMAError, zlib.error):
        raise Unreadable(
            f"{path.name} is damaged after line {number}: it does not unpack; fetch or compress it again."
        ) from None


@contextmanager
def create_lines(path: Path) -> Iterator[Callable[[str], None]]:
    """Write lines to a .jsonl, .jsonl.gz or .jsonl.xz by the function given; the file appears when all are written."""
    path = path.resolve()
    partial = path.with_name(f".{os.getpid()}.{path.name}")
    try:
        with _opened(partial, "wb") as lines:
            yield lambda line: _write(lines, line)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _write(lines: BinaryIO, line: str) -> None:
    lines.write(line.encode("utf-8") + b"\n")


def _opened(path: Path, mode: Literal["rb", "wb"]) -> BinaryIO:
    opened = _OPENERS.get(path.suffix.lower(), open)
    return cast("BinaryIO", opened(path, mode))
