"""Articles in a few of their own sentences."""

import pytest

from bot.ui.markdown import plain
from retrieval.article import SHARED
from retrieval.library import Library
from retrieval.summary import summarise
from tests.bot.conftest import Town
from tests.bot.stories import BRACKWATER, stock
from tests.discord_server import Impossible, Interaction, ResponseType


async def summary(town: Town, article: str, **given: int) -> Interaction:
    asked = await town.ada.invokes("summary", {"article": article, **given}, channel=town.channel)
    return await asked.answered()


@pytest.mark.parametrize("sentences", [1, 3, 10])
async def test_a_summary_is_the_articles_own_sentences_in_its_order(town: Town, sentences: int) -> None:
    shown = await summary(town, "1", sentences=sentences)
    with Library.open(town.archive) as library:
        quotations = summarise(library.shelf(SHARED), 1, sentences)
    quoted = [line.removeprefix("> ") for line in str(shown.embeds[0]["description"]).split("\n") if line[0] == ">"]
    assert [plain(line) for line in quoted] == [quotation.words for quotation in quotations]
    assert shown.response_type is ResponseType.DEFERRED_MESSAGE
    assert not shown.ephemeral


async def test_a_summary_carries_its_articles_title_source_and_link(town: Town) -> None:
    shown = await summary(town, "Harbour board scraps")
    assert plain(str(shown.embeds[0]["title"])) == "Harbour board scraps £4.2m tidal barrier"
    assert "The Penhallow Packet · Tamsin Goode · 6 March 2024" in plain(shown.text)
    assert [button["label"] for button in shown.message.buttons] == ["Read it: The Penhallow Packet"]


async def test_articles_are_offered_by_the_words_of_their_titles(town: Town) -> None:
    choices = await town.ada.types("summary", {"article": "BARRIER"}, focused="article", channel=town.channel)
    assert [choice.name for choice in choices] == ["2024-03-06 Harbour board scraps £4.2m tidal barrier"]
    everything = await town.ada.types("summary", focused="article", channel=town.channel)
    assert len(everything) == 18
    shown = await summary(town, str(choices[0].value))
    assert "tidal barrier" in shown.text


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'; drop table articles; --", "x" * 6_000])
async def test_signs_that_mean_something_to_a_database_are_only_words(town: Town, typed: str) -> None:
    assert await town.ada.types("summary", {"article": typed}, focused="article", channel=town.channel) == []


async def test_how_many_sentences_can_be_asked_for_is_limited(town: Town) -> None:
    with pytest.raises(Impossible, match="must be 1 to 10"):
        await summary(town, "1", sentences=11)


async def test_an_article_that_is_not_there_is_said_to_be_missing(town: Town) -> None:
    assert "There is no article 4711 here." in (await summary(town, "4711")).text
    assert "No article here has such a title." in (await summary(town, "Nothing of the sort")).text


async def test_another_guilds_article_is_neither_offered_nor_summarised(town: Town) -> None:
    (added,) = stock(town.archive, town.guild.id, BRACKWATER)
    elsewhere = town.discord.add_guild("Elsewhere")
    place = elsewhere.add_channel("lobby")
    elsewhere.add_member(town.ada)
    for channel in (place, town.ada.dm):
        assert await town.ada.types("summary", {"article": "Brack"}, focused="article", channel=channel) == []
        for typed in (str(added.article_id), "Brackwater mine to reopen"):
            asked = await (await town.ada.invokes("summary", {"article": typed}, channel=channel)).answered()
            assert "Quill" not in asked.text
    assert "Quill" in (await summary(town, "Brackwater")).text


async def test_titles_that_cannot_be_read_leave_the_list_empty_and_nobody_waiting(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(guild: int, words: str, at_most: int) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setattr(town.newsroom, "titled", failing)
    assert await town.ada.types("summary", focused="article", channel=town.channel) == []
    assert "look up error" in (await summary(town, "Harbour")).text
