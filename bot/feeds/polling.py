"""Polling: a feed is asked, and the pages of what is new in it are fetched."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import structlog

from bot import clock
from bot.desk import Desk
from bot.feeds.asking import Told, ask, failure
from bot.feeds.poll import Poll
from bot.fetching.errors import FetchError
from bot.fetching.fetcher import Fetcher
from bot.fetching.response import Validators
from bot.links import crawl_link
from bot.settings import Settings
from retrieval.archive import Added
from retrieval.arrivals import missed, store
from retrieval.feed import NoFeed
from retrieval.feed.register import NoSuchFeed
from retrieval.feed.subscription import Failure, Kind, Subscription, Wanted
from retrieval.ingest.reading import Unreadable
from retrieval.library import Library

_log = structlog.get_logger(__name__)
_MISSES = 3
"""After so many pages in a row that could not be had, their site is left alone until the next time."""

_OUR_FAULT = Failure("It cannot be read for a fault of this program, which is in its log.", Kind.LASTING)

Progress = Callable[[int, int], None]
"""Is told of how many pages how many were asked for."""


class Poller:
    """Reads feeds that were claimed. It belongs to one event loop, and lives while its desk and its fetcher do."""

    def __init__(self, desk: Desk, web: Fetcher, settings: Settings) -> None:
        self._desk = desk
        self._web = web
        self._largest = settings.articles.largest
        self._most = settings.feeds.most_articles

    async def poll(self, feed: Subscription, progress: Progress | None = None) -> Poll:
        """Ask a feed, fetch what is new in it, and let others have it again."""
        async with self._lent(feed):
            why = await self._asked(feed)
            poll = Poll(feed) if why else await self._filled(feed, progress)
        return replace(poll, feed=await self._desk.do(_now, feed))

    async def fill(self, feed: Subscription, progress: Progress | None = None) -> Poll:
        """Fetch what is new in a feed that was asked already, and let others have it again."""
        async with self._lent(feed):
            poll = await self._filled(feed, progress)
        return replace(poll, feed=await self._desk.do(_now, feed))

    @asynccontextmanager
    async def _lent(self, feed: Subscription) -> AsyncIterator[None]:
        """Let others read a feed after this, however it ends."""
        try:
            yield
        finally:
            await self._desk.do(lambda library: library.feeds.release(feed.id))

    async def _asked(self, feed: Subscription) -> Failure | None:
        """Ask a feed and note what it said, or why it could not be read."""
        try:
            told = await ask(self._web, feed.url, Validators(feed.etag, feed.last_modified))
        except Exception as error:  # the funnel: whatever it is, the other feeds go on
            why = _why(error)
            await self._desk.do(lambda library: library.feeds.failed(feed.id, why, clock.now()))
            _log.info("feed not read", feed=feed.id, guild=feed.guild, why=why.kind.name.lower())
            return why
        await self._desk.do(note, feed, told)
        return None

    async def _filled(self, feed: Subscription, progress: Progress | None) -> Poll:
        poll, misses = Poll(feed), 0
        wanted = await self._desk.do(
            lambda library: library.feeds.announcements.wanted(feed.id, self._most, clock.now())
        )
        for place, each in enumerate(wanted, start=1):
            came = await self._article(feed, each)
            poll = poll.after(came)
            misses = misses + 1 if isinstance(came, Failure) and came.passes else 0
            if progress:
                progress(place, len(wanted))
            if misses == _MISSES or (isinstance(came, Failure) and came.kind is Kind.BUSY):
                break
        _log.info("feed read", feed=feed.id, guild=feed.guild, added=poll.added, missed=poll.missed)
        return poll

    async def _article(self, feed: Subscription, wanted: Wanted) -> Added | Failure | None:
        """Fetch an entry's page and store its article; None where it is not wanted any more."""
        if not await self._desk.do(lambda library: library.feeds.announcements.is_wanted(wanted)):
            return None
        try:
            reading = await crawl_link(self._web, wanted.link, self._largest)
            return await self._desk.do(store, feed, wanted, reading.article, clock.now())
        except sqlite3.Error:
            raise
        except Exception as error:  # the funnel: whatever it is, the other articles come
            why = _why(error)
            await self._desk.do(missed, feed, wanted, why, clock.now())
            return why


def note(library: Library, feed: Subscription, told: Told | None) -> None:
    """Note what a feed said; None where it said that it is the same as before."""
    if told is None:
        library.feeds.unchanged(feed.id, clock.now())
    else:
        seen = told.validators
        library.feeds.found(feed.id, told.feed, clock.now(), etag=seen.etag, last_modified=seen.last_modified)


def _now(library: Library, feed: Subscription) -> Subscription:
    """How a feed is now, or was when it was removed meanwhile."""
    try:
        return library.feeds.one(feed.guild, feed.id)
    except NoSuchFeed:
        return feed


def _why(error: Exception) -> Failure:
    if isinstance(error, FetchError | NoFeed | Unreadable):
        return failure(error)
    _log.error("unexpected error in a feed", exc_info=error)
    return _OUR_FAULT
