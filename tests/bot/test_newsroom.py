"""The newsroom: questions and changes in threads of their own, in step with each other and with other processes."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import newsroom as newsroom_module
from bot.errors import Refused
from bot.newsroom import Newsroom
from bot.settings import ArchiveSettings, ArticleSettings, Settings
from retrieval.answers import answer_cache
from retrieval.archive import NotNewest, SharedArticle, Unusable
from retrieval.article import SHARED
from retrieval.ingest.plain import read_plain
from retrieval.ingest.reading import Reading, Unreadable
from retrieval.shelf import NoSuchArticle
from tests.bot.stories import BRACKWATER, CHAIR, MINE, PASTED, numbered, stock

GUILD = 1_101_004_800_000_000_000
ANN, BEA = 7, 8


@pytest.fixture
async def newsroom(archive: Path) -> AsyncIterator[Newsroom]:
    async with Newsroom(Settings(archive=ArchiveSettings(path=archive))) as newsroom:
        yield newsroom


async def test_what_was_added_answers_the_next_question(newsroom: Newsroom) -> None:
    receipt = await newsroom.add_text(GUILD, PASTED, "", "")
    assert receipt.reading.article.title == "Ferry to Sandholm sold"
    given = await newsroom.ask(GUILD, ANN, "Who is the captain of the Sandholm ferry?")
    assert given.parts[0].evidence[0].version.article_id == receipt.added.article_id


async def test_what_was_removed_answers_no_more(newsroom: Newsroom, archive: Path) -> None:
    (added,) = stock(archive, GUILD, BRACKWATER)
    assert (await newsroom.ask(GUILD, ANN, MINE)).answered
    assert (await newsroom.remove(GUILD, added.article_id)).article.title == BRACKWATER.title
    assert not (await newsroom.ask(GUILD, ANN, MINE)).answered


async def test_only_the_guilds_own_articles_can_be_removed(newsroom: Newsroom, archive: Path) -> None:
    (added,) = stock(archive, GUILD + 1, BRACKWATER)
    with pytest.raises(SharedArticle):
        await newsroom.remove(GUILD, 1)
    with pytest.raises(NoSuchArticle):
        await newsroom.remove(GUILD, added.article_id)
    assert (await newsroom.ask(GUILD + 1, ANN, MINE)).answered


async def test_a_question_does_not_wait_for_a_long_addition(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()

    def slow(text: str) -> Reading:
        assert goes_on.wait(10)
        return read_plain(text)

    monkeypatch.setattr(newsroom_module, "read_plain", slow)
    adding = asyncio.create_task(newsroom.add_text(GUILD, PASTED, "", ""))
    assert (await newsroom.ask(SHARED, ANN, CHAIR)).answered
    assert not adding.done()
    goes_on.set()
    assert (await adding).added.version == 1


async def test_the_event_loop_never_waits(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    goes_on = threading.Event()
    monkeypatch.setattr(answer_cache, "answer", lambda *_: goes_on.wait(10))
    asking = asyncio.create_task(newsroom.ask(SHARED, ANN, CHAIR))
    await asyncio.sleep(0)
    goes_on.set()  # which could not happen if the loop waited
    assert await asking


async def test_nobody_waits_for_all_that_another_asked(newsroom: Newsroom) -> None:
    answered: list[str] = []

    async def ask(asker: int, question: str) -> None:
        await newsroom.ask(SHARED, asker, question)
        answered.append(question)

    many = [ask(ANN, f"Who is the chair of harbour board {number}?") for number in range(20)]
    await asyncio.gather(*many, ask(BEA, CHAIR))
    assert answered.index(CHAIR) <= 2
    assert len(answered) == 21


async def test_many_questions_and_changes_at_once_are_all_done(newsroom: Newsroom) -> None:
    additions = [newsroom.add_text(GUILD, f"{PASTED} Trip {number}.", f"Ferry {number}", "") for number in range(10)]
    questions = [newsroom.ask(GUILD, ANN, CHAIR) for _ in range(10)]
    receipts, answers = await asyncio.gather(asyncio.gather(*additions), asyncio.gather(*questions))
    assert len({receipt.added.article_id for receipt in receipts}) == 10
    assert len({given.parts for given in answers}) == 1


async def test_pages_count_from_nought_and_end_with_the_last(newsroom: Newsroom, archive: Path) -> None:
    stock(archive, GUILD, *numbered(3))
    page = await newsroom.page(GUILD, 0, 10)
    assert (page.number, page.pages, page.articles) == (0, 3, 21)
    assert [version.article.title for version in page.versions][:3] == ["Notice 3", "Notice 2", "Notice 1"]
    last = await newsroom.page(GUILD, 999_999, 10)
    assert (last.number, len(last.versions)) == (2, 1)


async def test_an_empty_shelf_has_one_page(tmp_path: Path) -> None:
    async with Newsroom(Settings(archive=ArchiveSettings(path=tmp_path / "new.db"))) as newsroom:
        assert (await newsroom.page(GUILD, 0, 10)).pages == 1


async def test_the_largest_file_is_a_setting(archive: Path) -> None:
    settings = Settings(archive=ArchiveSettings(path=archive), articles=ArticleSettings(largest_mb=1))
    async with Newsroom(settings) as newsroom:
        with pytest.raises(Unreadable, match="1 MB"):
            await newsroom.add_file(GUILD, "long.txt", b"Some words. " * 100_000)


async def test_lines_are_added_bit_by_bit_and_others_are_not_kept_waiting(newsroom: Newsroom) -> None:
    lines = b"".join(json.dumps({"text": f"Notice {number}."}).encode() + b"\n" for number in range(250))
    seen: list[tuple[int, int]] = []
    async for result, count in newsroom.add_lines(GUILD, "all.jsonl", lines):
        seen.append((result.added, count))
        await newsroom.add_text(GUILD, f"{PASTED} Trip {len(seen)}.", "", "")
    assert seen == [(100, 250), (200, 250), (250, 250)]


async def test_a_version_is_taken_back_and_then_the_article(newsroom: Newsroom, archive: Path) -> None:
    corrected = replace(BRACKWATER, text=f"{BRACKWATER.text} It is deep.")
    first, second = stock(archive, GUILD, BRACKWATER, corrected)
    withdrawn = await newsroom.withdraw(GUILD, first.article_id, second.version)
    assert withdrawn.version.article == corrected
    assert withdrawn.back_to is not None
    assert withdrawn.back_to.article == BRACKWATER
    with pytest.raises(NotNewest):
        await newsroom.withdraw(GUILD, first.article_id, second.version)
    assert (await newsroom.withdraw(GUILD, first.article_id, first.version)).back_to is None
    with pytest.raises(NoSuchArticle):
        await newsroom.history(GUILD, first.article_id)


async def test_only_the_newest_version_of_the_guilds_own_articles_is_edited(newsroom: Newsroom, archive: Path) -> None:
    corrected = replace(BRACKWATER, text=f"{BRACKWATER.text} It is deep.")
    added, _ = stock(archive, GUILD, BRACKWATER, corrected)
    newest, older = await newsroom.history(GUILD, added.article_id)
    edited = replace(newest, article=replace(newest.article, title="Mine", published=None))
    assert (await newsroom.relabel(GUILD, edited)).reading.article.title == "Mine"
    assert (await newsroom.version(GUILD, added.article_id, 2)).article == edited.article
    with pytest.raises(Refused, match="only its newest version"):
        await newsroom.relabel(GUILD, older)
    with pytest.raises(SharedArticle):
        await newsroom.relabel(GUILD, await newsroom.version(GUILD, 1, 1))
    with pytest.raises(NoSuchArticle):
        await newsroom.relabel(GUILD + 1, edited)


async def test_a_summary_is_of_an_article_that_the_guild_may_see(newsroom: Newsroom, archive: Path) -> None:
    (added,) = stock(archive, GUILD, BRACKWATER)
    version, quotations = await newsroom.summary(GUILD, added.article_id, 1)
    assert version.article == BRACKWATER
    assert len(quotations) == 1
    with pytest.raises(NoSuchArticle):
        await newsroom.summary(GUILD + 1, added.article_id, 1)


async def test_an_unusable_archive_is_said_at_the_door(tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"no database " * 1_000)
    with pytest.raises(Unusable):
        async with Newsroom(Settings(archive=ArchiveSettings(path=tmp_path / "bad.db"))):
            pass
