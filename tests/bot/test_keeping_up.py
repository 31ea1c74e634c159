"""A running newsroom keeps up with what another process imports."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot import keeping_up
from bot.newsroom import Newsroom
from bot.settings import ArchiveSettings, ReaderSettings, Settings
from retrieval.article import SHARED
from retrieval.index import PassageIndex, following
from retrieval.ingest.jsonl import write_line
from retrieval.library import Library
from tests.benchmarks.corpus import articles
from tests.retrieval.world import CHECKOUT, story

ANN = 7
MANY = 150


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """A file of many articles, one a line, of which the last names the captain."""
    path = tmp_path / "many.jsonl"
    captain = story("Ilka Brandt is the captain of the Sandholm ferry.", "Ferry to Sandholm", key="ferry")
    many = [*articles(MANY), captain]
    path.write_text("".join(write_line(article, article.key, None) + "\n" for article in many), "utf-8")
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(archive=ArchiveSettings(path=tmp_path / "archive.db"), reader=ReaderSettings(model="none"))


@contextmanager
def importing(lines: Path, settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that imports the articles."""
    command = [sys.executable, "-m", "bot", "import", str(lines), "--archive", str(settings.archive.path)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        yield process


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the articles that the index has read."""
    read: list[int] = []
    indexed = following._indexed

    def noted(shelf, article_id):  # type: ignore[no-untyped-def]
        read.append(article_id)
        return indexed(shelf, article_id)

    monkeypatch.setattr(following, "_indexed", noted)
    return read


def wait_for(came: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not came() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert came()


async def test_what_another_process_imports_is_read_before_anybody_asks(
    settings: Settings, lines: Path, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_up, "_LOOK_EVERY_S", 0.05)
    async with Newsroom(settings) as newsroom:
        with importing(lines, settings) as process:
            await asyncio.to_thread(wait_for, lambda: len({*read}) == MANY + 1)
        assert process.returncode == 0
        read.clear()
        given = await newsroom.ask(SHARED, ANN, "Who is the captain of the Sandholm ferry?")
        assert given.answered
        assert read == []


async def test_a_question_does_not_wait_for_the_slices_and_sees_all_that_is_stored(
    settings: Settings, lines: Path, read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_up, "_LOOK_EVERY_S", 3600.0)
    async with Newsroom(settings) as newsroom:
        with importing(lines, settings):
            pass
        assert read == []
        given = await newsroom.ask(SHARED, ANN, "Who is the captain of the Sandholm ferry?")
        assert given.answered
        assert len(read) == MANY + 1


async def test_other_work_is_done_between_two_slices(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    slices = 0

    def endless(_: PassageIndex, seconds: float) -> bool:
        nonlocal slices
        slices += 1
        time.sleep(seconds)
        return False

    monkeypatch.setattr(PassageIndex, "follow", endless)
    async with Newsroom(settings) as newsroom:
        await asyncio.to_thread(wait_for, lambda: slices > 2)
        before = slices
        await newsroom.page(SHARED, 0, 10)
        assert slices <= before + 2


async def test_a_failure_is_logged_and_questions_go_on(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: PassageIndex, seconds: float) -> bool:
        raise OSError(seconds)

    monkeypatch.setattr(PassageIndex, "follow", fail)
    with Library.open(settings.archive.path) as library:
        library.add(SHARED, story("Ilka Brandt is the captain of the Sandholm ferry."))
    with capture_logs() as logged:
        async with Newsroom(settings) as newsroom:
            assert (await newsroom.ask(SHARED, ANN, "Who is the captain of the Sandholm ferry?")).answered
            await asyncio.to_thread(wait_for, lambda: any(each["log_level"] == "error" for each in logged))
    assert [each["event"] for each in logged if each["log_level"] == "error"] == ["index not kept up"]
