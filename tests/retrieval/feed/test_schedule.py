"""When a feed is asked next."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.feed.schedule import (
    FARTHEST,
    LONGEST,
    LONGEST_BACK_OFF,
    SHORTEST,
    OddInterval,
    Pause,
    Schedule,
    every,
    failed,
    gone,
    paused,
    read,
    resumed,
)

NOW = datetime(2024, 5, 4, 10, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds
INTERVALS = st.timedeltas(SHORTEST, LONGEST)
SCHEDULES = st.builds(Schedule, MOMENTS, INTERVALS, st.integers(0, 10_000), st.sampled_from([None, *Pause]))


def test_a_new_feed_is_due_at_once_and_then_every_half_hour() -> None:
    schedule = Schedule(due=NOW)
    assert schedule.is_due(NOW)
    assert read(schedule, NOW, None) == Schedule(due=NOW + 30 * MINUTE)


def test_a_feed_that_states_a_longer_time_to_live_is_left_alone_so_long() -> None:
    assert read(Schedule(due=NOW), NOW, 90).due == NOW + 90 * MINUTE
    assert read(Schedule(due=NOW), NOW, 5).due == NOW + 30 * MINUTE


def test_the_wait_doubles_with_each_failure_up_to_a_day() -> None:
    schedule, waits = Schedule(due=NOW), []
    for _ in range(8):
        schedule = failed(schedule, NOW, None)
        waits.append((schedule.due - NOW) // MINUTE)
    assert waits == [60, 120, 240, 480, 960, 1440, 1440, 1440]
    assert schedule.failures == 8


def test_a_feed_that_is_read_again_has_its_interval_back() -> None:
    failing = failed(failed(Schedule(due=NOW), NOW, None), NOW, None)
    assert read(failing, NOW, None) == Schedule(due=NOW + 30 * MINUTE)


def test_a_server_that_names_a_later_time_is_asked_then() -> None:
    assert failed(Schedule(due=NOW), NOW, NOW + 300 * MINUTE).due == NOW + 300 * MINUTE
    assert failed(Schedule(due=NOW), NOW, NOW + MINUTE).due == NOW + 60 * MINUTE


def test_a_feed_that_is_gone_is_paused_until_somebody_resumes_it() -> None:
    schedule = gone(failed(Schedule(due=NOW), NOW, None))
    assert schedule.pause is Pause.GONE
    assert not schedule.is_due(NOW + 30 * LONGEST)
    assert resumed(schedule, NOW) == Schedule(due=NOW)


def test_a_shorter_interval_counts_from_now_and_does_not_forgive_failures() -> None:
    schedule = Schedule(due=NOW + 30 * MINUTE)
    assert every(schedule, 10 * MINUTE, NOW).due == NOW + 10 * MINUTE
    assert every(schedule, 60 * MINUTE, NOW).due == NOW + 30 * MINUTE
    failing = failed(schedule, NOW, None)
    assert every(failing, 10 * MINUTE, NOW).due == failing.due


@pytest.mark.parametrize("interval", [timedelta(0), 4 * MINUTE, timedelta(days=8), timedelta(days=-1)])
def test_an_interval_out_of_bounds_is_refused(interval: timedelta) -> None:
    with pytest.raises(OddInterval, match="every five minutes at most"):
        every(Schedule(due=NOW), interval, NOW)


def test_a_time_that_is_not_in_utc_is_refused() -> None:
    with pytest.raises(ValueError, match="not in UTC"):
        Schedule(due=NOW.replace(tzinfo=None))


@given(SCHEDULES, MOMENTS, st.none() | st.integers(1))
def test_a_feed_that_goes_well_is_not_asked_sooner_than_its_interval_nor_forgotten(
    schedule: Schedule, now: datetime, minutes: int | None
) -> None:
    wait = read(schedule, now, minutes).due - now
    assert schedule.interval <= wait <= max(schedule.interval, LONGEST_BACK_OFF)


@given(SCHEDULES, MOMENTS, st.none() | MOMENTS)
def test_a_failing_feed_is_not_asked_sooner_than_its_interval_nor_forgotten(
    schedule: Schedule, now: datetime, not_before: datetime | None
) -> None:
    after = failed(schedule, now, not_before)
    assert schedule.interval <= after.due - now <= max(schedule.interval, FARTHEST)
    assert not_before is None or after.due >= min(not_before, now + FARTHEST)


@given(SCHEDULES, MOMENTS, st.integers(0, 20))
def test_each_failure_waits_at_least_as_long_as_the_one_before(schedule: Schedule, now: datetime, times: int) -> None:
    waits = []
    for _ in range(times):
        schedule = failed(schedule, now, None)
        waits.append(schedule.due)
    assert waits == sorted(waits)


@given(SCHEDULES, MOMENTS)
def test_what_is_paused_is_never_due(schedule: Schedule, now: datetime) -> None:
    assert not paused(schedule).is_due(now)
    assert not gone(schedule).is_due(now)


@given(SCHEDULES, MOMENTS, INTERVALS)
def test_another_interval_never_puts_a_feed_off(schedule: Schedule, now: datetime, interval: timedelta) -> None:
    assert every(schedule, interval, now).due <= schedule.due
