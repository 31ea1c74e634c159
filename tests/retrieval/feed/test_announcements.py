"""What feeds announce: each story is fetched once, again when it changed, and later when its page could not be had."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.arrivals import missed, store
from retrieval.article import SHARED
from retrieval.feed.announcements import MOST_KEPT, MOST_TRIES
from retrieval.feed.entries import Entry
from retrieval.feed.subscription import Failure, Kind
from retrieval.library import Library
from tests.retrieval.feed.world import (
    HALF_AN_HOUR,
    MINUTE,
    NOW,
    URL,
    entry,
    fetched,
    lists,
    subscribed,
    titles,
    wanted,
    written,
)
from tests.retrieval.world import ADA, BEN, ids

BROKEN = Failure("velm.example has a fault of its own.")
NO_ARTICLE = Failure("This is a page of headlines.", Kind.LASTING)


def test_what_a_feed_lists_is_to_be_fetched_the_newest_first_and_in_portions(library: Library) -> None:
    feed = subscribed(library, ADA, 1, 3, 2)
    assert titles(wanted(library, feed)) == ["Story 3", "Story 2", "Story 1"]
    assert titles(wanted(library, feed, at_most=2)) == ["Story 3", "Story 2"]


def test_what_was_fetched_is_not_fetched_again(library: Library) -> None:
    feed = subscribed(library, ADA, 1, 2)
    fetched(library, feed)
    lists(library, feed, entry(2), entry(3), now=NOW + HALF_AN_HOUR)
    assert titles(wanted(library, feed, NOW + HALF_AN_HOUR)) == ["Story 3"]


def test_what_was_left_over_comes_the_next_time_even_if_the_feed_lists_it_no_more(library: Library) -> None:
    feed = subscribed(library, ADA, 1, 2)
    lists(library, feed, entry(3), now=NOW + MINUTE)
    library.feeds.unchanged(feed.id, NOW + 2 * MINUTE)
    assert titles(wanted(library, feed, NOW + 2 * MINUTE)) == ["Story 3", "Story 2", "Story 1"]


@pytest.mark.parametrize(
    "changed",
    [
        replace(entry(1), title="Story 1, corrected"),
        replace(entry(1), published="2024-05-05T00:00:00+00:00"),
        replace(entry(1), link="https://velm.example/1-corrected"),
        replace(entry(1), key="story-1#2", title="Story 1 with another key"),
    ],
    ids=["title", "day", "link", "key and title"],
)
def test_what_changed_is_fetched_again(library: Library, changed: Entry) -> None:
    feed = subscribed(library, ADA, 1)
    fetched(library, feed)
    lists(library, feed, changed, now=NOW + MINUTE)
    (again,) = wanted(library, feed, NOW + MINUTE)
    assert (again.link, again.title, again.published) == (changed.link, changed.title, changed.published)


@pytest.mark.parametrize(
    "same", [replace(entry(1), link="http://www.velm.example/1?utm_source=feed"), replace(entry(1), key="new")]
)
def test_another_route_or_key_to_the_same_story_is_no_change(library: Library, same: Entry) -> None:
    feed = subscribed(library, ADA, 1)
    fetched(library, feed)
    lists(library, feed, same)
    assert wanted(library, feed) == []


def test_a_correction_becomes_a_new_version(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    fetched(library, feed)
    lists(library, feed, entry(1, "Story 1, corrected"))
    (again,) = wanted(library, feed)
    page = replace(written("Story 1"), text="Story 1 did not happen on the quays of Velm.")
    added = store(library, feed, again, page, NOW)
    assert added is not None
    assert (added.article_id, added.version) == (1, 2)
    assert library.feeds.one(ADA, feed.id).articles == 1


def test_what_changes_at_each_look_is_left_alone_longer_each_time_and_never_for_good(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    now, waits = NOW, []
    for number in range(14):
        fetched(library, feed, now)
        lists(library, feed, entry(1, f"Update {number}"), now=now)
        first = next(minutes for minutes in range(2_000) if wanted(library, feed, now + minutes * MINUTE))
        waits.append(first)
        now += first * MINUTE
    assert waits[:5] == [0, 1, 3, 7, 15]
    assert waits[-1] == 24 * 60


# Pages that cannot be had


def test_a_page_that_cannot_be_had_for_a_passing_reason_is_tried_again_and_not_for_ever(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    for _ in range(MOST_TRIES):
        (again,) = wanted(library, feed)
        missed(library, feed, again, BROKEN, NOW)
    assert wanted(library, feed) == []
    after = library.feeds.one(ADA, feed.id)
    assert (after.waiting, after.refused, after.refusal) == (0, 1, BROKEN.reason)


def test_a_page_without_an_article_is_not_tried_again_and_the_feed_says_why(library: Library) -> None:
    feed = subscribed(library, ADA, 1, 2)
    missed(library, feed, wanted(library, feed)[0], NO_ARTICLE, NOW)
    assert titles(wanted(library, feed)) == ["Story 1"]
    after = library.feeds.one(ADA, feed.id)
    assert (after.waiting, after.refused, after.refusal) == (1, 1, "This is a page of headlines.")


def test_a_page_without_an_article_that_changed_is_tried_again(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    missed(library, feed, wanted(library, feed)[0], NO_ARTICLE, NOW)
    lists(library, feed, entry(1, "Story 1, now with words"))
    assert fetched(library, feed) == [1]
    assert library.feeds.one(ADA, feed.id).refused == 0


def test_those_that_failed_come_after_those_that_were_not_tried_yet(library: Library) -> None:
    feed = subscribed(library, ADA, 1, 2, 3)
    missed(library, feed, wanted(library, feed)[0], BROKEN, NOW)
    assert titles(wanted(library, feed)) == ["Story 2", "Story 1", "Story 3"]


def test_a_site_that_wants_rest_gets_it_for_the_page_and_for_the_feed(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    then = NOW + 90 * MINUTE
    missed(library, feed, wanted(library, feed)[0], Failure("velm.example is too busy.", Kind.BUSY, then), NOW)
    assert wanted(library, feed, then - MINUTE) == []
    assert titles(wanted(library, feed, then)) == ["Story 1"]
    assert library.feeds.one(ADA, feed.id).schedule.due == then


# What was removed


def test_an_article_that_was_removed_is_not_fetched_again_even_if_it_changed(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    (article,) = fetched(library, feed)
    library.remove(ADA, article)
    lists(library, feed, entry(1, "Story 1, corrected"), now=NOW + MINUTE)
    assert wanted(library, feed, NOW + timedelta(days=9)) == []
    assert library.feeds.one(ADA, feed.id).waiting == 0


def test_an_article_that_was_removed_is_not_brought_back_by_another_feed_of_the_guild(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    (article,) = fetched(library, feed)
    library.remove(ADA, article)
    other = subscribed(library, ADA, 1, 2, url=f"{URL}?section=world")
    assert titles(wanted(library, other)) == ["Story 2"]
    assert titles(wanted(library, subscribed(library, BEN, 1))) == ["Story 1"]


def test_an_article_that_was_removed_is_not_brought_back_by_what_another_feed_had_still_to_fetch(
    library: Library,
) -> None:
    feed = subscribed(library, ADA, 1)
    other = subscribed(library, ADA, 1, 2, url=f"{URL}?section=world")
    (article,) = fetched(library, feed)
    library.remove(ADA, article)
    assert titles(wanted(library, other)) == ["Story 2"]


def test_an_article_that_is_removed_while_its_page_is_fetched_again_stays_removed(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    (article,) = fetched(library, feed)
    lists(library, feed, entry(1, "Story 1, corrected"))
    (again,) = wanted(library, feed)
    library.remove(ADA, article)
    assert store(library, feed, again, written("Story 1, corrected"), NOW) is None
    missed(library, feed, again, BROKEN, NOW)
    assert wanted(library, feed) == []
    assert ids(library.shelf(ADA)) == []


def test_of_a_feed_that_is_removed_while_a_page_is_fetched_no_article_comes(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    (page,) = wanted(library, feed)
    library.feeds.remove(ADA, feed.id)
    assert store(library, feed, page, written("Story 1"), NOW) is None
    missed(library, feed, page, BROKEN, NOW)
    assert ids(library.shelf(ADA)) == []


def test_a_removed_feeds_articles_stay(library: Library) -> None:
    feed = subscribed(library, ADA, 1, 2)
    articles = fetched(library, feed)
    library.feeds.remove(ADA, feed.id)
    assert ids(library.shelf(ADA)) == articles


def test_with_an_article_goes_all_that_its_feed_said_of_it(path: Path) -> None:
    with Library.open(path) as library:
        feed = subscribed(library, ADA, 1)
        (article,) = fetched(library, feed)
        lists(library, feed, entry(1, "Marta Lindgren, corrected"))
        library.remove(ADA, article)
        lists(library, feed, entry(1, "Marta Lindgren, corrected again"), now=NOW + MINUTE)
        assert wanted(library, feed, NOW + timedelta(days=9)) == []
    for words in (b"Marta", b"Story 1", b"story-1", b"velm.example/1"):
        assert words not in path.read_bytes()


def test_what_an_entry_leads_to_belongs_to_the_feeds_guild_alone(library: Library) -> None:
    fetched(library, subscribed(library, ADA, 1))
    assert len(library.shelf(BEN)) == len(library.shelf(SHARED)) == 0


def test_entries_that_a_feed_lists_no_more_are_forgotten_in_time_and_listed_ones_never(library: Library) -> None:
    feed = subscribed(library, ADA)
    rounds = MOST_KEPT // 500 + 2
    for number in range(rounds):
        news = (entry(500 * number + each) for each in range(1, 500))
        lists(library, feed, entry(0), *news, now=NOW + number * MINUTE)
    kept = wanted(library, feed, NOW + rounds * MINUTE, at_most=10 * MOST_KEPT)
    assert len(kept) == MOST_KEPT
    assert "Story 0" in titles(kept)
    assert f"Story {500 * rounds - 1}" in titles(kept)
    assert "Story 1" not in titles(kept)


OUTCOMES = st.sampled_from(["stored", "broken", "refused"])
POLL = st.tuples(st.sets(st.integers(1, 6)), st.integers(1, 4), st.lists(OUTCOMES, max_size=4))
POLLS = st.lists(POLL, max_size=MOST_TRIES - 1)


@given(POLLS)
def test_however_polls_go_a_story_is_stored_at_most_once_and_never_lost_for_a_passing_reason(
    polls: list[tuple[set[int], int, list[str]]],
) -> None:
    with Library.throw_away() as library:
        feed = subscribed(library, ADA)
        now, listed, done = NOW, set[str](), list[str]()
        for numbers, at_most, outcomes in polls:
            now += HALF_AN_HOUR
            lists(library, feed, *map(entry, sorted(numbers)), now=now)
            listed |= {f"Story {number}" for number in numbers}
            for each, outcome in zip(wanted(library, feed, now, at_most), outcomes, strict=False):
                title = str(each.title)
                if outcome == "stored":
                    assert store(library, feed, each, written(title), now) is not None
                else:
                    missed(library, feed, each, BROKEN if outcome == "broken" else NO_ARTICLE, now)
                done += [title] if outcome != "broken" else []
        assert len(done) == len(set(done))
        waiting = set(map(str, titles(wanted(library, feed, now))))
        assert waiting == listed - set(done)
        assert len(library.shelf(ADA)) == library.feeds.one(ADA, feed.id).articles
