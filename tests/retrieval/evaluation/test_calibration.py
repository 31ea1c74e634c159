import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answers.answer import Answer, AnswerPart, Evidence, Refusal, Why
from retrieval.article import SHARED, Article, Span, Version
from retrieval.asking.understanding import understand
from retrieval.evaluation.answering import Answered, AskedQuestion
from retrieval.evaluation.calibration import BINS, calibration_error, is_right, reliability
from retrieval.quotation import Quotation

FERRY = "Marta Lindgren sold the ferry on Monday."
VERSION = Version(1, 1, SHARED, Article("Ferry sold", FERRY), "2024-03-06")
SELLER, DAY = Span(0, 14), Span(30, 39)
confidences = st.integers(0, 100).map(lambda percent: percent / 100)


def answered(confidence: float, words: Span | None = SELLER, golds: tuple[str, ...] = ("Marta Lindgren",)) -> Answered:
    question = AskedQuestion("q1", "Who sold the ferry?", golds, frozenset(), "who")
    evidence = Evidence(VERSION, Quotation(1, 1, Span(0, len(FERRY)), FERRY), words)
    part = AnswerPart(understand(question.question).parts[0], confidence, (evidence,))
    return Answered(question, Answer(question.question, (part,)), (True,), frozenset(), 0.01)


def refused(golds: tuple[str, ...] = ("Marta Lindgren",)) -> Answered:
    question = AskedQuestion("q1", "Who sold the ferry?", golds, frozenset(), "who")
    part = AnswerPart(understand(question.question).parts[0], 0.0, refusal=Refusal(Why.NO_ANSWER))
    return Answered(question, Answer(question.question, (part,)), (True,), frozenset(), 0.01)


def test_words_are_right_where_they_mostly_are_a_right_answer() -> None:
    assert is_right(answered(0.7))
    assert is_right(answered(0.7, Span(0, 19)))
    assert not is_right(answered(0.7, DAY))


def test_a_quotation_without_words_is_right_where_it_holds_the_answer() -> None:
    assert is_right(answered(0.7, None))
    assert not is_right(answered(0.7, None, ("Tom Aske",)))


def test_any_answer_is_wrong_where_there_is_none() -> None:
    assert not is_right(answered(0.7, golds=()))
    assert not is_right(answered(0.7, None, golds=()))


def test_a_refusal_is_right_where_there_is_no_answer() -> None:
    assert is_right(refused(()))
    assert not is_right(refused())


def test_a_bin_says_how_sure_its_answers_were_and_how_many_are_right() -> None:
    (low, high) = reliability([answered(0.92), answered(0.98, DAY), answered(0.5), answered(0.55), refused()])
    assert (low.least, low.most, low.shown, low.right) == (0.5, 0.6, 2, 1.0)
    assert low.confidence == pytest.approx(0.525)
    assert (high.least, high.most, high.shown, high.right) == (0.9, 1.0, 2, 0.5)


def test_a_certain_answer_is_in_the_highest_bin() -> None:
    assert reliability([answered(1.0)])[0].most == 1


def test_without_an_answer_there_is_no_bin_and_no_error() -> None:
    assert reliability([refused()]) == []
    assert calibration_error([]) == 0


def test_the_error_weighs_each_bin_by_its_answers() -> None:
    bins = reliability([answered(0.9), answered(0.9), answered(0.9), answered(0.2, DAY)])
    assert calibration_error(bins) == pytest.approx((3 * 0.1 + 1 * 0.2) / 4)


@given(st.lists(st.tuples(confidences, st.sampled_from([SELLER, DAY, None]))))
def test_the_bins_hold_each_answer_that_was_shown_once(shown: list[tuple[float, Span | None]]) -> None:
    bins = reliability([answered(confidence, words) for confidence, words in shown])
    assert sum(each.shown for each in bins) == len(shown)
    assert all(each.least - 1e-9 <= each.confidence <= each.most + 1e-9 for each in bins)
    assert [each.least for each in bins] == sorted({each.least for each in bins})
    assert len(bins) <= BINS
    assert 0 <= calibration_error(bins) <= 1
