import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Span
from retrieval.asking.understanding import understand
from retrieval.phrases.fitting import can_answer, fitting
from retrieval.text.sentences import sentences
from tests.retrieval.phrases.finding import found
from tests.retrieval.strategies import questions, reports, texts

SENTENCE = (
    "On Tuesday 3 March the builder Marta Lindgren, 58, sold 260 boats at Penhallow for £4.2m because “the sea won”."
)


def fitted(question: str) -> list[str]:
    part = understand(question).parts[0]
    return found(lambda text, sentence: fitting(part, text, sentence), SENTENCE)


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("Who sold them?", ["Marta Lindgren"]),
        ("When were they sold?", ["Tuesday 3 March"]),
        ("Where were they sold?", ["Penhallow"]),
        ("How many were sold?", ["260", "£4.2m"]),
        ("How much did they cost?", ["£4.2m"]),
        ("How old is the seller?", ["58"]),
        ("Why were they sold?", ["because “the sea won”"]),
    ],
)
def test_a_kind_of_question_is_answered_by_its_sort_of_phrases(question: str, phrases: list[str]) -> None:
    assert fitted(question) == phrases


@pytest.mark.parametrize("question", ["Is the harbour open?", "What is a harbour?", "How did it happen?"])
def test_a_question_that_calls_for_no_sort_has_no_phrases(question: str) -> None:
    assert fitted(question) == []


def test_a_phrase_that_only_repeats_the_question_does_not_answer_it() -> None:
    assert fitted("Who is Marta Lindgren?") == []


@given(questions(), texts() | reports())
def test_a_phrase_stands_inside_its_sentence(question: str, text: str) -> None:
    for part in understand(question).parts:
        for sentence in sentences(text):
            assert all(phrase in sentence for phrase in fitting(part, text, sentence))


@given(st.text(min_size=1, max_size=80))
def test_any_characters_can_be_searched_for_phrases(text: str) -> None:
    for asking in ("Who", "When", "Where", "Why", "How many", "How much", "How long", "How old", "Which one"):
        fitting(understand(f"{asking} is it?").parts[0], text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When was it sold?", "the day after the storm"),
        ("When was it sold?", "this holiday season"),
        ("When was it buried?", "about 874"),
        ("How many were sold?", "most of them"),
        ("How old is he?", "17"),
        ("How long did it last?", "until dawn"),
        ("Who sold it?", "nobody knows"),
    ],
)
def test_words_can_answer_that_are_of_the_sort_that_is_asked_for(question: str, words: str) -> None:
    assert can_answer(understand(question).parts[0], words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When was it sold?", "the home secretary"),
        ("When does it come out?", "PlayStation 2"),
        ("How many were sold?", "the builder"),
        ("How old is he?", "a retired teacher"),
    ],
)
def test_other_words_cannot(question: str, words: str) -> None:
    assert not can_answer(understand(question).parts[0], words)
