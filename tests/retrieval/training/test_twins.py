"""Questions that are changed so that their passage no longer answers them."""

import random

import pytest

from retrieval.article import Span
from retrieval.training.asked import Asked
from retrieval.training.twins import Twins

CONTEXT = "In 2011 Marta Lindgren sold the ferry to Nordwater for £2m. It was built by Edwin Marsh."
ELSEWHERE = "The captain was Elin Aske until the summer."


def twins(question: str, words: str = "£2m", elsewhere: str = ELSEWHERE) -> set[str | None]:
    """All that become of a question when it is changed many times."""
    start = CONTEXT.index(words)
    asked = Asked(question, "Ferry", CONTEXT, (Span(start, start + len(words)),), "Ferry")
    maker = Twins(random.Random(1))  # noqa: S311  # examples, not a secret
    return {maker.twin(asked, elsewhere) for _ in range(200)}


def test_a_name_becomes_another_of_the_same_passage_or_of_another() -> None:
    assert "To whom, by Elin Aske, sold for how much?" in twins("To whom, by Nordwater, sold for how much?")
    assert "To whom, by Edwin Marsh, sold for how much?" in twins("To whom, by Nordwater, sold for how much?")


def test_a_name_never_becomes_the_answer() -> None:
    changed = twins("Who, in Nordwater, sold the ferry?", "Marta Lindgren")
    assert changed > {None} or changed
    assert not any(each and "Marta" in each for each in changed)


def test_a_number_becomes_one_that_the_passage_does_not_hold() -> None:
    changed = twins("How much did it cost in 2011?")
    years = {each for each in changed if each and "20" in each and "didn't" not in each}
    assert len(years) > 2
    assert "How much did it cost in 2011?" not in changed


@pytest.mark.parametrize(
    ("question", "changed"),
    [
        ("for how much was it sold?", "for how much was it bought?"),
        ("for how much went it on Monday?", "for how much went it on Tuesday?"),
        ("for how much went the bridge?", "for how much went the tunnel?"),
    ],
)
def test_a_word_becomes_its_opposite_or_another_thing_of_its_sort(question: str, changed: str) -> None:
    assert changed in twins(question)


def test_what_is_asked_may_be_negated() -> None:
    assert twins("How much will he pay?", elsewhere="") >= {"How much won't he pay?"}
    assert twins("How much did it cost?", elsewhere="") == {"How much didn't it cost?", None}


def test_a_question_that_is_negated_is_not_negated_again() -> None:
    assert twins("How much didn't it cost?", elsewhere="") == {None}
