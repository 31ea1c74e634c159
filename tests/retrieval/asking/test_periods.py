from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.period import Period
from retrieval.asking.periods import period_in
from tests.retrieval.strategies import questions

WEDNESDAY = date(2024, 3, 6)


def days(text: str, today: date | None = WEDNESDAY) -> tuple[str, str] | None:
    period = period_in(text, today)
    return None if period is None else (period.first.isoformat(), period.last.isoformat())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Who resigned yesterday?", "2024-03-05", "2024-03-05"),
        ("What closed last night?", "2024-03-05", "2024-03-05"),
        ("Who met this morning?", "2024-03-06", "2024-03-06"),
        ("Who resigned last week?", "2024-02-26", "2024-03-03"),
        ("Which show was renewed this week?", "2024-02-28", "2024-03-06"),
        ("What happened in the past week?", "2024-02-28", "2024-03-06"),
        ("Who met in the last three days?", "2024-03-03", "2024-03-06"),
        ("Who met two weeks ago?", "2024-02-18", "2024-02-24"),
        ("How much rain fell last month?", "2024-02-01", "2024-02-29"),
        ("Who won last year?", "2023-01-01", "2023-12-31"),
        ("Who has won this year?", "2024-01-01", "2024-03-06"),
        ("Who has resigned since Monday?", "2024-03-04", "2024-03-06"),
        ("Who has resigned since last week?", "2024-02-26", "2024-03-06"),
        ("Who resigned last Wednesday?", "2024-02-28", "2024-02-28"),
        ("Who resigned on Wednesday?", "2024-03-06", "2024-03-06"),
        ("Who resigned on Friday?", "2024-03-01", "2024-03-01"),
        ("who won in june last year", "2023-06-01", "2023-06-30"),
        ("Who won in June?", "2023-06-01", "2023-06-30"),
        ("Who won in February?", "2024-02-01", "2024-02-29"),
        ("Who won on 3 March?", "2024-03-03", "2024-03-03"),
        ("Who won on 30 April?", "2023-04-30", "2023-04-30"),
        ("Who won on April 30?", "2023-04-30", "2023-04-30"),
    ],
)
def test_words_for_a_time_count_from_the_day_of_the_question(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)
    assert days(text, None) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Who won in 2021?", "2021-01-01", "2021-12-31"),
        ("who won in march 2021", "2021-03-01", "2021-03-31"),
        ("Who won on 3 March 2021?", "2021-03-03", "2021-03-03"),
        ("Who won on March 3, 2021?", "2021-03-03", "2021-03-03"),
    ],
)
def test_a_time_with_its_year_needs_no_other_day(text: str, first: str, last: str) -> None:
    assert days(text) == days(text, None) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "What may France do?",
        "Did May resign before the election?",
        "Who will March support?",
        "When did the march reach Paris?",
        "What did Sarah March say?",
        "In March Sarah's lawyer, who left?",
        "Where does the sun rise?",
        "Who won the 1990s?",
        "Who will win in 2030?",
        "Who weighed 2021 kilos?",
        "",
    ],
)
def test_other_words_are_no_time(text: str) -> None:
    assert period_in(text, WEDNESDAY) is None


@pytest.mark.parametrize("words", ["yesterday", "last week", "since Monday", "two days ago", "in the past week"])
def test_of_a_certain_day_or_week_only_what_was_reported_then_is_meant(words: str) -> None:
    period = period_in(f"Who met {words}?", WEDNESDAY)
    assert period is not None
    assert (period.words, period.strict) == (words, True)


@pytest.mark.parametrize("words", ["this week", "today", "last year", "last month", "in 2021", "on Monday", "in June"])
def test_of_the_present_and_of_long_times_others_tell_too(words: str) -> None:
    period = period_in(f"Who met {words}?", WEDNESDAY)
    assert period is not None
    assert (period.words, period.strict) == (words, False)


def test_a_story_may_report_what_happened_a_little_later() -> None:
    week = Period(date(2024, 2, 26), date(2024, 3, 3), "last week", relative=True)
    assert [week.days_from(day) for day in (date(2024, 2, 26), date(2024, 3, 10))] == [0, 0]
    assert [week.days_from(day) for day in (date(2024, 2, 25), date(2024, 3, 13))] == [1, 3]


@given(questions() | st.text(max_size=200), st.dates(date(1, 1, 1)) | st.none())
def test_a_period_begins_before_it_ends_and_not_after_today(text: str, today: date | None) -> None:
    period = period_in(text, today)
    assert period is None or period.first <= period.last
    assert period is None or today is None or period.first <= today


@given(
    st.integers(0, 400), st.sampled_from(["day", "week", "month", "year"]), st.dates(date(1, 1, 1), date(9000, 1, 1))
)
def test_any_number_of_days_back_is_understood_or_left_alone(number: int, unit: str, today: date) -> None:
    period = period_in(f"Who met {number} {unit}s ago?", today)
    assert period is None or period.last - period.first <= timedelta(days=366)
