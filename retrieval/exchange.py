"""Import and export: articles by the file, one a line; what is exported comes back the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from retrieval.article import Guild
from retrieval.ingest.jsonl import read_line, write_line
from retrieval.ingest.reading import Unreadable
from retrieval.library import Library
from retrieval.shelf import Origin, Shelf

_BATCH = 100
"""Lines that are stored in one transaction."""

_MOST_NAMED = 1_000
"""Lines; a file may have millions that are no articles."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How far an import is, and how many lines were left out.

    `bad` and `warned` hold a line's number, from 1, and what is wrong with it, for the first thousand of such lines.
    """

    lines: int = 0
    added: int = 0
    known: int = 0
    corrected: int = 0
    left_out: int = 0
    bad: tuple[tuple[int, str], ...] = ()
    warned: tuple[tuple[int, str], ...] = ()

    @property
    def articles(self) -> int:
        """The lines that hold an article, whether it was new or not."""
        return self.added + self.known + self.corrected

    def __str__(self) -> str:
        parts = ["1 article added" if self.added == 1 else f"{self.added} articles added"]
        if self.corrected:
            parts.append(f"{self.corrected} given a new version")
        if self.known:
            parts.append(f"{self.known} there already")
        if self.left_out:
            parts.append("1 line left out" if self.left_out == 1 else f"{self.left_out} lines left out")
        return ", ".join(parts) + "."


def imported(library: Library, guild: Guild, lines: Iterable[bytes]) -> Iterator[Imported]:
    """Store the articles of the lines, and yield how far it is whenever some are safely stored.

    A bad line is noted and the rest goes in; empty lines are passed over.
    """
    progress = Imported()
    remaining = iter(lines)
    while batch := list(islice(remaining, _BATCH)):
        with library.writing():
            for line in batch:
                progress = _with_line(library, guild, line, progress)
        yield progress


def exported(shelf: Shelf) -> Iterator[str]:
    """Yield the lines of the shelf's own articles, one for each place an article came from, its present one first."""
    for version in shelf.versions():
        if version.guild == shelf.guild:
            article = version.article
            origins = shelf.origins(version.article_id) or [Origin(None, article.url)]
            for origin in sorted(origins, key=lambda each: each.url != article.url):
                yield write_line(article, origin.key, origin.url)


def _with_line(library: Library, guild: Guild, line: bytes, progress: Imported) -> Imported:
    progress = replace(progress, lines=progress.lines + 1)
    if not line.strip():
        return progress
    try:
        reading = read_line(line)
    except Unreadable as error:
        bad = _noted(progress.bad, progress.lines, [str(error)])
        return replace(progress, left_out=progress.left_out + 1, bad=bad)
    progress = replace(progress, warned=_noted(progress.warned, progress.lines, reading.warnings))
    added = library.add(guild, reading.article)
    if added.duplicate_of is not None:
        return replace(progress, known=progress.known + 1)
    if added.version > 1:
        return replace(progress, corrected=progress.corrected + 1)
    return replace(progress, added=progress.added + 1)


def _noted(noted: tuple[tuple[int, str], ...], number: int, said: Iterable[str]) -> tuple[tuple[int, str], ...]:
    return noted if len(noted) >= _MOST_NAMED else (*noted, *((number, each) for each in said))
