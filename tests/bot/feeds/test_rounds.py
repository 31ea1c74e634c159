"""Feeds are read when their time has come, for as long as the bot runs."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.feeds import rounds as rounds_module
from bot.feeds.poll import Poll
from bot.feeds.rounds import rounds
from bot.feeds.subscriptions import Subscriptions
from bot.newsroom import Newsroom
from bot.settings import ArchiveSettings, FeedSettings, Settings
from tests.bot.feeds.conftest import Opened
from tests.bot.feeds.outlet import Outlet

GUILD = 1_101_004_800_000_000_000


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds_module, "_LOOK_EVERY_S", 0.05)


async def comes_true(found: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not found():  # noqa: ASYNC110  # what is waited for happens on a site, which tells nobody
            await asyncio.sleep(0.02)


async def due(feeds: Subscriptions, velm: Outlet, guild: int = GUILD) -> int:
    """A feed that was read before and is due again."""
    subscribed = await feeds.subscribe(guild, velm.link)
    await feeds.fill(subscribed.feed)
    return (await feeds.resume(guild, subscribed.feed.id)).id


async def test_a_feed_that_is_due_is_read_once(feeds: Subscriptions, velm: Outlet) -> None:
    await due(feeds, velm)
    velm.lists(1)
    async with rounds(feeds):
        await comes_true(lambda: "/1" in velm.pages_fetched())
        await asyncio.sleep(0.3)
    assert velm.site.paths().count("/feed.xml") == 2


async def test_a_feed_that_is_paused_is_not_read(feeds: Subscriptions, velm: Outlet) -> None:
    await feeds.pause(GUILD, await due(feeds, velm))
    async with rounds(feeds):
        await asyncio.sleep(0.3)
    assert velm.site.paths().count("/feed.xml") == 1


async def test_two_processes_on_one_archive_do_not_both_read_a_feed(opened: Opened, velm: Outlet) -> None:
    async with opened() as one, opened() as other:
        for guild in range(1, 6):
            await due(one, velm, guild)
        before = velm.site.paths().count("/feed.xml")
        velm.lists(1)
        async with rounds(one), rounds(other):
            await comes_true(lambda: velm.pages_fetched().count("/1") == 5)
            await asyncio.sleep(0.3)
    assert velm.site.paths().count("/feed.xml") == before + 5


async def test_what_goes_wrong_ends_nothing(
    feeds: Subscriptions, velm: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    await due(feeds, velm)
    poll_due, times = feeds.poll_due, 0

    async def failing_at_first() -> Poll | None:
        nonlocal times
        times += 1
        if times < 20:
            raise ZeroDivisionError
        return await poll_due()

    monkeypatch.setattr(feeds, "poll_due", failing_at_first)
    async with rounds(feeds):
        await comes_true(lambda: velm.site.paths().count("/feed.xml") == 2)


@pytest.mark.parametrize("poll", [True, False])
async def test_the_newsroom_reads_feeds_where_the_settings_want_it(
    feeds: Subscriptions, velm: Outlet, path: Path, poll: bool
) -> None:
    feed_id = await due(feeds, velm)
    settings = Settings(archive=ArchiveSettings(path=path), feeds=FeedSettings(poll=poll))
    async with Newsroom(settings) as newsroom:
        await asyncio.sleep(0.5)
        (feed,) = await newsroom.feeds.of(GUILD)
    assert feed.id == feed_id
    assert (feed.error is not None) == poll  # this machine is no public address for a newsroom
