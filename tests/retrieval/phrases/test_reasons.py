import pytest

from retrieval.phrases.reasons import strong_reasons, weak_reasons
from tests.retrieval.phrases.finding import found


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The fair was called off because the field had flooded.", "because the field had flooded"),
        ("He rejected the plan, as it would “harm the port”.", "as it would “harm the port”"),
        ("The council refused, citing a freeze on new spending.", "citing a freeze on new spending"),
        ("The train was late owing to a landslip.", "owing to a landslip"),
        ("The wall fell as a result of neglect.", "as a result of neglect"),
        ("The vote was put off because of rain, the mayor said.", "because of rain"),
        ("The fair moved because of the mud, but nobody minded.", "because of the mud"),
    ],
)
def test_a_clause_that_says_it_is_a_reason_is_one(sentence: str, reason: str) -> None:
    assert found(strong_reasons, sentence) == [reason]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("They blocked the ditch in order to keep out foxes.", "in order to keep out foxes"),
        ("The road was shut to protect the crossing toads.", "to protect the crossing toads"),
        ("The firm was fined for failing to trim trees.", "for failing to trim trees"),
    ],
)
def test_a_purpose_may_be_a_reason(sentence: str, reason: str) -> None:
    assert found(weak_reasons, sentence) == [reason]


@pytest.mark.parametrize("sentence", ["The board voted seven to four.", "He was tall and thin."])
def test_what_gives_no_reason_is_left_out(sentence: str) -> None:
    assert found(strong_reasons, sentence) == found(weak_reasons, sentence) == []
