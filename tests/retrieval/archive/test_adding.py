from pathlib import Path

import pytest
from sqlite_utils import Database

from retrieval.archive import Added, Archive, SharedArticle
from retrieval.archive.migrations import migrations
from retrieval.article import SHARED, Article, Span
from retrieval.shelf import NoSuchArticle, Origin
from tests.retrieval.world import ADA, BEN, asked_of_the_file, ids, story


def test_every_field_comes_back_as_it_was_given(archive: Archive) -> None:
    article = Article("T 🙂", "A\n\tb.", "k", "https://packet.example", "The Packet", "T. Goode", "2024-03-06")
    assert archive.add(ADA, article) == Added(1, 1)
    version = archive.shelf(ADA).newest(1)
    assert (version.article, version.guild, version.number) == (article, ADA, 1)


def test_the_same_text_is_one_article(archive: Archive) -> None:
    archive.add(ADA, story("The board met.", "One title"))
    assert archive.add(ADA, story("The board met.", "Another title")) == Added(1, 1, duplicate_of=1)
    assert ids(archive.shelf(ADA)) == [1]


def test_texts_that_differ_in_white_space_alone_are_the_same(archive: Archive) -> None:
    archive.add(ADA, story("The board met.\n\nIt left."))
    assert archive.add(ADA, story("  The  board\nmet. It left.")).duplicate_of == 1
    assert archive.shelf(ADA).text(1, 1) == "The board met.\n\nIt left."


@pytest.mark.parametrize("text", ["The board Met.", "The board met", "The board met.’", "Theboard met."])
def test_texts_that_differ_in_anything_else_are_two(archive: Archive, text: str) -> None:
    archive.add(ADA, story("The board met."))
    assert archive.add(ADA, story(text)) == Added(2, 1)


def test_a_duplicates_key_and_address_are_noted(archive: Archive) -> None:
    archive.add(ADA, story("The board met.", key="k1", url="https://packet.example/1"))
    archive.add(ADA, story("The board met.", key="k2", url="https://herald.example/2"))
    assert archive.shelf(ADA).origins(1) == [
        Origin("k1", "https://packet.example/1"),
        Origin("k2", "https://herald.example/2"),
    ]


def test_an_origin_is_noted_once(archive: Archive) -> None:
    for _ in range(3):
        archive.add(ADA, story("The board met.", key="k"))
    assert archive.shelf(ADA).origins(1) == [Origin("k", None)]


def test_an_article_may_come_from_nowhere_in_particular(archive: Archive) -> None:
    archive.add(ADA, story("The board met."))
    assert archive.shelf(ADA).origins(1) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://packet.example/board?utm_source=post",
        "http://www.packet.example/board/",
        "https://m.packet.example/board#top",
        "https://packet.example/board/amp",
    ],
)
def test_a_page_by_another_route_is_the_same_article(archive: Archive, url: str) -> None:
    archive.add(ADA, story("The board met.", url="https://packet.example/board"))
    assert archive.add(ADA, story("The board met again.", url=url)) == Added(1, 2)
    assert archive.shelf(ADA).newest(1).article.url == url


def test_a_page_with_another_number_is_another_article(archive: Archive) -> None:
    archive.add(ADA, story("The board met.", url="https://packet.example/story?id=1"))
    assert archive.add(ADA, story("The board met again.", url="https://packet.example/story?id=2")) == Added(2, 1)


def test_what_an_older_archive_holds_is_known_by_every_route_too(tmp_path: Path) -> None:
    older = Database(tmp_path / "older.db")
    migrations.apply(older, stop_before="addresses_of_origins")
    older.execute("insert into articles (guild) values (?)", [ADA])
    older.table("versions").insert(
        {"article_id": 1, "number": 1, "title": "T", "text": "The board met.", "digest": b"", "added": "2026-01-01"}
    )
    older.table("origins").insert({"article_id": 1, "guild": ADA, "url": "http://www.packet.example/board"})
    older.close()
    with Archive.open(tmp_path / "older.db") as archive:
        assert [passage.span for passage in archive.shelf(ADA).passages(1)] == [Span(0, 14)]
        assert archive.add(ADA, story("The board met again.", url="https://packet.example/board")) == Added(1, 2)


def test_a_known_key_with_another_text_makes_a_new_version(archive: Archive) -> None:
    archive.add(ADA, story("The board met.", key="k"))
    assert archive.add(ADA, story("The board did not meet.", key="k")) == Added(1, 2)
    assert archive.shelf(ADA).newest(1).article.text == "The board did not meet."
    assert archive.shelf(ADA).text(1, 1) == "The board met."


def test_a_noted_key_is_a_known_one(archive: Archive) -> None:
    archive.add(ADA, story("The board met.", key="k1"))
    archive.add(ADA, story("The board met.", key="k2"))
    assert archive.add(ADA, story("The board did not meet.", key="k2")) == Added(1, 2)


def test_a_known_address_without_a_key_makes_a_new_version(archive: Archive) -> None:
    archive.add(ADA, story("The board met.", url="https://packet.example/1"))
    assert archive.add(ADA, story("It did not.", url="https://packet.example/1")) == Added(1, 2)


def test_another_key_at_a_known_address_is_another_article(archive: Archive) -> None:
    archive.add(ADA, story("The board met.", key="k1", url="https://packet.example/live"))
    assert archive.add(ADA, story("It did not.", key="k2", url="https://packet.example/live")) == Added(2, 1)


def test_the_text_of_an_earlier_version_is_no_duplicate(archive: Archive) -> None:
    archive.add(ADA, story("The board met.", key="k"))
    archive.add(ADA, story("The board did not meet.", key="k"))
    assert archive.add(ADA, story("The board met.", key="k")) == Added(1, 3)


def test_a_shared_article_is_a_duplicate_for_a_guild(archive: Archive) -> None:
    archive.add(SHARED, story("The board met."))
    assert archive.add(ADA, story("The board met.", key="k")) == Added(1, 1, duplicate_of=1)
    assert ids(archive.shelf(ADA)) == [1]


def test_what_a_guild_gives_does_not_change_a_shared_article(archive: Archive) -> None:
    archive.add(SHARED, story("The board met.", key="k"))
    archive.add(ADA, story("The board met.", key="ada’s", url="https://ada.example"))
    assert archive.add(ADA, story("The board did not meet.", key="k")) == Added(2, 1)
    assert archive.shelf(BEN).origins(1) == [Origin("k", None)]


def test_a_guilds_article_is_no_duplicate_for_another_guild_or_for_the_shared_library(archive: Archive) -> None:
    archive.add(ADA, story("The board met.", key="k", url="https://packet.example"))
    assert archive.add(BEN, story("The board met.", key="k", url="https://packet.example")) == Added(2, 1)
    assert archive.add(SHARED, story("The board met.")) == Added(3, 1)


def test_a_guilds_own_copy_comes_before_the_shared_one(archive: Archive) -> None:
    archive.add(ADA, story("The board met."))
    archive.add(SHARED, story("The board met."))
    assert archive.add(ADA, story("The board met.")).duplicate_of == 1


def test_nothing_of_a_removed_article_is_left_in_any_table(stored: Archive, path: Path) -> None:
    stored.add(ADA, story("The board met.", key="k"))
    stored.add(ADA, story("The board did not meet.", key="k", url="https://packet.example"))
    stored.remove(ADA, 1)
    for table in ("articles", "versions", "origins", "passages", "signatures"):
        assert asked_of_the_file(path, f"select count(*) from {table}") == [(0,)]  # noqa: S608  # the names above


def test_no_word_of_a_removed_article_is_left_in_the_file(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.add(ADA, story("Zygomorphic. " * 500, "Zygomorphic", key="zygomorphic"))
        archive.add(ADA, story("The board met."))
        archive.remove(ADA, 1)
    assert not [file for file in path.parent.iterdir() if b"ygomorphic" in file.read_bytes()]


def test_the_other_articles_stay(archive: Archive) -> None:
    for text in ("One.", "Two.", "Three."):
        archive.add(ADA, story(text, key=text))
    archive.remove(ADA, 2)
    assert [version.article.text for version in archive.shelf(ADA).versions()] == ["One.", "Three."]
    assert archive.shelf(ADA).origins(3) == [Origin("Three.", None)]


def test_a_removed_story_can_be_added_again(archive: Archive) -> None:
    archive.add(ADA, story("The board met.", key="k"))
    archive.remove(ADA, 1)
    assert archive.add(ADA, story("The board met.", key="k")) == Added(2, 1)


def test_the_id_of_the_last_article_does_not_come_back(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.add(ADA, story("One."))
        archive.add(ADA, story("Two."))
        archive.remove(ADA, 2)
        archive.remove(ADA, 1)
        assert archive.add(ADA, story("Three.")).article_id == 3
        archive.remove(ADA, 3)
    with Archive.open(path) as archive:
        assert archive.add(ADA, story("Four.")).article_id == 4


def test_a_guild_does_not_remove_a_shared_article(archive: Archive) -> None:
    archive.add(SHARED, story("The board met."))
    with pytest.raises(SharedArticle, match="shared library"):
        archive.remove(ADA, 1)
    assert ids(archive.shelf(ADA)) == [1]


def test_a_guild_is_not_told_of_another_guilds_article(archive: Archive) -> None:
    archive.add(ADA, story("The board met."))
    with pytest.raises(NoSuchArticle):
        archive.remove(BEN, 1)
    with pytest.raises(NoSuchArticle):
        archive.remove(SHARED, 1)
    assert ids(archive.shelf(ADA)) == [1]


@pytest.mark.parametrize("article_id", [0, -1, 2, 2**63, 2**200])
def test_an_id_that_is_no_articles_is_an_error(archive: Archive, article_id: int) -> None:
    archive.add(ADA, story("The board met."))
    with pytest.raises(NoSuchArticle):
        archive.remove(ADA, article_id)
