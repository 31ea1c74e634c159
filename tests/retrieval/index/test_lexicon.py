from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from retrieval.index.columns import unwritable
from retrieval.index.lexicon import ABSENT, Lexicon, encoded
from tests.retrieval.index.kernels import LOOK_UP

LookUp = Callable[[Lexicon, NDArray[np.int64], Sequence[str]], tuple[NDArray[np.int64], NDArray[np.int64]]]
letters = st.sampled_from(["a", "b", "abcdefgh", "\0", "é", "🙂", "\ud800", "abcdefghijkl"])
words = st.lists(letters, max_size=4).map("".join)
vocabularies = st.sets(words | st.text(max_size=15))


def lexicon_of(words: set[str]) -> tuple[Lexicon, list[bytes]]:
    terms = sorted(map(encoded, words))
    return Lexicon.of(terms), terms


@pytest.mark.parametrize("look_up", LOOK_UP.values(), ids=[*LOOK_UP])
@given(held=vocabularies, asked=st.lists(words))
def test_a_term_is_found_where_it_stands_and_another_is_not_found(
    held: set[str], asked: list[str], look_up: LookUp
) -> None:
    lexicon, terms = lexicon_of(held)
    assert [lexicon[number] for number in range(len(lexicon))] == terms
    words = [*held, *asked]
    numbers, counts = look_up(lexicon, unwritable(np.arange(len(terms) + 1) ** 2), words)
    expected = [terms.index(encoded(word)) if word in held else ABSENT for word in words]
    assert numbers.tolist() == expected
    assert counts.tolist() == [0 if number == ABSENT else 2 * number + 1 for number in expected]


@given(vocabularies, words, words)
def test_terms_between_two_places_are_those_between_two_terms(held: set[str], one: str, other: str) -> None:
    lexicon, terms = lexicon_of(held)
    first, last = encoded(one), encoded(other)
    found = lexicon.between(lexicon.place(first), lexicon.place(last))
    assert found == [term for term in terms if first <= term < last]


@given(vocabularies, words)
def test_terms_are_found_by_their_beginning(held: set[str], beginning: str) -> None:
    lexicon, _ = lexicon_of(held)
    assert [*lexicon.beginning_with(beginning)] == sorted(
        (word for word in held if word.startswith(beginning)), key=encoded
    )


@pytest.mark.parametrize("look_up", LOOK_UP.values(), ids=[*LOOK_UP])
def test_each_of_many_terms_is_found_among_those_that_begin_alike(
    look_up: LookUp,
) -> None:
    beginnings = ("", "news", "newspaper")
    lexicon, terms = lexicon_of({f"{beginning}{number}" for beginning in beginnings for number in range(400)})
    starts = unwritable(np.arange(len(terms) + 1))
    numbers, _ = look_up(lexicon, starts, [term.decode() for term in terms])
    assert numbers.tolist() == [*range(len(terms))]
    numbers, counts = look_up(lexicon, starts, ["", "news", "newspaper", "newspaper400", "newsstand", "zeal"])
    assert {*numbers.tolist()} == {ABSENT}
    assert not counts.any()
