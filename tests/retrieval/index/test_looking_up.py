from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from retrieval.index.lexicon import Lexicon
from retrieval.index.postings import NOWHERE, Postings
from tests.retrieval.index.kernels import LOOK_UP
from tests.retrieval.index.vocabularies import lexicon_of, vocabularies, words

LookUp = Callable[[Lexicon, Postings, Sequence[str]], NDArray[np.int64]]


def postings_of(terms: int) -> Postings:
    """Postings of so many terms: term i has i + 1 of them, each in a block of its own."""
    numbers = [number << 15 for term in range(terms) for number in range(term + 1)]
    starts = np.cumsum([0, *range(1, terms + 1)])
    return Postings.of(starts, np.array(numbers, np.int32), np.zeros(len(numbers), np.uint16))


@pytest.mark.parametrize("look_up", LOOK_UP.values(), ids=[*LOOK_UP])
@given(held=vocabularies, asked=st.lists(words))
def test_a_term_is_found_where_it_stands_and_another_is_not_found(
    held: set[str], asked: list[str], look_up: LookUp
) -> None:
    lexicon, postings = lexicon_of(held), postings_of(len(held))
    places = {term: postings.place(number) for number, term in enumerate(sorted(held))}
    asked = [*held, *asked]
    found = look_up(lexicon, postings, asked)
    assert [*map(tuple, found.tolist())] == [places.get(word, NOWHERE) for word in asked]


@pytest.mark.parametrize("look_up", LOOK_UP.values(), ids=[*LOOK_UP])
def test_each_of_many_terms_is_found_among_those_that_begin_alike(look_up: LookUp) -> None:
    beginnings = ("", "news", "newspaper")
    held = sorted(f"{beginning}{number}" for beginning in beginnings for number in range(200))
    lexicon, postings = lexicon_of(held), postings_of(len(held))
    assert look_up(lexicon, postings, held)[:, 3].tolist() == [*range(1, len(held) + 1)]
    absent = ["", "news", "newspaper", "newspaper400", "newsstand", "zeal"]
    assert not look_up(lexicon, postings, absent).any()
