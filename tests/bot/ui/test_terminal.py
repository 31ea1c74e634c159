"""The same card in a terminal, in a file and without colour."""

from io import StringIO

from hypothesis import given, settings
from rich.console import Console

from bot.ui.cards import Card, Fate, Piece, Quote, Section, Source
from bot.ui.terminal import show
from retrieval.article import Span
from tests.bot.ui.strategies import cards

SOURCE = Source("Storm over the harbour", "The Bell", "2024-03-06", None, "https://bell.example/1", 1)
WORDS = "The board voted seven to four against it, after a debate of five hours that was heard in the street outside."


def shown(card: Card, *, terminal: bool = False, colour: bool = False, width: int = 60) -> str:
    console = Console(
        file=StringIO(), force_terminal=terminal, color_system="truecolor" if colour else None, width=width
    )
    show(card, console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def quoting(words: str, mark: Span | None = None) -> Card:
    return Card((Section(say="seven to four", quotes=(Quote(words, SOURCE, mark),)),), footer="As of 6 March 2024")


def test_outside_a_terminal_every_line_stays_whole() -> None:
    assert shown(quoting(WORDS, Span(16, 29))).splitlines() == [
        "seven to four",
        f"  │ {WORDS.replace('seven to four', '**seven to four**')}",
        "    Storm over the harbour",
        "    The Bell · 6 March 2024",
        "    https://bell.example/1",
        "",
        "As of 6 March 2024",
    ]


def test_lines_of_wide_letters_stay_whole_outside_a_terminal_too() -> None:
    words = "市議会は七対四で防潮堤の計画を否決した。" * 5
    assert f"  │ {words}\n" in shown(quoting(words))


def test_in_a_terminal_lines_are_folded_behind_the_bar() -> None:
    quoted = [line for line in shown(quoting(WORDS), terminal=True, width=40).splitlines() if line.startswith("  │ ")]
    assert len(quoted) > 1
    assert max(map(len, quoted)) <= 40
    assert " ".join(line.removeprefix("  │ ") for line in quoted) == WORDS


def test_in_colour_the_answer_is_marked_by_it_alone() -> None:
    coloured = shown(quoting(WORDS, Span(16, 29)), terminal=True, colour=True, width=200)
    assert "\x1b[1;7mseven to four\x1b[0m" in coloured
    assert "**" not in coloured


def test_without_colour_the_answer_is_marked_by_stars() -> None:
    assert "**seven to four**" in shown(quoting(WORDS, Span(16, 29)), terminal=True, width=200)


def revision(*, colour: bool) -> str:
    told = (("It cost ", Fate.KEPT), ("£2m", Fate.REMOVED), ("£3m", Fate.ADDED), (" in May.", Fate.PASSED_OVER))
    section = Section(pieces=tuple(Piece(*each) for each in told))
    return shown(Card((section,)), terminal=colour, colour=colour, width=200)


def test_without_colour_signs_tell_what_was_taken_out_and_what_was_put_in() -> None:
    assert revision(colour=False) == "  │ It cost ~~£2m~~**£3m** […] \n"


def test_in_colour_what_was_taken_out_is_struck_out() -> None:
    assert "\x1b[9;31m£2m\x1b[0m\x1b[1;32m£3m\x1b[0m" in revision(colour=True)


def test_square_brackets_are_words_and_not_markup() -> None:
    assert "[bold]not bold[/bold] :smile:" in shown(quoting("[bold]not bold[/bold] :smile:"))


def test_paragraphs_of_a_quotation_stand_behind_the_bar_each() -> None:
    assert "  │ One.\n  │ \n  │ Two.\n" in shown(quoting("One.\n\nTwo."))


@settings(max_examples=20)
@given(cards(most_sections=3))
def test_any_card_can_be_shown_anywhere(card: Card) -> None:
    for terminal in (False, True):
        assert shown(card, terminal=terminal)
