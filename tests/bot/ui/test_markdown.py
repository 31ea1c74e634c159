"""Words of an article stay the words of the article, whatever signs are in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.cards import Quote, Source
from bot.ui.markdown import CUT, block, escape, excerpt, plain, shortened
from retrieval.article import Span
from tests.bot.ui.discord_markdown import read
from tests.bot.ui.strategies import long_words, marks, some_words, words

SOURCE = Source("Storm", "The Bell", "2024-03-06", None, None, 1)


@given(words)
def test_unescaping_gives_the_words_back(text: str) -> None:
    assert plain(escape(text)) == text


@given(words)
def test_discord_reads_an_escaped_text_as_its_words_and_nothing_else(text: str) -> None:
    seen = read(escape(text))
    assert (seen.words, seen.bold, seen.others) == (text, (), frozenset())


@pytest.mark.parametrize(
    ("markdown", "rule"),
    [
        ("# news", "heading"),
        ("-# news", "small print"),
        ("> news", "quote"),
        ("one\n- two", "list"),
        ("12. of them", "list"),
        ("`x`", "code"),
        ("```\nx```", "code"),
        ("_x_", "italic"),
        ("*x*", "italic"),
        ("__x__", "underline"),
        ("~~x~~", "strike"),
        ("||x||", "spoiler"),
        ("[x](https://b.example)", "link"),
        ("see https://b.example now", "address"),
        ("<https://b.example>", "address in brackets"),
        ("<@123456789012345678>", "mention"),
        ("<@&123456789012345678>", "mention"),
        ("@everyone", "mention of all"),
        ("<t:1:R>", "timestamp"),
        ("</ask:123456789012345678>", "command"),
        (":smile:", "emoji"),
    ],
)
def test_the_rules_these_tests_go_by_do_find_formatting(markdown: str, rule: str) -> None:
    assert rule in read(markdown).others
    assert read(escape(markdown)).others == frozenset()


def test_the_rules_these_tests_go_by_do_find_bold_words() -> None:
    assert read("a **b** c").bold == ((2, 3),)


@st.composite
def quoted(draw: st.DrawFn) -> Quote:
    text = draw(some_words)
    return Quote(text, SOURCE, draw(marks(text)))


def _unquoted(shown: str) -> str:
    lines = shown.split("\n")
    assert all(line.startswith("> ") for line in lines)
    return "\n".join(line[2:] for line in lines)


@given(quoted())
def test_a_quoted_block_shows_the_words_with_the_answer_bold_and_nothing_else(quote: Quote) -> None:
    seen = read(_unquoted(block(quote, 10_000)))
    bold = ((quote.mark.start, quote.mark.end),) if quote.mark else ()
    assert (seen.words, seen.bold, seen.others) == (quote.words, bold, frozenset())


@given(quoted(), st.integers(20, 80))
def test_a_shortened_block_shows_an_excerpt_between_signs_of_a_cut(quote: Quote, at_most: int) -> None:
    part = excerpt(quote.words, quote.mark, at_most)
    before, after = CUT + " " if part.cut_before else "", " " + CUT if part.cut_after else ""
    seen = read(_unquoted(block(quote, at_most)))
    assert seen.words == f"{before}{part.words}{after}"
    assert seen.others == frozenset()
    assert [(start - len(before), end - len(before)) for start, end in seen.bold] == (
        [(part.mark.start, part.mark.end)] if part.mark else []
    )


@st.composite
def cuts(draw: st.DrawFn) -> tuple[str, Span | None, int]:
    text = draw(long_words)
    return text, draw(marks(text)), draw(st.integers(1, 200))


@given(cuts())
def test_an_excerpt_is_one_stretch_of_the_words_within_its_length(cut: tuple[str, Span | None, int]) -> None:
    text, mark, at_most = cut
    part = excerpt(text, mark, at_most)
    assert 0 < len(part.words) <= at_most
    if part.cut_before and part.cut_after:
        assert part.words in text[1:-1]
    elif part.cut_before:
        assert text[1:].endswith(part.words)
    elif part.cut_after:
        assert text[:-1].startswith(part.words)
    else:
        assert part.words == text


@given(cuts())
def test_an_excerpt_keeps_the_answer_where_it_fits_and_its_part_where_not(cut: tuple[str, Span | None, int]) -> None:
    text, mark, at_most = cut
    part = excerpt(text, mark, at_most)
    assert (part.mark is None) == (mark is None)
    if mark is None or part.mark is None:
        return
    kept = part.mark.within(part.words)
    assert kept == mark.within(text) if len(mark) <= at_most else kept in mark.within(text)


def test_an_excerpt_is_cut_between_words() -> None:
    text = "The board voted seven to four against the barrier on Tuesday after a long debate"
    part = excerpt(text, Span(16, 29), 40)
    assert part.words == "board voted seven to four against the"
    assert part.mark
    assert part.mark.within(part.words) == "seven to four"


@given(long_words, st.integers(1, 300))
def test_a_shortened_line_keeps_its_length_and_says_that_it_is_cut(text: str, at_most: int) -> None:
    line = shortened(text, at_most)
    assert len(line) <= at_most
    assert line == text if len(text) <= at_most else line.endswith("…")
