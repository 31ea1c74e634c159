from collections.abc import Callable, Collection
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from retrieval.archive import Archive
from retrieval.archive.opening import opened
from retrieval.article import SHARED, Article, Guild
from retrieval.shelf import NoSuchArticle, NoSuchVersion, Shelf
from tests.retrieval.strategies import articles, guilds
from tests.retrieval.world import ADA, BEN, ids, library_holding, story


@given(st.lists(st.tuples(guilds(), articles()), max_size=12), guilds())
def test_a_shelf_holds_its_guilds_articles_and_the_shared_ones_alone(
    given_: list[tuple[Guild, Article]], guild: Guild
) -> None:
    with library_holding(*given_) as library:
        shelf = library.shelf(guild)
        everything = {number: owner for owner in (SHARED, ADA, BEN) for number in own_ids(library.shelf(owner))}
        seen = [number for number in sorted(everything) if everything[number] in {SHARED, guild}]
        assert ids(shelf) == seen
        assert len(shelf) == len(seen)
        assert {version.guild for version in shelf.versions()} <= {SHARED, guild}
        assert [version.article_id for n in range(13) for version in shelf.page(n, 3)] == seen[::-1]
        assert [version.article_id for version in shelf.titled("", 100)] == seen[::-1]
        for number in everything.keys() - set(seen):
            assert_not_on(shelf, number)


def test_a_shelf_shows_the_newest_version_alone(archive: Archive) -> None:
    archive.add(ADA, story("The board met.", "Board meets", key="k"))
    archive.add(ADA, story("The board did not meet.", "Correction", key="k"))
    shelf = archive.shelf(ADA)
    assert [version.number for version in shelf.versions()] == [2]
    assert [version.article.title for version in shelf.page(0, 5)] == ["Correction"]
    assert shelf.titled("Board meets", 5) == []


@pytest.mark.parametrize("words", ["harbour", "HARBOUR", " Harbour board ", "100%", "a_b", r"c:\d", "’s"])
def test_a_shelf_finds_a_title_by_words_in_it(archive: Archive, words: str) -> None:
    archive.add(ADA, story("One.", r"Harbour board’s vote was 100% a_b c:\d"))
    archive.add(ADA, story("Two.", "Another title 100 axb c:d"))
    assert [version.article_id for version in archive.shelf(ADA).titled(words, 5)] == [1]


def test_a_shelf_gives_the_newest_titles_first_and_no_more_than_asked(archive: Archive) -> None:
    for n in range(5):
        archive.add(ADA, story(f"Text {n}.", f"Title {n}"))
    assert [version.article_id for version in archive.shelf(ADA).titled("title", 3)] == [5, 4, 3]


def test_a_shelf_tells_the_guilds_own_titles_from_the_shared_ones(archive: Archive) -> None:
    for guild, title in ((SHARED, "Title 1"), (ADA, "Title 2"), (BEN, "Title 3"), (ADA, "Title 4")):
        archive.add(guild, story(f"{title}.", title))
    assert [version.article.title for version in archive.shelf(ADA).own_titled("TITLE", 5)] == ["Title 4", "Title 2"]
    assert [version.article.title for version in archive.shelf(SHARED).own_titled("", 5)] == ["Title 1"]
    assert len(archive.shelf(ADA).own_titled("", 1)) == 1


@pytest.mark.parametrize("words", ["' or 1=1 --", "%", "_", "\\", '"', "*"])
def test_a_shelf_takes_words_for_words(archive: Archive, words: str) -> None:
    archive.add(ADA, story("One.", "Plain title"))
    assert archive.shelf(ADA).titled(words, 5) == []


@pytest.mark.parametrize("article_id", [0, -1, 2, 2**63, 2**200])
def test_a_shelf_has_no_article_with_another_id(archive: Archive, article_id: int) -> None:
    archive.add(ADA, story("The board met."))
    assert_not_on(archive.shelf(ADA), article_id)


def test_a_shelf_of_an_empty_archive_is_empty(archive: Archive) -> None:
    shelf = archive.shelf(ADA)
    assert (len(shelf), list(shelf.versions()), shelf.page(0, 5), shelf.titled("", 5)) == (0, [], [], [])


def own_ids(shelf: Shelf) -> list[int]:
    return [version.article_id for version in shelf.versions() if version.guild == shelf.guild]


def assert_not_on(shelf: Shelf, article_id: int) -> None:
    with pytest.raises(NoSuchArticle):
        shelf.newest(article_id)
    with pytest.raises(NoSuchArticle):
        shelf.origins(article_id)
    with pytest.raises(NoSuchArticle):
        shelf.history(article_id)
    with pytest.raises(NoSuchVersion):
        shelf.version(article_id, 1)
    assert shelf.passages(article_id) == []
    with pytest.raises(NoSuchVersion):
        shelf.text(article_id, 1)


def test_a_shelf_tells_an_articles_history_the_newest_version_first(archive: Archive) -> None:
    archive.add(ADA, story("The board met.", "Board meets", key="k"))
    archive.add(ADA, story("It did not.", "Correction", key="k"))
    assert [(version.number, version.article.title) for version in archive.shelf(ADA).history(1)] == [
        (2, "Correction"),
        (1, "Board meets"),
    ]
    assert archive.shelf(ADA).version(1, 1).article.text == "The board met."


def test_a_shelf_finds_its_own_passages_by_their_ids(archive: Archive) -> None:
    for guild, text in ((ADA, "Fish one."), (SHARED, "Fish two."), (BEN, "Fish three.")):
        archive.add(guild, story(text))
    held = [*archive.shelf(ADA).passages(1), *archive.shelf(ADA).passages(2)]
    others = archive.shelf(BEN).passages(3)
    found = archive.shelf(ADA).passages_with([each.id for each in held + others] + [999])
    assert found == {each.id: each for each in held}


@pytest.mark.parametrize(
    "ask",
    [
        lambda shelf: shelf.passages_with(range(1, 21)),
        lambda shelf: shelf.copies(range(1, 21)),
        lambda shelf: shelf.published_between(date(2026, 3, 1), date(2026, 3, 7)),
    ],
    ids=["passages", "copies", "days"],
)
def test_what_a_shelf_takes_for_an_answer_does_not_grow_with_the_archive(
    ask: Callable[[Shelf], Collection[int]], tmp_path: Path
) -> None:
    archive, taken = Archive.open(tmp_path / "archive.db"), []
    database = opened(tmp_path / "archive.db")
    for n in range(400):
        published = f"2026-03-{n + 1:02}" if n < 20 else f"2025-{n % 12 + 1:02}-01"
        text = "The board met again at noon." if n < 20 else f"Text {n}."
        archive.add(ADA, Article(f"Title {n}", f"{text} {n}", published=published))
        if n in {99, 399}:
            taken.append(steps(database, lambda: ask(Shelf(ADA, database))))
    archive.close()
    database.close()
    assert taken[1] < 1.2 * taken[0]


def steps(database: Database, ask: Callable[[], Collection[int]]) -> int:
    """How many instructions SQLite takes to answer, which is something."""
    taken = count()
    database.conn.set_progress_handler(lambda: next(taken) < 0, 1)
    assert ask()
    database.conn.set_progress_handler(None, 1)
    return next(taken)
