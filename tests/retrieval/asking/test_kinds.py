import pytest

from retrieval.asking.kinds import asks_for_several, kind_of
from retrieval.asking.question import Kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who rejected joint patrols?", Kind.WHO),
        ("Whose bookshop has flooded?", Kind.WHO),
        ("Whom did Rooke sue?", Kind.WHO),
        ("By whom was the mine sold?", Kind.WHO),
        ("Which minister resigned?", Kind.WHO),
        ("When did the boat sink?", Kind.WHEN),
        ("What year was the barrier proposed?", Kind.WHEN),
        ("In which month does the term end?", Kind.WHEN),
        ("Where was the hoard found?", Kind.WHERE),
        ("From where did the boat set out?", Kind.WHERE),
        ("In which town is the mill?", Kind.WHERE),
        ("Why did the chair resign?", Kind.WHY),
        ("What was the reason for the delay?", Kind.WHY),
        ("What caused the fire?", Kind.WHY),
        ("How did the lander survive?", Kind.HOW),
        ("How many homes were flooded?", Kind.HOW_MANY),
        ("How much did the barrier cost?", Kind.HOW_MUCH),
        ("How far away is the mine?", Kind.HOW_MUCH),
        ("How long did the strike last?", Kind.HOW_LONG),
        ("How old is Talia Brandt?", Kind.HOW_OLD),
        ("Which company built the lander?", Kind.WHICH),
        ("What did Rooke say about the barrier?", Kind.QUOTE),
        ("What is vanicidin?", Kind.WHAT),
        ("Is the bridge open?", Kind.YES_NO),
        ("Did France accept joint patrols?", Kind.YES_NO),
        ("barrier costs", Kind.OTHER),
    ],
)
def test_a_question_asks_for_one_kind_of_words(question: str, kind: Kind) -> None:
    assert kind_of(question)[0] is kind


@pytest.mark.parametrize(
    "question",
    ["Which countries sent ministers?", "Who are the funders?", "name the biscuits", "Which US states voted?"],
)
def test_the_plural_asks_for_all_of_several_things(question: str) -> None:
    assert asks_for_several(question)


@pytest.mark.parametrize(
    "question", ["Which country won?", "What did he say?", "Who is the chair?", "Which minister met the workers?", ""]
)
def test_other_questions_ask_for_one(question: str) -> None:
    assert not asks_for_several(question)
