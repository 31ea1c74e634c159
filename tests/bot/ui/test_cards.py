"""What a card says."""

from dataclasses import replace

import pytest

from bot.ui.cards import HOW_TO_ADD, Card, answer_card, empty_card, list_card
from retrieval.answers.answering import answer
from retrieval.article import SHARED, Article, Version
from retrieval.finding.finders import RuleFinder
from retrieval.library import Library

THRESHOLD = 0.5
STORM = Article(
    "Storm closes harbour",
    "A storm closed Penhallow harbour on Monday. Joan Petherick, the harbour master, closed it at noon.",
    source="The Bell",
    published="2024-03-06T10:00:00",
)


def asked(question: str, *articles: Article) -> Card:
    with Library.throw_away() as library:
        for article in articles:
            library.add(SHARED, article)
        return answer_card(answer(library, SHARED, question, RuleFinder(THRESHOLD)), "terminal")


def test_the_answer_is_said_and_marked_in_the_sentence_that_holds_it() -> None:
    card = asked("Who is the harbour master?", STORM)
    (section,) = card.sections
    quote = section.quotes[0]
    assert quote.mark is not None
    assert section.say == quote.mark.within(quote.words) == "Joan Petherick"
    assert quote.source.line == "The Bell · 6 March 2024"
    assert (card.good, card.footer) == (True, "As of 6 March 2024")


def test_each_part_of_a_question_has_a_heading_where_there_are_several() -> None:
    headings = [section.heading for section in asked("Who is the harbour master, and why?", STORM).sections]
    assert len(headings) == 2
    assert all(heading and heading.endswith("?") for heading in headings)
    assert [section.heading for section in asked("Who is the harbour master?", STORM).sections] == [None]


def test_a_word_that_was_misspelt_is_said_as_it_was_read() -> None:
    card = asked("When was Penhallo closed, and who closed Penhallo?", STORM)
    assert card.footer == "Showing results for Penhallow · As of 6 March 2024"
    assert [section.heading for section in card.sections] == ["When was Penhallow closed?", "Who closed Penhallow?"]


@pytest.mark.parametrize(
    ("outlets", "where"),
    [
        (["The Bell", "The Horn"], "The Bell · 6 March 2024 · also in The Horn"),
        (["The Bell", "The Bell"], "The Bell · 6 March 2024"),
        (["The Bell", "The Horn", "The Horn", "The Echo"], "The Bell · 6 March 2024 · also in The Horn and The Echo"),
        (["The Bell", None, "The Echo"], "The Bell · 6 March 2024 · also in article 2 and The Echo"),
        (["The Bell", *"ABCDE"], "The Bell · 6 March 2024 · also in A, B, C and 2 more"),
    ],
)
def test_the_other_outlets_of_a_story_are_named_once_each(outlets: list[str | None], where: str) -> None:
    copies = [
        replace(STORM, source=outlet, title=f"Storm {number}", text=f"{STORM.text}\n\nEdition {number}.")
        for number, outlet in enumerate(outlets)
    ]
    (section,) = asked("Who is the harbour master?", *copies).sections
    assert section.quotes[0].where == where


def test_what_is_not_in_the_archive_is_said_with_the_reason() -> None:
    card = asked("Who won the chess tournament in Reykjavik?", STORM)
    assert not card.good
    assert str(card.sections[0].say).startswith("Not in the archive. ")
    assert "Reykjavik" in str(card.sections[0].say)


def test_an_empty_archive_says_how_to_add_an_article() -> None:
    card = asked("Who won?")
    assert not card.good
    assert str(card.sections[0].say).endswith(HOW_TO_ADD["terminal"])
    assert HOW_TO_ADD["discord"] in str(empty_card("discord").sections[0].say)


@pytest.mark.parametrize(
    ("published", "line"),
    [
        (None, ""),
        ("2024-03-06", "6 March 2024"),
        ("2024-12-31T23:59:59+00:00", "31 December 2024"),
        ("last week", "last week"),
    ],
)
def test_a_date_is_written_for_people(published: str | None, line: str) -> None:
    version = Version(1, 1, SHARED, Article("Storm", "Text.", published=published), "2024-03-06T00:00:00+00:00")
    (section,) = list_card([version], 0, 1, 1, "discord").sections
    assert section.say == (line or None)


def test_the_list_says_how_many_articles_there_are_and_which_page_this_is() -> None:
    version = Version(12, 1, SHARED, STORM, "2024-03-06T00:00:00+00:00")
    card = list_card([version], 1, 3, 21, "discord")
    assert (card.title, card.footer) == ("21 articles", "Page 2 of 3")
    assert card.sections[0].heading == "12. Storm closes harbour"
    assert list_card([version], 0, 1, 1, "discord").title == "1 article"


def test_whether_it_was_so_is_left_to_the_words_of_the_archive() -> None:
    (section,) = asked("Did a storm close Penhallow harbour?", STORM).sections
    assert section.say == "What the archive has on it:"
    assert section.quotes[0].words.startswith("A storm closed")


def test_a_false_premise_is_answered_with_what_says_otherwise() -> None:
    card = asked("Who opened Penhallow harbour on Monday?", STORM)
    (section,) = card.sections
    assert section.say == "The archive says otherwise:"
    assert [quote.words for quote in section.quotes] == ["A storm closed Penhallow harbour on Monday."]
    assert not card.good


@pytest.mark.parametrize(("said", "reply"), [("thanks!", "You’re welcome."), ("bye", "Goodbye.")])
def test_small_talk_gets_one_line(said: str, reply: str) -> None:
    (section,) = asked(said, STORM).sections
    assert (section.say, section.quotes) == (reply, ())
