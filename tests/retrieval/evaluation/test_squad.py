"""Exact match and F1; the cases are those of SQuAD 2.0's own script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.squad import exact, f1, normalised

ANSWERS = st.text(alphabet="abAthe .,'’£4 ", max_size=20)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The  Harbour Board", "harbour board"),
        ("a ferry, an owner and the crew.", "ferry owner and crew"),
        ("well-known", "wellknown"),
        ("U.S.", "us"),
        ("another theatre", "another theatre"),
        ("£4.2m", "£42m"),
        ("the", ""),
        ("“Squid Game”", "“squid game”"),
        ("", ""),
    ],
)
def test_case_punctuation_and_articles_make_no_difference(text: str, left: str) -> None:
    assert normalised(text) == left


def test_one_of_several_right_answers_is_enough() -> None:
    assert exact("the board", ["France", "Board."]) == 1
    assert exact("the boards", ["France", "Board."]) == 0


def test_where_no_answer_is_right_none_must_be_given() -> None:
    assert exact("", []) == f1("", []) == 1
    assert exact("France", []) == f1("France", []) == 0


def test_no_answer_is_wrong_where_there_is_one() -> None:
    assert exact("", ["France"]) == f1("", ["France"]) == 0


def test_a_right_answer_that_says_nothing_does_not_count() -> None:
    assert exact("", ["the", "The Who"]) == 0
    assert exact("", ["the"]) == 1


@pytest.mark.parametrize(
    ("answer", "golds", "share"),
    [
        ("Marta Lindgren", ["Marta Lindgren"], 1),
        ("captain Marta Lindgren", ["Marta Lindgren"], 4 / 5),
        ("Lindgren", ["Marta Lindgren", "Tom Aske"], 2 / 3),
        ("the the the", ["Marta Lindgren"], 0),
        ("Tom Tom", ["Tom Aske"], 1 / 2),
    ],
)
def test_f1_is_the_share_of_words_in_common_with_the_best_answer(answer: str, golds: list[str], share: float) -> None:
    assert f1(answer, golds) == pytest.approx(share)


@given(ANSWERS, st.lists(ANSWERS, max_size=3))
def test_f1_is_between_exact_match_and_1(answer: str, golds: list[str]) -> None:
    assert exact(answer, golds) <= f1(answer, golds) <= 1


@given(ANSWERS)
def test_an_answer_is_exactly_itself(answer: str) -> None:
    assert exact(answer, [answer]) == f1(answer, [answer]) == 1
