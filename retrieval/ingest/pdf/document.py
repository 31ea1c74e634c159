"""What stands in a PDF: pages of texts with their places, and what the file says of itself.

Unreadable       the file cannot be opened within the limits; its message is one sentence for a person
"""

from dataclasses import dataclass
from pathlib import Path

from retrieval.confined import Confines, Crashed, OutOfMemory, OutOfTime, Told, tell
from retrieval.ingest.reading import Unreadable

_PROGRAM = Path(__file__).with_name("program.py")

_SIGNATURE = b"%PDF-"
_FRONT = 1_024
"""Bytes among which a PDF's signature stands."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one PDF is read: bytes of the file, pages, characters; seconds and bytes that opening it may take."""

    size: int = 20_000_000
    pages: int = 200
    characters: int = 1_000_000
    seconds: int = 15
    memory: int = 400_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that was set in one go, and the point at which it begins, from the lower left; a line feed ends a line."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Document:
    """The pages, each with its pieces in the order in which they are drawn, and the file's own information.

    `unread` are the numbers of damaged pages, from 1; `maker` names the programs that wrote the file; `made` is the ISO
    date on which they did.
    """

    pages: tuple[tuple[Piece, ...], ...]
    unread: tuple[int, ...] = ()
    title: str | None = None
    author: str | None = None
    maker: str | None = None
    made: str | None = None


def open_document(source: bytes, limits: Limits) -> Document:
    """Open a PDF in a process of its own; raises `Unreadable` for one that is none, is locked or breaks a limit."""
    _check(source, limits)
    told = _told(source, limits)
    if "refused" in told:
        raise _refusal(told["refused"], limits)
    pages = tuple(tuple(Piece(*piece) for piece in page) for page in told.pop("pages"))
    return Document(pages, tuple(told.pop("unread")), **told)


def _check(source: bytes, limits: Limits) -> None:
    if len(source) > limits.size:
        raise Unreadable(
            f"The PDF is larger than {limits.size / 1_000_000:g} MB, the most that is read; "
            "save a smaller copy, or paste the article's text."
        )
    if not source:
        raise Unreadable("The file is empty; fetch it again, or paste the article's text.")
    if _SIGNATURE not in source[:_FRONT]:
        raise Unreadable("This is not a PDF, whatever its name says; paste the article's text instead.")


def _told(source: bytes, limits: Limits) -> Told:
    asked = {"pages": limits.pages, "characters": limits.characters}
    try:
        return tell(_PROGRAM, source, asked, Confines(limits.seconds, limits.memory))
    except OutOfTime:
        return {"refused": "slow"}
    except OutOfMemory:
        return {"refused": "swollen"}
    except Crashed:
        return {"refused": "damaged"}


def _refusal(why: str, limits: Limits) -> Unreadable:
    otherwise = "paste the article's text"
    return Unreadable(
        {
            "locked": f"The PDF is locked with a password; save a copy without one, or {otherwise}.",
            "pages": f"The PDF has more than {limits.pages} pages, the most that is read; "
            "save those of the article as a PDF of their own.",
            "characters": f"The PDF holds more than {limits.characters:,} characters, the most that is read; "
            "save the pages of the article as a PDF of their own.",
            "swollen": f"The PDF unpacks to far more than an article holds; print it to a new PDF, or {otherwise}.",
            "slow": f"The PDF takes longer than {limits.seconds} s to open; print it to a new PDF, or {otherwise}.",
            "damaged": f"The PDF is damaged and cannot be opened; fetch it again, or {otherwise}.",
        }[why]
    )
