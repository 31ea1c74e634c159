"""What became of a source that somebody wanted to add: a receipt, an import, or the reason why nothing was added."""

from dataclasses import dataclass
from typing import TypeAlias

from retrieval.archive import Added
from retrieval.exchange import Imported
from retrieval.ingest.reading import Reading


@dataclass(frozen=True, slots=True)
class Receipt:
    """An article that somebody gave us: how it was read, and what became of it."""

    added: Added
    reading: Reading


@dataclass(frozen=True, slots=True)
class Import:
    """A file of one article a line, as far as it was read; `complete` is False where too many lines were bad."""

    name: str
    result: Imported = Imported()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or link that could not be added, and why."""

    name: str
    why: str


Outcome: TypeAlias = Receipt | Import | Failure
