"""What became of a source that somebody wanted to add: a receipt, an import, or the reason why nothing was added."""

from dataclasses import dataclass, field
from typing import TypeAlias

from retrieval.archive import Added
from retrieval.article import Guild
from retrieval.exchange import Imported
from retrieval.ingest.reading import Reading
from retrieval.library import Library


@dataclass(frozen=True, slots=True)
class Receipt:
    """An article that somebody gave us: how it was read, and what became of it.

    `language` is the ISO 639-1 code of the one that it is in, None where that is not sure.
    """

    added: Added
    reading: Reading
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """A file of one article a line, as far as it was read; `complete` is False where too many lines were bad."""

    name: str
    result: Imported = field(default_factory=Imported)
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or link that could not be added, and why."""

    name: str
    why: str


Outcome: TypeAlias = Receipt | Import | Failure


def stored(library: Library, guild: Guild, reading: Reading) -> Receipt:
    """Store the article that was read, once."""
    with library.writing():
        added = library.add(guild, reading.article)
        version = library.shelf(guild).version(added.article_id, added.version)
    return Receipt(added, reading, version.language)
