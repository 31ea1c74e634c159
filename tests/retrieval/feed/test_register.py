"""The register of feeds: who has which, who reads one just now, and when somebody is told that one fails."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from retrieval.article import SHARED
from retrieval.feed.entries import Feed
from retrieval.feed.register import LEASE, MOST_FEEDS, PATIENCE, BeingRead, NoSuchFeed, TooManyFeeds
from retrieval.feed.schedule import OddInterval, Pause
from retrieval.feed.subscription import Failure, Kind
from retrieval.library import Library
from tests.retrieval.feed.world import HALF_AN_HOUR, MINUTE, NOW, URL, entry, lists, subscribed
from tests.retrieval.world import ADA, BEN

BROKEN = Failure("velm.example has a fault of its own.")
MISSING = Failure("velm.example has no page at this address.", Kind.LASTING)
GONE = Failure("velm.example has no page at this address.", Kind.GONE)


# Whose they are


def test_a_feed_is_added_once_whichever_route_leads_to_it(library: Library) -> None:
    first = library.feeds.add(ADA, URL, "Velm News", HALF_AN_HOUR, NOW, channel=77)
    again = library.feeds.add(ADA, "http://www.velm.example/feed.xml?utm_source=x", "Other", MINUTE * 60, NOW)
    assert (first.new, again.new) == (True, False)
    assert again.feed == first.feed
    assert (first.feed.url, first.feed.title, first.feed.channel) == (URL, "Velm News", 77)


def test_each_guild_has_its_own_feeds_and_no_other(library: Library) -> None:
    added = {guild: library.feeds.add(guild, URL, "Velm", HALF_AN_HOUR, NOW).feed for guild in (SHARED, ADA, BEN)}
    for guild, feed in added.items():
        assert library.feeds.of(guild) == [feed]


ACTS: list[Callable[[Library, int], object]] = [
    lambda library, feed_id: library.feeds.one(BEN, feed_id),
    lambda library, feed_id: library.feeds.pause(BEN, feed_id),
    lambda library, feed_id: library.feeds.resume(BEN, feed_id, NOW),
    lambda library, feed_id: library.feeds.remove(BEN, feed_id),
    lambda library, feed_id: library.feeds.claim(BEN, feed_id, NOW),
    lambda library, feed_id: library.feeds.change_interval(BEN, feed_id, HALF_AN_HOUR, NOW),
]


@pytest.mark.parametrize("act", ACTS)
def test_nobody_can_touch_another_guilds_feed_nor_one_that_is_none(
    library: Library, act: Callable[[Library, int], object]
) -> None:
    feed = subscribed(library, ADA, 1)
    for feed_id in (feed.id, 4711, 0, -1, 2**63, -(10**30)):
        with pytest.raises(NoSuchFeed, match=f"There is no feed {feed_id} here."):
            act(library, feed_id)
    assert library.feeds.one(ADA, feed.id).schedule.pause is None


def test_a_guild_has_no_more_feeds_than_it_may_and_the_shared_library_as_many_as_it_likes(library: Library) -> None:
    for guild in (ADA, SHARED):
        for number in range(MOST_FEEDS):
            library.feeds.add(guild, f"{URL}/{number}", "Velm", HALF_AN_HOUR, NOW)
    with pytest.raises(TooManyFeeds, match="the most that a server can have"):
        library.feeds.add(ADA, URL, "Velm", HALF_AN_HOUR, NOW)
    assert library.feeds.add(SHARED, URL, "Velm", HALF_AN_HOUR, NOW).new
    assert not library.feeds.add(ADA, f"{URL}/7", "Velm", HALF_AN_HOUR, NOW).new


def test_a_removed_feed_is_forgotten_with_its_entries_and_its_id_never_comes_back(library: Library) -> None:
    feed = subscribed(library, ADA, 1, 2)
    assert library.feeds.remove(ADA, feed.id).title == "Velm News"
    assert library.feeds.of(ADA) == []
    assert library.feeds.announcements.wanted(feed.id, 9, NOW) == []
    assert library.feeds.add(ADA, URL, "Velm", HALF_AN_HOUR, NOW).feed.id > feed.id


@pytest.mark.parametrize("interval", [4 * MINUTE, timedelta(days=8)])
def test_an_interval_out_of_bounds_is_refused(library: Library, interval: timedelta) -> None:
    with pytest.raises(OddInterval):
        library.feeds.add(ADA, URL, "Velm", interval, NOW)
    feed = subscribed(library, ADA)
    with pytest.raises(OddInterval):
        library.feeds.change_interval(ADA, feed.id, interval, NOW)
    assert library.feeds.change_interval(ADA, feed.id, 60 * MINUTE, NOW).schedule.interval == 60 * MINUTE


# Who reads one


def test_a_feed_is_due_when_its_interval_is_over(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    assert library.feeds.claim_due(NOW + 29 * MINUTE) is None
    claimed = library.feeds.claim_due(NOW + HALF_AN_HOUR)
    assert claimed is not None
    assert claimed.id == feed.id


def test_a_new_feed_belongs_to_who_added_it(library: Library) -> None:
    feed = library.feeds.add(ADA, URL, "Velm", HALF_AN_HOUR, NOW).feed
    assert library.feeds.claim_due(NOW) is None
    library.feeds.release(feed.id)
    assert library.feeds.claim_due(NOW) is not None


def test_the_feed_that_waited_longest_is_read_first(library: Library) -> None:
    late, later = (subscribed(library, guild, 1) for guild in (ADA, BEN))
    lists(library, late, now=NOW + MINUTE)
    claimed = [library.feeds.claim_due(NOW + 60 * MINUTE) for _ in range(3)]
    assert [each and each.id for each in claimed] == [later.id, late.id, None]


def test_two_processes_never_read_one_feed_at_once(path: Path) -> None:
    with Library.open(path) as one, Library.open(path) as other:
        feed = subscribed(one, ADA, 1)
        then = NOW + HALF_AN_HOUR
        assert one.feeds.claim_due(then) is not None
        assert other.feeds.claim_due(then) is None
        with pytest.raises(BeingRead, match=f"Feed {feed.id} is being read just now"):
            other.feeds.claim(ADA, feed.id, then)
        one.feeds.release(feed.id)
        assert other.feeds.claim_due(then) is not None


def test_a_feed_whose_reader_died_is_read_by_another_and_not_while_it_gives_signs_of_life(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    then = NOW + HALF_AN_HOUR
    library.feeds.claim(ADA, feed.id, then)
    library.feeds.keep(feed.id, then + 4 * MINUTE)
    assert library.feeds.claim_due(then + LEASE) is None
    assert library.feeds.claim_due(then + 4 * MINUTE + LEASE) is not None


def test_a_paused_feed_is_not_due_until_it_is_resumed(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    assert library.feeds.pause(ADA, feed.id).schedule.pause is Pause.ASKED
    assert library.feeds.claim_due(NOW + timedelta(days=30)) is None
    library.feeds.resume(ADA, feed.id, NOW)
    assert library.feeds.claim_due(NOW) is not None


def test_a_feed_that_is_paused_while_it_is_read_stays_paused(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    library.feeds.claim(ADA, feed.id, NOW)
    library.feeds.pause(ADA, feed.id)
    lists(library, feed, entry(2))
    library.feeds.failed(feed.id, BROKEN, NOW)
    assert library.feeds.one(ADA, feed.id).schedule.pause is Pause.ASKED


def test_of_a_feed_that_is_removed_while_it_is_read_nothing_comes_back(library: Library) -> None:
    feed = subscribed(library, ADA, 1)
    library.feeds.remove(ADA, feed.id)
    lists(library, feed, entry(2))
    library.feeds.unchanged(feed.id, NOW)
    library.feeds.failed(feed.id, BROKEN, NOW)
    library.feeds.put_off(feed.id, NOW, NOW)
    library.feeds.release(feed.id)
    assert library.feeds.of(ADA) == []
    assert library.feeds.announcements.wanted(feed.id, 9, NOW) == []


# How they are


def test_what_a_server_names_the_state_of_a_feed_by_is_kept_while_it_is_the_same(library: Library) -> None:
    feed = subscribed(library, ADA)
    library.feeds.found(feed.id, Feed("Velm", None, (), minutes=90), NOW, etag='"a"', last_modified="Mon")
    library.feeds.unchanged(feed.id, NOW + MINUTE)
    after = library.feeds.one(ADA, feed.id)
    assert (after.etag, after.last_modified, after.last_read) == ('"a"', "Mon", NOW + MINUTE)
    assert after.schedule.due == NOW + 91 * MINUTE
    lists(library, feed, now=NOW + 2 * MINUTE)
    assert library.feeds.one(ADA, feed.id).etag is None


def test_a_feed_that_fails_says_since_when_and_why_and_is_well_again_once_it_was_read(library: Library) -> None:
    feed = subscribed(library, ADA)
    for minutes in (0, 1):
        library.feeds.failed(feed.id, BROKEN, NOW + minutes * MINUTE)
    failing = library.feeds.one(ADA, feed.id)
    assert (failing.failing_since, failing.error, failing.schedule.failures) == (NOW, BROKEN.reason, 2)
    assert failing.schedule.due == NOW + 121 * MINUTE
    library.feeds.unchanged(feed.id, NOW + 2 * MINUTE)
    well = library.feeds.one(ADA, feed.id)
    assert (well.failing_since, well.error, well.schedule.failures) == (None, None, 0)


def test_a_feed_that_is_gone_is_read_no_more_unless_somebody_resumes_it(library: Library) -> None:
    feed = subscribed(library, ADA)
    library.feeds.failed(feed.id, GONE, NOW)
    assert library.feeds.one(ADA, feed.id).schedule.pause is Pause.GONE
    assert library.feeds.claim_due(NOW + timedelta(days=365)) is None
    resumed = library.feeds.resume(ADA, feed.id, NOW)
    assert (resumed.error, resumed.schedule.pause) == (None, None)


def untold(library: Library) -> list[int]:
    return [feed.id for feed in library.feeds.untold()]


def test_a_passing_failure_is_told_when_it_does_not_pass_and_only_once(library: Library) -> None:
    feed = subscribed(library, ADA)
    for times in range(1, PATIENCE + 3):
        library.feeds.failed(feed.id, BROKEN, NOW)
        assert untold(library) == ([feed.id] if times == PATIENCE else [])
        if times == PATIENCE:
            library.feeds.told(feed.id)


@pytest.mark.parametrize("failure", [MISSING, GONE])
def test_a_lasting_failure_is_told_at_once_and_only_once(library: Library, failure: Failure) -> None:
    feed = subscribed(library, ADA)
    library.feeds.failed(feed.id, failure, NOW)
    assert untold(library) == [feed.id]
    library.feeds.told(feed.id)
    library.feeds.failed(feed.id, failure, NOW)
    assert untold(library) == []


def test_a_feed_that_fails_again_after_it_was_well_is_told_again(library: Library) -> None:
    feed = subscribed(library, ADA)
    library.feeds.failed(feed.id, MISSING, NOW)
    library.feeds.told(feed.id)
    library.feeds.unchanged(feed.id, NOW)
    assert untold(library) == []
    library.feeds.failed(feed.id, MISSING, NOW)
    assert untold(library) == [feed.id]


def test_what_was_not_told_before_the_program_ended_is_told_after(path: Path) -> None:
    with Library.open(path) as library:
        feed = subscribed(library, ADA)
        library.feeds.failed(feed.id, MISSING, NOW)
    with Library.open(path) as library:
        assert untold(library) == [feed.id]
        library.feeds.told(feed.id)
    with Library.open(path) as library:
        assert untold(library) == []
