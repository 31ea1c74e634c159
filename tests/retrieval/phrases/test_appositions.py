import pytest

from retrieval.article import Span
from retrieval.phrases.appositions import appositions
from retrieval.text.terms import terms


def said_of(name: str, sentence: str) -> list[str]:
    return [span.within(sentence) for span in appositions(sentence, Span(0, len(sentence)), terms(name))]


@pytest.mark.parametrize(
    ("name", "sentence", "what"),
    [
        ("Castex", "The French prime minister, Jean Castex, set it out.", "The French prime minister"),
        ("Jean Castex", "It was said by the French prime minister, Jean Castex.", "the French prime minister"),
        ("Lamb", "It was found by Derek Lamb, a retired lorry driver, in 2021.", "a retired lorry driver"),
        ("Rehman", "Asif Rehman is the leader of the council.", "the leader of the council"),
        ("Lewis Carne", "Her deputy, Lewis Carne, takes over.", "Her deputy"),
    ],
)
def test_what_somebody_is_stands_beside_the_name(name: str, sentence: str, what: str) -> None:
    assert said_of(name, sentence) == [what]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Johnson", "The French prime minister, Jean Castex, wrote to Boris Johnson."),
        ("Castex", "On Thursday, Jean Castex wrote a letter."),
        ("Castex", "Jean Castex, who wrote a letter, was angry."),
    ],
)
def test_other_words_beside_a_name_say_nothing_of_what_it_is(name: str, sentence: str) -> None:
    assert said_of(name, sentence) == []
