"""What a partition is made of; that its scores are right, whatever was done to it, is shown in test_ranking."""

from collections.abc import Sequence

import numpy as np
import pytest

from retrieval.index import merging, ranking
from retrieval.index import partition as partitions
from retrieval.index.columns import InMemory
from retrieval.index.partition import Partition
from retrieval.index.ranking import best
from tests.retrieval.index.kernels import CONSIDER
from tests.retrieval.index.oracle import by_rank_bm25


@pytest.fixture(autouse=True, params=CONSIDER.values(), ids=[*CONSIDER])
def kernel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rank with one kernel and with the other."""
    monkeypatch.setattr(ranking, "consider", request.param)


def holding(*passages: Sequence[str]) -> Partition:
    """A partition of articles of one passage each, numbered from 0."""
    made = Partition()
    for number, terms in enumerate(passages):
        made.add(number, [(number, terms)])
    return made


def merged(partition: Partition) -> Partition:
    merger = partition.everything()
    assert merger is not None
    partition.put(merger.run(InMemory()))
    return partition


def ranked(partition: Partition, *query: str) -> dict[int, float]:
    return dict(best(partition.parts, query, 10_000))


def test_a_passage_of_100_000_terms_is_scored_as_any_other() -> None:
    passages = [["fish"] * 100_000, ["fish"] * 70_000 + ["harbour"] * 70_001, ["harbour", "fish"], ["vote"]]
    for partition in (holding(*passages), merged(holding(*passages))):
        for query in (["fish"], ["harbour", "fish", "fish"]):
            assert ranked(partition, *query) == pytest.approx(by_rank_bm25(dict(enumerate(passages)), query), rel=1e-6)


def test_more_different_pairs_than_two_bytes_tell_apart_are_told_apart() -> None:
    passages = [[term for n in range(365) for term in [f"{n}"] * (n + 1)] + ["x"] * extra for extra in range(190)]
    partition = merged(holding(*passages))
    (part,) = partition.parts
    assert len(part.rows.pairs) > 2**16
    assert part.rows.sought(["1"]).postings.codes.dtype == np.uint32
    assert ranked(partition, "1", "364", "x") == pytest.approx(
        by_rank_bm25(dict(enumerate(passages)), ["1", "364", "x"]), rel=1e-6
    )


def test_a_query_of_a_thousand_terms_and_a_term_in_every_passage_are_scored_right() -> None:
    passages = [["everywhere", *(f"{n * k}" for n in range(30))] for k in range(1, 60)]
    query = ["everywhere", *(f"{n}" for n in range(1000))]
    for partition in (holding(*passages), merged(holding(*passages))):
        assert ranked(partition, *query) == pytest.approx(by_rank_bm25(dict(enumerate(passages)), query), rel=1e-6)


def test_terms_are_merged_a_range_at_a_time() -> None:
    passages = [[f"term{n * k}" for n in range(3000)] for k in range(1, 6)]
    partition = holding(*passages[:3])
    partition.close_growing()
    for number in (3, 4):
        partition.add(number, [(number, passages[number])])
    told: list[float] = []
    merger = partition.everything()
    assert merger is not None
    partition.put(merger.run(InMemory(), told.append))
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1] == 1
    assert ranked(partition, "term12", "term0") == pytest.approx(
        by_rank_bm25(dict(enumerate(passages)), ["term12", "term0"]), rel=1e-6
    )


def test_there_are_ever_but_a_few_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "GROWN", 4)
    partition = Partition()
    for number in range(500):
        partition.add(number, [(number, ["fish", f"{number}"])])
        if merger := partition.due():
            partition.put(merger.run(InMemory()))
    assert len(partition.parts) < 10
    assert len(partition) == len(ranked(partition, "fish")) == 500


def test_what_is_gone_is_left_out_when_there_is_much_of_it() -> None:
    partition = merged(holding(*(["fish", f"{number}"] for number in range(100))))
    for number in range(21):
        partition.remove(number)
    merger = partition.due()
    assert merger is not None
    partition.put(merger.run(InMemory()))
    (part,) = partition.parts
    assert len(part.rows) == len(part) == 79
    assert "20" not in {*partition.terms("")}


def test_a_partition_that_lost_everything_is_an_empty_one() -> None:
    partition = merged(holding(["fish"], ["harbour"]))
    for number in (0, 1):
        partition.remove(number)
    assert ranked(partition, "fish") == {}
    assert merged(partition).parts == []


def test_postings_are_merged_a_range_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "_POSTINGS_AT_A_TIME", 50)
    passages = [[*(f"term{n * k}" for n in range(40)), "everywhere"] for k in range(1, 8)]
    partition = holding(*passages[:4])
    partition.close_growing()
    for number in (4, 5, 6):
        partition.add(number, [(number, passages[number])])
    partition.remove(2)
    told: list[float] = []
    merger = partition.everything()
    assert merger is not None
    partition.put(merger.run(InMemory(), told.append))
    assert len(told) > 3
    assert told[-1] == 1
    left = {number: terms for number, terms in enumerate(passages) if number != 2}
    assert ranked(partition, "everywhere", "term12") == pytest.approx(
        by_rank_bm25(left, ["everywhere", "term12"]), rel=1e-6
    )
