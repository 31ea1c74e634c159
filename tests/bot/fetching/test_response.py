"""When a busy site wants to be asked again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import datetimes, text, timezones

from bot.fetching.response import not_before

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("0", timedelta()),
        ("120", timedelta(minutes=2)),
        ("Tue, 24 Nov 2026 13:00:00 GMT", timedelta(hours=1)),
        ("Tue, 24 Nov 2026 13:00:00 -0000", timedelta(hours=1)),
        ("Tue, 24 Nov 2026 13:00:00 +0100", timedelta()),
        ("Sat, 01 Jan 2000 00:00:00 GMT", timedelta()),
    ],
)
def test_a_break_is_given_in_seconds_or_as_a_date(retry_after: str, wait: timedelta) -> None:
    assert not_before(retry_after, NOW) == NOW + wait


@pytest.mark.parametrize("retry_after", ["9" * 12, "9" * 5_000, "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_a_break_is_at_most_a_week(retry_after: str) -> None:
    assert not_before(retry_after, NOW) == NOW + timedelta(days=7)


@pytest.mark.parametrize("retry_after", ["", "soon", "-5", "²", "1.5", "Mon, 99 Foo 2026 13:00:00 GMT"])
def test_other_words_say_nothing(retry_after: str) -> None:
    assert not_before(retry_after, NOW) is None


@given(text() | datetimes(timezones=timezones()).map(lambda date: f"{date:%a, %d %b %Y %H:%M:%S %z}"))
def test_any_header_gives_a_time_within_the_week_or_none(retry_after: str) -> None:
    until = not_before(retry_after, NOW)
    assert until is None or (until.tzinfo is UTC and NOW <= until <= NOW + timedelta(days=7))
