"""The printed lines of a page, in the order in which they are read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

from retrieval.ingest.pdf.document import Piece

Row: TypeAlias = list[Piece]
"""Pieces that stand beside each other."""

_TYPE = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u2010": "-",
        "\u00ad": "-",
        "\0": "",
    }
)
"""Letters that are cast as one for the look of it; hyphens, which are all printed alike; the zeros of wide letters."""

_FEWEST_ROWS = 5
_SHORTEST_COLUMN = 15
"""Characters of a line in a column of prose; the columns of tables have fewer."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its page, from 1, the point at which it begins, and the size of most of its letters."""

    text: str
    page: int
    x: float
    y: float
    size: float

    def is_of_size(self, size: float) -> bool:
        """Whether it is as large, as far as the eye can tell."""
        return abs(self.size - size) <= 0.07 * size


def lines_of(page: int, pieces: Sequence[Piece]) -> list[Line]:
    """Put the pieces of one page together; columns that are drawn row by row are read one after the other."""
    rows = _column_by_column(_rows(pieces))
    lines = (_line(page, row) for row in rows)
    return [line for line in lines if line.text]


def _rows(pieces: Iterable[Piece]) -> list[Row]:
    rows: list[Row] = []
    for piece in pieces:
        above = rows[-1][-1] if rows else None
        if above is not None and not above.text.endswith("\n") and _level(above, piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _level(one: Piece, other: Piece) -> bool:
    return abs(one.y - other.y) <= 0.6 * max(one.size, other.size)


def _column_by_column(rows: list[Row]) -> list[Row]:
    gutter = _gutter(rows)
    if gutter is None:
        return rows
    places = [place for place, row in enumerate(rows) if _at(row, gutter)]
    block = rows[places[0] : places[-1] + 1]
    left = [[piece for piece in row if piece.x < gutter] for row in block]
    right = [[piece for piece in row if piece.x >= gutter] for row in block]
    return [*rows[: places[0]], *filter(None, left), *filter(None, right), *rows[places[-1] + 1 :]]


def _gutter(rows: list[Row]) -> float | None:
    """The place at which a second column begins: where most rows are resumed, with a line of prose each time."""
    resumed = Counter(round(piece.x) for row in rows for piece in row[1:])
    if not resumed:
        return None
    place, times = resumed.most_common(1)[0]
    gutter = place - 1.0
    halves = [row for row in rows if _at(row, gutter)]
    if times < _FEWEST_ROWS or times * 3 < len(rows) or not _are_prose(halves, gutter):
        return None
    return gutter


def _at(row: Row, gutter: float) -> bool:
    return any(gutter <= piece.x <= gutter + 2 for piece in row)


def _are_prose(rows: list[Row], gutter: float) -> bool:
    right = [sum(len(piece.text) for piece in row if piece.x >= gutter) for row in rows]
    left = [sum(len(piece.text) for piece in row if piece.x < gutter) for row in rows]
    return median(right) >= _SHORTEST_COLUMN and median(left) >= _SHORTEST_COLUMN


def _line(page: int, row: Row) -> Line:
    main = max(row, key=lambda piece: len(piece.text))
    text = "".join(piece.text for piece in row).translate(_TYPE)
    return Line(" ".join(text.split()), page, row[0].x, main.y, main.size)
