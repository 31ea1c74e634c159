"""The pieces of a marked-up text: its lines, each with what it is and the block it is of."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby


class Place(Enum):
    """What a line is in its text."""

    PARAGRAPH = auto()
    HEADING = auto()
    ITEM = auto()
    ROW = auto()
    QUOTE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """One line; `block` numbers the paragraph, heading, list, table or quotation that it is of."""

    text: str
    place: Place
    block: int


def row(cells: Iterable[str]) -> str:
    """A table's row as a line, without its empty cells."""
    return " | ".join(filter(None, cells))


def joined(pieces: Iterable[Piece]) -> str:
    """The text: lines of one block stand below each other, blocks are parted by blank lines."""
    blocks = groupby(pieces, key=lambda piece: piece.block)
    return "\n\n".join("\n".join(piece.text for piece in block) for _, block in blocks)
