"""add and import: articles from links, files, standard input and files of one article a line."""

import asyncio
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from bot.cli.options import Where, archive_options, json_line, json_option
from bot.fetching.errors import FetchError
from bot.given import given
from bot.links import fetcher, is_link, read_link
from bot.outcome import Receipt, stored
from bot.settings import Settings
from bot.ui.machine import added_json, imported_json
from bot.ui.receipts import receipt_card
from bot.ui.terminal import show as show_card
from retrieval.exchange import Imported, imported
from retrieval.ingest.files import read_file
from retrieval.ingest.jsonl import is_line, iso
from retrieval.ingest.lines import LONGEST_LINE, is_lines, open_lines, unpacked_lines
from retrieval.ingest.reading import Reading, Unreadable
from retrieval.library import Library

_BAD_INPUT, _FAILURE = 2, 3
_STANDARD_INPUT = "-"


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--title", help="The headline, instead of the one in the text.")
@click.option("--source", help="The outlet.")
@click.option("--url", help="The article's address.")
@click.option("--published", callback=lambda *call: _date(call[-1]), help="The date, as YYYY-MM-DD.")
@archive_options
@json_option
def add(sources: tuple[str, ...], where: Where, *, as_json: bool, **said: str | None) -> int:
    """Add articles: links, files (.txt, .md, .html, .pdf), files of one article a line (.jsonl), or - to paste one.

    Standard input may be of one article a line as well.
    """
    code = 0
    with where.library() as library, _progress() as progress:
        desk = _Desk(library, where, progress, as_json)
        task = progress.add_task("Adding", total=len(sources), visible=len(sources) > 1)
        if len(sources) > 1:
            progress.start()
        for source in sources:
            code = max(code, desk.add(source, said))
            progress.advance(task)
    return code


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@archive_options
@json_option
def import_(file: Path, where: Where, *, as_json: bool) -> int:
    """Import articles from a .jsonl file (also .jsonl.gz, .jsonl.xz), one article a line."""
    with where.library() as library, _progress() as progress:
        return _Desk(library, where, progress, as_json).import_file(file)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where articles are added. What is added is told on standard output, and what is to be said of it beside it."""

    library: Library
    where: Where
    progress: Progress
    as_json: bool

    def add(self, source: str, said: dict[str, Any]) -> int:
        """Add what a source holds, or name it with the reason why not; return the exit code."""
        try:
            if is_lines(source):
                return self.import_file(Path(source))
            start = _start_of_standard_input() if source == _STANDARD_INPUT else b""
            if is_line(start):
                rest = unpacked_lines(sys.stdin.buffer, "standard input")
                return self._import(chain(start.splitlines(), rest), "standard input", None)
            reading = given(_read(source, start, self.where.settings), **said)
        except (Unreadable, FetchError, OSError) as error:
            self._complain(source, f"{error.strerror}." if isinstance(error, OSError) else str(error))
            return _BAD_INPUT if isinstance(error, Unreadable) else _FAILURE
        self._told(stored(self.library, self.where.guild, reading))
        return 0

    def import_file(self, file: Path) -> int:
        return self._import(open_lines(file), str(file), sum(1 for _ in open_lines(file)))

    def _import(self, lines: Iterable[bytes], name: str, total: int | None) -> int:
        """Import lines with a progress bar; name each bad one, and fail where there was no good one."""
        result = Imported()
        task = self.progress.add_task("Importing", total=total)
        self.progress.start()
        try:
            for result in imported(self.library, self.where.guild, lines):
                self.progress.update(task, completed=result.lines)
        except KeyboardInterrupt:
            self._complain(name, f"stored as far as line {result.lines}; the same command goes on from there.")
            raise
        for number, why in sorted(result.bad + result.warned):
            self._complain(f"{name}, line {number}", why)
        self._print(json_line(imported_json(result)) if self.as_json else str(result))
        return _BAD_INPUT if result.left_out and not result.articles else 0

    def _told(self, receipt: Receipt) -> None:
        if self.as_json:
            self._print(json_line(added_json(receipt.added, receipt.reading)))
        else:
            self._print(str(receipt.added.article_id))
            show_card(receipt_card(receipt), self.progress.console)
            self.progress.console.print()

    def _print(self, line: str) -> None:
        """Print a line on standard output; on a terminal that shows the bars as well, above them."""
        console = self.progress.console
        if console.is_terminal and sys.stdout.isatty():
            console.print(Text(line), soft_wrap=True)
        else:
            click.echo(line)

    def _complain(self, source: str, why: str) -> None:
        """Say in one line on standard error what is wrong with a source."""
        self.progress.console.print(Text(f"quotidian: {source}: {why}"), soft_wrap=True)


@contextmanager
def _progress() -> Iterator[Progress]:
    """Bars on standard error, where that is a terminal, once they are started."""
    console = Console(stderr=True)
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    try:
        yield progress
    finally:
        progress.stop()


def _start_of_standard_input() -> bytes:
    """Read as far as the first line that is not blank."""
    start = bytearray()
    while not start.strip() and len(start) < LONGEST_LINE and (line := sys.stdin.buffer.readline(LONGEST_LINE)):
        start += line
    return bytes(start)


def _read(source: str, start: bytes, settings: Settings) -> Reading:
    """Read a link, a file, or standard input after its `start`.

    Raises `FetchError`, `Unreadable`, or `OSError` for a file that cannot be opened.
    """
    largest = settings.articles.largest
    if is_link(source):
        return asyncio.run(_fetched(source, settings))
    if source == _STANDARD_INPUT:
        return read_file("", start + sys.stdin.buffer.read(largest + 1), largest)
    with Path(source).open("rb") as file:
        return read_file(source, file.read(largest + 1), largest)


async def _fetched(link: str, settings: Settings) -> Reading:
    async with fetcher(settings) as web:
        return await read_link(web, link, settings.articles.largest)


def _date(published: str | None) -> str | None:
    if published is None:
        return None
    if (day := iso(published)) is None:
        raise click.BadParameter(f"{published} is no date; write it as YYYY-MM-DD.", param_hint="--published")
    return day
