import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.clauses import clauses


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Who rejected joint patrols, and why?", ["Who rejected joint patrols", "why?"]),
        ("When and where did it sink?", ["When did it sink?", "where did it sink?"]),
        ("how much did it cost & who paid?", ["how much did it cost", "who paid?"]),
        ("How many fell ill and has anyone died?", ["How many fell ill", "has anyone died?"]),
        ("so who won, in what time, and who came second", ["who won", "in what time", "who came second"]),
        ("tell me who's going to lead it, plus how old he is", ["who is going to lead it", "how old he is"]),
        ("Who won? And why?", ["Who won?", "why?"]),
        (
            "What did Castex and Mr Johnson say about it?",
            ["What did Castex say about it?", "What did Mr Johnson say about it?"],
        ),
    ],
)
def test_each_thing_that_is_asked_is_a_clause(text: str, asked: list[str]) -> None:
    assert clauses(text) == (asked, "")


@pytest.mark.parametrize(
    "text",
    [
        "Who sells bread and butter?",
        "What did search and rescue teams say?",
        "What did Marks and Spencer say?",
        "Who lied and was jailed?",
        "Did the man who stole the money and who fled return?",
        "What did bread and butter cost?",
        "How did Rooke and Astley vote?",
    ],
)
def test_one_thing_that_is_asked_is_one_clause(text: str) -> None:
    assert clauses(text) == ([text], "")


def test_two_names_that_an_article_joins_are_one_name() -> None:
    text = "What did Harcourt and Lisle say about it?"
    assert clauses(text, lambda name: name == "Harcourt and Lisle") == ([text], "")


def test_what_is_told_beside_the_question_is_no_clause() -> None:
    assert clauses("31 men were held. Where was that?") == (["Where was that?"], "31 men were held.")


@given(st.text(max_size=300))
def test_any_text_has_a_clause(text: str) -> None:
    found, _ = clauses(text)
    assert found
