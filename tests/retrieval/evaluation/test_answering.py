import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answers.answering import answer
from retrieval.article import SHARED, Article
from retrieval.evaluation.answering import Answered, AskedQuestion, ask_all, by_kind, figures, holds, read_questions
from retrieval.evaluation.lines import NoQuestion
from retrieval.finding.confidence import Calibration
from retrieval.finding.finders import ReaderFinder, RuleFinder
from retrieval.finding.finding import Finder
from retrieval.library import Library
from tests.retrieval.marking import Marker

FLAT = Calibration(constant=0.0, margin=1.0, behind=0.0, support=0.0, agrees=0.0, missing=0.0)
FIGURES = [
    *("n", "passage_recall_at_1", "passage_recall_at_5", "passage_recall_at_10", "source_at_1", "quote_has_answer"),
    *("answer_em", "answer_f1", "refused_unanswerable", "answered", "p50_ms", "p95_ms"),
]
LINE: dict[str, Any] = {
    "id": "q1",
    "question": "Who sold the ferry?",
    "answers": ["Marta Lindgren"],
    "gold_article_ids": ["ferry"],
}
SOLD = AskedQuestion("q1", "Who sold the ferry?", ("Marta Lindgren",), frozenset({"ferry"}), "who")
WHEN = AskedQuestion("q2", "When was the ferry sold?", ("Monday", "on Monday"), frozenset({"ferry"}), "when")
ELSEWHERE = AskedQuestion("q3", "Who opened the bakery?", ("Tom Aske",), frozenset({"ferry"}), "who")
IMPOSSIBLE = AskedQuestion("q4", "Who won the chess cup in Reykjavik?", (), frozenset(), "none")


@pytest.fixture
def town(library: Library) -> Library:
    library.add(SHARED, Article("Ferry sold", "Marta Lindgren sold the ferry on Monday. The crew wept.", key="ferry"))
    library.add(SHARED, Article("Bakery", "Tom Aske opened the bakery. It sells “rye”.", key="bakery"))
    return library


def asked(library: Library, *questions: AskedQuestion, finder: Finder | None = None) -> list[Answered]:
    chosen = finder or ReaderFinder(0.5, Marker({"Marta Lindgren": 3.0, "Tom Aske": 2.0}), FLAT)
    return list(
        ask_all(library, SHARED, questions, lambda each: answer(library, SHARED, each.question, chosen, each.asked))
    )


def written(**changed: object) -> bytes:
    return json.dumps({**LINE, **changed}).encode()


# Question files


def test_a_line_is_a_question_with_its_answers_and_articles() -> None:
    assert list(read_questions([written(kind="who"), b"", b" \n"])) == [SOLD]


def test_a_question_has_the_kind_that_the_program_sees_where_the_file_says_none() -> None:
    assert [each.kind for each in read_questions([written(), written(question="How old is it?")])] == ["who", "how old"]


def test_publishers_keys_may_be_numbers() -> None:
    (found,) = read_questions([written(id=7, gold_article_ids=[1, "2"])])
    assert (found.id, found.articles) == ("7", frozenset({"1", "2"}))


def test_half_a_character_is_replaced() -> None:
    (found,) = read_questions([written(id="\ud800", question="Who\ud800?", answers=["\udfff"])])
    assert (found.id, found.question, found.answers) == ("\ufffd", "Who\ufffd?", ("\ufffd",))


@pytest.mark.parametrize(
    "line",
    [
        b"no json",
        b"\xff\xfe",
        b'"who?"',
        b"{}",
        b"[" * 100_000,
        written(question=None),
        written(answers="Marta Lindgren"),
        written(answers=[3]),
        written(gold_article_ids="ferry"),
        written(kind=3),
        json.dumps({name: value for name, value in LINE.items() if name != "answers"}).encode(),
        json.dumps({name: value for name, value in LINE.items() if name != "id"}).encode(),
    ],
    ids=range(12),
)
def test_a_line_that_is_no_question_is_named(line: bytes) -> None:
    with pytest.raises(NoQuestion, match=r"^Line 2 is no question: .+\.$") as error:
        list(read_questions([written(), line]))
    assert "\n" not in str(error.value)


# Asking


def test_what_became_of_a_question_is_kept(town: Library) -> None:
    (found,) = asked(town, SOLD)
    assert (found.text, found.quotation) == ("Marta Lindgren", "Marta Lindgren sold the ferry on Monday.")
    assert found.holding == (True, False)
    assert found.first_source == {"ferry"}
    assert found.exact
    assert found.seconds > 0


def test_a_refused_question_has_neither_words_nor_a_quotation(town: Library) -> None:
    (found,) = asked(town, IMPOSSIBLE)
    assert (found.text, found.quotation, found.shown) == ("", "", None)
    assert found.exact


def test_a_wrong_answer_and_a_needless_refusal_are_not_exact(town: Library) -> None:
    wrong, refused = asked(town, WHEN, SOLD, finder=ReaderFinder(0.5, Marker({"crew": 3.0}), FLAT))
    assert not wrong.exact
    assert not refused.exact


def test_an_unanswerable_question_that_is_answered_is_not_exact(town: Library) -> None:
    (found,) = asked(town, AskedQuestion("q5", "Who sold the ferry?", (), frozenset(), "none"))
    assert found.text == "Marta Lindgren"
    assert not found.exact


def test_an_answer_without_words_of_its_own_still_has_a_quotation(town: Library) -> None:
    (found,) = asked(
        town, AskedQuestion("q6", "What was opened?", ("bakery",), frozenset(), "what"), finder=RuleFinder(0.1)
    )
    assert found.quotation


# Figures


def test_the_figures_are_the_contracts(town: Library) -> None:
    assert list(figures(asked(town, SOLD, IMPOSSIBLE))) == FIGURES
    assert list(figures([])) == FIGURES


def test_the_figures_count_answerable_questions_but_for_refusals(town: Library) -> None:
    found = figures(asked(town, SOLD, ELSEWHERE, IMPOSSIBLE, IMPOSSIBLE))
    assert {name: found[name] for name in FIGURES if not name.endswith("_ms")} == {
        "n": 4,
        "passage_recall_at_1": 100.0,
        "passage_recall_at_5": 100.0,
        "passage_recall_at_10": 100.0,
        "source_at_1": 50.0,
        "quote_has_answer": 100.0,
        "answer_em": 100.0,
        "answer_f1": 100.0,
        "refused_unanswerable": 100.0,
        "answered": 100.0,
    }
    assert 0 < found["p50_ms"] <= found["p95_ms"]


def test_a_refused_question_lowers_every_figure_of_its_answer(town: Library) -> None:
    found = figures(asked(town, SOLD, ELSEWHERE, finder=ReaderFinder(0.5, Marker({"Marta Lindgren": 3.0}), FLAT)))
    assert {found[name] for name in ("quote_has_answer", "answer_em", "answer_f1", "answered")} == {50.0}
    assert found["passage_recall_at_1"] == 100.0


def test_kinds_hold_each_question_once_in_alphabetical_order(town: Library) -> None:
    answered = asked(town, SOLD, IMPOSSIBLE, WHEN, ELSEWHERE)
    kinds = by_kind(answered)
    assert list(kinds) == ["none", "when", "who"]
    assert [each.question.id for each in kinds["who"]] == ["q1", "q3"]
    assert sum(map(len, kinds.values())) == len(answered)


# Answers in a text


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Marta Lindgren sold it.", True),
        ("It was sold by MARTA LINDGREN", True),
        ("“Marta Lindgren”, she said.", True),
        ("Marta Lindgrenson sold it.", False),
        ("Lindgren, Marta", False),
        ("", False),
    ],
)
def test_an_answer_stands_in_a_text_as_whole_words(text: str, held: bool) -> None:
    assert holds(text, ["Tom Aske", "the “Marta Lindgren”"]) is held


def test_an_answer_that_says_nothing_stands_nowhere() -> None:
    assert not holds("The ferry was sold.", ["the", "", "…"])


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_text_holds_its_own_words_whatever_surrounds_them(text: str, other: str) -> None:
    assert holds(f"{other}\nMarta {text}\n{other}", [f"Marta {text}"])
