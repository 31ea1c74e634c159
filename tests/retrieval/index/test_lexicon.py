from hypothesis import given

from retrieval.index.lexicon import encoded
from tests.retrieval.index.vocabularies import lexicon_of, vocabularies, words


@given(vocabularies)
def test_terms_are_numbered_in_the_order_of_their_bytes(held: set[str]) -> None:
    lexicon = lexicon_of(held)
    assert [lexicon[number] for number in range(len(lexicon))] == sorted(encoded(held))


@given(vocabularies, words, words)
def test_terms_between_two_places_are_those_between_two_terms(held: set[str], one: str, other: str) -> None:
    lexicon = lexicon_of(held)
    found = lexicon.between(*lexicon.positions(encoded([one, other])))
    assert found == encoded(sorted(word for word in held if one <= word < other))


@given(vocabularies, words)
def test_terms_are_found_by_their_beginning(held: set[str], beginning: str) -> None:
    found = [*lexicon_of(held).beginning_with(beginning)]
    assert found == sorted(word for word in held if word.startswith(beginning))
