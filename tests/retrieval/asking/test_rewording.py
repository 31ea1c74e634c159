import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.rewording import as_subject, asked_again, done_by, stated
from tests.retrieval.strategies import questions


@pytest.mark.parametrize(
    ("question", "answer", "again"),
    [
        ("Who rejected joint patrols?", "France", "Why did France reject joint patrols?"),
        ("Which country rejected joint patrols?", "France", "Why did France reject joint patrols?"),
        ("What caused the fire?", "A cigarette", "Why did a cigarette cause the fire?"),
        ("Who first reached the pole?", "Amundsen", "Why did Amundsen first reach the pole?"),
        ("Who runs the ferry?", "The harbour board", "Why does the harbour board run the ferry?"),
        ("How many people drowned?", "27", "Why did 27 people drown?"),
        ("How many people drowned?", "More than 27 people", "Why did more than 27 people drown?"),
        ("Whose bookshop has flooded?", "Tom Aske’s", "Why has Tom Aske’s bookshop flooded?"),
        ("Who was arrested?", "A 15-year-old boy", "Why was a 15-year-old boy arrested?"),
        ("Who will lead the inquiry?", "Imelda Rooke", "Why will Imelda Rooke lead the inquiry?"),
        ("Who won?", "Brandt, a Scot", "Why did Brandt, a Scot, win?"),
    ],
)
def test_the_answer_becomes_the_subject_of_what_it_did(question: str, answer: str, again: str) -> None:
    assert asked_again("why", question, answer) == again


@pytest.mark.parametrize(
    ("question", "answer", "again"),
    [
        ("What did France reject?", "joint patrols", "When did France reject joint patrols?"),
        ("Who did Rooke sue?", "Tom Aske", "When did Rooke sue Tom Aske?"),
        ("How long did the strike last?", "Six weeks", "When did the strike last Six weeks?"),
        ("What did Rooke say about the barrier?", "“a folly”", "When did Rooke say that about the barrier?"),
    ],
)
def test_the_answer_takes_its_place_as_the_object(question: str, answer: str, again: str) -> None:
    assert asked_again("when", question, answer) == again


@pytest.mark.parametrize(
    ("question", "again"),
    [
        ("Why did France reject joint patrols?", "When did France reject joint patrols?"),
        ("Where was the hoard found?", "When was the hoard found?"),
        ("How did the lander survive?", "When did the lander survive?"),
        ("In which town is the mill?", "When is the mill?"),
    ],
)
def test_what_was_asked_about_a_deed_leaves_no_gap_in_it(question: str, again: str) -> None:
    assert asked_again("when", question, "whatever") == again


@pytest.mark.parametrize(
    ("question", "again"),
    [
        ("Who rejected joint patrols?", "Why did they reject joint patrols?"),
        ("Which country rejected joint patrols?", "Why did that country reject joint patrols?"),
        ("What caused the fire?", "Why did it cause the fire?"),
        ("What did France reject?", "Why did France reject?"),
    ],
)
def test_without_an_answer_a_pronoun_stands_for_it(question: str, again: str) -> None:
    assert asked_again("why", question, None) == again


@pytest.mark.parametrize("question", ["Is the bridge open?", "barrier costs", "Who?", "", "Why France?"])
def test_a_question_of_another_build_is_not_reworded(question: str) -> None:
    assert asked_again("why", question, "France") is None


def test_somebody_else_may_have_done_it() -> None:
    assert done_by("the UK", "Who rejected joint patrols?") == "Did the UK reject joint patrols?"
    assert done_by("Germany", "Who was arrested?") == "Was Germany arrested?"


@pytest.mark.parametrize("question", ["How much was the grant?", "Who is the chancellor?", "What did Rooke sell?"])
def test_who_did_it_was_not_asked(question: str) -> None:
    assert done_by("Germany", question) is None


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        ("The board", "the board"),
        ("A 15-year-old boy", "a 15-year-old boy"),
        ("Jean Castex, the premier", "Jean Castex, the premier,"),
        ("Thea Brandt", "Thea Brandt"),
    ],
)
def test_words_that_open_a_sentence_change_inside_one(words: str, inside: str) -> None:
    assert as_subject(words) == inside


@given(questions() | st.text(max_size=200), st.none() | st.text(min_size=1, max_size=40))
def test_any_text_is_reworded_as_a_question_or_not_at_all(question: str, answer: str | None) -> None:
    again = asked_again("why", question, answer)
    assert again is None or (again.startswith("Why ") and again.endswith("?"))


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("Who rejected joint patrols?", "France", "France rejected joint patrols."),
        ("Which country rejected joint patrols?", "France", "France rejected joint patrols."),
        ("How many people drowned?", "27", "27 people drowned."),
        ("Who was arrested?", "A 15-year-old boy", "A 15-year-old boy was arrested."),
    ],
)
def test_who_did_it_is_told_as_a_statement(question: str, answer: str, told: str) -> None:
    assert stated(question, answer) == told


@pytest.mark.parametrize(
    "question", ["Why did France reject joint patrols?", "Who is the chancellor?", "What did he say?"]
)
def test_what_is_no_doing_is_not_stated(question: str) -> None:
    assert stated(question, "France") is None
