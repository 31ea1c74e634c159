"""The program that opens one PDF, confined, and tells what stands in it; `document` starts it."""

from io import BytesIO
from math import hypot
from typing import TypeAlias

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from retrieval.confined import Told, answer

Piece: TypeAlias = tuple[str, float, float, float]
"""A text as it was set in one go, the place where it begins, and its size, in points."""

_UNPACKED = 40_000_000
"""Bytes to which one stream may unpack; the text of a newspaper page has a hundredth of that."""

_OPERATIONS = 1_000_000
"""Operators, operands and elements of arrays on one page."""

_FARTHEST = 20_000.0
"""Points; no paper is as large."""

_SIZES = (1.0, 400.0)
"""Points; what is smaller or larger is no text that anybody reads."""

_SHORTEST = 5
"""Characters that a piece counts for at least: each has its place too."""

_INFORMATION = 1_000
"""Characters of a title, a name or a date that are told."""


def opened(source: bytes, limits: Told) -> Told:
    """What stands in a PDF of at most so many pages and characters, or why it is refused."""
    try:
        with apply_configuration(
            disable_legacy_handling=True,
            maximum_declared_stream_length=_UNPACKED,
            array_based_stream_maximum_output_length=_UNPACKED,
            lzw_maximum_output_length=_UNPACKED,
            run_length_maximum_output_length=_UNPACKED,
            zlib_maximum_output_length=_UNPACKED,
            stream_parsing_work_maximum_count=_OPERATIONS,
            stream_decoding_work_maximum_length=2 * _UNPACKED,
            page_tree_maximum_entries=4 * limits["pages"],
        ):
            return _document(source, limits)
    except (FileNotDecryptedError, DependencyError):
        return {"refused": "locked"}  # what is missing is a password, or the means to use one
    except LimitReachedError:
        return {"refused": "swollen"}
    except MemoryError:
        raise
    except Exception:  # a damaged file makes pypdf raise anything
        return {"refused": "damaged"}


def _document(source: bytes, limits: Told) -> Told:
    reader = PdfReader(BytesIO(source))
    try:
        count = len(reader.pages)
    except LimitReachedError:
        return {"refused": "pages"}
    if count > limits["pages"]:
        return {"refused": "pages"}
    pages, unread, room = [], [], limits["characters"]
    for number in range(count):
        pieces = _readable(reader, number)
        pages.append(pieces or [])
        if pieces is None:
            unread.append(number + 1)
        room -= sum(max(len(text), _SHORTEST) for text, *_ in pages[-1])
        if room < 0:
            return {"refused": "characters"}
    if count and len(unread) == count:
        return {"refused": "damaged"}
    return {"pages": pages, "unread": unread, **_information(reader)}


def _readable(reader: PdfReader, number: int) -> list[Piece] | None:
    """What stands on a page; None when it is damaged."""
    try:
        return _pieces(reader.pages[number])
    except (FileNotDecryptedError, LimitReachedError, MemoryError):
        raise
    except Exception:  # the other pages may be whole
        return None


def _pieces(page: PageObject) -> list[Piece]:
    """The upright texts of a page, in the order in which they are drawn; a line feed ends the last one of a line."""
    pieces: list[Piece] = []
    turned = int(page.rotation) % 360 // 90 * 90

    def place(text: str, current: list[float], matrix: list[float], _font: object, size: float) -> None:
        x, y, height = (*_placed(current, matrix, turned), abs(size) * _scale(current, matrix))
        if text.strip() and _is_on_paper(x, y, height):
            pieces.append((text, x, y, height))
        elif text.isspace() and pieces:
            before, x, y, height = pieces[-1]
            pieces[-1] = (before + text, x, y, height)

    page.extract_text(orientations=(turned,), visitor_text=place)
    return pieces


def _placed(current: list[float], matrix: list[float], turned: int) -> tuple[float, float]:
    """The point at which a text begins, on the page as it is shown."""
    x = matrix[4] * current[0] + matrix[5] * current[2] + current[4]
    y = matrix[4] * current[1] + matrix[5] * current[3] + current[5]
    return {90: (y, -x), 180: (-x, -y), 270: (-y, x)}.get(turned, (x, y))


def _scale(current: list[float], matrix: list[float]) -> float:
    return hypot(
        matrix[2] * current[0] + matrix[3] * current[2],
        matrix[2] * current[1] + matrix[3] * current[3],
    )


def _is_on_paper(x: float, y: float, height: float) -> bool:
    return abs(x) <= _FARTHEST and abs(y) <= _FARTHEST and _SIZES[0] <= height <= _SIZES[1]


def _information(reader: PdfReader) -> dict[str, str | None]:
    """What the file says of itself; None for what it does not say, or not in a way that can be read."""
    try:
        about = reader.metadata
        made = about.creation_date if about else None
        told = {
            "title": about.title if about else None,
            "author": about.author if about else None,
            "maker": f"{about.creator or ''} {about.producer or ''}" if about else None,
        }
    except Exception:  # damaged as it may be, the pages were read
        return dict.fromkeys(("title", "author", "maker", "made"))
    shortened = {name: text[:_INFORMATION] if text else None for name, text in told.items()}
    return {**shortened, "made": made.date().isoformat() if made else None}


if __name__ == "__main__":
    answer(opened)
