import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from retrieval.archive import Added, Archive, Unusable
from retrieval.article import SHARED
from retrieval.shelf import Origin
from tests.retrieval.world import ADA, BEN, CHECKOUT, asked_of_the_file, ids, story


def test_an_archive_is_made_where_there_is_none_with_its_folder(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "new" / "folder" / "archive.db") as archive:
        assert len(archive.shelf(SHARED)) == 0


def test_readers_do_not_wait_for_writers(stored: Archive, path: Path) -> None:
    assert asked_of_the_file(path, "pragma journal_mode") == [("wal",)]


def test_each_migration_is_applied_once_and_recorded(stored: Archive, path: Path) -> None:
    recorded = asked_of_the_file(path, "select * from _sqlite_migrations")
    with Archive.open(path):
        assert asked_of_the_file(path, "select * from _sqlite_migrations") == recorded
    assert len(recorded) >= 2


def test_what_was_stored_is_there_when_it_is_opened_again(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.add(ADA, story("The board met.", "Board meets", key="k", url="https://packet.example/1"))
        before = list(archive.shelf(ADA).versions())
    with Archive.open(path) as archive:
        assert list(archive.shelf(ADA).versions()) == before


def test_a_throw_away_archive_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Archive.throw_away() as archive:
        archive.add(SHARED, story("The board met."))
    assert not list(tmp_path.iterdir())


def test_an_empty_file_becomes_an_archive(path: Path) -> None:
    path.touch()
    with Archive.open(path) as archive:
        assert len(archive.shelf(SHARED)) == 0


def _a_text(path: Path) -> None:
    path.write_text("The harbour board met on Tuesday.\n" * 200)


def _a_folder(path: Path) -> None:
    path.mkdir()


def _a_file_without_its_head(path: Path) -> None:
    path.write_bytes(b"\0" * 100 + _an_archive(path)[100:])


def _half_a_file(path: Path) -> None:
    whole = _an_archive(path)
    path.write_bytes(whole[: len(whole) // 2])


def _a_file_with_a_damaged_first_page(path: Path) -> None:
    whole = _an_archive(path)
    path.write_bytes(whole[:100] + b"\xff" * 3_996 + whole[4_096:])


def _a_database_of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table articles (price real)")


def _an_archive(path: Path) -> bytes:
    with Archive.open(path) as archive, archive.writing():
        for n in range(50):
            archive.add(SHARED, story(f"The board met for time {n}. " * 20))
    return path.read_bytes()


@pytest.mark.parametrize(
    "made",
    [
        _a_text,
        _a_folder,
        _a_file_without_its_head,
        _half_a_file,
        _a_file_with_a_damaged_first_page,
        _a_database_of_another_program,
    ],
)
def test_a_file_that_is_no_archive_is_refused_in_one_sentence(made: Callable[[Path], None], path: Path) -> None:
    made(path)
    with pytest.raises(Unusable, match=r"The archive .*archive\.db cannot be used: [^\n]+\.$"):
        Archive.open(path)


def test_a_file_that_is_no_archive_stays_as_it_is(path: Path) -> None:
    _a_text(path)
    before = path.read_bytes()
    with pytest.raises(Unusable):
        Archive.open(path)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_said(path: Path) -> None:
    _a_text(path)
    with pytest.raises(Unusable):
        Archive.open(path / "archive.db")


def test_an_archive_that_never_held_anything_has_no_change(archive: Archive) -> None:
    assert archive.change_number() == 0
    assert archive.changes_since(0, SHARED, 10) == []


def test_each_change_has_a_higher_number(archive: Archive) -> None:
    numbers = [archive.change_number()]
    for change in (
        lambda: archive.add(ADA, story("One.", key="k")),
        lambda: archive.add(ADA, story("Two.", key="k")),
        lambda: archive.remove(ADA, 1),
    ):
        change()
        numbers.append(archive.change_number())
    assert numbers == sorted(set(numbers))


def test_a_duplicate_is_no_change(archive: Archive) -> None:
    archive.add(ADA, story("One."))
    before = archive.change_number()
    archive.add(ADA, story("One.", key="k"))
    assert archive.change_number() == before


def test_changes_are_told_by_guild_in_their_order_a_few_at_a_time(archive: Archive) -> None:
    archive.add(ADA, story("One.", key="k"))
    before = archive.change_number()
    archive.add(BEN, story("Two."))
    archive.add(ADA, story("Three."))
    archive.add(ADA, story("Four.", key="k"))
    archive.remove(ADA, 3)
    changes = archive.changes_since(before, ADA, 10)
    assert [article_id for _, _, article_id in changes] == [3, 1, 3]
    assert [archive.mark(number) for number, _, _ in changes] == [mark for _, mark, _ in changes]
    assert archive.changes_since(before, ADA, 2) == changes[:2]
    assert archive.changes_since(changes[0][0], ADA, 10) == changes[1:]
    assert archive.changes_since(before, SHARED, 10) == []


def test_a_failed_change_stores_nothing(archive: Archive) -> None:
    archive.add(ADA, story("One.", key="k"))
    with suppress(KeyboardInterrupt), archive.writing():
        archive.add(ADA, story("Two.", key="k"))
        archive.add(ADA, story("Three."))
        archive.remove(ADA, 1)
        raise KeyboardInterrupt
    assert [version.article.text for version in archive.shelf(ADA).versions()] == ["One."]
    assert archive.shelf(ADA).origins(1) == [Origin("k", None)]


def test_others_see_a_change_when_it_is_whole(stored: Archive, path: Path) -> None:
    with Archive.open(path) as other:
        with stored.writing():
            stored.add(ADA, story("One."))
            stored.add(ADA, story("Two."))
            assert len(other.shelf(ADA)) == 0
        assert len(other.shelf(ADA)) == 2


def test_a_reader_keeps_what_it_saw_first(stored: Archive, path: Path) -> None:
    stored.add(ADA, story("One.", key="k"))
    with Archive.open(path) as reader:
        shelf = reader.shelf(ADA)
        with reader.unchanging():
            before = list(shelf.versions())
            stored.add(ADA, story("Two.", key="k"))
            stored.add(ADA, story("Three."))
            stored.remove(ADA, 1)
            assert list(shelf.versions()) == before
            assert shelf.text(1, 1) == "One."
        assert ids(shelf) == [2]


def test_a_readers_block_may_stand_inside_another(stored: Archive, path: Path) -> None:
    with Archive.open(path) as reader, reader.unchanging():
        with reader.unchanging():
            assert len(reader.shelf(ADA)) == 0
        stored.add(ADA, story("One."))
        assert len(reader.shelf(ADA)) == 0


def test_a_reader_that_fails_sees_the_world_go_on(stored: Archive, path: Path) -> None:
    with Archive.open(path) as reader:
        with pytest.raises(KeyError), reader.unchanging():
            raise KeyError
        stored.add(ADA, story("One."))
        assert len(reader.shelf(ADA)) == 1


def test_a_kill_in_the_middle_of_an_import_loses_nothing_acknowledged(path: Path) -> None:
    command = [sys.executable, "-m", "tests.retrieval.importing", str(path)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        acknowledged = [int(child.stdout.readline()) for _ in range(3)][-1]
        child.kill()
    with Archive.open(path) as archive:
        held = list(archive.shelf(SHARED).versions())
        assert [version.article.title for version in held] == [f"Story {n}" for n in range(1, len(held) + 1)]
        assert len(held) >= acknowledged > 0
        assert archive.add(SHARED, story("And it goes on.")) == Added(len(held) + 1, 1)
    assert asked_of_the_file(path, "pragma integrity_check") == [("ok",)]
