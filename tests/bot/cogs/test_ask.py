"""Asking in Discord, in every way there is."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.finder import finder
from bot.newsroom import Newsroom
from bot.settings import Settings
from bot.ui.cards import answer_card
from bot.ui.embeds import embed
from bot.ui.markdown import plain
from retrieval.answers.answer import Answer
from retrieval.answers.answering import answer
from retrieval.article import SHARED, Article
from retrieval.library import Library
from tests.bot.conftest import Town, town_with
from tests.bot.stories import BRACKWATER, CHAIR, MINE, stock
from tests.discord_server import Message, Permission, ResponseType, payloads

REFUSED = "Not in the archive."
PATROLS = "Who rejected joint patrols?"
WHY_PATROLS = "Why did the French prime minister, Jean Castex, reject joint patrols?"


def answered(archive: Path, question: str) -> Answer:
    """What `retrieval` says, as the command line shows it."""
    with Library.open(archive) as library:
        return answer(library, SHARED, question, finder(Settings()))


def described(message: Message) -> str:
    return str(message.embeds[0]["description"])


async def test_an_answer_is_the_quotation_with_the_answer_bold_its_source_and_a_link(town: Town) -> None:
    shown = await town.asked(CHAIR)
    (part,) = answered(town.archive, CHAIR).parts
    best = part.evidence[0]
    text, quoted = best.version.article.text, best.quotation.span
    assert best.answer is not None
    quotation = f"{text[quoted.start : best.answer.start]}**{part.text}**{text[best.answer.end : quoted.end]}"
    assert f"> {quotation}" in plain(described(shown))
    assert f"-# {best.version.article.title} · {best.version.article.source}" in plain(described(shown))
    assert best.version.article.url in [button["url"] for button in shown.buttons]
    assert shown.content == ""


async def test_a_mention_a_reply_and_a_command_get_the_same_card_as_a_direct_message(town: Town) -> None:
    by_mention = await town.asked(CHAIR)
    await town.ada.says(town.channel, CHAIR, reply_to=by_mention)
    by_reply = await town.channel.next_message_from_bot()
    by_command = await (await town.ada.invokes("ask", {"question": CHAIR}, channel=town.channel)).answered()
    await town.ada.sends_dm(CHAIR)
    directly = await town.ada.dm.next_message_from_bot()
    command_in_dm = await (await town.ada.invokes("ask", {"question": CHAIR}, channel=town.ada.dm)).answered()
    cards = [each.embeds for each in (by_mention, by_reply, by_command, directly, command_in_dm)]
    assert cards == [cards[0]] * 5
    urls = [[button["url"] for button in each.buttons] for each in (by_mention, by_reply, by_command.message, directly)]
    assert urls == [urls[0]] * 4


async def test_the_card_is_made_of_the_answer_that_the_terminal_gets(town: Town) -> None:
    for question in (CHAIR, "What did the board reject, and why?", "Who won the chess cup in Reykjavik?"):
        shown = await town.asked(question)
        expected = embed(answer_card(answered(town.archive, question), "discord"))
        assert described(shown) == expected.description


async def test_a_mention_is_answered_as_a_reply_that_pings_nobody(town: Town) -> None:
    shown = await town.asked(CHAIR)
    question = next(each for each in town.channel.messages.values() if each.author is town.ada)
    assert shown.reference_id == question.id
    assert not shown.pings


async def test_the_bot_types_before_it_answers(town: Town) -> None:
    await town.asked(CHAIR)
    (typing,) = town.discord.typing
    (answer_call,) = (call for call in town.discord.calls if call.path.endswith("/messages"))
    assert typing.channel_id == town.channel.id
    assert typing.at <= answer_call.at


async def test_a_command_is_deferred_before_the_archive_is_asked(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    ask, may_answer = town.newsroom.ask, asyncio.Event()

    async def slow(guild: int, asker: int, question: str, after: int | None) -> Answer:
        await may_answer.wait()
        return await ask(guild, asker, question, after)

    monkeypatch.setattr(town.newsroom, "ask", slow)
    asked = await town.ada.invokes("ask", {"question": CHAIR}, channel=town.channel)
    await asked.acknowledged()
    assert asked.response_type is ResponseType.DEFERRED_MESSAGE
    assert not asked.is_answered
    may_answer.set()
    assert "**" in described((await asked.answered()).message)
    assert not asked.ephemeral


async def test_a_mention_in_a_thread_is_answered_there(town: Town) -> None:
    first = await town.asked(CHAIR)
    place = await town.client.fetch_channel(town.channel.id)
    thread = await place.get_partial_message(first.id).create_thread(name="harbour")  # type: ignore[union-attr]
    shown = await town.asked(CHAIR, town.discord.world.channels[thread.id])
    assert shown.embeds == first.embeds


async def test_a_reply_to_an_answer_follows_up_on_it(town: Town) -> None:
    first = await town.asked(PATROLS)
    await town.ada.says(town.channel, "and why?", reply_to=first)
    shown = await town.channel.next_message_from_bot()
    assert plain(described(shown)).startswith(f"**{WHY_PATROLS}")
    assert "compromise the nation's sovereignty" in plain(described(shown))
    await town.ada.says(town.channel, "when was that?", reply_to=shown)
    assert plain(described(await town.channel.next_message_from_bot())).startswith("**When did")


async def test_a_follow_up_outlives_the_bot(town: Town) -> None:
    first = await town.asked(PATROLS)
    await settled(town)
    async with Newsroom(town.settings) as later:
        given = await later.ask(town.guild.id, town.ada.id, "and why?", first.id)
    assert given.parts[0].question.startswith(WHY_PATROLS)


async def test_a_reply_to_a_command_follows_up_on_it(town: Town) -> None:
    asked = await (await town.ada.invokes("ask", {"question": PATROLS}, channel=town.channel)).answered()
    await settled(town)
    await town.ada.says(town.channel, "and why?", reply_to=asked.message)
    assert plain(described(await town.channel.next_message_from_bot())).startswith(f"**{WHY_PATROLS}")


async def test_in_a_direct_conversation_a_follow_up_needs_no_reply(town: Town) -> None:
    await town.ada.sends_dm(PATROLS)
    await town.ada.dm.next_message_from_bot()
    await settled(town)
    await town.ada.sends_dm("and why?")
    assert plain(described(await town.ada.dm.next_message_from_bot())).startswith(f"**{WHY_PATROLS}")


async def test_in_a_channel_only_a_reply_follows_up(town: Town) -> None:
    await town.asked(PATROLS)
    assert described(await town.asked("and why?")).startswith("The question names nothing")


async def test_a_reply_in_another_guild_knows_nothing_of_the_answer(town: Town) -> None:
    first = await town.asked(PATROLS)
    await settled(town)
    given = await town.newsroom.ask(SHARED, town.ada.id, "and why?", first.id)
    assert given.parts[0].question == "Why?"


async def test_an_answer_that_cannot_be_kept_is_shown_all_the_same(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async def failing(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(town.newsroom, "remember", failing)
    with capture_logs() as logged:
        assert "**" in described(await town.asked(PATROLS))
        await settled(town)
    assert "answer not kept" in str(logged)


@pytest.mark.parametrize(("said", "reply"), [("thanks!", "You’re welcome."), ("hello", "Hello. Ask me something")])
async def test_small_talk_gets_a_short_line_and_nothing_from_the_archive(town: Town, said: str, reply: str) -> None:
    shown = await town.asked(said)
    assert plain(described(shown)).startswith(reply)
    assert not shown.buttons


async def test_small_talk_is_ignored_where_the_settings_say_so(archive: Path) -> None:
    async with town_with(archive, small_talk="ignore") as town:
        await town.ada.says(town.channel, f"{town.discord.bot_user.mention} thanks!")
        answered = await town.asked(PATROLS)
        assert town.channel.messages_from_bot == [answered]


async def test_a_conversation_goes_on_after_small_talk(town: Town) -> None:
    await town.ada.sends_dm(PATROLS)
    await town.ada.dm.next_message_from_bot()
    await settled(town)
    await town.ada.sends_dm("thanks!")
    await town.ada.dm.next_message_from_bot()
    await settled(town)
    await town.ada.sends_dm("and why?")
    assert plain(described(await town.ada.dm.next_message_from_bot())).startswith(f"**{WHY_PATROLS}")


async def test_the_archive_does_not_hold_who_asked_or_where(town: Town) -> None:
    await town.asked(PATROLS)
    await town.ada.sends_dm(PATROLS)
    await town.ada.dm.next_message_from_bot()
    await settled(town)
    with closing(sqlite3.connect(town.archive)) as database:
        held = "\n".join(database.iterdump())
    assert PATROLS in held
    assert not [each for each in (town.ada.id, town.ada.dm.id, town.channel.id) if str(each) in held]


async def settled(town: Town) -> None:
    """Wait until what was answered is kept: the desk does one thing after another."""
    await asyncio.sleep(0.05)
    await town.newsroom.ask(SHARED, town.ada.id, "", 1)


async def test_what_is_not_meant_for_the_bot_is_left_alone(town: Town) -> None:
    first = await town.asked(CHAIR)
    await town.ada.says(town.channel, CHAIR)
    await town.ada.says(town.channel, CHAIR, reply_to=first, ping=False)
    machine = town.discord.add_user("machine")
    machine.bot = True
    town.guild.add_member(machine)
    await machine.says(town.channel, f"{town.discord.bot_user.mention} {CHAIR}")
    hook = town.discord.world.snowflakes.new()
    posted = Message(hook + 1, town.channel, town.grace, f"{town.discord.bot_user.mention} {CHAIR}")
    posted.mentions = [town.discord.bot_user]
    await town.discord.dispatch_raw("MESSAGE_CREATE", payloads.message_event(posted) | {"webhook_id": str(hook)})
    last = await town.asked(CHAIR)
    assert town.channel.messages_from_bot == [first, last]
    assert len(town.discord.typing) == 2


async def test_a_mention_without_a_question_is_told_how_to_ask(town: Town) -> None:
    shown = await town.asked("")
    assert "such as: who rejected joint patrols, and why?" in plain(shown.text)


async def test_an_empty_archive_says_so_and_how_to_add_an_article(new_town: Town) -> None:
    shown = await new_town.asked(CHAIR)
    assert "holds no articles yet" in shown.text
    assert "Members with Manage Server can add one with /article add." in plain(shown.text)


async def test_a_question_that_the_archive_does_not_answer_is_refused_with_the_reason(town: Town) -> None:
    shown = await town.asked("Who won the chess cup in Reykjavik?")
    assert plain(described(shown)).startswith(f"{REFUSED} No article in the archive mentions")
    assert "Reykjavik" in described(shown)


async def test_a_message_of_two_thousand_characters_is_answered(town: Town) -> None:
    mention = town.discord.bot_user.mention
    shown = await town.asked(f"{CHAIR} {'so I wonder ' * 200}"[: 2_000 - len(mention) - 1])
    assert "were read" in shown.text


async def test_a_command_takes_a_question_of_five_hundred_characters_and_discord_stops_longer_ones(town: Town) -> None:
    (ask,) = (command for command in town.discord.commands() if command["name"] == "ask")
    assert (ask["options"][0]["min_length"], ask["options"][0]["max_length"]) == (1, 500)
    asked = await town.ada.invokes("ask", {"question": "why " * 125}, channel=town.channel)
    assert (await asked.answered()).embeds


async def test_nothing_is_pinged_though_article_and_question_try_to(town: Town) -> None:
    role = town.guild.add_role("editors", mentionable=True)
    names = f"@everyone, @here, {town.grace.mention} and {role.mention}"
    story = Article(f"Alarm for {names}", f"The Quenby siren called {names} on Monday. The siren is in Quenby.")
    stock(town.archive, town.guild.id, story)
    for question in ("Whom did the Quenby siren call?", f"Whom did the Quenby siren call, {names}?"):
        shown = await town.asked(question)
        assert names in plain(described(shown))
        assert names not in described(shown)
        asked = await (await town.ada.invokes("ask", {"question": question}, channel=town.channel)).answered()
        assert not asked.message.pings
        assert not shown.pings


@pytest.mark.parametrize(
    "question", ["'; drop table articles; --", '"harbour" AND NEAR(*)', "𝕎𝕙𝕠?", "\u200f?", "||**||"]
)
async def test_any_sort_of_words_gets_a_card(town: Town, question: str) -> None:
    assert (await town.asked(question)).embeds


async def test_a_guilds_article_answers_in_that_guild_alone(town: Town) -> None:
    stock(town.archive, town.guild.id, BRACKWATER)
    elsewhere = town.discord.add_guild("Elsewhere")
    place = elsewhere.add_channel("lobby")
    elsewhere.add_member(town.ada)
    await town.discord.until(lambda: town.client.get_guild(elsewhere.id), "join the other guild")
    assert "**Hester Quill**" in described(await town.asked(MINE))
    shown = await town.asked(MINE, place)
    assert described(shown).startswith(REFUSED)
    assert "Quill" not in shown.text


async def test_a_direct_message_sees_the_shared_library_alone(town: Town) -> None:
    stock(town.archive, town.guild.id, BRACKWATER)
    await town.ada.sends_dm(MINE)
    assert described(await town.ada.dm.next_message_from_bot()).startswith(REFUSED)
    asked = await (await town.ada.invokes("ask", {"question": MINE}, channel=town.ada.dm)).answered()
    assert described(asked.message).startswith(REFUSED)


async def test_a_person_who_brings_the_bot_along_sees_the_shared_library_alone(town: Town) -> None:
    without_bot = town.discord.add_guild("Without", with_bot=False)
    place = without_bot.add_channel("lobby")
    without_bot.add_member(town.ada)
    stock(town.archive, without_bot.id, BRACKWATER)
    for question, words in ((MINE, REFUSED), (CHAIR, "**")):
        asked = await (await town.ada.invokes("ask", {"question": question}, channel=place)).answered()
        assert words in described(asked.message)


async def test_a_change_by_another_process_is_seen_at_the_next_question(town: Town) -> None:
    assert described(await town.asked(MINE)).startswith(REFUSED)
    (added,) = stock(town.archive, SHARED, BRACKWATER)
    assert "**Hester Quill**" in described(await town.asked(MINE))
    with Library.open(town.archive) as library:
        library.remove(SHARED, added.article_id)
    assert described(await town.asked(MINE)).startswith(REFUSED)


async def test_without_embed_links_one_sentence_says_what_is_missing(town: Town) -> None:
    town.channel.deny(town.discord.bot_user, Permission.EMBED_LINKS)
    shown = await town.asked(CHAIR)
    assert (shown.content, shown.embeds) == (
        "I need the permission Embed Links in this channel to show an answer.",
        [],
    )
    assert len(town.discord.take_refusals(50013)) == 1


async def test_where_it_may_not_write_the_bot_is_silent_and_goes_on(town: Town) -> None:
    town.channel.deny(town.discord.bot_user, Permission.SEND_MESSAGES)
    await town.ada.says(town.channel, f"{town.discord.bot_user.mention} {CHAIR}")
    await town.discord.until(lambda: len(town.discord.refusals) >= 2 or None, "try to answer, and to explain")
    assert town.discord.take_refusals(50013)
    assert town.channel.messages_from_bot == []
    asked = await (await town.ada.invokes("ask", {"question": CHAIR}, channel=town.channel)).answered()
    assert "**" in described(asked.message)


async def test_where_it_may_not_read_the_history_the_bot_writes_below(town: Town) -> None:
    town.channel.deny(town.discord.bot_user, Permission.READ_MESSAGE_HISTORY)
    shown = await town.asked(CHAIR)
    assert "**" in described(shown)
    assert shown.reference_id is None
    assert len(town.discord.take_refusals(160002)) == 1


async def test_a_question_that_was_deleted_meanwhile_harms_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = town.newsroom.ask

    async def deleting(guild: int, asker: int, question: str, after: int | None) -> Answer:
        for each in [each for each in town.channel.messages.values() if each.author is town.ada]:
            await town.ada.deletes(each)
        return await ask(guild, asker, question, after)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(town.newsroom, "ask", deleting)
        await town.ada.says(town.channel, f"{town.discord.bot_user.mention} {CHAIR}")
        await town.discord.until(lambda: town.discord.take_refusals(50035) or None, "try to answer")
    assert (await town.asked(CHAIR)).embeds


@pytest.mark.parametrize("way", ["mention", "command"])
async def test_an_unexpected_error_is_told_by_an_id_that_is_in_the_log(
    town: Town, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    async def failing(*_: object) -> Answer:
        raise ZeroDivisionError

    monkeypatch.setattr(town.newsroom, "ask", failing)
    with capture_logs() as logged:
        if way == "mention":
            shown = await town.asked(CHAIR)
        else:
            asked = await town.ada.invokes("ask", {"question": CHAIR}, channel=town.channel)
            shown = (await asked.answered()).message
    found = re.search(r"error ([0-9a-f]{8})", shown.text)
    assert found
    assert found[1] in [entry.get("id") for entry in logged]


async def test_no_log_line_holds_a_questions_words(town: Town) -> None:
    with capture_logs() as logged:
        await town.asked(MINE)
        await (await town.ada.invokes("ask", {"question": MINE}, channel=town.channel)).answered()
    assert "Brackwater" not in str(logged)
