"""Every card fits into what Discord takes, and nothing in it turns into formatting, a mention or an unsafe link."""

from collections.abc import Sequence
from dataclasses import replace

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cogs.articles.listing import PAGE
from bot.outcome import Failure, Import, Outcome, Receipt
from bot.ui.cards import Card, Fate, Piece, Quote, Section, Source, list_card, notice, text_card
from bot.ui.embeds import BUTTONS, EMBEDS, TOGETHER, embed, embeds, links
from bot.ui.receipts import MOST_RECEIPTS, outcome_cards, receipt_card
from bot.ui.revisions import history_cards
from retrieval.archive import Added
from retrieval.article import SHARED, Article, Span, Version
from retrieval.exchange import Imported
from retrieval.ingest.reading import Dropped, Reading
from tests.bot.ui.discord_markdown import read
from tests.bot.ui.strategies import cards, long_words, some_words, words
from tests.discord_server.message_rules import Draft
from tests.discord_server.messages import MessageFlag
from tests.discord_server.refusals import Json


async def components(view: discord.ui.View | None) -> list[Json]:
    return [] if view is None else view.to_components()


async def check(card: Card) -> None:
    """Raise what Discord would refuse the card with."""
    Draft("", [embed(card).to_dict()], await components(links(card)), MessageFlag.NONE, []).check()


@settings(max_examples=30)
@given(cards(most_sections=10))
async def test_any_card_is_within_discords_limits(card: Card) -> None:
    await check(card)


@settings(max_examples=30)
@given(cards(most_sections=60))
async def test_a_card_of_very_many_sections_is_within_discords_limits_too(card: Card) -> None:
    await check(card)


@settings(max_examples=30)
@given(cards(most_sections=3))
def test_the_only_formatting_in_a_card_is_the_bots_own(card: Card) -> None:
    seen = read(embed(card).description or "")
    assert seen.others <= {"quote", "small print", "strike"}
    assert read(embed(card).title or "").others == frozenset()


def source(**parts: str | None) -> Source:
    known: dict[str, str | None] = {"outlet": "The Bell", "published": "2024-03-06", "author": "T. Goode", "url": None}
    known |= {"title": "Storm over the harbour"} | parts
    return Source(str(known["title"]), known["outlet"], known["published"], known["author"], known["url"], 7)


def card_quoting(*quotes: Quote) -> Card:
    return Card((Section(quotes=quotes),))


@given(some_words, st.integers(1, 300))
def test_a_title_shows_its_words_or_their_beginning(title: str, times: int) -> None:
    shown = embed(Card((Section(say="Words."),), title=title * times))
    seen = read(str(shown.title))
    assert seen.others == frozenset()
    assert seen.words == title * times or (title * times).startswith(seen.words.removesuffix("…"))


def test_an_answer_stands_bold_inside_its_quote_above_its_source() -> None:
    quote = Quote("The board voted seven to four against it.", source(), Span(16, 29))
    assert embed(card_quoting(quote)).description == (
        "> The board voted **seven to four** against it.\n"
        "-# Storm over the harbour · The Bell · T. Goode · 6 March 2024"
    )


def test_quotes_of_one_source_share_its_line() -> None:
    shown = embed(card_quoting(Quote("One.", source()), Quote("Two.", source()), Quote("Three.", source(title="Calm"))))
    assert str(shown.description).count("-# Storm over the harbour") == 1
    assert str(shown.description).count("-# Calm") == 1


def test_a_source_line_names_the_other_outlets_that_carry_the_words() -> None:
    shown = embed(card_quoting(Quote("One.", source(), also_in=("The Bell", "The Packet"))))
    assert str(shown.description).endswith("6 March 2024 · also in The Bell and The Packet")


async def test_each_address_gets_one_button_named_for_its_outlet() -> None:
    quotes = [Quote("One.", source(url="https://bell.example/1"))] * 2 + [
        Quote("Two.", source(url="https://horn.example/2", outlet=None))
    ]
    buttons = [part for row in await components(links(card_quoting(*quotes))) for part in row["components"]]
    assert [(each["label"], each["url"]) for each in buttons] == [
        ("Read it: The Bell", "https://bell.example/1"),
        ("Read it: Storm over the harbour", "https://horn.example/2"),
    ]


async def test_more_addresses_than_buttons_in_a_row_are_left_out() -> None:
    quotes = [Quote("One.", source(url=f"https://bell.example/{number}")) for number in range(12)]
    (row,) = await components(links(card_quoting(*quotes)))
    assert len(row["components"]) == BUTTONS


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "javascript://bell.example/%0aalert(1)",
        "ftp://bell.example/1",
        "file:///etc/passwd",
        "https://",
        "https://a b.example",
        "http://[",
        "bell.example",
    ],
)
async def test_what_is_no_web_address_gets_no_button(url: str | None) -> None:
    assert links(card_quoting(Quote("One.", source(url=url)))) is None


@given(st.lists(st.tuples(some_words, long_words), min_size=1, max_size=PAGE), words)
async def test_a_page_of_the_list_is_within_discords_limits(named: list[tuple[str, str]], day: str) -> None:
    versions = [
        Version(number, 1, SHARED, Article(title, "Text.", source=outlet, published=day), "2024-03-06T00:00:00+00:00")
        for number, (title, outlet) in enumerate(named, start=10**9)
    ]
    card = list_card(versions, 0, 100, 1_000, "discord")
    await check(card)
    assert all(f"**{version.article_id}\\." in str(embed(card).description) for version in versions)


@given(st.lists(st.tuples(words, words), max_size=20), st.integers(1, 50), long_words)
async def test_a_receipt_of_hundreds_of_dropped_lines_is_within_discords_limits(
    dropped: list[tuple[str, str]], times: int, title: str
) -> None:
    lines = tuple(Dropped(text, why) for text, why in dropped) * times
    reading = Reading(Article(title, "One sentence. And another."), lines, warnings=(title,) * 5)
    for added in (Added(10**18, 1, copy_of=(10**18,) * 50), Added(10**18, 1, duplicate_of=10**18)):
        await check(receipt_card(Receipt(added, reading, "en")))


async def check_together(cards: Sequence[Card]) -> None:
    """Raise what Discord would refuse a message of these cards with."""
    Draft("", [each.to_dict() for each in embeds(cards)], [], MessageFlag.NONE, []).check()


@settings(max_examples=30)
@given(st.lists(cards(most_sections=5), min_size=1, max_size=EMBEDS))
async def test_any_ten_cards_are_within_the_limits_of_one_message(several: list[Card]) -> None:
    await check_together(several)


receipts = st.builds(
    lambda title, why, number: Receipt(
        Added(number, 2, copy_of=(number,) * 9), Reading(Article(title, "One. Two."), (Dropped("x", why),) * 99), "en"
    ),
    long_words,
    long_words,
    st.integers(1, 10**18),
)
imports = st.builds(
    lambda name, why, count: Import(name, Imported(count, left_out=count, bad=((10**9, why),) * count), complete=False),
    long_words,
    long_words,
    st.integers(0, 40),
)
outcomes = st.one_of(receipts, imports, st.builds(Failure, long_words, long_words))


@settings(max_examples=30)
@given(st.lists(outcomes, min_size=1, max_size=25))
async def test_what_became_of_any_batch_fits_into_one_message(batch: list[Outcome]) -> None:
    shown = outcome_cards(batch)
    assert len(shown) <= MOST_RECEIPTS + 2 < EMBEDS
    await check_together([*shown, notice("There are 26 files and links; only the first 25 were read.")])


@settings(max_examples=30)
@given(st.lists(st.tuples(long_words, long_words), min_size=1, max_size=12), st.data())
async def test_any_history_fits_into_one_message(told: list[tuple[str, str]], data: st.DataObject) -> None:
    versions = [
        Version(10**18, number, SHARED, Article(title, text), "2024-03-06T00:00:00+00:00")
        for number, (title, text) in enumerate(told, start=1)
    ]
    place = data.draw(st.integers(0, len(versions) - 1))
    await check_together(history_cards(versions[::-1], place))
    await check(text_card(versions[0], whole=True))


def test_short_cards_are_shown_in_full_beside_each_other() -> None:
    several = [notice(f"Notice {number}.") for number in range(EMBEDS)]
    assert [shown.description for shown in embeds(several)] == [f"Notice {number}." for number in range(EMBEDS)]


def test_cards_that_are_too_long_together_share_the_room() -> None:
    shown = embeds([card_quoting(Quote("word " * 2_000, source()))] * EMBEDS)
    assert sum(map(len, shown)) <= TOGETHER
    assert all("-# Storm over the harbour" in str(each.description) for each in shown)


def revision(*pieces: tuple[str, Fate]) -> str:
    return str(embed(Card((Section(pieces=tuple(Piece(*each) for each in pieces)),))).description)


def test_what_was_taken_out_is_struck_out_and_what_was_put_in_is_bold() -> None:
    told = (("The ferry cost ", Fate.KEPT), ("£2m", Fate.REMOVED), ("£3m", Fate.ADDED), (" in May.", Fate.KEPT))
    assert revision(*told) == "> The ferry cost ~~£2m~~**£3m** in May."


def test_marks_stand_next_to_the_words_of_each_line() -> None:
    told = revision(("One. ", Fate.ADDED), ("\n\n", Fate.REMOVED), ("Two *2*.\n\nThree.", Fate.ADDED))
    assert told == "> **One.** \n> \n> **Two \\*2\\*.**\n> \n> **Three.**"


def test_long_stretches_that_were_kept_are_passed_over() -> None:
    assert revision(("Old", Fate.REMOVED), (" words", Fate.PASSED_OVER)) == "> ~~Old~~ […] "


def test_more_changes_than_have_room_are_counted() -> None:
    shown = revision(*[("word " * 100, Fate.REMOVED), ("word " * 100, Fate.ADDED)] * 50)
    assert "-# and more changes: " in shown


def test_a_refusal_has_another_colour_than_an_answer() -> None:
    assert embed(notice("No.", good=False)).colour != embed(notice("Yes.")).colour


def test_a_card_that_is_too_long_is_set_tighter_before_anything_is_left_out() -> None:
    long = Quote("word " * 2_000, source(), Span(5_000, 5_004))
    description = str(embed(replace(card_quoting(long), sections=card_quoting(long).sections * 6)).description)
    assert description.count("**word**") == 6
    assert description.count("-# Storm over the harbour") == 6
    assert "…]" in description
