import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.ellipsis import is_fragment, set_against, with_another
from tests.retrieval.strategies import questions


@pytest.mark.parametrize(
    ("fragment", "question", "asked"),
    [
        ("for children", "How much does it cost for adults?", "How much does it cost for children?"),
        ("in 2020", "Who rejected joint patrols?", "Who rejected joint patrols in 2020?"),
        ("how many women", "How many men were in the study?", "how many women were in the study?"),
        ("best director", "Who will win best picture this year?", "Who will win best director this year?"),
        ("the women’s race", "Who won the men’s race?", "Who won the women’s race?"),
        ("the UK", "Why did France reject joint patrols?", "Why did the UK reject joint patrols?"),
        ("the UK", "Who rejected joint patrols?", "Did the UK reject joint patrols?"),
        ("Pym", "What did union leader Ada Grange say about it?", "What did Pym say about it?"),
    ],
)
def test_what_is_different_takes_the_place_of_what_it_is_set_against(fragment: str, question: str, asked: str) -> None:
    assert set_against(fragment, question) == asked


@pytest.mark.parametrize("fragment", ["the one to keep it", "how many women", "women"])
def test_where_nothing_is_seen_that_it_is_set_against_nothing_is_asked(fragment: str) -> None:
    assert set_against(fragment, "Who drew up the petition to remove the statue?") is None


@pytest.mark.parametrize("fragment", ["how many women", "the UK", "for children", "best actress", "the one to keep it"])
def test_a_fragment_has_no_verb(fragment: str) -> None:
    assert is_fragment(fragment)


@pytest.mark.parametrize(
    "clause", ["why was it closed", "how many drowned", "which one", "the bridge collapsed", "by how many votes"]
)
def test_a_clause_with_a_verb_or_another_question_word_is_none(clause: str) -> None:
    assert not is_fragment(clause)


@pytest.mark.parametrize(
    ("question", "exchanged"),
    [
        ("Why did France reject joint patrols?", "Why did the UK reject joint patrols?"),
        ("Why did the Coastal Agency write to Rooke?", "Why did the UK write to Rooke?"),
        ("Who rejected France's plan?", "Who rejected the UK’s plan?"),
    ],
)
def test_a_name_takes_the_place_of_the_first(question: str, exchanged: str) -> None:
    assert with_another("the UK", question) == exchanged


def test_a_question_without_a_name_has_no_place_for_one() -> None:
    assert with_another("the UK", "Who rejected joint patrols?") is None


@given(st.text(max_size=60), questions() | st.text(max_size=200))
def test_any_fragment_gives_a_question_or_none(fragment: str, question: str) -> None:
    asked = set_against(fragment, question)
    assert asked is None or asked.endswith("?")
