"""A server's feeds: adding, listing, pausing, resuming, removing and reading them."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web

from bot.cogs.feeds import PAGE
from bot.fetching.limits import Limits
from bot.ui.markdown import plain
from retrieval.library import Library
from tests.bot.conftest import Town, running, settings_for, town_with
from tests.bot.feeds.outlet import Outlet, outlet, story
from tests.bot.fetching.sites import page
from tests.bot.stories import titles
from tests.discord_server import Impossible, Interaction, Permission
from tests.retrieval.feed.world import HALF_AN_HOUR, NOW


@pytest.fixture(autouse=True)
def _without_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sites of these tests need none between two calls."""
    monkeypatch.setattr("bot.links.Limits", partial(Limits, pause=0.0))


@pytest.fixture
async def velm() -> AsyncIterator[Outlet]:
    async with outlet() as velm:
        yield velm


async def uses(town: Town, command: str, given: Mapping[str, object] | None = None) -> Interaction:
    """Grace, who manages the server, uses a command of /feed and gets its answer."""
    asked = await town.grace.invokes(f"feed {command}", given, channel=town.channel)
    return await asked.answered()


async def shows(town: Town, interaction: Interaction, words: str) -> str:
    """Wait until an answer has these words, and return all of it."""
    await town.discord.until(lambda: words in plain(interaction.text) or None, f"say {words!r}")
    return plain(interaction.text)


async def added(town: Town, velm: Outlet) -> None:
    """Grace has added the outlet's feed, and its articles are there."""
    await shows(town, await uses(town, "add", {"link": velm.link}), "1. Velm News")


def register(town: Town, *titles: str, guild: int | None = None) -> list[int]:
    """Put feeds into the register as another process would."""
    with Library.open(town.archive) as library:
        feeds = library.feeds
        return [
            feeds.add(guild or town.guild.id, f"https://velm.example/{number}", title, HALF_AN_HOUR, NOW).feed.id
            for number, title in enumerate(titles)
        ]


# Adding


async def test_a_feed_is_added_and_its_articles_answer(new_town: Town, velm: Outlet) -> None:
    velm.lists(1, 2)
    answer = await uses(new_town, "add", {"link": velm.link, "every": 60})
    assert answer.ephemeral
    assert "2 new articles." in await shows(new_town, answer, "1. Velm News")
    assert "Ida Holm of Velm2" in plain((await new_town.asked("Who is the chair of the harbour board of Velm2?")).text)


async def test_the_answer_comes_before_the_articles_do(new_town: Town, velm: Outlet) -> None:
    velm.lists(1)
    goes_on = asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        await goes_on.wait()
        return web.Response(body=story(1), content_type="text/html")

    velm.site.pages["/1"] = slow
    answer = await uses(new_town, "add", {"link": velm.link, "every": 60})
    assert "Added as feed 1" in plain(answer.text)
    assert "Its articles are being fetched; after that it is read every hour." in plain(answer.text)
    goes_on.set()
    await shows(new_town, answer, "1 new article.")


async def test_the_first_reading_says_nothing_in_the_channel(new_town: Town, velm: Outlet) -> None:
    velm.lists(1, 2)
    await added(new_town, velm)
    assert new_town.channel.messages_from_bot == []


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("http://10.0.0.1/feed", "10.0.0.1 is in a private or reserved network"),
        ("file:///etc/passwd", "Only links that begin with http:// or https:// are opened here"),
        ("no link at all", "link"),
    ],
)
async def test_a_link_that_cannot_be_followed_is_refused_with_the_reason(
    new_town: Town, link: str, reason: str
) -> None:
    assert reason in plain((await uses(new_town, "add", {"link": link})).text)
    assert "No feeds are read here." in (await uses(new_town, "list")).text


async def test_what_is_no_feed_is_refused_with_the_reason(new_town: Town, velm: Outlet) -> None:
    velm.sends("Good morning!")
    refused = await uses(new_town, "add", {"link": velm.link})
    assert "This is neither RSS nor Atom nor JSON Feed" in plain(refused.text)


async def test_a_feed_that_is_there_already_is_shown(new_town: Town, velm: Outlet) -> None:
    await added(new_town, velm)
    again = await uses(new_town, "add", {"link": velm.link, "every": 90})
    assert "Already there" in again.text
    assert "every 90 minutes" in again.text


async def test_titles_of_a_feed_are_shown_as_they_stand_and_reach_nobody(new_town: Town, velm: Outlet) -> None:
    velm.title = "**Velm** @everyone <@1> [x](https://velm.example) <script>x</script>"
    velm.lists(1)
    answer = await uses(new_town, "add", {"link": velm.link})
    shown = await shows(new_town, answer, "1 new article")
    assert "**Velm** @everyone <@1> [x](https://velm.example)" in shown
    assert "script" not in shown
    assert r"\*\*Velm\*\* \@everyone" in str(answer.embeds[0]["description"])


# Listing


async def test_the_list_says_how_each_feed_is(new_town: Town, velm: Outlet) -> None:
    velm.lists(1, 2)
    velm.fails(404, "/2")
    await added(new_town, velm)
    velm.fails(500)
    await uses(new_town, "poll", {"feed": "1"})
    shown = plain((await uses(new_town, "list")).text)
    for words in (
        "1 feed",
        velm.link,
        "every 30 minutes · last read",
        "· 1 article",
        "1 page gave no article. The latest: 127.0.0.1 has no page",
        "(1 time): 127.0.0.1 has a fault of its own",
        "It is read again at",
    ):
        assert words in shown


async def test_a_server_sees_its_own_feeds_alone(new_town: Town) -> None:
    register(new_town, "Other's", guild=new_town.guild.id + 1)
    register(new_town, "Ours")
    assert "Ours" in (await uses(new_town, "list")).text
    assert "Other" not in (await uses(new_town, "list")).text
    (choice,) = await new_town.grace.types("feed remove", focused="feed", channel=new_town.channel)
    assert choice.name == "Ours"
    for command in ("pause", "resume", "remove", "poll"):
        assert "There is no feed 1 here." in (await uses(new_town, command, {"feed": "1"})).text


async def test_buttons_turn_the_pages_of_the_list_in_place_after_a_restart_as_well(tmp_path: Path) -> None:
    async with town_with(tmp_path / "quotidian.db") as town:
        register(town, *(f"Feed {number}" for number in range(1, PAGE + 2)))
        shown = (await uses(town, "list")).message
        assert str(shown.embeds[0]["footer"]["text"]) == "Page 1 of 2"
        await (await town.grace.clicks(shown, "Next")).answered()
        assert f"{PAGE + 1}. Feed {PAGE + 1}" in plain(shown.text)
        await town.client.close()
        async with running(town.discord, settings_for(town.discord, town.archive)):
            await (await town.grace.clicks(shown, "Previous")).answered()
            assert "1. Feed 1" in plain(shown.text)
            (role,) = town.guild.members[town.grace.id].roles
            town.guild.change_role(role, Permission.NONE)
            refused = await (await town.grace.clicks(shown, "Next")).answered()
            assert "Manage Server" in refused.text


# Pausing, resuming, removing, reading


async def test_a_feed_is_paused_and_resumed(new_town: Town, velm: Outlet) -> None:
    await added(new_town, velm)
    assert "Paused: Velm News." in plain((await uses(new_town, "pause", {"feed": "velm"})).text)
    assert "Paused." in (await uses(new_town, "list")).text
    assert "Resumed: Velm News." in plain((await uses(new_town, "resume", {"feed": "Velm News"})).text)
    assert "Paused." not in (await uses(new_town, "list")).text


async def test_a_removed_feeds_articles_stay(new_town: Town, velm: Outlet) -> None:
    velm.lists(1)
    await added(new_town, velm)
    (choice,) = await new_town.grace.types("feed remove", {"feed": "vel"}, focused="feed", channel=new_town.channel)
    removed = await uses(new_town, "remove", {"feed": choice.value})
    assert "Removed: Velm News. The articles that it brought stay." in plain(removed.text)
    assert "No feeds are read here." in (await uses(new_town, "list")).text
    assert titles(new_town.archive, new_town.guild.id) == ["Pier 1 of Velm1 closes"]


async def test_a_feed_is_read_now(new_town: Town, velm: Outlet) -> None:
    await added(new_town, velm)
    velm.lists(3)
    assert "1 new article." in (await uses(new_town, "poll", {"feed": "1"})).text
    assert "Nothing new." in (await uses(new_town, "poll", {"feed": "1"})).text
    velm.site.pages["/feed.xml"] = page(status=500)
    assert "It cannot be read: 127.0.0.1 has a fault" in plain((await uses(new_town, "poll", {"feed": "1"})).text)


@pytest.mark.parametrize("typed", ["feed", "%", "9" * 5_000, "4711"])
async def test_words_that_name_no_feed_or_several_do_nothing(new_town: Town, typed: str) -> None:
    register(new_town, "Feed A", "Feed B")
    refused = plain((await uses(new_town, "remove", {"feed": typed})).text)
    assert "feed" in refused
    assert "2 feeds" in (await uses(new_town, "list")).text


# Who may


async def test_discord_shows_feed_to_managers_alone_and_in_servers_alone(new_town: Town) -> None:
    with pytest.raises(Impossible, match="does not show"):
        await new_town.ada.invokes("feed list", channel=new_town.channel)
    with pytest.raises(Impossible, match="not offered in DMs"):
        await new_town.grace.invokes("feed list", channel=new_town.grace.dm)


@pytest.mark.parametrize("command", ["add", "list", "pause", "resume", "remove", "poll"])
async def test_a_member_who_forces_a_command_is_refused_by_the_bot_itself(new_town: Town, command: str) -> None:
    register(new_town, "Velm News")
    given = {"add": {"link": "https://velm.example/feed"}, "list": {}}.get(command, {"feed": "1"})
    forced = await new_town.ada.invokes(f"feed {command}", given, channel=new_town.channel, forced=True)
    assert "Only members with the permission Manage Server can do this." in (await forced.answered()).text
    assert forced.ephemeral


async def test_a_member_who_forces_it_gets_no_titles_to_choose_from(new_town: Town) -> None:
    register(new_town, "Velm News")
    assert await new_town.ada.types("feed remove", focused="feed", channel=new_town.channel, forced=True) == []
