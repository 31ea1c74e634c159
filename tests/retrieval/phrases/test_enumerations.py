import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Span
from retrieval.phrases.enumerations import enumeration
from tests.retrieval.strategies import spans_of, texts


def widened(sentence: str, marked: str) -> str:
    start = sentence.index(marked)
    return enumeration(sentence, Span(0, len(sentence)), Span(start, start + len(marked))).within(sentence)


@pytest.mark.parametrize(
    ("sentence", "marked", "listed"),
    [
        ("Ministers from Belgium, Germany and the Netherlands met.", "Germany", "Belgium, Germany and the Netherlands"),
        ("Ministers from Belgium, Germany, and Peru met.", "Belgium", "Belgium, Germany, and Peru"),
        ("It was signed by Ada Quill and Ben Orde on Monday.", "Ada Quill", "Ada Quill and Ben Orde"),
        ("It stops at Bank of Lorton and Quay Hill.", "Quay Hill", "Bank of Lorton and Quay Hill"),
    ],
)
def test_a_name_goes_with_those_that_stand_beside_it(sentence: str, marked: str, listed: str) -> None:
    assert widened(sentence, marked) == listed


@pytest.mark.parametrize(
    ("sentence", "marked"),
    [
        ("Ministers from Belgium met in Calais.", "Belgium"),
        ("Belgium voted and Germany stayed away.", "Belgium"),
        ("It was cold, wet and late when Belgium voted.", "Belgium"),
    ],
)
def test_a_name_that_stands_alone_stays_alone(sentence: str, marked: str) -> None:
    assert widened(sentence, marked) == marked


@given(texts(), st.data())
def test_a_list_holds_what_was_marked_and_stays_in_the_sentence(text: str, data: st.DataObject) -> None:
    sentence = data.draw(spans_of(text))
    marked = data.draw(spans_of(text).filter(lambda span: span in sentence)) if len(sentence) > 1 else sentence
    listed = enumeration(text, sentence, marked)
    assert marked in listed
    assert listed in sentence
