from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import SHARED, Article, Passage, Span
from retrieval.asking.understanding import understand
from retrieval.index import Ranked
from retrieval.library import Library
from retrieval.recency import newer_first, recency
from retrieval.search import search

TODAY = date(2024, 3, 6)


def test_what_is_published_today_is_as_recent_as_can_be() -> None:
    assert recency("2024-03-06T10:00:00Z", TODAY) == 1


def test_half_is_left_after_a_fortnight() -> None:
    assert recency("2024-02-21", TODAY) == 0.5


@given(st.dates(date(1900, 1, 1), TODAY - timedelta(days=1)))
def test_the_longer_ago_the_less(day: date) -> None:
    assert 0 < recency((day - timedelta(days=1)).isoformat(), TODAY) < recency(day.isoformat(), TODAY) < 1


@pytest.mark.parametrize("published", [None, "", "spring", "2024"])
def test_what_is_undated_is_not_recent(published: str | None) -> None:
    assert recency(published, TODAY) == 0


def test_nothing_is_recent_where_the_day_is_unknown() -> None:
    assert recency("2024-03-06", None) == 0


@given(st.lists(st.floats(0.1, 100), max_size=8))
def test_without_dates_the_scores_stay(scores: list[float]) -> None:
    ranked = [Ranked(Passage(number, 1, Span(0, 1)), score) for number, score in enumerate(scores)]
    published = dict.fromkeys(range(len(scores)))
    assert newer_first(ranked, published, TODAY) == sorted(ranked, key=lambda each: (-each.score, each.passage))


def test_of_two_stories_alike_the_newer_is_found_first(library: Library) -> None:
    for day in ("2024-03-01", "2024-03-05", "2020-03-05"):
        library.add(SHARED, Article("Ferry", f"The ferry left at {day[3]}{day[-1]}.", published=day))
    found = search(library.index, library.shelf(SHARED), understand("When did the ferry leave?", TODAY).parts[0])
    assert [found.versions[each.passage.article_id].article.published for each in found.ranked] == [
        *("2024-03-05", "2024-03-01", "2020-03-05")
    ]


def test_a_newer_story_does_not_come_before_one_that_matches_much_better(library: Library) -> None:
    library.add(SHARED, Article("Ferry", "The ferry left Penhallow for Lorton on Monday.", published="2020-03-05"))
    library.add(SHARED, Article("Bus", "A bus left.", published="2024-03-06"))
    part = understand("When did the ferry leave Penhallow for Lorton?", TODAY).parts[0]
    found = search(library.index, library.shelf(SHARED), part)
    assert found.versions[found.ranked[0].passage.article_id].article.title == "Ferry"
