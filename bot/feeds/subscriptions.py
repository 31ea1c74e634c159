"""The asynchronous door to the feeds."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from bot import clock
from bot.desk import Desk
from bot.feeds.asking import look_up
from bot.feeds.poll import Poll
from bot.feeds.polling import Poller, Progress, note
from bot.fetching.fetcher import Fetcher
from bot.settings import Settings
from retrieval.article import Guild
from retrieval.feed.entries import LONGEST_TITLE
from retrieval.feed.register import Subscribed
from retrieval.feed.subscription import Subscription
from retrieval.feed.text import line
from retrieval.library import Library


class Subscriptions:
    """It belongs to one event loop, and lives while its desk and its fetcher do."""

    def __init__(self, desk: Desk, web: Fetcher, settings: Settings) -> None:
        self._desk = desk
        self._web = web
        self._usual = timedelta(minutes=settings.feeds.every_minutes)
        self._poller = Poller(desk, web, settings)
        self._failed = asyncio.Event()

    async def of(self, guild: Guild) -> list[Subscription]:
        """Return the guild's own feeds."""
        return await self._desk.do(lambda library: library.feeds.of(guild))

    async def subscribe(
        self,
        guild: Guild,
        link: str,
        every_minutes: int | None = None,
        title: str | None = None,
        channel: int | None = None,
    ) -> Subscribed:
        """Look a feed up and take it into the register; a new one is to be filled next.

        One that is there already gets the interval, where one is given. Raises `FetchError`, `NoFeed`, `OddInterval`
        or `TooManyFeeds`.
        """
        told = await look_up(self._web, link)
        name = line(title, LONGEST_TITLE) or told.title
        every = None if every_minutes is None else timedelta(minutes=every_minutes)

        def subscribed(library: Library) -> Subscribed:
            now = clock.now()
            with library.writing():
                found = library.feeds.add(guild, told.url, name, every or self._usual, now, channel)
                if found.new:
                    note(library, found.feed, told)
                elif every:
                    return replace(found, feed=library.feeds.change_interval(guild, found.feed.id, every, now))
            return found

        return await self._desk.do(subscribed)

    async def fill(self, feed: Subscription, progress: Progress | None = None) -> Poll:
        """Fetch what is in a feed that was just subscribed to."""
        return await self._poller.fill(feed, progress)

    async def poll(self, guild: Guild, feed_id: int, progress: Progress | None = None) -> Poll:
        """Read a feed now; raise `NoSuchFeed`, or `BeingRead` where somebody else does."""
        feed = await self._desk.do(lambda library: library.feeds.claim(guild, feed_id, clock.now()))
        return await self._polled(feed, progress)

    async def poll_due(self) -> Poll | None:
        """Read the feed that has been due for longest; None where none is."""
        feed = await self._desk.do(lambda library: library.feeds.claim_due(clock.now()))
        return None if feed is None else await self._polled(feed)

    async def pause(self, guild: Guild, feed_id: int) -> Subscription:
        """Have a feed asked no more; raise `NoSuchFeed`."""
        return await self._desk.do(lambda library: library.feeds.pause(guild, feed_id))

    async def resume(self, guild: Guild, feed_id: int) -> Subscription:
        """Have a feed asked at once, and then in its interval again; raise `NoSuchFeed`."""
        return await self._desk.do(lambda library: library.feeds.resume(guild, feed_id, clock.now()))

    async def remove(self, guild: Guild, feed_id: int) -> Subscription:
        """Forget a feed, and return what it was; its articles stay. Raise `NoSuchFeed`."""
        return await self._desk.do(lambda library: library.feeds.remove(guild, feed_id))

    async def untold(self, within_s: float) -> Sequence[Subscription]:
        """Wait so many seconds at most for a feed to fail; return those that somebody is to be told of."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._failed.wait(), within_s)
        self._failed.clear()
        return await self._desk.do(lambda library: library.feeds.untold())

    async def told(self, feed: Subscription) -> None:
        """Note that somebody was told of a feed that fails."""
        await self._desk.do(lambda library: library.feeds.told(feed.id))

    async def _polled(self, feed: Subscription, progress: Progress | None = None) -> Poll:
        poll = await self._poller.poll(feed, progress)
        if poll.feed.error:
            self._failed.set()
        return poll
