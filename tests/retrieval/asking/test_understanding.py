import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.follow_ups import Turn
from retrieval.asking.question import LONGEST, MOST_PARTS, Kind, Part
from retrieval.asking.understanding import part_of, understand
from retrieval.text.terms import terms
from tests.retrieval.strategies import questions


def only_part(text: str) -> Part:
    (part,) = understand(text).parts
    return part


@pytest.mark.parametrize(
    "spelling",
    [
        "who rejected joint patrols",
        "WHO REJECTED JOINT PATROLS?",
        "  Who  rejected\njoint patrols ?",
        "Who rejected joint patrols???",
        "who rejected joint patrols!?",
    ],
)
def test_a_question_is_understood_however_it_is_typed(spelling: str) -> None:
    plain, typed = only_part("Who rejected joint patrols?"), only_part(spelling)
    assert (typed.kind, typed.terms, typed.names) == (plain.kind, plain.terms, plain.names)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Who rejected joint patrols, and why?", [Kind.WHO, Kind.WHY]),
        ("Who rejected joint patrols and why", [Kind.WHO, Kind.WHY]),
        ("When and where did the boat sink?", [Kind.WHEN, Kind.WHERE]),
        ("Who chairs the board and how old is she?", [Kind.WHO, Kind.HOW_OLD]),
        ("How much was the grant, and on what condition was it given?", [Kind.HOW_MUCH, Kind.WHICH]),
        ("Who won the race? Why was Morandi second?", [Kind.WHO, Kind.WHY]),
        ("Who found the coins, where were they found and why?", [Kind.WHO, Kind.WHERE, Kind.WHY]),
    ],
)
def test_a_compound_question_has_a_part_for_each_thing_asked(question: str, kinds: list[Kind]) -> None:
    assert [part.kind for part in understand(question).parts] == kinds


@pytest.mark.parametrize(
    "question",
    [
        "Who sells bread and butter?",
        "What do bread and butter cost?",
        "Why did Rooke, Astley and Bray quarrel?",
        "Did the man who stole the money and who fled return?",
        "How much did Harcourt and Lisle pay?",
    ],
)
def test_one_thing_asked_is_one_part(question: str) -> None:
    assert only_part(question).text == question


def test_a_part_that_names_nothing_asks_about_what_the_first_asked() -> None:
    first, second = understand("Who rejected joint patrols, and why?").parts
    assert second.terms == first.terms == tuple(terms("rejected joint patrols"))
    assert second.text == "Why did they reject joint patrols?"


def test_a_part_that_leaves_its_subject_out_is_given_it() -> None:
    second = part_of("and why?", "", [Turn("Who rejected joint patrols?", answer="France")], None)
    assert second.text == "Why did France reject joint patrols?"
    assert set(second.terms) == {*terms("France"), *terms("joint patrols rejected")}
    assert second.names == {*terms("France")}


def test_a_part_with_a_subject_keeps_it() -> None:
    turn = Turn("Who rejected joint patrols?", answer="France")
    assert part_of("Why did the chair resign?", "", [turn], None) == only_part("Why did the chair resign?")


def test_pairs_of_question_words_share_what_follows() -> None:
    when, where = understand("When and where did the boat sink?").parts
    assert (when.text, where.text) == ("When did the boat sink?", "Where did the boat sink?")


def test_names_and_numbers_are_what_nothing_else_can_stand_for() -> None:
    part = only_part("Why did Imelda Rooke spend 190,000 pounds in Penhallow?")
    assert part.names == {*terms("Imelda Rooke 190000 Penhallow")}


@pytest.mark.parametrize("word", ["Tuesday", "March", "French", "Mr", "M."])
def test_a_day_a_month_a_people_a_title_or_an_initial_is_no_name(word: str) -> None:
    assert only_part(f"Why did the {word} board meet?").names == frozenset()


def test_the_first_word_is_no_name_for_its_capital() -> None:
    assert only_part("Does the barrier leak?").names == frozenset()


def test_a_question_in_capitals_names_nothing_by_them() -> None:
    assert only_part("WHO SOLD THE BARRIER IN PENHALLOW?").names == frozenset()


def test_the_sort_of_answer_wanted_is_no_subject() -> None:
    part = only_part("Which country rejected joint patrols?")
    assert part.wanted == tuple(terms("country"))
    assert part.terms == tuple(terms("rejected joint patrols"))


def test_a_part_has_each_term_once() -> None:
    assert only_part("Does the barrier board run the barrier?").terms == tuple(terms("barrier board run"))


def test_a_part_gives_back_the_words_as_they_were_asked() -> None:
    part = only_part("Did the Zorgons flood the harbour?")
    assert part.words_of(terms("Zorgons")) == ("Zorgons",)


@pytest.mark.parametrize(
    "text",
    ["", "  \n ", "?", "?? ?", "the of and", "🙂", "👩🏽‍🚒?", "\x00\x07\x1b", "…", "—", "\u200b", "and, and"],
)
def test_a_question_that_names_nothing_is_one_part_without_terms(text: str) -> None:
    assert only_part(text).terms == ()


def test_control_characters_do_not_hide_the_words() -> None:
    assert only_part("Is the\x00 barrier\x07 open\x1b?").terms == tuple(terms("barrier open"))


def test_only_the_beginning_of_a_long_question_is_read() -> None:
    long = understand("Was the barrier paid for " * 160)
    assert len(long.text) <= LONGEST < 4_000
    assert long.shortened
    assert long.parts == understand(long.text).parts


def test_only_the_first_of_many_questions_are_read() -> None:
    many = understand("Who won? Why? " * 10)
    assert len(many.parts) == MOST_PARTS
    assert many.shortened


def test_a_question_that_is_read_whole_is_not_shortened() -> None:
    assert not understand("Who rejected joint patrols, and why?").shortened


def test_what_is_told_beside_a_question_is_part_of_what_it_is_about() -> None:
    part = only_part("31 men were held on a ferry. Where was that?")
    assert part.kind is Kind.WHERE
    assert set(part.terms) == set(terms("31 men held ferry"))
    assert (part.text, part.in_full) == ("Where was that?", "31 men were held on a ferry. Where was that?")


def test_a_question_by_itself_is_in_full_what_it_is() -> None:
    part = only_part("Who sold the ferry?")
    assert part.in_full == part.text == "Who sold the ferry?"


def test_a_part_that_names_things_by_pronouns_is_about_what_the_part_before_it_named() -> None:
    second = understand("Who sold the ferry, and why did she sell it?").parts[1]
    assert (second.text, second.in_full) == ("Why did she sell it?", "Who sold the ferry? Why did she sell it?")
    assert set(second.terms) == set(terms("sell ferry"))
    assert second.shown == "Why did she sell it (Who sold the ferry)?"


def test_what_was_answered_before_is_told_beside_the_question() -> None:
    before = Turn("Who sold the ferry?", answer="Marta Lindgren", people=("Marta Lindgren",))
    second = part_of("and why did she sell it?", "", [before], None)
    assert second.in_full == "Marta Lindgren sold the ferry. Why did Marta Lindgren sell it?"
    assert set(second.terms) == set(terms("sell ferry Marta Lindgren"))
    assert second.names == set(terms("Marta Lindgren"))


def test_a_part_with_a_name_of_its_own_needs_no_other() -> None:
    second = understand("Who won, and when did Hester Quill say she would leave?").parts[1]
    assert (second.told, second.follows) == ("", None)


def test_a_measure_is_only_left_out_where_it_says_how() -> None:
    assert terms("fast")[0] in only_part("Which fast food chain was sued?").wanted
    assert only_part("How fast is the train?").terms == tuple(terms("train"))


def test_four_thousand_characters_without_a_space_are_read_quickly() -> None:
    assert understand("x" * 4_000).parts
    assert understand("and who " * 500).parts
    assert understand(", and" * 800).parts
    assert understand("?" * 4_000).parts


@given(questions() | st.text(max_size=600))
def test_any_text_has_a_part_and_its_terms_are_its_own(text: str) -> None:
    question = understand(text)
    assert question.parts
    own = {*terms(question.text), *terms(question.text.lower())}
    assert all(own.issuperset(part.terms) for part in question.parts)
    assert all(part.names <= set(part.terms) for part in question.parts)
    assert all(part.text.endswith("?") for part in question.parts)


@given(questions() | st.text(max_size=600))
def test_the_same_text_is_understood_the_same(text: str) -> None:
    assert understand(text) == understand(text)
