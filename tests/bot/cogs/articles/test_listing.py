"""The list of a server's articles."""

from pathlib import Path

import pytest

from bot.cogs.articles.listing import PAGE
from bot.ui.markdown import plain
from retrieval.library import Library
from tests.bot.cogs.articles.uses import uses
from tests.bot.conftest import Town, running, settings_for, town_with
from tests.bot.stories import BRACKWATER, numbered, stock
from tests.discord_server import Impossible, Permission
from tests.discord_server.messages import Message


def pages_of(message: Message) -> str:
    return str(message.embeds[0]["footer"]["text"])


async def test_an_empty_list_says_how_to_add_an_article(new_town: Town) -> None:
    listed = await uses(new_town, "list")
    assert "holds no articles yet" in listed.text
    assert listed.message.buttons == []


async def test_the_list_shows_the_newest_addition_first_with_outlet_and_date(town: Town) -> None:
    stock(town.archive, town.guild.id, BRACKWATER)
    listed = await uses(town, "list")
    description = plain(str(listed.embeds[0]["description"]))
    assert listed.embeds[0]["title"] == "19 articles"
    assert description.startswith("**19. Brackwater mine to reopen**\nBrackwater Echo · 3 May 2024\n")


async def test_one_page_of_articles_has_no_buttons(new_town: Town) -> None:
    stock(new_town.archive, new_town.guild.id, *numbered(PAGE))
    assert (await uses(new_town, "list")).message.buttons == []


async def test_buttons_turn_the_pages_of_the_list_in_place(new_town: Town) -> None:
    stock(new_town.archive, new_town.guild.id, *numbered(2 * PAGE + 1))
    shown = (await uses(new_town, "list")).message
    assert pages_of(shown) == "Page 1 of 3"
    with pytest.raises(Impossible, match="disabled"):
        await new_town.grace.clicks(shown, "Previous")
    for number in (2, 3):
        turned = await (await new_town.grace.clicks(shown, "Next")).answered()
        assert turned.message is shown
        assert pages_of(shown) == f"Page {number} of 3"
    assert "**1. Notice 1**" in plain(shown.text)
    with pytest.raises(Impossible, match="disabled"):
        await new_town.grace.clicks(shown, "Next")
    await (await new_town.grace.clicks(shown, "Previous")).answered()
    assert pages_of(shown) == "Page 2 of 3"


async def test_a_page_that_is_gone_meanwhile_shows_the_last_one(new_town: Town) -> None:
    added = stock(new_town.archive, new_town.guild.id, *numbered(PAGE + 1))
    shown = (await uses(new_town, "list")).message
    with Library.open(new_town.archive) as library:
        library.remove(new_town.guild.id, added[0].article_id)
    await (await new_town.grace.clicks(shown, "Next")).answered()
    assert pages_of(shown) == "Page 1 of 1"
    assert shown.buttons == []


async def test_the_lists_buttons_are_refused_to_someone_who_lost_the_permission(new_town: Town) -> None:
    stock(new_town.archive, new_town.guild.id, *numbered(PAGE + 1))
    shown = (await uses(new_town, "list")).message
    (role,) = new_town.guild.members[new_town.grace.id].roles
    new_town.guild.change_role(role, Permission.NONE)
    refused = await (await new_town.grace.clicks(shown, "Next")).answered()
    assert "Manage Server" in refused.text
    assert pages_of(shown) == "Page 1 of 2"


async def test_the_lists_buttons_work_after_a_restart(tmp_path: Path) -> None:
    async with town_with(tmp_path / "quotidian.db") as town:
        stock(town.archive, town.guild.id, *numbered(PAGE + 1))
        shown = (await uses(town, "list")).message
        await town.client.close()
        async with running(town.discord, settings_for(town.discord, town.archive)):
            await (await town.grace.clicks(shown, "Next")).answered()
            assert pages_of(shown) == "Page 2 of 2"
            assert "**1. Notice 1**" in plain(shown.text)
