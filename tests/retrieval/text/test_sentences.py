import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.article import Span
from retrieval.text.sentences import paragraph_of, sentences
from tests.retrieval.strategies import spans_of, texts

any_text = texts() | st.text()


def said(text: str) -> list[str]:
    return [span.within(text) for span in sentences(text)]


@given(any_text)
def test_sentences_are_in_order_and_disjoint(text: str) -> None:
    spans = sentences(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


@given(any_text)
def test_a_sentence_neither_begins_nor_ends_with_white_space(text: str) -> None:
    assert all(words == words.strip() for words in said(text))


@given(any_text)
@example("🙂 e\u0301 𝔐\n\x1cx\x85y\u2028z")
def test_between_sentences_there_is_only_white_space(text: str) -> None:
    outside = list(text)
    for span in sentences(text):
        outside[span.start : span.end] = [" "] * len(span)
    assert not "".join(outside).strip()


@given(texts(), texts())
def test_a_line_break_ends_a_sentence_whatever_stands_around_it(above: str, below: str) -> None:
    moved = [Span(span.start + len(above) + 1, span.end + len(above) + 1) for span in sentences(below)]
    assert sentences(f"{above}\n{below}") == sentences(above) + moved


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\u00a0\n",
        "\n\n\n",
    ],
)
def test_white_space_holds_no_sentence(text: str) -> None:
    assert sentences(text) == []


def test_offsets_count_code_points_after_astral_and_combining_characters() -> None:
    assert sentences("👩🏽‍🚒 won. 𝔐 lost.") == [Span(0, 9), Span(10, 17)]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Imelda Rooke resigned on Monday.",
        "The U.S. government closed two ports.",
        "The museum reopens at 9 a.m. Tuesday.",
        "The £4.2m barrier cost 3.5 per cent more.",
        "“Stop it!” she said.",
        "Mr. Astley of Tolmer & Reeve Ltd. paid the fine.",
    ],
)
def test_a_point_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert said(text) == [text]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The board met on Tuesday.", "It voted seven to four."),
        ("Who pays?", "Nobody does."),
        ("The doors shut at 9 p.m.", "Nobody stayed."),
        ("“The sea isn’t waiting.”", "He left."),
        ("Rents rose by 4.2 per cent.", "Wages fell."),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(one: str, other: str) -> None:
    assert said(f"{one} {other}") == [one, other]


@given(texts(), st.data())
def test_a_paragraph_is_the_line_that_a_span_begins_in(text: str, data: st.DataObject) -> None:
    span = data.draw(spans_of(text).filter(lambda span: text[span.start] != "\n"))
    line = paragraph_of(text, span)
    assert line.start <= span.start < line.end
    assert "\n" not in line.within(text)
    assert text[: line.start].endswith("\n") or line.start == 0
    assert text[line.end :].startswith("\n") or line.end == len(text)
