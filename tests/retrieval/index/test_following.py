"""An index that follows its archive in slices, while nothing is asked."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.article import SHARED, Guild
from retrieval.index import Ranked, partition, passage_index, upkeep
from retrieval.library import Library
from tests.retrieval.index.afresh import afresh
from tests.retrieval.world import ADA, BEN, story

LARGE = 8
ONE_ARTICLE = 0.0
"""Seconds: a slice that ends with the first article."""
LONG = 60.0


@pytest.fixture
def read() -> list[int]:
    """One entry for each article that a question had to read."""
    return []


@pytest.fixture
def library(path: Path, read: list[int]) -> Iterator[Library]:
    """A library that was asked for the shared articles and Ada's when there were none."""
    with Library.open(path, read.append) as library:
        for guild in (SHARED, ADA):
            assert ranked(library, guild) == []
        yield library


@pytest.fixture
def other(path: Path) -> Iterator[Library]:
    """The same archive, as another process has it."""
    with Library.open(path) as library:
        yield library


def add(library: Library, count: int, guild: Guild = SHARED, first: int = 0) -> None:
    with library.writing():
        for number in range(first, first + count):
            library.add(guild, story(f"Harbour board {'met ' * number}on pier {number} of {guild}."))


def ranked(library: Library, guild: Guild = SHARED) -> list[Ranked]:
    return library.index.rank(library.shelf(guild), ["harbour", "met", "pier", "7"], 1000)


def followed(library: Library) -> int:
    """Follow until nothing is left, an article at a time; return how many slices that took."""
    slices = 1
    while not library.index.follow(ONE_ARTICLE):
        slices += 1
    return slices


def test_a_slice_ends_when_its_time_is_over_and_the_next_goes_on_there(library: Library, other: Library) -> None:
    add(other, 12)
    assert followed(library) == 13
    assert library.index.follow(LONG)


def test_a_question_reads_what_the_slices_left(library: Library, other: Library, read: list[int], path: Path) -> None:
    add(other, 12)
    for _ in range(5):
        assert not library.index.follow(ONE_ARTICLE)
    assert ranked(library) == afresh(path)
    assert len(read) == 7


def test_a_question_reads_nothing_where_all_was_followed(library: Library, other: Library, read: list[int]) -> None:
    add(other, 12)
    assert library.index.follow(LONG)
    assert len(ranked(library)) == 12
    assert read == []


def test_changes_and_removals_between_slices_are_followed_too(library: Library, other: Library, path: Path) -> None:
    add(other, 12)
    for article_id in (2, 9, 5):
        library.index.follow(ONE_ARTICLE)
        other.remove(SHARED, article_id)
        other.relabel(SHARED, article_id + 1, "Pier 7", None, None)
    followed(library)
    assert ranked(library) == afresh(path)


def test_an_article_that_changed_twice_is_read_once(library: Library, other: Library, read: list[int]) -> None:
    add(other, 3)
    for title in ("Pier 7", "Harbour"):
        other.relabel(SHARED, 2, title, None, None)
    assert len(ranked(library)) == 3
    assert len(read) == 3


def test_every_open_partition_is_followed_and_no_other(library: Library, other: Library, read: list[int]) -> None:
    for guild in (SHARED, ADA, BEN):
        add(other, 4, guild)
    assert library.index.follow(LONG)
    assert len(ranked(library, ADA)) == 8
    assert read == []
    assert len(ranked(library, BEN)) == 8
    assert len(read) == 4


def test_nothing_is_followed_where_nothing_was_asked(path: Path, other: Library) -> None:
    add(other, 4)
    with Library.open(path) as library:
        assert library.index.follow(ONE_ARTICLE)


def test_what_is_followed_becomes_segments_and_is_stored(
    library: Library, other: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition, "GROWN", LARGE)
    add(other, 60)
    for _ in range(40):
        library.index.follow(0.001)
        time.sleep(0.02)
    assert ranked(library) == afresh(path)
    told: list[int] = []
    with Library.open(path, told.append) as again:
        assert ranked(again) == afresh(path)
    assert len(told) < LARGE


def test_a_slice_waits_for_the_thread_when_much_is_in_memory(
    library: Library, other: Library, monkeypatch: pytest.MonkeyPatch, path: Path, read: list[int]
) -> None:
    monkeypatch.setattr(passage_index, "_AT_A_TIME", 10)
    add(other, 30)
    assert library.index.follow(LONG)
    assert ranked(library) == afresh(path)
    assert len(read) == 20


def test_the_words_of_a_removed_article_leave_the_disk(
    library: Library, other: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition, "GROWN", LARGE)
    monkeypatch.setattr(upkeep, "_TIDIED_FOR_S", 0.0)
    add(other, 30)
    other.add(SHARED, story("Zyzzyva on the harbour."))
    ranked(library)
    folder = path.with_suffix(".index")

    def is_on_the_disk() -> bool:
        return any(b"zyzzyva" in file.read_bytes() for file in folder.rglob("letters"))

    assert is_on_the_disk()
    other.remove(SHARED, 31)
    for _ in range(40):
        library.index.follow(LONG)
        time.sleep(0.02)
    assert not is_on_the_disk()
    assert len(ranked(library)) == 30


def test_segments_are_not_written_anew_for_each_removal(
    library: Library, other: Library, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition, "GROWN", LARGE)
    add(other, 60)
    ranked(library)
    written = set()
    for article_id in range(1, 6):
        other.remove(SHARED, article_id)
        for _ in range(10):
            library.index.follow(LONG)
            time.sleep(0.01)
        written |= {folder.name for folder in path.with_suffix(".index").glob("*/*") if folder.is_dir()}
    assert len(written) == 1
