from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from retrieval.article import SHARED, Span
from retrieval.library import Library
from retrieval.quotation import Altered, Quotation, quote, verify
from retrieval.shelf import NoSuchVersion
from tests.retrieval.strategies import spans_of, texts
from tests.retrieval.world import ADA, BEN, library_holding, story


@pytest.fixture
def penhallow() -> Iterator[Library]:
    with library_holding((ADA, story("The 👩🏽‍🚒 board met. The board left.", key="k"))) as library:
        yield library


@given(texts(), st.data())
def test_a_quotation_survives_the_archive_character_for_character(text: str, data: st.DataObject) -> None:
    with library_holding((SHARED, story(text))) as library:
        span = data.draw(spans_of(text))
        quotation = quote(library.shelf(SHARED), 1, 1, span)
        assert quotation == Quotation(1, 1, span, text[span.start : span.end])
        verify(library.shelf(SHARED), quotation)


@given(texts(), st.data())
def test_other_words_than_the_stored_ones_are_refused(text: str, data: st.DataObject) -> None:
    with library_holding((SHARED, story(text))) as library:
        true = quote(library.shelf(SHARED), 1, 1, data.draw(spans_of(text)))
        false = data.draw(texts() | st.sampled_from([true.words + " ", true.words[:-1], true.words.swapcase(), ""]))
        assume(false != true.words)
        with pytest.raises(Altered):
            verify(library.shelf(SHARED), replace(true, words=false))


@given(texts(), st.data())
def test_a_single_other_character_is_refused(text: str, data: st.DataObject) -> None:
    with library_holding((SHARED, story(text))) as library:
        true = quote(library.shelf(SHARED), 1, 1, data.draw(spans_of(text)))
        at = data.draw(st.integers(0, len(true.words) - 1))
        other = data.draw(st.characters(exclude_characters=true.words[at]))
        with pytest.raises(Altered):
            verify(library.shelf(SHARED), replace(true, words=true.words[:at] + other + true.words[at + 1 :]))


def test_the_same_words_at_another_place_are_refused(penhallow: Library) -> None:
    true = quote(penhallow.shelf(ADA), 1, 1, Span(0, 3))
    with pytest.raises(Altered):
        verify(penhallow.shelf(ADA), replace(true, span=Span(1, 4)))


def test_precomposed_and_combining_spellings_are_not_the_same_words(library: Library) -> None:
    library.add(ADA, story("Se\u0301guin"))
    with pytest.raises(Altered):
        verify(library.shelf(ADA), Quotation(1, 1, Span(0, 7), "Séguin"))


@given(texts(), st.integers(0, 50), st.integers(1, 50))
def test_a_span_past_the_end_of_the_text_is_no_quotation(text: str, start: int, beyond: int) -> None:
    with library_holding((SHARED, story(text))) as library, pytest.raises(ValueError, match="past the text's"):
        quote(library.shelf(SHARED), 1, 1, Span(start, max(start, len(text)) + beyond))


def test_a_quotation_of_an_earlier_version_stays_true(penhallow: Library) -> None:
    quotation = quote(penhallow.shelf(ADA), 1, 1, Span(0, 3))
    penhallow.add(ADA, story("Something else.", key="k"))
    verify(penhallow.shelf(ADA), quotation)
    with pytest.raises(Altered):
        verify(penhallow.shelf(ADA), replace(quotation, version=2))


@pytest.mark.parametrize(("article_id", "version"), [(1, 2), (1, 0), (2, 1), (-1, 1), (2**70, 1)])
def test_a_version_that_is_not_there_is_not_quoted(penhallow: Library, article_id: int, version: int) -> None:
    with pytest.raises(NoSuchVersion):
        quote(penhallow.shelf(ADA), article_id, version, Span(0, 3))


@pytest.mark.parametrize("guild", [SHARED, BEN])
def test_no_other_guild_quotes_a_guilds_article(penhallow: Library, guild: int) -> None:
    with pytest.raises(NoSuchVersion):
        quote(penhallow.shelf(guild), 1, 1, Span(0, 3))


def test_a_removed_article_is_quoted_no_more(penhallow: Library) -> None:
    quotation = quote(penhallow.shelf(ADA), 1, 1, Span(0, 3))
    penhallow.remove(ADA, 1)
    with pytest.raises(NoSuchVersion):
        verify(penhallow.shelf(ADA), quotation)
