from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from retrieval.index.columns import unwritable
from retrieval.index.lexicon import Lexicon, encoded
from tests.retrieval.index.kernels import FIND

letters = st.sampled_from(["a", "b", "abcdefgh", "\0", "é", "🙂", "\ud800", "abcdefghijkl"])
words = st.lists(letters, max_size=4).map("".join)
vocabularies = st.sets(words | st.text(max_size=15))


def lexicon_of(words: set[str]) -> tuple[Lexicon, list[bytes]]:
    terms = sorted(map(encoded, words))
    return Lexicon.of(terms), terms


@pytest.mark.parametrize("find", FIND.values(), ids=[*FIND])
@given(held=vocabularies, asked=st.lists(words))
def test_a_term_is_found_where_it_stands_and_another_is_not_found(
    held: set[str], asked: list[str], find: Callable[[Lexicon, NDArray[np.int64], str], tuple[int, int]]
) -> None:
    lexicon, terms = lexicon_of(held)
    starts = unwritable(np.arange(len(terms) + 1) * 7)
    assert [lexicon[number] for number in range(len(lexicon))] == terms
    for word in (*held, *asked):
        row = terms.index(encoded(word)) if word in held else None
        assert find(lexicon, starts, word) == ((0, 0) if row is None else (7 * row, 7 * row + 7))


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


@pytest.mark.parametrize("find", FIND.values(), ids=[*FIND])
def test_each_of_many_terms_is_found_among_those_that_begin_alike(
    find: Callable[[Lexicon, NDArray[np.int64], str], tuple[int, int]],
) -> None:
    beginnings = ("", "news", "newspaper")
    lexicon, terms = lexicon_of({f"{beginning}{number}" for beginning in beginnings for number in range(400)})
    starts = unwritable(np.arange(len(terms) + 1))
    assert [find(lexicon, starts, term.decode()) for term in terms] == [*pairwise(range(len(terms) + 1))]
    for absent in ("", "news", "newspaper", "newspaper400", "newsstand", "zeal"):
        assert find(lexicon, starts, absent) == (0, 0)
