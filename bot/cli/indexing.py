"""reindex: the passage index, made anew."""

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.options import json_option, settings_options
from bot.settings import Settings
from retrieval.library import Library


@click.command()
@settings_options
@json_option
def reindex(settings: Settings, *, as_json: bool) -> int:
    """Make the passage index anew from the archive."""
    columns = (TextColumn("Indexing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("")
        with Library.open(settings.archive.path, lambda _: progress.advance(task)) as library:
            progress.update(task, total=library.articles_to_read())
            passages = library.reindex()
    click.echo(f'{{"passages": {passages}}}' if as_json else f"Indexed {passages} passages.")
    return 0
