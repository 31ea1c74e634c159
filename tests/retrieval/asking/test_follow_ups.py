import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.follow_ups import Clause, Turn, put_in_full
from tests.retrieval.strategies import questions

PATROLS = Turn("Who rejected joint patrols?", answer="France", people=("Jean Castex",))
REASON = Turn("Why did France reject joint patrols?", answer="it would compromise its sovereignty")
BARRIER = Turn("Who scrapped the barrier?", answer="Dr Imelda Rooke", people=("Dr Imelda Rooke", "Tom Aske"))


def in_full(clause: str, *turns: Turn) -> Clause:
    return put_in_full(clause, "", turns)


@pytest.mark.parametrize(
    ("clause", "meant"),
    [
        ("and why?", "Why did France reject joint patrols?"),
        ("Why", "Why did France reject joint patrols?"),
        ("how come?", "Why did France reject joint patrols?"),
        ("But why did they do that?", "Why did France reject joint patrols?"),
        ("when was that?", "When did France reject joint patrols?"),
        ("Where did it happen?", "Where did France reject joint patrols?"),
        ("is that true?", "Did France reject joint patrols?"),
    ],
)
def test_a_question_word_alone_asks_about_the_same_deed(clause: str, meant: str) -> None:
    assert in_full(clause, PATROLS) == Clause(meant, "", PATROLS)


@pytest.mark.parametrize(
    ("clause", "turn", "meant"),
    [
        ("what about the UK?", REASON, "Why did the UK reject joint patrols?"),
        ("and the UK?", REASON, "Why did the UK reject joint patrols?"),
        ("How about Germany", REASON, "Why did Germany reject joint patrols?"),
        ("what about the UK?", PATROLS, "Did the UK reject joint patrols?"),
        ("and in 2020?", PATROLS, "Who rejected joint patrols in 2020?"),
    ],
)
def test_another_name_or_time_is_put_into_the_same_question(clause: str, turn: Turn, meant: str) -> None:
    assert in_full(clause, turn) == Clause(meant, "", turn)


@pytest.mark.parametrize(
    ("clause", "meant"),
    [
        ("what did she say about it?", "what did Dr Imelda Rooke say about it"),
        ("how old is she?", "how old is Dr Imelda Rooke"),
        ("Who is her brother?", "Who is Dr Imelda Rooke’s brother"),
        ("Who sued her?", "Who sued Dr Imelda Rooke"),
        ("When was she elected to Congress?", "When was Dr Imelda Rooke elected to Congress"),
    ],
)
def test_a_person_is_named_where_a_pronoun_stands_for_one(clause: str, meant: str) -> None:
    assert in_full(clause, BARRIER).text == meant


@pytest.mark.parametrize("clause", ["how many?", "who said so?", "Did it leak?", "By whom?", "what did they say?"])
def test_what_cannot_be_put_in_full_is_told_what_was_asked_before(clause: str) -> None:
    meant = in_full(clause, BARRIER)
    assert (meant.told, meant.follows) == ("Dr Imelda Rooke scrapped the barrier.", BARRIER)


def test_the_newest_turn_is_taken_up_and_an_older_one_where_it_names_nobody() -> None:
    assert in_full("when?", REASON, BARRIER).text == "When did France reject joint patrols?"
    assert in_full("what did he say?", REASON, PATROLS).text == "what did Jean Castex say"


@pytest.mark.parametrize(
    "question",
    [
        "Who is Boris Johnson?",
        "Who said he would leave NASA?",
        "When a driver crashed his car in Velm, who was hurt?",
        "Why did the harbour board scrap the barrier?",
        "How long did it take to build the bridge?",
        "Is it true that the mill burned down?",
        "Who said that the flood was a warning?",
        "When Rooke resigned, what did she say about Penhallow?",
        "And what did the Coastal Agency announce in June?",
        "Where were the coins from the Viking hoard found?",
        "how many homes lost power in the ice storm",
        "Was the man who found the hoard asked who would pay him?",
    ],
)
def test_a_full_question_is_no_follow_up(question: str) -> None:
    assert in_full(question, PATROLS, BARRIER) == Clause(question, "", None)


@given(questions() | st.text(max_size=200))
def test_without_an_earlier_question_nothing_is_a_follow_up(text: str) -> None:
    assert in_full(text) == Clause(text, "", None)


@given(questions() | st.text(max_size=200), st.sampled_from([PATROLS, REASON, BARRIER]))
def test_a_follow_up_takes_up_the_newest_question(text: str, turn: Turn) -> None:
    assert in_full(text, turn, PATROLS).follows in {None, turn}


@pytest.mark.parametrize(
    ("person", "meant"),
    [
        ("15-year-old boy", "how old is the 15-year-old boy"),
        ("A man", "how old is a man"),
        ("Ada", "how old is Ada"),
    ],
)
def test_who_has_no_name_is_meant_by_what_they_are_called(person: str, meant: str) -> None:
    assert in_full("how old is he?", Turn("Who was arrested?", answer=person, people=(person,))).text == meant


def test_a_turn_that_was_neither_put_in_full_nor_answered_is_passed_over() -> None:
    unclear = Turn("How many?", told="Dr Imelda Rooke scrapped the barrier.")
    assert in_full("and why?", unclear, BARRIER).text == "Why did Dr Imelda Rooke scrap the barrier?"
    assert in_full("and why?", Turn("Who sold the ferry?"), BARRIER).text == "Why did they sell the ferry?"


@pytest.mark.parametrize(
    "clause",
    [
        "did anyone object?",
        "how long did it take to find another one",
        "and by how many votes?",
        "when do the new rules take effect",
        "Who told The Board?",
    ],
)
def test_a_question_that_names_little_may_take_up_what_was_answered(clause: str) -> None:
    meant = in_full(clause, Turn("Who scrapped the barrier?", answer="The board", articles=frozenset({7})))
    assert (meant.told, meant.surely) == ("The board scrapped the barrier.", False)


def test_what_is_told_does_not_grow_without_end() -> None:
    turn = BARRIER
    for number in range(50):
        meant = in_full(f"how many of it, {number}?", turn)
        turn = Turn(meant.text, meant.told, answer=f"{number} people")
        assert len(turn.in_full) < 600
