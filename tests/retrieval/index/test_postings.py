import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.postings import BLOCK, Postings, Sought, array_of

MANY = 5 * BLOCK

numbers = st.sets(st.integers(0, MANY - 1) | st.sampled_from([0, BLOCK - 1, BLOCK, 3 * BLOCK]), max_size=8).map(sorted)


def postings_of(held: list[list[int]]) -> Postings:
    """Postings of terms that stand in the passages of these numbers; a posting's code is its place."""
    joined = np.array([number for each in held for number in each], np.int32)
    return Postings.of(np.cumsum([0, *map(len, held)]), joined, np.arange(len(joined), dtype=np.uint16))


@given(st.lists(numbers))
def test_a_run_is_what_a_term_has_in_one_block(held: list[list[int]]) -> None:
    postings = postings_of(held)
    assert np.diff(postings.runs).tolist() == [len({number // BLOCK for number in each}) for each in held]
    assert postings.counts.sum() == len(postings.slots) == sum(map(len, held))
    assert (postings.slots < BLOCK).all()


@given(st.lists(numbers), st.data())
def test_postings_are_of_the_passages_that_they_were_made_of(held: list[list[int]], data: st.DataObject) -> None:
    postings = postings_of(held)
    last = data.draw(st.integers(0, len(held)))
    first = data.draw(st.integers(0, last))
    expected = [number for each in held[first:last] for number in each]
    assert postings.numbers(first, last).tolist() == expected
    sought = Sought(array_of([*map(postings.place, range(len(held)))]), postings, MANY)
    assert sought.counts.tolist() == [*map(len, held)]
    assert [sought.numbers(term).tolist() for term in range(len(held))] == held
    assert np.concatenate([[], *map(sought.codes, range(len(held)))]).tolist() == [*range(sum(map(len, held)))]
    order = np.array(data.draw(st.permutations(range(len(held)))), np.int64)
    assert [sought.of(order).numbers(place).tolist() for place in range(len(held))] == [held[term] for term in order]
