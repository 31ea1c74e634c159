import pytest

from retrieval.article import Span
from retrieval.phrases.names import agents, names, people
from tests.retrieval.phrases.finding import found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The ferry was bought by Marta Lindgren.", ["Marta Lindgren"]),
        ("The deal was signed by Dr Imelda Rooke and by Neville Astley.", ["Dr Imelda Rooke", "Neville Astley"]),
        ("The loan came from the Bank of Westland.", ["Bank of Westland"]),
        ("It was praised by Ursula von der Horst.", ["Ursula von der Horst"]),
        ("The vans belong to Tolmer & Reeve, the builders.", ["Tolmer & Reeve"]),
        ("He blamed Astley’s plan.", ["Astley"]),
        ("He blamed O’Brien's plan.", ["O’Brien"]),
        ("The talks were held by Anne-Marie Séguin.", ["Anne-Marie Séguin"]),
        ("A ruling by the WHO is due.", ["WHO"]),
        ("nothing here is anybody’s name.", []),
        ("He said that I was late.", []),
    ],
)
def test_a_name_is_a_run_of_capitalised_words(sentence: str, expected: list[str]) -> None:
    assert found(names, sentence) == expected


@pytest.mark.parametrize("sentence", ["It closes on Tuesday.", "It closes in March.", "It closes on Friday 6 March."])
def test_a_day_or_month_is_no_name(sentence: str) -> None:
    assert found(names, sentence) == []


def test_a_sentences_first_word_is_no_name_where_the_text_writes_it_in_lower_case() -> None:
    text = "Residents fled. Many residents came back."
    assert list(names(text, Span(0, 15))) == []


def test_a_sentences_first_word_may_be_a_name() -> None:
    assert found(names, "Moonrake ran no trains that year.") == ["Moonrake"]


def test_a_comma_parts_two_names() -> None:
    assert found(names, "The vans carried Bray, Moyes and Nair.") == ["Bray", "Moyes", "Nair"]


def test_a_place_that_something_is_at_is_no_agent() -> None:
    assert found(agents, "The bridge at Aldersyke was closed by Priya Nair.") == ["Priya Nair"]


def test_the_adjective_of_a_people_is_no_agent() -> None:
    assert found(agents, "The French and British boats were led by Castex.") == ["Castex"]


def test_people_have_a_first_name_and_a_surname() -> None:
    assert found(people, "The deal with Moonrake was signed by Marta Lindgren.") == ["Marta Lindgren"]
