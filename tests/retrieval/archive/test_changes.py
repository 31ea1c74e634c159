import shutil
from pathlib import Path

from retrieval.archive import Archive
from retrieval.article import SHARED
from tests.retrieval.world import ADA, story


def test_each_change_has_a_mark_of_its_own(archive: Archive) -> None:
    assert archive.mark(archive.change_number()) == 0
    marks = set()
    for number in range(5):
        archive.add(SHARED, story(f"Fish {number}."))
        marks.add(archive.mark(archive.change_number()))
    assert len(marks) == 5


def test_archives_that_were_one_share_the_marks_of_that_time_alone(path: Path) -> None:
    copy = path.with_name("copy.db")
    with Archive.open(path) as archive:
        archive.add(SHARED, story("Fish one."))
    shutil.copy(path, copy)
    with Archive.open(path) as archive, Archive.open(copy) as other:
        for each in (archive, other):
            each.add(SHARED, story("Fish two."))
        assert archive.change_number() == other.change_number()
        assert archive.mark(1) == other.mark(1)
        assert archive.mark(2) != other.mark(2)


def test_owners_are_all_who_ever_had_articles(archive: Archive) -> None:
    archive.add(SHARED, story("Fish one."))
    added = archive.add(ADA, story("Fish two."))
    archive.add(ADA, story("Fish three."))
    archive.remove(ADA, added.article_id)
    assert archive.owners() == {SHARED: 1, ADA: 2}


def test_an_archive_that_is_being_written_says_so(archive: Archive) -> None:
    with archive.unchanging():
        assert not archive.is_writing
    with archive.writing():
        assert archive.is_writing
    assert not archive.is_writing
