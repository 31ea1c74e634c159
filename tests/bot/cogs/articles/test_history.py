"""An article's versions, and what changed between them."""

from pathlib import Path

import pytest

from bot.ui.markdown import plain
from retrieval.article import SHARED, Article
from retrieval.library import Library
from tests.bot.cogs.articles.uses import uses
from tests.bot.conftest import Town, running, settings_for, town_with
from tests.bot.stories import BRACKWATER, stock, titles
from tests.discord_server import Impossible, Interaction, Message, Permission

PRICES = ("£2m", "£3m", "£4m")


def ferry(price: str) -> Article:
    text = (
        f"The ferry to Sandholm was sold for {price} on Monday. {'Its captain is Elin Marsh. ' * 20}It sails at noon."
    )
    return Article(f"Ferry sold for {price}", text, url="https://bell.example/ferry", source="The Bell")


def stocked(town: Town) -> None:
    stock(town.archive, town.guild.id, *map(ferry, PRICES))


async def clicks(town: Town, message: Message, button: str) -> Interaction:
    return await (await town.grace.clicks(message, button)).answered()


def description(message: Message, place: int) -> str:
    return plain(str(message.embeds[place]["description"]))


async def test_the_versions_are_shown_newest_first_and_what_changed_since_the_one_before(new_town: Town) -> None:
    stocked(new_town)
    shown = await uses(new_town, "history", {"article": "1"})
    assert shown.ephemeral
    assert plain(str(shown.embeds[0]["title"])) == "Article 1: 3 versions"
    versions = description(shown.message, 0)
    assert versions.index("Ferry sold for £4m\nThe Bell") < versions.index("Ferry sold for £3m\nThe Bell")
    assert shown.embeds[1]["title"] == "From version 2 to version 3"
    changed = description(shown.message, 1)
    assert changed.startswith("> The ferry to Sandholm was sold for £~~3m~~**4m** on Monday.")
    assert changed.endswith("[…] ")


async def test_buttons_turn_to_older_and_newer_versions_in_place(new_town: Town) -> None:
    stocked(new_town)
    shown = (await uses(new_town, "history", {"article": "Ferry"})).message
    with pytest.raises(Impossible, match="disabled"):
        await new_town.grace.clicks(shown, "Newer")
    await clicks(new_town, shown, "Older")
    assert shown.embeds[1]["title"] == "From version 1 to version 2"
    await clicks(new_town, shown, "Older")
    assert len(shown.embeds) == 1
    with pytest.raises(Impossible, match="disabled"):
        await new_town.grace.clicks(shown, "Older")
    await clicks(new_town, shown, "Newer")
    assert shown.embeds[1]["title"] == "From version 1 to version 2"


async def test_the_text_of_the_version_that_is_shown_can_be_read(new_town: Town) -> None:
    stocked(new_town)
    shown = (await uses(new_town, "history", {"article": "1"})).message
    await clicks(new_town, shown, "Older")
    (file,) = (await clicks(new_town, shown, "See the text")).message.attachments
    assert file.body.decode() == ferry("£3m").text


async def test_the_newest_version_is_taken_back(new_town: Town) -> None:
    stocked(new_town)
    shown = (await uses(new_town, "history", {"article": "1"})).message
    await clicks(new_town, shown, "Take this version back")
    assert "version 2 answers again" in shown.text
    assert shown.buttons == []
    assert titles(new_town.archive, new_town.guild.id) == ["Ferry sold for £3m"]


async def test_the_newest_version_is_edited_and_the_history_shown_anew(new_town: Town) -> None:
    stocked(new_town)
    shown = (await uses(new_town, "history", {"article": "1"})).message
    form = await clicks(new_town, shown, "Edit")
    await (await new_town.grace.submits(form, {"Title": "Ferry sold at last"})).answered()
    assert "Ferry sold at last" in description(shown, 0)
    await clicks(new_town, shown, "Older")
    assert [button["label"] for button in shown.buttons] == ["Older", "Newer", "See the text"]


async def test_an_article_that_never_changed_has_one_version_and_nothing_to_turn_to(town: Town) -> None:
    shown = await uses(town, "history", {"article": "1"})
    assert plain(str(shown.embeds[0]["title"])) == "Article 1: 1 version"
    assert [button["label"] for button in shown.message.buttons] == ["See the text"]
    stock(town.archive, town.guild.id, BRACKWATER)
    own = await uses(town, "history", {"article": "Brackwater"})
    assert [button["label"] for button in own.message.buttons] == ["See the text", "Edit"]


async def test_a_version_that_is_gone_meanwhile_shows_the_newest_one(new_town: Town) -> None:
    stocked(new_town)
    shown = (await uses(new_town, "history", {"article": "1"})).message
    await clicks(new_town, shown, "Older")
    with Library.open(new_town.archive) as library:
        library.withdraw(new_town.guild.id, 1, 3)
    await clicks(new_town, shown, "Newer")
    assert plain(str(shown.embeds[0]["title"])) == "Article 1: 2 versions"
    assert shown.embeds[1]["title"] == "From version 1 to version 2"


async def test_articles_of_the_shared_library_are_offered_too(town: Town) -> None:
    stock(town.archive, SHARED, BRACKWATER)
    (choice,) = await town.grace.types(
        "article history", {"article": "mine to"}, focused="article", channel=town.channel
    )
    assert choice.name == "2024-05-03 Brackwater mine to reopen"
    assert "Brackwater" in (await uses(town, "history", {"article": choice.value})).text


async def test_another_guilds_article_has_no_history_here(town: Town) -> None:
    (added,) = stock(town.archive, town.guild.id + 1, BRACKWATER)
    assert "There is no article" in (await uses(town, "history", {"article": str(added.article_id)})).text


@pytest.mark.parametrize("button", ["Older", "See the text", "Edit", "Take this version back"])
async def test_the_buttons_are_refused_to_someone_who_lost_the_permission(new_town: Town, button: str) -> None:
    stocked(new_town)
    shown = (await uses(new_town, "history", {"article": "1"})).message
    (role,) = new_town.guild.members[new_town.grace.id].roles
    new_town.guild.change_role(role, Permission.NONE)
    assert "Manage Server" in (await clicks(new_town, shown, button)).text
    assert shown.embeds[1]["title"] == "From version 2 to version 3"


async def test_the_buttons_work_after_a_restart(tmp_path: Path) -> None:
    async with town_with(tmp_path / "quotidian.db") as town:
        stocked(town)
        shown = (await uses(town, "history", {"article": "1"})).message
        await town.client.close()
        async with running(town.discord, settings_for(town.discord, town.archive)):
            await clicks(town, shown, "Older")
        assert shown.embeds[1]["title"] == "From version 1 to version 2"
