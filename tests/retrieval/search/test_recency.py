from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import SHARED, Article, Passage, Span
from retrieval.asking.question import Part
from retrieval.asking.understanding import understand
from retrieval.index import Ranked
from retrieval.library import Library
from retrieval.search.recency import newer_first, recency
from retrieval.search.search import search

TODAY = date(2024, 3, 6)


def asked(question: str, today: date | None = TODAY) -> Part:
    return understand(question, today).parts[0]


NOW, LAST_YEAR, UNDATED = asked("Who met?"), asked("Who met in 2023?"), asked("Who met?", None)


def test_what_is_published_today_is_as_recent_as_can_be() -> None:
    assert recency("2024-03-06T10:00:00Z", NOW) == 1


def test_half_is_left_after_a_fortnight() -> None:
    assert recency("2024-02-21", NOW) == 0.5


@given(st.dates(date(1900, 1, 1), TODAY - timedelta(days=1)))
def test_the_longer_ago_the_less(day: date) -> None:
    assert 0 < recency((day - timedelta(days=1)).isoformat(), NOW) < recency(day.isoformat(), NOW) < 1


@pytest.mark.parametrize("published", [None, "", "spring", "2024"])
def test_what_is_undated_is_not_recent(published: str | None) -> None:
    assert recency(published, NOW) == 0


def test_nothing_is_recent_where_the_day_is_unknown() -> None:
    assert recency("2024-03-06", UNDATED) == 0


def test_what_is_published_in_the_time_asked_about_is_as_recent_as_can_be() -> None:
    assert recency("2023-05-01", LAST_YEAR) == recency("2024-01-02", LAST_YEAR) == 1
    assert recency("2022-12-17", LAST_YEAR) < recency("2022-12-31", LAST_YEAR) < 1


@given(st.lists(st.floats(0.1, 100), max_size=8))
def test_without_dates_the_scores_stay(scores: list[float]) -> None:
    ranked = [Ranked(Passage(number, number, 1, Span(0, 1)), score) for number, score in enumerate(scores)]
    published = dict.fromkeys(range(len(scores)))
    assert newer_first(ranked, published, NOW) == sorted(ranked, key=lambda each: (-each.score, each.passage))


def test_of_two_stories_alike_the_newer_is_found_first(library: Library) -> None:
    for day in ("2024-03-01", "2024-03-05", "2020-03-05"):
        library.add(SHARED, Article("Ferry", f"The ferry left at {day[3]}{day[-1]}.", published=day))
    found = search(library.index, library.shelf(SHARED), asked("When did the ferry leave?"))
    assert [found.versions[each.passage.article_id].article.published for each in found.ranked] == [
        *("2024-03-05", "2024-03-01", "2020-03-05")
    ]


def test_a_newer_story_does_not_come_before_one_that_matches_much_better(library: Library) -> None:
    library.add(SHARED, Article("Ferry", "The ferry left Penhallow for Lorton on Monday.", published="2020-03-05"))
    library.add(SHARED, Article("Bus", "A bus left.", published="2024-03-06"))
    found = search(library.index, library.shelf(SHARED), asked("When did the ferry leave Penhallow for Lorton?"))
    assert found.versions[found.ranked[0].passage.article_id].article.title == "Ferry"
