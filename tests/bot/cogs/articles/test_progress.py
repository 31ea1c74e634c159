"""How far a long batch is, said in the answer that a person is waiting for."""

import asyncio

import pytest

from bot.cogs.articles import progress
from bot.newsroom import Newsroom
from bot.outcome import Receipt
from bot.ui.markdown import plain
from tests.bot.cogs.articles.uses import line, uses
from tests.bot.conftest import Town
from tests.bot.stories import BRACKWATER, PASTED, titles
from tests.discord_server import Message

FERRY = ("ferry.txt", PASTED.encode())
MINE = ("mine.txt", f"{BRACKWATER.title}\n\n{BRACKWATER.text}".encode())
MANY = b"".join(map(line, range(250)))


async def finished(message: Message) -> None:
    """Wait until the answer says no more how far the work is."""
    while "…" in message.text:
        await message.edited()


async def test_while_it_takes_long_the_answer_says_how_far_it_is(
    new_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PAUSE_S", 0.02)
    add_file, goes_on = Newsroom.add_file, asyncio.Event()

    async def slow(newsroom: Newsroom, guild: int, name: str, data: bytes) -> Receipt:
        await goes_on.wait()
        return await add_file(newsroom, guild, name, data)

    monkeypatch.setattr(Newsroom, "add_file", slow)
    asked = await new_town.grace.invokes("article add", {"file": FERRY, "file_2": MINE}, channel=new_town.channel)
    message = (await asked.answered()).message
    assert plain(message.text) == "Adding 1 of 2: ferry.txt …"
    await asyncio.sleep(0.1)
    assert message.edits == 1
    goes_on.set()
    await finished(message)
    assert [embed["title"] for embed in message.embeds] == ["Added as article 1", "Added as article 2"]


async def test_progress_through_a_file_is_counted_in_lines(new_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PAUSE_S", 0.0)
    asked = await new_town.grace.invokes("article add", {"file": ("all.jsonl", MANY)}, channel=new_town.channel)
    message = (await asked.answered()).message
    seen = {plain(message.text)}
    while "…" in message.text:
        await message.edited()
        seen.add(plain(message.text))
    assert "Adding all.jsonl, line 100 of 250 …" in seen
    assert "250 articles added." in message.text


async def test_progress_that_cannot_be_shown_harms_nothing(new_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PAUSE_S", 0.0)
    new_town.discord.fail_next("PATCH", r"/webhooks/.*", 400)
    added = await uses(new_town, "add", {"file": ("all.jsonl", MANY)})
    await finished(added.message)
    assert len(titles(new_town.archive, new_town.guild.id)) == 250
