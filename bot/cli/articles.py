"""add, list, show, remove, import, export and summary: the archive in the terminal."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.options import Where, archive_options, json_option
from bot.fetching.errors import FetchError
from bot.given import given
from bot.links import fetcher, is_link, read_link
from bot.settings import Settings
from bot.ui.cards import empty_card, receipt_card, summary_card
from bot.ui.machine import added_json, article_json, imported_json
from bot.ui.terminal import show as show_card
from retrieval.archive import Added
from retrieval.exchange import Imported, exported, imported
from retrieval.ingest.files import read_file
from retrieval.ingest.jsonl import iso
from retrieval.ingest.lines import create_lines, open_lines
from retrieval.ingest.reading import Reading, Unreadable
from retrieval.shelf import NoSuchArticle
from retrieval.summary import MOST_SENTENCES, SENTENCES, summarise

_NOT_FOUND, _BAD_INPUT, _FAILURE = 1, 2, 3
_ARTICLE_LINES = (".jsonl", ".jsonl.gz", ".jsonl.xz")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--title", help="The headline, instead of the one in the text.")
@click.option("--source", help="The outlet.")
@click.option("--url", help="The article's address.")
@click.option("--published", callback=lambda *call: _date(call[-1]), help="The date, as YYYY-MM-DD.")
@archive_options
@json_option
def add(sources: tuple[str, ...], where: Where, *, as_json: bool, **said: str | None) -> int:
    """Add articles: links, files (.txt, .md, .html, .pdf), files of one article a line (.jsonl), or - to paste one."""
    code = 0
    with where.library() as library:
        for source in sources:
            if source.endswith(_ARTICLE_LINES):
                code = max(code, _import(Path(source), where, as_json=as_json))
                continue
            try:
                reading = given(_read(source, where.settings), **said)
            except (Unreadable, FetchError) as error:
                click.echo(f"quotidian: {source}: {error}", err=True)
                code = max(code, _FAILURE if isinstance(error, FetchError) else _BAD_INPUT)
                continue
            _print_receipt(library.add(where.guild, reading.article), reading, as_json=as_json)
    return code


@click.command("list")
@archive_options
@json_option
def list_(where: Where, *, as_json: bool) -> int:
    """List the articles, one a line."""
    with where.library() as library:
        shelf = library.shelf(where.guild)
        for version in shelf.versions():
            if as_json:
                _print_json(article_json(version))
            else:
                article = version.article
                day = (article.published or "")[:10]
                click.echo(f"{version.article_id:>6}  {day:10}  {article.source or '':20.20}  {article.title}")
        if not len(shelf) and not as_json:
            show_card(empty_card("terminal"), Console())
    return 0


@click.command()
@click.argument("article_id", type=int, metavar="ID")
@archive_options
@json_option
def show(article_id: int, where: Where, *, as_json: bool) -> int:
    """Show an article with its text."""
    with where.library() as library:
        version = library.shelf(where.guild).newest(article_id)
    if as_json:
        _print_json({**article_json(version), "text": version.article.text})
    else:
        article = version.article
        facts = " · ".join(filter(None, (article.source, article.author, article.published, article.url)))
        click.echo("\n".join(filter(None, (article.title, facts))) + f"\n\n{article.text}")
    return 0


@click.command()
@click.argument("article_id", type=int, metavar="ID")
@archive_options
@json_option
def remove(article_id: int, where: Where, *, as_json: bool) -> int:
    """Remove an article for good."""
    with where.library() as library:
        try:
            library.remove(where.guild, article_id)
        except NoSuchArticle:
            if as_json:
                _print_json({"id": article_id, "removed": False})
            raise
    if as_json:
        _print_json({"id": article_id, "removed": True})
    else:
        click.echo(f"Removed article {article_id}.")
    return 0


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@archive_options
@json_option
def import_(file: Path, where: Where, *, as_json: bool) -> int:
    """Import articles from a .jsonl file (also .jsonl.gz, .jsonl.xz), one article a line."""
    return _import(file, where, as_json=as_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@archive_options
@json_option
def export(file: Path, where: Where, *, as_json: bool) -> int:
    """Export the articles to a .jsonl file (also .jsonl.gz, .jsonl.xz), one article a line."""
    with where.library() as library, create_lines(file) as write:
        lines = 0
        for line in exported(library.shelf(where.guild)):
            write(line)
            lines += 1
    if as_json:
        _print_json({"exported": lines})
    else:
        click.echo(f"Exported {lines} lines to {file}.")
    return 0


@click.command()
@click.argument("article_id", type=int, metavar="ID")
@click.option("--sentences", type=click.IntRange(1, MOST_SENTENCES), default=SENTENCES, show_default=True)
@archive_options
@json_option
def summary(article_id: int, sentences: int, where: Where, *, as_json: bool) -> int:
    """Show an article in a few of its own sentences."""
    with where.library() as library:
        shelf = library.shelf(where.guild)
        version, quotations = shelf.newest(article_id), summarise(shelf, article_id, sentences)
    if as_json:
        told = [{"quote": each.words, "start": each.span.start, "end": each.span.end} for each in quotations]
        _print_json({**article_json(version), "sentences": told})
    else:
        show_card(summary_card(version, quotations), Console())
    return 0


def _read(source: str, settings: Settings) -> Reading:
    """Read a link, a file or standard input.

    Raises `FetchError`, `Unreadable`, or `OSError` for a file that cannot be opened.
    """
    largest = settings.articles.largest
    if is_link(source):
        return asyncio.run(_fetched(source, settings))
    if source == "-":
        return read_file("", sys.stdin.buffer.read(largest + 1), largest)
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


def _print_receipt(added: Added, reading: Reading, *, as_json: bool) -> None:
    if as_json:
        _print_json(added_json(added, reading))
    else:
        click.echo(added.article_id)
        show_card(receipt_card(added, reading), Console(stderr=True))


def _import(file: Path, where: Where, *, as_json: bool) -> int:
    """Import a file with a progress bar; name each bad line, and fail where there was no good one."""
    total = sum(1 for _ in open_lines(file))
    result = Imported()
    columns = (TextColumn("Importing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with where.library() as library, Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=total)
        for result in imported(library, where.guild, open_lines(file)):
            progress.update(task, completed=result.lines)
    for number, why in sorted(result.bad + result.warned):
        click.echo(f"quotidian: {file}, line {number}: {why}", err=True)
    if as_json:
        _print_json(imported_json(result))
    else:
        click.echo(str(result))
    return _BAD_INPUT if result.left_out and not (result.added or result.known or result.corrected) else 0


def _print_json(fields: dict[str, Any]) -> None:
    click.echo(json.dumps(fields, ensure_ascii=False))
