import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import SHARED
from retrieval.library import Library
from retrieval.quotation import verify
from retrieval.shelf import NoSuchArticle
from retrieval.summary import MOST_SENTENCES, SENTENCES, summarise
from retrieval.text.sentences import sentences
from tests.retrieval.strategies import reports, texts
from tests.retrieval.world import ADA, BEN, library_holding, story

any_article = texts() | st.lists(reports(), min_size=1, max_size=4).map("\n\n".join)


@given(any_article, st.integers(1, MOST_SENTENCES))
def test_a_summary_is_sentences_of_the_article_in_its_order_and_no_more_than_asked(text: str, at_most: int) -> None:
    with library_holding((SHARED, story(text))) as library:
        summary = summarise(library.shelf(SHARED), 1, at_most)
        spans = [quotation.span for quotation in summary]
        assert spans == [span for span in sentences(text) if span in set(spans)]
        assert 0 < len(summary) <= at_most
        for quotation in summary:
            verify(library.shelf(SHARED), quotation)


@given(any_article, st.integers(1, MOST_SENTENCES))
def test_the_same_article_has_the_same_summary(text: str, at_most: int) -> None:
    with library_holding((SHARED, story(text))) as one, library_holding((SHARED, story(text))) as other:
        assert summarise(one.shelf(SHARED), 1, at_most) == summarise(other.shelf(SHARED), 1, at_most)


def test_the_lead_of_a_news_story_is_in_its_summary(stories: Library) -> None:
    shelf = stories.shelf(SHARED)
    for version in shelf.versions():
        (lead, *_) = sentences(version.article.text)
        for at_most in (1, SENTENCES):
            assert summarise(shelf, version.article_id, at_most)[0].span == lead


def test_a_longer_summary_holds_the_shorter_one(stories: Library) -> None:
    shelf = stories.shelf(SHARED)
    three, six = (summarise(shelf, 1, at_most) for at_most in (3, 6))
    assert len(three) == 3
    assert len(six) == 6
    assert set(three) < set(six)


def test_a_sentence_is_not_said_twice(library: Library) -> None:
    told = "The harbour board scrapped the barrier on Tuesday."
    library.add(SHARED, story(f"{told} {told} {told} The fishermen welcomed the vote with fireworks."))
    words = [quotation.words for quotation in summarise(library.shelf(SHARED), 1, 2)]
    assert words == [told, "The fishermen welcomed the vote with fireworks."]


@pytest.mark.parametrize("text", ["Rain.", "No. Yes.", "🙂", "Why did nobody ask the harbour board?"])
def test_a_very_short_article_is_its_own_summary(library: Library, text: str) -> None:
    library.add(SHARED, story(text))
    assert " ".join(quotation.words for quotation in summarise(library.shelf(SHARED), 1)) == text


def test_a_summary_is_of_the_newest_version(library: Library) -> None:
    library.add(SHARED, story("The harbour board met on Tuesday.", key="k"))
    library.add(SHARED, story("The harbour board never met at all.", key="k"))
    (quotation,) = summarise(library.shelf(SHARED), 1)
    assert (quotation.version, quotation.words) == (2, "The harbour board never met at all.")


@pytest.mark.parametrize(("guild", "article_id"), [(BEN, 1), (SHARED, 1), (ADA, 2), (ADA, 0), (ADA, 2**70)])
def test_what_is_not_on_the_shelf_is_not_summarised(library: Library, guild: int, article_id: int) -> None:
    library.add(ADA, story("The harbour board met."))
    with pytest.raises(NoSuchArticle):
        summarise(library.shelf(guild), article_id)
