import json
from typing import Any

import pytest

from retrieval.article import Span
from retrieval.evaluation.lines import NoQuestion
from retrieval.evaluation.reading import Read, ReadingQuestion, figures, read_all, read_questions
from retrieval.finding.reader import Marked, Reader
from tests.retrieval.marking import Marker

FERRY = "Marta Lindgren sold the ferry on Monday. The crew wept."
FIGURES = [
    *("n", "em", "f1", "has_answer_em", "has_answer_f1", "no_answer_accuracy"),
    *("always_em", "always_f1", "sentence_accuracy", "p50_ms"),
]
LINE: dict[str, Any] = {
    "id": "q1",
    "context": FERRY,
    "question": "Who sold the ferry?",
    "answers": [{"text": "Marta Lindgren", "start": 0}],
    "is_impossible": False,
}


def written(**changed: object) -> bytes:
    return json.dumps({**LINE, **changed}).encode()


def question(*answers: Span) -> ReadingQuestion:
    return ReadingQuestion("q1", FERRY, "Who sold the ferry?", answers)


def read(answers: tuple[Span, ...], marked: Span, margin: float) -> Read:
    return Read(question(*answers), Marked(Span(0, 40), marked, margin), 0.02)


RIGHT = read((Span(0, 14),), Span(0, 14), 2.0)
TOO_LONG = read((Span(0, 14),), Span(0, 19), 1.0)
UNSURE = read((Span(0, 14),), Span(0, 14), -3.0)
REFUSED = read((), Span(30, 36), -3.0)
FOOLED = read((), Span(30, 36), 4.0)
OTHER_SENTENCE = read((Span(45, 49),), Span(0, 14), 2.0)
NOTHING_READ = Read(question(Span(0, 14)), None, 0.02)


def test_a_line_is_a_question_with_the_places_of_its_answers() -> None:
    (found,) = read_questions([written()])
    assert found == question(Span(0, 14))
    assert found.golds == ["Marta Lindgren"]


def test_blank_lines_are_none_and_the_same_answer_twice_is_one() -> None:
    lines = [b"", written(answers=LINE["answers"] * 3), b"  \n"]
    assert list(read_questions(lines)) == [question(Span(0, 14))]


@pytest.mark.parametrize("changed", [{"is_impossible": True}, {"answers": []}, {"answers": [], "is_impossible": True}])
def test_a_question_without_an_answer_is_impossible(changed: dict[str, object]) -> None:
    (found,) = read_questions([written(**changed)])
    assert found.answers == ()


@pytest.mark.parametrize(
    "line",
    [
        b"no json",
        b"\xff\xfe",
        b"[1]",
        b"{}",
        b"[" * 100_000,
        written(context=None),
        written(question=7),
        written(answers="Marta Lindgren"),
        written(answers=["Marta Lindgren"]),
        written(answers=[{"text": "Marta Lindgren"}]),
        written(answers=[{"text": "Marta Lindgren", "start": 3}]),
        written(answers=[{"text": "Marta Lindgren", "start": -55}]),
    ],
    ids=range(12),
)
def test_a_line_that_is_no_question_is_named(line: bytes) -> None:
    with pytest.raises(NoQuestion, match=r"^Line 2 is no question: .+\.$") as error:
        list(read_questions([written(), line]))
    assert "\n" not in str(error.value)


def test_offsets_stay_where_a_text_holds_half_a_character() -> None:
    line = json.dumps({**LINE, "context": f"\ud800 {FERRY}", "answers": [{"text": "Marta Lindgren", "start": 2}]})
    (found,) = read_questions([line.encode()])
    assert found.golds == ["Marta Lindgren"]


def test_the_words_with_the_highest_margin_are_read() -> None:
    (found,) = read_all(Marker({"Marta Lindgren": 2.0, "crew": 3.0}), [question(Span(0, 14))])
    assert found.answer(0.0) == "crew"
    assert found.sentence == "The crew wept."
    assert found.seconds > 0


def test_a_context_without_a_word_has_no_answer(reader: Reader) -> None:
    (found,) = read_all(reader, [ReadingQuestion("q1", " \n ", "Who sold the ferry?", ())])
    assert (found.best, found.answer(-1e9), found.sentence) == (None, "", "")


def test_words_below_the_threshold_are_no_answer() -> None:
    assert (UNSURE.answer(-3.0), UNSURE.answer(-2.9)) == ("Marta Lindgren", "")


def test_the_figures_are_the_contracts() -> None:
    assert list(figures([RIGHT, REFUSED], 0.0)) == FIGURES
    assert list(figures([], 0.0)) == FIGURES


def test_the_figures_count_what_was_read() -> None:
    found = figures([RIGHT, TOO_LONG, UNSURE, REFUSED, FOOLED, OTHER_SENTENCE, NOTHING_READ], 0.0)
    assert found == {
        "n": 7,
        "em": pytest.approx(100 * 2 / 7, abs=0.1),
        "f1": pytest.approx(100 * 2.8 / 7, abs=0.1),
        "has_answer_em": pytest.approx(100 * 1 / 5, abs=0.1),
        "has_answer_f1": pytest.approx(100 * 1.8 / 5, abs=0.1),
        "no_answer_accuracy": 50.0,
        "always_em": pytest.approx(100 * 2 / 5, abs=0.1),
        "always_f1": pytest.approx(100 * 2.8 / 5, abs=0.1),
        "sentence_accuracy": pytest.approx(100 * 3 / 5, abs=0.1),
        "p50_ms": 20.0,
    }


def test_a_lower_threshold_answers_more() -> None:
    assert figures([UNSURE, REFUSED], -5.0)["has_answer_em"] == 100
    assert figures([UNSURE, REFUSED], -5.0)["no_answer_accuracy"] == 0
    assert figures([UNSURE, REFUSED], 5.0)["has_answer_em"] == 0
    assert figures([UNSURE, REFUSED], 5.0)["no_answer_accuracy"] == 100
