"""Options that commands share, and the archive they lead to."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot import clock
from bot.settings import ArchiveSettings, Settings, read
from retrieval.article import SHARED, Guild
from retrieval.library import Library

_WORTH_SHOWING = 500
"""From how many articles on a person is told that an archive is being read."""


@dataclass(frozen=True, slots=True)
class Where:
    """The archive that a command acts on, and for whom."""

    settings: Settings
    guild: Guild = SHARED

    @contextmanager
    def library(self) -> Iterator[Library]:
        """Open the archive."""
        with Library.open(self.settings.archive.path) as library:
            yield library

    @contextmanager
    def indexed_library(self) -> Iterator[Library]:
        """Open the archive for questions. While a large one is read into the index, a person is told."""
        console = Console(stderr=True)
        status = console.status("Reading the archive")

        def told(count: int) -> None:
            if count % _WORTH_SHOWING == 0 and console.is_terminal:
                status.update(f"Reading the archive: {count} articles")
                status.start()

        with Library.open(self.settings.archive.path, told) as library:
            try:
                library.index.size(library.shelf(self.guild))
            finally:
                status.stop()
            yield library


def settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --config and --archive; it gets the `settings` they lead to."""

    @click.option("--config", type=click.Path(path_type=Path), help="The settings file [default: config.toml].")
    @click.option("--archive", type=click.Path(path_type=Path), help="An archive other than the settings' one.")
    @wraps(command)
    def with_settings(config: Path | None, archive: Path | None, **others: Any) -> Any:
        settings = read(config)
        if archive is not None:
            settings = settings.model_copy(update={"archive": ArchiveSettings(path=archive.absolute())})
        return command(settings=settings, **others)

    return with_settings


def archive_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --config, --archive and --guild; it gets `where` they lead to."""

    @settings_options
    @click.option(
        "--guild",
        type=click.IntRange(1, 2**63 - 1),
        default=None,
        help="A Discord server's id [default: the shared library].",
    )
    @wraps(command)
    def with_archive(settings: Settings, guild: int | None, **others: Any) -> Any:
        return command(where=Where(settings, guild or SHARED), **others)

    return with_archive


def today_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --today; it gets the day as `today`."""

    @click.option(
        "--today",
        type=click.DateTime(["%Y-%m-%d"]),
        default=lambda: clock.today().isoformat(),
        metavar="YYYY-MM-DD",
        help="The day that “last week” counts from [default: today].",
    )
    @wraps(command)
    def with_today(today: datetime, **others: Any) -> Any:
        return command(today=today.date(), **others)

    return with_today


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON: one object a line.")(command)


def print_json(fields: dict[str, Any]) -> None:
    click.echo(json_line(fields))


def json_line(fields: dict[str, Any]) -> str:
    """One object as a line of JSON."""
    return json.dumps(fields, ensure_ascii=False)
