from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import SHARED, Article, Guild
from retrieval.asking.understanding import understand
from retrieval.library import Library
from retrieval.search.search import PASSAGES, Found, is_written, search
from tests.retrieval.strategies import guilds, newspaper_articles, questions
from tests.retrieval.world import ADA, library_holding, story


def searched(library: Library, guild: Guild, question: str) -> Found:
    return search(library.index, library.shelf(guild), understand(question).parts[0])


@given(st.lists(st.tuples(guilds(), newspaper_articles()), max_size=6), guilds(), questions())
def test_only_passages_of_the_shelf_are_found(owned: list[tuple[Guild, Article]], guild: Guild, question: str) -> None:
    with library_holding(*owned) as library:
        found = searched(library, guild, question)
        assert {version.guild for version in found.versions.values()} <= {SHARED, guild}
        assert found.versions.keys() == {each.passage.article_id for each in found.ranked}
        assert all(library.shelf(guild).newest(number) == version for number, version in found.versions.items())
        assert found.passages == library.index.size(library.shelf(guild))
        assert len(found.ranked) <= PASSAGES


def test_a_term_of_another_guild_is_unknown(library: Library) -> None:
    library.add(ADA, story("Penhallow has a harbour."))
    library.add(SHARED, story("The harbour board met."))
    weights = searched(library, SHARED, "Where is Penhallow harbour?").weights
    assert weights["penhallow"] == 0
    assert weights["harbour"] > 0


def test_every_term_of_the_question_has_a_weight(library: Library) -> None:
    library.add(SHARED, story("The harbour board met."))
    part = understand("Who met the harbour board in Penhallow?").parts[0]
    assert searched(library, SHARED, part.text).weights.keys() == set(part.terms)


def test_a_rarer_term_weighs_more(library: Library) -> None:
    for text in ("Harbour one.", "Harbour two.", "Harbour three with a barrier."):
        library.add(SHARED, story(text))
    weights = searched(library, SHARED, "Is there a barrier in the harbour?").weights
    assert weights["barrier"] > weights["harbour"] > 0


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("Who rejected joint patrols?", "joint-patrols"),
        ("How many homes would the Penhallow barrier have protected?", "harbour-barrier"),
        ("Where was the Viking silver found?", "viking-hoard"),
        ("How tall are cranes?", "crane-chicks"),
    ],
)
def test_the_story_that_is_asked_about_comes_first(stories: Library, question: str, key: str) -> None:
    found = searched(stories, SHARED, question)
    assert found.versions[found.ranked[0].passage.article_id].article.key == key


@pytest.fixture
def ferries(library: Library) -> Library:
    library.add(SHARED, Article("Ferry", "The old ferry sank at noon.", published="2020-01-05"))
    library.add(SHARED, Article("Ferry", "The ferry sank.", published="2024-03-04"))
    return library


def days_found(library: Library, question: str, today: date) -> list[str | None]:
    part = understand(question, today).parts[0]
    found = search(library.index, library.shelf(SHARED), part)
    return [found.versions[each.passage.article_id].article.published for each in found.ranked]


@pytest.mark.parametrize("when", ["this week", "since Monday", "two days ago", "in the past week"])
def test_only_articles_of_the_week_that_is_asked_about_are_found(ferries: Library, when: str) -> None:
    assert days_found(ferries, f"Which ferry sank {when}?", date(2024, 3, 6)) == ["2024-03-04"]


def test_where_nothing_was_reported_then_nothing_is_found(ferries: Library) -> None:
    assert days_found(ferries, "Which ferry sank last week?", date(2024, 6, 1)) == []


@pytest.mark.parametrize("when", ["this week", "today", "in 2024", "last year", "on Monday"])
def test_an_archive_without_articles_of_the_present_is_searched_whole(ferries: Library, when: str) -> None:
    assert len(days_found(ferries, f"Which ferry sank {when}?", date(2025, 6, 1))) == 2


def test_words_that_stand_together_in_an_article_are_written(library: Library) -> None:
    library.add(SHARED, story("Harcourt & Lisle make biscuits. Rooke sued Astley and Bray."))
    shelf = library.shelf(SHARED)
    assert is_written(library.index, shelf, "Harcourt and Lisle")
    assert is_written(library.index, shelf, "Astley and Bray")
    assert not is_written(library.index, shelf, "Rooke and Astley")
    assert not is_written(library.index, shelf, "Zorg and Astley")
