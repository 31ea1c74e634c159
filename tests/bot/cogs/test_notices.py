"""Those who added a feed are told when it fails: once, with the reason, where they added it."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.cogs import notices
from bot.fetching.limits import Limits
from bot.ui.markdown import plain
from retrieval.article import SHARED
from retrieval.feed.subscription import Failure, Kind
from retrieval.library import Library
from tests.bot.cogs.test_feeds import added, shows, uses
from tests.bot.conftest import Town, town_with
from tests.bot.feeds.outlet import Outlet, outlet
from tests.discord_server import Permission
from tests.retrieval.feed.world import HALF_AN_HOUR, NOW

MISSING = Failure("velm.example has no page at this address.", Kind.LASTING)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.links.Limits", partial(Limits, pause=0.0))
    monkeypatch.setattr(notices, "_LOOK_EVERY_S", 0.1)


@pytest.fixture
async def velm() -> AsyncIterator[Outlet]:
    async with outlet() as velm:
        yield velm


def failing(archive: Path, guild: int, channel: int | None) -> None:
    """A feed fails that another process reads."""
    with Library.open(archive) as library:
        feed = library.feeds.add(guild, "https://velm.example/feed", "Velm News", HALF_AN_HOUR, NOW, channel).feed
        library.feeds.failed(feed.id, MISSING, NOW)


async def told(town: Town) -> bool:
    """Wait until there is nobody to tell any more."""
    for _ in range(100):
        await asyncio.sleep(0.05)
        with Library.open(town.archive) as library:
            if not library.feeds.untold():
                return True
    return False


async def test_a_lasting_failure_is_told_at_once_with_the_reason_and_once(new_town: Town, velm: Outlet) -> None:
    await added(new_town, velm)
    velm.fails(404)
    await uses(new_town, "poll", {"feed": "1"})
    notice = plain((await new_town.channel.next_message_from_bot()).text)
    assert "The feed Velm News cannot be read" in notice
    assert "127.0.0.1 has no page at this address (status 404)" in notice
    assert "you hear of it again only once it has recovered" in notice
    await uses(new_town, "poll", {"feed": "1"})
    await asyncio.sleep(0.3)
    assert len(new_town.channel.messages_from_bot) == 1


async def test_a_hiccup_is_told_when_it_goes_on(new_town: Town, velm: Outlet) -> None:
    await added(new_town, velm)
    velm.fails(500)
    for _ in range(2):
        await uses(new_town, "poll", {"feed": "1"})
    await asyncio.sleep(0.3)
    assert new_town.channel.messages_from_bot == []
    await uses(new_town, "poll", {"feed": "1"})
    assert "127.0.0.1 has a fault of its own" in plain((await new_town.channel.next_message_from_bot()).text)


async def test_a_feed_that_recovered_and_fails_again_is_told_again(new_town: Town, velm: Outlet) -> None:
    await added(new_town, velm)
    for _ in range(2):
        velm.fails(404)
        await uses(new_town, "poll", {"feed": "1"})
        await new_town.channel.next_message_from_bot()
        velm.lists(1)
        await uses(new_town, "poll", {"feed": "1"})


async def test_a_feed_that_is_gone_is_told_to_be_so(new_town: Town, velm: Outlet) -> None:
    await added(new_town, velm)
    velm.fails(410)
    await uses(new_town, "poll", {"feed": "1"})
    notice = plain((await new_town.channel.next_message_from_bot()).text)
    assert "Its server says that it is gone for good, so it is not read any more." in notice


async def test_a_title_in_a_notice_reaches_nobody(new_town: Town, velm: Outlet) -> None:
    velm.title = "**Velm** @everyone"
    velm.lists(1)
    await shows(new_town, await uses(new_town, "add", {"link": velm.link}), "1 new article.")
    velm.fails(404)
    await uses(new_town, "poll", {"feed": "1"})
    shown = await new_town.channel.next_message_from_bot()
    assert r"\*\*Velm\*\* \@everyone" in str(shown.embeds[0]["description"])


async def test_what_another_process_finds_failing_is_told_too(new_town: Town) -> None:
    failing(new_town.archive, new_town.guild.id, new_town.channel.id)
    assert MISSING.reason in plain((await new_town.channel.next_message_from_bot()).text)


async def test_a_feed_of_the_command_line_is_told_of_in_the_log_once(new_town: Town) -> None:
    with capture_logs() as logged:
        failing(new_town.archive, SHARED, None)
        assert await told(new_town)
        await asyncio.sleep(0.3)
    assert [entry["why"] for entry in logged if entry["event"] == "feed fails"] == [MISSING.reason]
    assert new_town.channel.messages_from_bot == []


async def test_where_the_bot_may_not_write_the_log_says_so_and_that_is_all(tmp_path: Path) -> None:
    async with town_with(tmp_path / "quotidian.db") as town:
        closed = town.guild.add_channel("closed")
        closed.deny(town.guild.everyone, Permission.SEND_MESSAGES)
        with capture_logs() as logged:
            failing(town.archive, town.guild.id, closed.id)
            assert await told(town)
        assert "no channel for a notice" in [entry["event"] for entry in logged]
        assert town.discord.take_refusals(50013)


async def test_a_channel_that_is_gone_ends_nothing(new_town: Town) -> None:
    failing(new_town.archive, new_town.guild.id, new_town.channel.id + 1)
    assert await told(new_town)
    new_town.discord.take_refusals(10003)


async def test_while_discord_is_out_of_order_the_notice_waits(new_town: Town) -> None:
    new_town.discord.fail_next("POST", r"/channels/\d+/messages", 503, times=2)
    failing(new_town.archive, new_town.guild.id, new_town.channel.id)
    assert MISSING.reason in plain((await new_town.channel.next_message_from_bot()).text)
