"""list, show, history, remove, export and summary: the archive in the terminal."""

from itertools import zip_longest
from pathlib import Path

import click
from rich.console import Console

from bot.cli.options import Where, archive_options, json_option, print_json
from bot.ui.cards import Card, empty_card, facts, summary_card
from bot.ui.machine import article_json, version_json
from bot.ui.revisions import changed
from bot.ui.terminal import show as show_card
from retrieval.exchange import exported
from retrieval.ingest.lines import create_lines
from retrieval.shelf import NoSuchArticle
from retrieval.summary import MOST_SENTENCES, SENTENCES, summarise


@click.command("list")
@archive_options
@json_option
def list_(where: Where, *, as_json: bool) -> int:
    """List the articles, one a line."""
    with where.library() as library:
        shelf = library.shelf(where.guild)
        for version in shelf.versions():
            if as_json:
                print_json(article_json(version))
            else:
                article = version.article
                day = (article.published or "")[:10]
                click.echo(f"{version.article_id:>6}  {day:10}  {article.source or '':20.20}  {article.title}")
        if not len(shelf) and not as_json:
            show_card(empty_card("terminal"), Console())
    return 0


@click.command()
@click.argument("article_id", type=int, metavar="ID")
@click.option("--version", "number", type=int, help="An earlier version [default: the newest].")
@archive_options
@json_option
def show(article_id: int, number: int | None, where: Where, *, as_json: bool) -> int:
    """Show an article with its text."""
    with where.library() as library:
        shelf = library.shelf(where.guild)
        version = shelf.newest(article_id) if number is None else shelf.version(article_id, number)
    if as_json:
        print_json({**article_json(version), "text": version.article.text})
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
                print_json({"id": article_id, "removed": False})
            raise
    if as_json:
        print_json({"id": article_id, "removed": True})
    else:
        click.echo(f"Removed article {article_id}.")
    return 0


@click.command()
@click.argument("article_id", type=int, metavar="ID")
@archive_options
@json_option
def history(article_id: int, where: Where, *, as_json: bool) -> int:
    """Show an article's versions, the newest first, and what changed from each to the next."""
    with where.library() as library:
        versions = library.shelf(where.guild).history(article_id)
    for newer, older in zip_longest(versions, versions[1:]):
        if as_json:
            print_json(version_json(newer, older))
            continue
        told = (f"added {newer.added[:10]}", facts(newer.article), newer.article.title)
        click.echo(f"{newer.number:>6}  " + "  ".join(filter(None, told)))
        if older:
            show_card(Card((changed(older, newer),)), Console())
    return 0


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
        print_json({"exported": lines})
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
        print_json({**article_json(version), "sentences": told})
    else:
        show_card(summary_card(version, quotations), Console())
    return 0
