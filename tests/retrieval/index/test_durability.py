"""What becomes of the passage index of an archive in a file: other processes, restarts, damage and sudden death."""

import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from retrieval.article import SHARED
from retrieval.index import NotStored, Ranked, partition, passage_index, upkeep
from retrieval.index.snapshot import Snapshots
from retrieval.library import Library
from tests.retrieval.index.afresh import afresh
from tests.retrieval.world import ADA, CHECKOUT, story

LARGE = 8
"""Passages from which on a partition has a snapshot, in these tests."""
SHARES = f"""
import sys
from pathlib import Path
from retrieval.article import SHARED, Article
from retrieval.index import partition
from retrieval.library import Library

partition.GROWN = {LARGE}
"""


@pytest.fixture(autouse=True)
def every_partition_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partition, "GROWN", LARGE)


@pytest.fixture
def folder(path: Path) -> Path:
    """Where the snapshots of the archive at `path` are."""
    return path.with_suffix(".index")


def add(library: Library, first: int, last: int) -> None:
    with library.writing():
        for number in range(first, last):
            library.add(SHARED, story(f"Harbour board {'met ' * number}on pier {number}."))


def ranked(library: Library, *query: str) -> list[Ranked]:
    return library.index.rank(library.shelf(SHARED), query or ("harbour", "met", "pier", "7"), 1000)


def wait_for_upkeep(library: Library) -> None:
    """Ask until the thread has nothing left to do."""
    for _ in range(40):
        ranked(library)
        time.sleep(0.02)


def reindexed(path: Path) -> int:
    with Library.open(path) as library:
        return library.reindex()


def run(code: str, path: Path) -> None:
    subprocess.run([sys.executable, "-c", SHARES + code, str(path)], cwd=CHECKOUT, check=True)


def articles_read(path: Path) -> int:
    """How many articles are read when the archive is opened and asked."""
    told: list[int] = []
    with Library.open(path, told.append) as library:
        assert ranked(library) == afresh(path)
    return len(told)


def test_a_large_partition_is_not_read_again_when_the_archive_is_opened_again(path: Path) -> None:
    with Library.open(path) as library:
        add(library, 0, 30)
        ranked(library)
    assert articles_read(path) == 0


def test_a_start_reads_what_is_newer_than_the_snapshot(path: Path) -> None:
    with Library.open(path) as library:
        add(library, 0, 30)
        ranked(library)
        add(library, 30, 33)
        library.remove(SHARED, 5)
    assert articles_read(path) == 4


def test_what_is_added_is_stored_in_the_background(path: Path) -> None:
    with Library.open(path) as library:
        for first in range(0, 60, 3):
            add(library, first, first + 3)
            ranked(library)
        wait_for_upkeep(library)
    assert articles_read(path) < LARGE


def test_what_is_added_all_at_once_is_stored_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage_index, "_AT_A_TIME", 10)
    for first in (0, 35, 70):
        with Library.open(path) as library:
            add(library, first, first + 35)
            assert len(ranked(library)) == first + 35
        assert articles_read(path) == 0


def test_a_small_partition_has_no_files(path: Path, folder: Path) -> None:
    with Library.open(path) as library:
        add(library, 0, LARGE - 1)
        ranked(library)
    assert not folder.exists()
    assert articles_read(path) == LARGE - 1


def test_each_guild_has_its_own_files(path: Path, folder: Path) -> None:
    with Library.open(path) as library:
        for number in range(LARGE):
            library.add(ADA, story(f"Harbour {number}."))
        library.index.size(library.shelf(ADA))
    assert [each.name for each in folder.iterdir()] == [str(ADA)]


def test_a_damaged_snapshot_is_made_anew(path: Path, folder: Path) -> None:
    with Library.open(path) as library:
        add(library, 0, 30)
        ranked(library)
    for name in {file.name for file in folder.rglob("*") if file.is_file() and file.stat().st_size}:
        (file,) = folder.rglob(name)
        held = bytearray(file.read_bytes())
        held[len(held) // 2] ^= 1
        file.write_bytes(held)
        assert articles_read(path) == 30
        assert articles_read(path) == 0


def test_a_snapshot_of_another_archive_is_not_used(path: Path, folder: Path) -> None:
    other = path.with_name("other.db")
    for each in (path, other):
        with Library.open(each) as library:
            add(library, 0, 30)
            ranked(library)
    shutil.rmtree(folder)
    shutil.copytree(other.with_suffix(".index"), folder)
    assert articles_read(path) == 30


def test_a_copy_of_an_archive_that_went_its_own_way_does_not_use_the_snapshot_of_the_original(
    path: Path, folder: Path
) -> None:
    copy = path.with_name("copy.db")
    with Library.open(path) as library:
        add(library, 0, 30)
    shutil.copy(path, copy)
    for each, first in ((path, 30), (copy, 50)):
        with Library.open(each) as library:
            add(library, first, first + 10)
            ranked(library)
    shutil.rmtree(copy.with_suffix(".index"))
    shutil.copytree(folder, copy.with_suffix(".index"))
    assert articles_read(copy) == 40


def test_what_was_never_stored_is_in_no_snapshot(path: Path) -> None:
    with Library.open(path) as library:
        add(library, 0, 30)
        ranked(library)
        with suppress(KeyError), library.writing():
            add(library, 30, 60)
            for _ in range(5):
                ranked(library)
            raise KeyError
        assert ranked(library) == afresh(path)
        wait_for_upkeep(library)
    assert articles_read(path) == 0


def test_another_process_adds_and_removes(path: Path) -> None:
    with Library.open(path) as library:
        add(library, 0, 20)
        assert len(ranked(library, "harbour")) == 20
        run(
            """
with Library.open(Path(sys.argv[1])) as library:
    for number in range(40):
        library.add(SHARED, Article("", f"Harbour of another process {number}."))
        library.index.size(library.shelf(SHARED))
    library.remove(SHARED, 3)
    library.index.rebuild(SHARED)
""",
            path,
        )
        assert len(ranked(library, "harbour")) == 59
        for first in range(60, 120, 3):
            add(library, first, first + 3)
            assert ranked(library) == afresh(path)
        wait_for_upkeep(library)
        assert ranked(library) == afresh(path)
    assert articles_read(path) < LARGE


IMPORTS = """
with Library.open(Path(sys.argv[1])) as library:
    for first in range(0, 300, 50):
        with library.writing():
            for number in range(first, first + 50):
                added = library.add(SHARED, Article("", f"Harbour of another process, pier {number}."))
                if number % 5 == 0:
                    library.remove(SHARED, added.article_id)
"""


def test_what_another_process_adds_is_followed_while_it_adds(path: Path, folder: Path) -> None:
    told: list[int] = []
    with Library.open(path, told.append) as library:
        assert ranked(library) == []
        with subprocess.Popen([sys.executable, "-c", SHARES + IMPORTS, str(path)], cwd=CHECKOUT) as child:
            while child.poll() is None or not library.index.follow(0.005):
                library.index.follow(0.005)
        assert len(ranked(library)) == 300 - 60
        assert told == []
        assert ranked(library) == afresh(path)
    assert any(folder.rglob("manifest.json"))
    assert articles_read(path) < 300


def test_a_full_disk_costs_the_snapshot_and_nothing_else(path: Path, folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    with Library.open(path) as library:
        for first in range(0, 60, 3):
            add(library, first, first + 3)
            assert len(ranked(library)) == first + 3
        wait_for_upkeep(library)
        assert ranked(library) == afresh(path)


def test_while_another_process_stores_a_snapshot_this_one_goes_on_in_memory(path: Path, folder: Path) -> None:
    with Snapshots(folder / str(SHARED)).writing() as allowed, Library.open(path) as library:
        assert allowed
        for first in range(0, 60, 3):
            add(library, first, first + 3)
            assert len(ranked(library)) == first + 3
        wait_for_upkeep(library)
        assert ranked(library) == afresh(path)
    assert articles_read(path) == 60


def test_an_index_that_cannot_be_stored_when_it_is_made_anew_says_so(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "_PATIENCE_S", 0.1)
    with Library.open(path) as library:
        add(library, 0, 30)
        ranked(library)
        with Snapshots(folder / str(SHARED)).writing(), pytest.raises(NotStored):
            library.reindex()
        assert ranked(library) == afresh(path)
        assert library.reindex() == 30


def test_an_index_that_is_made_anew_waits_for_another_that_is_being_stored(path: Path, folder: Path) -> None:
    with Library.open(path) as library:
        add(library, 0, 30)
    with ThreadPoolExecutor() as executor, Snapshots(folder / str(SHARED)).writing():
        made = executor.submit(reindexed, path)
        time.sleep(0.3)
        assert not made.done()
    assert made.result() == 30
    assert articles_read(path) == 0


def test_what_is_left_of_a_partition_that_shrank_is_deleted_when_it_is_made_anew(path: Path, folder: Path) -> None:
    with Library.open(path) as library:
        add(library, 0, 30)
        ranked(library)
        for article_id in range(1, 31):
            library.remove(SHARED, article_id)
    assert reindexed(path) == 0
    assert [each.name for each in folder.glob("*/*") if each.is_dir()] == []
    assert articles_read(path) == 0


def test_an_interrupted_reading_does_no_harm(path: Path) -> None:
    with Library.open(path) as library:
        add(library, 0, 30)

    def interrupt(count: int) -> None:
        if count == 20:
            raise KeyboardInterrupt

    with Library.open(path, interrupt) as library:
        with pytest.raises(KeyboardInterrupt):
            ranked(library)
        assert articles_read(path) == 30
    assert articles_read(path) == 0


def test_an_index_made_anew_is_the_same(path: Path) -> None:
    with Library.open(path) as library:
        for first in range(0, 60, 3):
            add(library, first, first + 3)
            ranked(library)
        library.remove(SHARED, 7)
        before = ranked(library)
        assert library.index.rebuild(SHARED) == 59
        assert ranked(library) == before
    assert articles_read(path) == 0


def test_guilds_that_were_not_asked_for_long_are_closed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage_index, "_REMEMBERED", 10)
    with Library.open(path) as library:
        for guild in range(1, 30):
            for number in range(3):
                library.add(guild, story(f"Harbour {number} of {guild}."))
            assert len(library.index.rank(library.shelf(guild), ["harbour"], 10)) == 3
        assert len(library.index._open) <= 5
        for guild in range(1, 30):
            assert len(library.index.rank(library.shelf(guild), ["harbour"], 10)) == 3


ACKNOWLEDGE = """
from itertools import count
from os import getpid

with Library.open(Path(sys.argv[1])) as library:
    for number in count():
        text = f"Harbour board {'met ' * (number % 50)}on pier {number} of {getpid()}."
        added = library.add(SHARED, Article("", text))
        print("added", added.article_id, flush=True)
        if number % 5 == 0:
            print("removing", added.article_id, flush=True)
            library.remove(SHARED, added.article_id)
            print("removed", added.article_id, flush=True)
        if number % 2:
            library.index.follow(0.001)
        else:
            library.index.size(library.shelf(SHARED))
        if number % 60 == 0:
            library.index.rebuild(SHARED)
"""


def test_a_program_that_is_killed_loses_nothing_that_was_acknowledged(path: Path) -> None:
    chance = random.Random(6)  # noqa: S311  # moments, not secrets
    told: dict[str, set[int]] = {"added": set(), "removing": set(), "removed": set()}
    killed = 0
    while killed < 12 or len(told["added"]) < 50:
        killed += 1
        with subprocess.Popen(
            [sys.executable, "-c", SHARES + ACKNOWLEDGE, str(path)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            first = child.stdout.readline()
            time.sleep(chance.uniform(0, 0.5))
            child.send_signal(signal.SIGKILL)
            for line in [first, *child.stdout]:
                if line.endswith("\n"):
                    what, article_id = line.split()
                    told[what].add(int(article_id))
        with Library.open(path) as library:
            assert ranked(library) == afresh(path)
            found = {each.passage.article_id for each in ranked(library)}
        assert told["added"] - told["removing"] <= found
        assert not told["removed"] & found
