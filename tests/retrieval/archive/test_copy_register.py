"""Copies of one story, as the archive knows them."""

from pathlib import Path

import pytest

from retrieval.archive import Archive
from retrieval.article import SHARED, Guild
from tests.retrieval.archive.test_copies import LINES, OTHER_REPORT, STORY
from tests.retrieval.world import ADA, BEN, asked_of_the_file, story

TRIMMED = "\n".join(LINES[:10])
EDITED = STORY.replace("before the winter storms arrive", "in time for winter")


def copies(archive: Archive, guild: Guild, article_id: int) -> tuple[int, ...]:
    return archive.shelf(guild).copies([article_id])[article_id]


@pytest.mark.parametrize("text", [TRIMMED, EDITED, f"MARRICK – {STORY}\n\nThe Marrick Echo has more on page 4."])
def test_a_story_that_another_outlet_carries_is_kept_as_a_copy(archive: Archive, text: str) -> None:
    archive.add(ADA, story(STORY))
    assert archive.add(ADA, story(text)).copy_of == (1,)
    assert (copies(archive, ADA, 1), copies(archive, ADA, 2)) == ((2,), (1,))


def test_another_report_of_the_same_event_is_no_copy(archive: Archive) -> None:
    archive.add(ADA, story(STORY))
    assert archive.add(ADA, story(OTHER_REPORT)).copy_of == ()


def test_copies_are_seen_only_where_both_are(archive: Archive) -> None:
    archive.add(ADA, story(STORY))
    archive.add(BEN, story(EDITED))
    assert (copies(archive, ADA, 1), copies(archive, BEN, 2)) == ((), ())
    assert archive.add(SHARED, story(TRIMMED)).copy_of == ()
    assert (copies(archive, ADA, 3), copies(archive, BEN, 3), copies(archive, SHARED, 3)) == ((1,), (2,), ())
    assert (copies(archive, ADA, 1), copies(archive, BEN, 2)) == ((3,), (3,))


def test_a_shared_article_with_a_guilds_very_text_is_its_copy(archive: Archive) -> None:
    archive.add(ADA, story("The board met."))
    archive.add(SHARED, story("The board  met."))
    assert copies(archive, ADA, 1) == (2,)


def test_a_corrected_copy_is_compared_anew(archive: Archive) -> None:
    archive.add(ADA, story(STORY))
    archive.add(ADA, story(EDITED, key="k"))
    archive.add(ADA, story(OTHER_REPORT, key="k"))
    assert copies(archive, ADA, 1) == ()
    archive.withdraw(ADA, 2, 2)
    assert copies(archive, ADA, 1) == (2,)


def test_a_removed_copy_is_none(stored: Archive, path: Path) -> None:
    stored.add(ADA, story(STORY))
    stored.add(ADA, story(EDITED))
    stored.remove(ADA, 2)
    assert copies(stored, ADA, 1) == ()
    assert asked_of_the_file(path, "select count(*) from copies") == [(0,)]
