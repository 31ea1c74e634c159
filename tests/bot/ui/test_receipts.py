"""What a receipt says."""

import pytest

from bot.outcome import Failure, Import, Outcome, Receipt
from bot.ui.cards import Card
from bot.ui.receipts import MOST_RECEIPTS, left_out, outcome_cards, receipt_card, undone_card
from retrieval.archive import Added
from retrieval.article import SHARED, Article, Version
from retrieval.exchange import Imported
from retrieval.ingest.language import LANGUAGES
from retrieval.ingest.reading import Dropped, Reading

STORM = Article(
    "Storm closes harbour",
    "A storm closed Penhallow harbour on Monday. Joan Petherick, the harbour master, closed it at noon.",
    source="The Bell",
    published="2024-03-06T10:00:00",
)
DROPPED = (Dropped("A boat.", "caption"), Dropped("Sign up", "newsletter"), Dropped("Another boat.", "caption"))


def said(card: Card) -> str:
    return "\n".join(filter(None, (text for section in card.sections for text in (section.heading, section.say))))


def receipt(number: int) -> Receipt:
    return Receipt(Added(number, 1), Reading(STORM))


def test_a_receipt_says_what_was_kept_and_what_was_left_out_and_why() -> None:
    card = receipt_card(Receipt(Added(3, 1), Reading(STORM, DROPPED, ("The date is a guess.",)), "en"))
    assert card.title == "Added as article 3"
    assert said(card) == (
        "Storm closes harbour\nThe Bell · 6 March 2024\n2 sentences kept.\nLanguage: English.\n"
        "Left out: caption (2), newsletter (1).\nThe date is a guess."
    )
    assert left_out(()) == ""


def test_one_sentence_is_one_sentence() -> None:
    card = receipt_card(Receipt(Added(3, 1), Reading(Article("Storm", "A storm came."))))
    assert said(card) == "Storm\n1 sentence kept."


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_an_english_name(code: str) -> None:
    line = said(receipt_card(Receipt(Added(3, 1), Reading(STORM), code))).split("\n")[-1]
    assert line.startswith("Language: ")
    assert code not in line.split()


def test_the_receipt_of_a_duplicate_names_the_article_that_was_there() -> None:
    card = receipt_card(Receipt(Added(3, 1, duplicate_of=3), Reading(STORM)))
    assert card.title == "Already there"
    assert "This text is in the archive already, as article 3. Nothing was added." in said(card)


@pytest.mark.parametrize(
    ("copies", "named"),
    [
        ((7,), "article 7"),
        ((7, 9), "article 7 and article 9"),
        ((7, 9, 12), "article 7, article 9 and article 12"),
        ((7, 9, 12, 15, 16), "article 7, article 9, article 12 and 2 more"),
    ],
)
def test_the_receipt_of_a_copy_names_the_articles_that_tell_the_same_story(copies: tuple[int, ...], named: str) -> None:
    card = receipt_card(Receipt(Added(20, 1, copy_of=copies), Reading(STORM)))
    assert card.title == "Added as article 20"
    assert f"Tells the same story as {named}, so it is kept as a copy." in said(card)


def test_the_receipt_of_a_correction_says_that_it_is_one() -> None:
    assert receipt_card(Receipt(Added(3, 2), Reading(STORM))).title == "Corrected: version 2 of article 3"


def test_what_was_undone_is_gone_or_as_it_was_before() -> None:
    first, second = (Version(3, number, SHARED, STORM, "2024-03-06T00:00:00+00:00") for number in (1, 2))
    assert said(undone_card(first, None)).endswith("The article is not in the archive any more.")
    assert said(undone_card(second, first)).endswith("Article 3 is as it was before: version 1 answers again.")


def test_of_a_batch_the_receipts_come_first_and_what_failed_comes_last() -> None:
    batch: list[Outcome] = [Failure("a.odt", "No."), Import("all.jsonl", Imported(5, 5)), receipt(1), receipt(2)]
    assert [card.title for card in outcome_cards(batch)] == [
        "Added as article 1",
        "Added as article 2",
        "Added line by line",
        "Not added",
    ]


def test_many_articles_share_a_card() -> None:
    duplicate = Receipt(Added(1, 1, duplicate_of=1), Reading(STORM))
    (card,) = outcome_cards([*map(receipt, range(1, MOST_RECEIPTS + 1)), duplicate])
    assert card.title == f"{MOST_RECEIPTS} of {MOST_RECEIPTS + 1} articles added"
    assert card.sections[0].say == "Added as article 1 · 2 sentences kept."
    assert card.sections[-1].say == "Already there, as article 1 · 2 sentences kept."


def test_a_file_without_one_good_line_is_no_success() -> None:
    (card,) = outcome_cards([Import("log.jsonl", Imported(1, left_out=1, bad=((1, "The line is not JSON."),)))])
    assert not card.good
    assert said(card) == "log.jsonl\n0 articles added, 1 line left out.\nLine 1: The line is not JSON."
