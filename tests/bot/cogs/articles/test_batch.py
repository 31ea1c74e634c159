"""Adding several files and links at once, files of one article a line among them."""

import gzip
import lzma

import pytest

from bot.cogs.articles import batch
from bot.newsroom import Newsroom
from bot.outcome import Receipt
from bot.settings import ArticleSettings
from bot.ui.markdown import plain
from tests.bot.cogs.articles.uses import line, uses
from tests.bot.conftest import Town, running, settings_for
from tests.bot.stories import BRACKWATER, PASTED, titles
from tests.discord_server import limits

FERRY = ("ferry.txt", PASTED.encode())
MINE = ("mine.txt", f"{BRACKWATER.title}\n\n{BRACKWATER.text}".encode())
MANY = b"".join(map(line, range(250)))


async def test_each_of_a_few_files_gets_a_receipt(new_town: Town) -> None:
    added = await uses(new_town, "add", {"file": FERRY, "file_2": MINE})
    assert [embed["title"] for embed in added.embeds] == ["Added as article 1", "Added as article 2"]


async def test_a_broken_file_is_named_with_the_reason_and_the_rest_goes_in(new_town: Town) -> None:
    added = await uses(new_town, "add", {"file": ("empty.txt", b""), "file_2": FERRY, "file_3": ("a.odt", b"PK")})
    assert titles(new_town.archive, new_town.guild.id) == ["Ferry to Sandholm sold"]
    assert [embed["title"] for embed in added.embeds] == ["Added as article 1", "Not added"]
    said = plain(str(added.embeds[1]["description"]))
    assert said.startswith(
        "**empty.txt**\nThe text is empty; paste the article's text.\n\n**a.odt**\n.odt files are not"
    )


async def test_a_file_that_is_gone_from_discord_is_named(new_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(new_town.discord.world, "attachments", {})
    asked = await new_town.grace.invokes("article add", {"file": FERRY}, channel=new_town.channel)
    new_town.discord.world.attachments.clear()
    assert "Discord did not hand the file over; attach it again." in (await asked.answered()).text


async def test_an_error_that_nobody_expected_keeps_no_other_file_out(
    new_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_file = Newsroom.add_file

    async def failing(newsroom: Newsroom, guild: int, name: str, data: bytes) -> Receipt:
        if name == "ferry.txt":
            raise ZeroDivisionError
        return await add_file(newsroom, guild, name, data)

    monkeypatch.setattr(Newsroom, "add_file", failing)
    added = await uses(new_town, "add", {"file": FERRY, "file_2": MINE})
    assert "look up error" in added.text
    assert titles(new_town.archive, new_town.guild.id) == [BRACKWATER.title]


async def test_more_articles_than_have_room_for_a_receipt_each_share_a_card(new_town: Town) -> None:
    files = [(f"{number}.txt", f"Notice {number} hangs on the church door at noon.".encode()) for number in range(6)]
    message = await new_town.ada.says(new_town.channel, attachments=files)
    added = await (await new_town.grace.invokes_on(message, "Add to archive")).answered()
    (shown,) = added.embeds
    assert shown["title"] == "6 of 6 articles added"
    assert "Added as article 6 · 1 sentence kept." in plain(added.text)
    assert added.message.buttons == []


# One article a line


@pytest.mark.parametrize(
    ("name", "content"),
    [("all.jsonl", MANY), ("all.jsonl.gz", gzip.compress(MANY)), ("ALL.JSONL.XZ", lzma.compress(MANY))],
)
async def test_a_file_of_one_article_a_line_is_added_and_counted(new_town: Town, name: str, content: bytes) -> None:
    added = await uses(new_town, "add", {"file": (name, content)})
    assert f"**{name}**\n250 articles added." in plain(added.text)
    assert len(titles(new_town.archive, new_town.guild.id)) == 250


async def test_the_first_bad_lines_are_named_and_the_others_counted(new_town: Town) -> None:
    bad = b"no JSON\n" * 8
    added = await uses(new_town, "add", {"file": ("some.jsonl", line(1) + bad + line(2))})
    said = plain(added.text)
    assert "2 articles added, 8 lines left out.\nLine 2: The line is not JSON" in said
    assert "Line 6: " in said
    assert "Line 7: " not in said
    assert "… and 3 lines more." in said


async def test_a_file_that_is_no_file_of_articles_is_left_after_many_bad_lines(
    new_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MOST_BAD_LINES", 50)
    added = await uses(new_town, "add", {"file": ("log.jsonl", b"no JSON\n" * 1_000 + line(1))})
    assert "After line 100 the rest was left: too many lines are no articles." in plain(added.text)
    assert titles(new_town.archive, new_town.guild.id) == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bomb.jsonl.gz", gzip.compress(b" " * 1_000_000 + b"\n" + b"\n" * 200_000), "holds more than 1 MB"),
        ("large.jsonl", b"\n" * 1_000_001, "holds more than 1 MB"),
        ("broken.jsonl.xz", b"neither packed nor readable", "broken.jsonl.xz is damaged"),
    ],
)
async def test_a_file_that_unpacks_to_too_much_or_to_nothing_is_refused_whole(
    new_town: Town, name: str, content: bytes, reason: str
) -> None:
    settings = settings_for(new_town.discord, new_town.archive)
    settings = settings.model_copy(update={"articles": ArticleSettings(largest_import_mb=1)})
    await new_town.client.close()
    async with running(new_town.discord, settings):
        added = await uses(new_town, "add", {"file": (name, content)})
    assert reason in plain(added.text)
    assert titles(new_town.archive, new_town.guild.id) == []


async def test_the_longest_answer_is_within_discords_limits(new_town: Town) -> None:
    headline = "Very long headline that goes on and on " * 20
    files = {
        f"file{end}": (f"{number}.txt", f"{headline}\n\nNotice {number} hangs on the church door at noon.".encode())
        for number, end in enumerate(("", "_2", "_3", "_4", "_5"))
    }
    added = await uses(new_town, "add", files)
    assert len(added.embeds) == 5
    assert len(added.message.components) == 5 <= limits.ACTION_ROWS
