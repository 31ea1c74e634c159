import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Span
from retrieval.corrections import Change, changes, in_place_of
from tests.retrieval.strategies import spans_of, texts

BEFORE = "The board met on Tuesday. It voted 7 to 4.\n\nNobody spoke against it.\n\nThe works begin in May."


def worded(older: str, newer: str) -> list[tuple[str, str]]:
    """What was taken out and what was put in, place by place."""
    return [
        (older[change.before.start : change.before.stop], newer[change.after.start : change.after.stop])
        for change in changes(older, newer)
    ]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (BEFORE, []),
        (BEFORE.replace("Tuesday", "Monday"), [("Tuesday", "Monday")]),
        (BEFORE.replace("7 to 4", "8 to 3"), [("7 to 4", "8 to 3")]),
        (BEFORE.replace("May", "1,200 days").replace("7", "1,100"), [("7", "1,100"), ("May", "1,200 days")]),
        (BEFORE.replace("Nobody spoke against it.\n\n", ""), [("Nobody spoke against it.\n\n", "")]),
        (BEFORE + " Perhaps.", [("", " Perhaps.")]),
        (
            BEFORE.replace("Tuesday", "Monday").replace("May", "June"),
            [("Tuesday", "Monday"), ("May", "June")],
        ),
        ("", [(BEFORE, "")]),
    ],
)
def test_a_change_is_what_was_taken_out_and_what_was_put_in(after: str, expected: list[tuple[str, str]]) -> None:
    assert worded(BEFORE, after) == expected


@given(texts(), texts())
def test_the_changes_make_the_newer_text_of_the_older_one(older: str, newer: str) -> None:
    made, at = "", 0
    for change in changes(older, newer):
        made += older[at : change.before.start] + newer[change.after.start : change.after.stop]
        at = change.before.stop
    assert made + older[at:] == newer


@given(texts(), texts())
def test_no_change_is_empty_on_both_sides(older: str, newer: str) -> None:
    assert all(change.before or change.after for change in changes(older, newer))


@given(texts())
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert changes(text, text) == []


def test_what_is_too_long_to_compare_word_by_word_is_changed_from_end_to_end() -> None:
    older, newer = "one, " * 60_000, "two, " * 60_000
    assert changes(older, newer) == [Change(range(len(older)), range(len(newer)))]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (f"First. {BEFORE}", "It voted 7 to 4."),
        (BEFORE.replace("7 to 4", "8 to 3"), "It voted 8 to 3."),
        (BEFORE.replace(" It voted 7 to 4.", " Seven were for it."), "Seven were for it."),
        (BEFORE.replace("4.", "4, it says."), "It voted 7 to 4, it says."),
    ],
)
def test_what_came_in_the_place_of_a_sentence_is_found(after: str, words: str) -> None:
    place = Span(BEFORE.index("It voted"), BEFORE.index("\n\nNobody"))
    found = in_place_of(place, BEFORE, after)
    assert found is not None
    assert found.within(after) == words


def test_nothing_comes_in_the_place_of_what_was_taken_out() -> None:
    place = Span(BEFORE.index("Nobody"), BEFORE.index("\n\nThe works"))
    assert in_place_of(place, BEFORE, BEFORE.replace("Nobody spoke against it.\n\n", "")) is None


@given(texts(), texts(), st.data())
def test_the_place_of_a_span_is_in_the_newer_text(older: str, newer: str, data: st.DataObject) -> None:
    found = in_place_of(data.draw(spans_of(older)), older, newer)
    assert found is None or found.end <= len(newer)
