"""Removing an article."""

from dataclasses import replace

import pytest

from bot import clock
from bot.ui.markdown import plain
from retrieval.article import Article
from tests.bot.cogs.articles.uses import uses
from tests.bot.conftest import Town
from tests.bot.stories import BRACKWATER, CHAIR, MINE, PASTED, numbered, stock, titles


async def test_an_article_chosen_from_the_list_is_removed_and_answers_no_more(town: Town) -> None:
    stock(town.archive, town.guild.id, BRACKWATER)
    assert "Quill" in (await town.asked(MINE)).text
    (choice,) = await town.grace.types(
        "article remove", {"article": "mine to"}, focused="article", channel=town.channel
    )
    assert choice.name == "2024-05-03 Brackwater mine to reopen"
    removed = await uses(town, "remove", {"article": choice.value})
    assert "Removed: Brackwater mine to reopen." in plain(removed.text)
    assert removed.ephemeral
    assert "Quill" not in (await town.asked(MINE)).text
    assert "Brackwater mine to reopen" not in titles(town.archive, town.guild.id)


@pytest.mark.parametrize("typed", ["Brackwater mine to reopen", "  brackwater MINE "])
async def test_an_article_is_removed_by_its_typed_title(town: Town, typed: str) -> None:
    stock(town.archive, town.guild.id, BRACKWATER)
    await uses(town, "remove", {"article": typed})
    assert "Brackwater mine to reopen" not in titles(town.archive, town.guild.id)


async def test_words_in_several_titles_remove_nothing_unless_they_are_one_title(new_town: Town) -> None:
    stock(new_town.archive, new_town.guild.id, *numbered(12))
    refused = await uses(new_town, "remove", {"article": "notice"})
    assert "Several articles here have such a title." in refused.text
    assert len(titles(new_town.archive, new_town.guild.id)) == 12
    await uses(new_town, "remove", {"article": "Notice 1"})
    assert titles(new_town.archive, new_town.guild.id) == [f"Notice {number}" for number in range(2, 13)]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("Nothing of the sort", "No article here has such a title."),
        ("4711", "There is no article 4711 here."),
        ("9" * 5_000, "No article here has such a title."),
        ("%", "No article here has such a title."),
    ],
)
async def test_what_is_not_there_cannot_be_removed(town: Town, typed: str, reason: str) -> None:
    assert reason in plain((await uses(town, "remove", {"article": typed})).text)
    assert len(titles(town.archive)) == 18


async def test_a_shared_article_is_kept_and_the_reason_given(town: Town) -> None:
    refused = await uses(town, "remove", {"article": "1"})
    assert "Article 1 belongs to the shared library, which only the command line changes." in plain(refused.text)
    assert len(titles(town.archive)) == 18
    assert "**" in (await town.asked(CHAIR)).text


async def test_only_what_the_server_may_remove_is_offered_the_newest_addition_first(town: Town) -> None:
    stock(town.archive, town.guild.id, BRACKWATER, Article("Undated", "A story without a date of its own."))
    choices = await town.grace.types("article remove", focused="article", channel=town.channel)
    today = clock.today().isoformat()
    assert [choice.name for choice in choices] == [f"{today} Undated", "2024-05-03 Brackwater mine to reopen"]


async def test_a_title_that_a_shared_article_has_too_means_the_servers_own(town: Town) -> None:
    title = titles(town.archive)[0]
    stock(town.archive, town.guild.id, replace(BRACKWATER, title=title))
    assert f"Removed: {title}." in plain((await uses(town, "remove", {"article": title})).text)
    assert "belongs to the shared library" in plain((await uses(town, "remove", {"article": title})).text)
    assert titles(town.archive)[0] == title


async def test_long_titles_can_be_chosen_too(new_town: Town) -> None:
    stock(new_town.archive, new_town.guild.id, *(Article("Storm " * 60 + str(n), f"Storm {n}.") for n in range(30)))
    choices = await new_town.grace.types("article remove", focused="article", channel=new_town.channel)
    assert len(choices) == 25
    assert all(choice.name.endswith("…") for choice in choices)


async def test_another_guilds_article_can_be_neither_found_nor_removed_nor_listed(town: Town) -> None:
    elsewhere = town.discord.add_guild("Elsewhere")
    (added,) = stock(town.archive, elsewhere.id, BRACKWATER)
    assert await town.grace.types("article remove", {"article": "Brack"}, focused="article", channel=town.channel) == []
    for typed in (str(added.article_id), "Brackwater mine to reopen"):
        assert "here" in (await uses(town, "remove", {"article": typed})).text
    listed = await uses(town, "list")
    assert listed.embeds[0]["title"] == "18 articles"
    assert "Brackwater" not in listed.text
    assert titles(town.archive, elsewhere.id)[-1] == "Brackwater mine to reopen"


async def test_another_guilds_article_is_no_duplicate(town: Town) -> None:
    elsewhere = town.discord.add_guild("Elsewhere")
    stock(town.archive, elsewhere.id, Article("Ferry", PASTED.partition("\n\n")[2]))
    assert "Added as article" in (await uses(town, "add", {"file": ("ferry.txt", PASTED.encode())})).text
