"""feed: the RSS, Atom and JSON feeds that the archive is filled from."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot import clock
from bot.cli.options import Where, archive_options, json_option
from bot.desk import Desk
from bot.feeds.poll import Poll
from bot.feeds.polling import Progress as Told
from bot.feeds.subscriptions import Subscriptions
from bot.links import fetcher
from bot.ui.feeds import feeds_card, poll_card, subscribed_card
from bot.ui.machine import feed_json, poll_json
from bot.ui.terminal import show
from retrieval.article import Guild
from retrieval.feed.register import BeingRead, NoSuchFeed
from retrieval.feed.schedule import LONGEST, SHORTEST
from retrieval.feed.subscription import Subscription

_FAILURE = 3
_MINUTES = (int(SHORTEST.total_seconds()) // 60, int(LONGEST.total_seconds()) // 60)


@click.group()
def feed() -> None:
    """Fill the archive from RSS, Atom and JSON feeds. A running bot reads them when their time has come."""


@feed.command()
@click.argument("link")
@click.option("--every", type=click.IntRange(*_MINUTES), metavar="MINUTES", help="How often it is read.")
@click.option("--title", help="What to call it, instead of its own title.")
@archive_options
@json_option
def add(link: str, where: Where, *, every: int | None, title: str | None, as_json: bool) -> int:
    """Add a feed, by its address or that of a page that names it, and fetch its articles."""
    return asyncio.run(_add(link, where, every, title, as_json=as_json))


@feed.command("list")
@archive_options
@json_option
def list_(where: Where, *, as_json: bool) -> int:
    """List the feeds, and how each of them is."""
    with where.library() as library:
        feeds = library.feeds.of(where.guild)
    if as_json:
        for each in feeds:
            _print_json(feed_json(each))
    else:
        show(feeds_card(feeds, 0, 1, len(feeds), "terminal"), Console())
    return 0


@feed.command()
@click.argument("feed_id", type=int, metavar="ID")
@archive_options
@json_option
def pause(feed_id: int, where: Where, *, as_json: bool) -> int:
    """Read a feed no more, until it is resumed."""
    with where.library() as library:
        _say(library.feeds.pause(where.guild, feed_id), f"Paused feed {feed_id}.", as_json=as_json)
    return 0


@feed.command()
@click.argument("feed_id", type=int, metavar="ID")
@archive_options
@json_option
def resume(feed_id: int, where: Where, *, as_json: bool) -> int:
    """Read a feed again that was paused, or that was gone."""
    with where.library() as library:
        resumed = library.feeds.resume(where.guild, feed_id, clock.now())
    _say(resumed, f"Resumed feed {feed_id}; a running bot reads it at once.", as_json=as_json)
    return 0


@feed.command()
@click.argument("feed_id", type=int, metavar="ID")
@archive_options
@json_option
def remove(feed_id: int, where: Where, *, as_json: bool) -> int:
    """Forget a feed. The articles that it brought stay."""
    with where.library() as library:
        try:
            library.feeds.remove(where.guild, feed_id)
        except NoSuchFeed:
            if as_json:
                _print_json({"id": feed_id, "removed": False})
            raise
    if as_json:
        _print_json({"id": feed_id, "removed": True})
    else:
        click.echo(f"Removed feed {feed_id}. Its articles stay.")
    return 0


@feed.command()
@click.argument("feed_id", type=int, metavar="[ID]", required=False)
@archive_options
@json_option
def poll(feed_id: int | None, where: Where, *, as_json: bool) -> int:
    """Read a feed now, or all that are not paused."""
    return asyncio.run(_poll(feed_id, where, as_json=as_json))


async def _add(link: str, where: Where, every: int | None, title: str | None, *, as_json: bool) -> int:
    async with _opened(where) as feeds:
        subscribed = await feeds.subscribe(where.guild, link, every, title)
        poll = Poll(subscribed.feed)
        if subscribed.new:
            with _progress(subscribed.feed.title) as told:
                poll = await feeds.fill(subscribed.feed, told)
    if as_json:
        _print_json(poll_json(poll))
    else:
        click.echo(poll.feed.id)
        show(poll_card(poll) if subscribed.new else subscribed_card(subscribed), Console(stderr=True))
    return 0


async def _poll(feed_id: int | None, where: Where, *, as_json: bool) -> int:
    async with _opened(where) as feeds:
        if feed_id is not None:
            return await _poll_one(feeds, where.guild, feed_id, as_json=as_json)
        code = 0
        for each in await feeds.of(where.guild):
            if each.schedule.pause is None:
                try:
                    code = max(code, await _poll_one(feeds, where.guild, each.id, as_json=as_json))
                except (BeingRead, NoSuchFeed) as error:
                    click.echo(f"quotidian: {error}", err=True)
        return code


async def _poll_one(feeds: Subscriptions, guild: Guild, feed_id: int, *, as_json: bool) -> int:
    """Read a feed, and say what came of it."""
    with _progress(f"Feed {feed_id}") as told:
        poll = await feeds.poll(guild, feed_id, told)
    if as_json:
        _print_json(poll_json(poll))
    else:
        show(poll_card(poll), Console())
    return _FAILURE if poll.feed.error else 0


@asynccontextmanager
async def _opened(where: Where) -> AsyncIterator[Subscriptions]:
    """The door to the feeds of an archive."""
    desk = Desk("feeds")
    try:
        await desk.open(where.settings.archive.path)
        async with fetcher(where.settings) as web:
            yield Subscriptions(desk, web, where.settings)
    finally:
        await desk.close()


@contextmanager
def _progress(doing: str) -> Iterator[Told]:
    """Show how many pages were fetched, as soon as there is one."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True))
    task = progress.add_task(doing)

    def told(done: int, of: int) -> None:
        progress.start()
        progress.update(task, completed=done, total=of)

    try:
        yield told
    finally:
        if progress.live.is_started:
            progress.stop()


def _say(feed: Subscription, words: str, *, as_json: bool) -> None:
    if as_json:
        _print_json(feed_json(feed))
    else:
        click.echo(words)


def _print_json(fields: dict[str, Any]) -> None:
    click.echo(json.dumps(fields, ensure_ascii=False))
