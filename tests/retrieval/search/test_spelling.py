"""Misspelt words of a question, read as words of the shelf."""

import pytest

from retrieval.article import SHARED
from retrieval.asking.question import Part
from retrieval.asking.understanding import understand
from retrieval.library import Library
from retrieval.search.search import search
from retrieval.search.spelling import respelt
from tests.retrieval.world import ADA, BEN, story

REFUSED = "Jean Castex rejected joint patrols off Normandy. The harbourmaster of Dieppe welcomed the refusal."


def read_as(library: Library, question: str, guild: int = SHARED) -> Part:
    shelf, part = library.shelf(guild), understand(question).parts[0]
    return respelt(library.index, shelf, part, search(library.index, shelf, part))[0]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Who is Casteks?", "Who is Castex?"),
        ("who is casetx", "Who is Castex?"),
        ("Who rejectd the patrols?", "Who rejected the patrols?"),
        ("What did the habourmastr welcome?", "What did the harbourmaster welcome?"),
        ("What happened off Normanndy?", "What happened off Normandy?"),
    ],
)
def test_a_slip_is_put_right_and_said(library: Library, question: str, meant: str) -> None:
    library.add(SHARED, story(REFUSED))
    part = read_as(library, question)
    assert part.text == meant
    assert len(part.respelt) == 1
    assert part.respelt[0] in meant


def test_a_slip_in_what_is_told_is_put_right_too(library: Library) -> None:
    library.add(SHARED, story(REFUSED))
    part = read_as(library, "Casteks rejected it. Why was that?")
    assert part.in_full == "Castex rejected it. Why was that?"


@pytest.mark.parametrize(
    "question",
    [
        "Who is Castex?",  # it is right
        "Who is Bastex?",  # another beginning
        "Who is Cos?",  # too short to tell
        "Who is Castello?",  # two slips in a short word
        "What cost 70000?",  # no word
        "Who is Zanzibar?",
    ],
)
def test_a_word_that_may_well_be_right_stays(library: Library, question: str) -> None:
    library.add(SHARED, story(REFUSED))
    part = read_as(library, question)
    assert (part.text, part.respelt) == (question, ())


def test_of_two_words_that_are_as_near_neither_is_clearly_meant(library: Library) -> None:
    library.add(SHARED, story("Marlow wept."))
    library.add(SHARED, story("Harlow slept. Marbow left."))
    assert read_as(library, "Who is Marrow?").respelt == ()


def test_of_two_words_that_are_as_near_the_usual_one_is_meant(library: Library) -> None:
    for number in range(6):
        library.add(SHARED, story(f"Marlow wept on day {number}."))
    library.add(SHARED, story("Marbow left."))
    assert read_as(library, "Who is Marrow?").respelt == ("Marlow",)


def test_of_two_words_that_are_as_near_the_one_beside_what_else_is_asked_is_meant(library: Library) -> None:
    library.add(SHARED, story("Marlow sold the ferry."))
    library.add(SHARED, story("Harlow slept. Marbow left."))
    assert read_as(library, "Who is Marrow of the ferry?").respelt == ("Marlow",)


def test_another_guilds_words_are_not_meant(library: Library) -> None:
    library.add(BEN, story(REFUSED))
    library.add(ADA, story("The bakery opened."))
    assert read_as(library, "Who is Casteks?", ADA).respelt == ()
    assert read_as(library, "Who is Casteks?", BEN).respelt == ("Castex",)


def test_words_of_a_removed_article_are_not_meant(library: Library) -> None:
    library.add(ADA, story("The bakery opened. It sold bread and rolls. The baker wept."))
    for number in range(9):
        library.add(ADA, story(f"The mill opened on day {number}."))
    added = library.add(ADA, story(REFUSED))
    assert read_as(library, "Who is Casteks?", ADA).respelt == ("Castex",)
    library.remove(ADA, added.article_id)
    assert read_as(library, "Who is Casteks?", ADA).respelt == ()


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("How old is Donavan Harwod?", "How old is Donovan Harwood?"),
        ("how old is donavan harwod", "How old is Donovan Harwood?"),
        ("How old is Donovan Harwad?", "How old is Donovan Harwood?"),
    ],
)
def test_two_words_of_a_name_confirm_each_other(library: Library, question: str, meant: str) -> None:
    library.add(SHARED, story("Donovan Harwood scored 32 points."))
    library.add(SHARED, story("Donavan Orde sings."))
    library.add(SHARED, story("Ada Harwod and Eve Harwad paint."))
    part = read_as(library, question)
    assert part.text == meant


def test_a_name_that_stands_together_somewhere_is_right(library: Library) -> None:
    library.add(SHARED, story("Donovan Harwood scored 32 points."))
    library.add(SHARED, story("Donavan Harwod sings."))
    assert read_as(library, "How old is Donavan Harwod?").respelt == ()
