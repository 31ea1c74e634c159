import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from rank_bm25 import BM25Plus

from retrieval.index import ranking
from retrieval.index.bm25 import PostingsBM25
from retrieval.index.columns import InMemory
from retrieval.index.part import Part
from retrieval.index.partition import Made, Partition
from retrieval.index.ranking import best
from tests.retrieval.index.kernels import CONSIDER
from tests.retrieval.index.oracle import by_rank_bm25
from tests.retrieval.world import CHECKOUT

VOCABULARY = ("barrier", "barriers", "barrier\0", "harbour", "vote", "1200", "🙂", "\ud800")
EVERYTHING = 10_000
OWNERS = ("shared", "ada", "ben")

passages = st.lists(st.sampled_from(VOCABULARY), max_size=8).flatmap(
    lambda words: st.integers(1, 30).map(lambda times: words * times)
)
articles = st.lists(passages, max_size=4)
queries = st.lists(st.sampled_from([*VOCABULARY, "unknown"]), max_size=8)
owners = st.sampled_from(OWNERS)


class Partitions(RuleBasedStateMachine):
    """Articles come, change and go in three partitions, which are merged now and then; merging takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self.partitions = {owner: Partition() for owner in OWNERS}
        self.held: dict[str, dict[int, dict[int, list[str]]]] = {owner: {} for owner in OWNERS}
        self.merging: list[tuple[str, Made]] = []
        self.passages = 0

    def teardown(self) -> None:
        for owner in OWNERS:
            self.rank([owner], [*VOCABULARY])

    @initialize(given=st.lists(st.tuples(owners, articles), max_size=8))
    def begin(self, given: list[tuple[str, list[list[str]]]]) -> None:
        for number, (owner, article) in enumerate(given):
            self.add(owner, number, article)

    @rule(owner=owners, article_id=st.integers(0, 20), article=articles)
    def add(self, owner: str, article_id: int, article: list[list[str]]) -> None:
        kept = dict(zip(self.held[owner].get(article_id, {}), article, strict=False))
        numbers = range(self.passages, self.passages + len(article) - len(kept))
        self.passages = numbers.stop
        added = kept | dict(zip(numbers, article[len(kept) :], strict=True))
        self.partitions[owner].add(article_id, [*added.items()])
        self.held[owner][article_id] = added

    @rule(owner=owners, article_id=st.integers(0, 20))
    def remove(self, owner: str, article_id: int) -> None:
        self.partitions[owner].remove(article_id)
        self.held[owner].pop(article_id, None)

    @rule(owner=owners)
    def close_growing(self, owner: str) -> None:
        self.partitions[owner].close_growing()

    @precondition(lambda self: not self.merging)
    @rule(owner=owners, due=st.booleans())
    def begin_merging(self, owner: str, due: bool) -> None:
        merger = self.partitions[owner].due() if due else self.partitions[owner].everything()
        if merger is not None:
            self.merging.append((owner, merger.run(InMemory())))

    @precondition(lambda self: self.merging)
    @rule()
    def end_merging(self) -> None:
        owner, made = self.merging.pop()
        self.partitions[owner].put(made)

    @rule(asked=st.lists(owners, unique=True, min_size=1), query=queries)
    def rank(self, asked: list[str], query: list[str]) -> None:
        corpus = self.corpus(asked)
        ranked = best(self.parts(asked), query, EVERYTHING)
        assert dict(ranked) == pytest.approx(by_rank_bm25(corpus, query), rel=1e-6)
        for (one, score), (other, lower) in pairwise(ranked):
            assert (-score, one) < (-lower, other)
            if Counter(corpus[one]) == Counter(corpus[other]):
                assert score == lower

    @rule(asked=st.lists(owners, unique=True, min_size=1), query=queries)
    def score_every_passage(self, asked: list[str], query: list[str]) -> None:
        scores = PostingsBM25(self.parts(asked)).get_scores(query)
        ranked = sorted(score for _, score in best(self.parts(asked), query, EVERYTHING))
        assert sorted(scores[~np.isnan(scores)].tolist()) == pytest.approx(ranked, rel=1e-9)

    @rule(asked=st.lists(owners, unique=True), query=queries, at_most=st.integers(0, 5))
    def rank_a_few(self, asked: list[str], query: list[str], at_most: int) -> None:
        parts = self.parts(asked)
        assert best(parts, query, at_most) == best(parts, query, EVERYTHING)[:at_most]

    @rule(query=queries, at_most=st.integers(1, 5), among=st.sets(st.integers(0, 25)))
    def rank_among(self, query: list[str], at_most: int, among: set[int]) -> None:
        ids = {number for owner in OWNERS for each in among for number in self.held[owner].get(each, {})}
        everything = best(self.parts(OWNERS), query, EVERYTHING)
        found = [each for each in everything if each[0] in ids]
        assert best(self.parts(OWNERS), query, at_most, among) == found[:at_most]

    @rule(query=queries, at_most=st.integers(1, 50))
    def rank_with_each_kernel(self, query: list[str], at_most: int) -> None:
        ranked = best(self.parts(OWNERS), query, at_most)
        for consider in CONSIDER.values():
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(ranking, "consider", consider)
                assert best(self.parts(OWNERS), query, at_most) == ranked

    @rule(asked=st.lists(owners, unique=True, min_size=1), query=queries)
    def weigh(self, asked: list[str], query: list[str]) -> None:
        corpus = [*self.corpus(asked).values()]
        idf = BM25Plus(corpus).idf if any(corpus) else {}
        expected = {term: idf[term] for term in query if term in idf}
        assert PostingsBM25(self.parts(asked)).get_idf(query) == pytest.approx(expected, rel=1e-6)
        assert sum(map(len, self.parts(asked))) == len(corpus)

    def parts(self, asked: Sequence[str]) -> list[Part]:
        return [part for owner in asked for part in self.partitions[owner].parts]

    def corpus(self, asked: Sequence[str]) -> dict[int, list[str]]:
        articles = [article for owner in asked for article in self.held[owner].values()]
        return {number: terms for article in articles for number, terms in article.items()}


TestPartitions = Partitions.TestCase
TestPartitions.settings = settings(max_examples=150, stateful_step_count=30)


WITHOUT_NUMBA = """
import sys

sys.modules["numba"] = None  # importing it fails
from retrieval.index import plain, ranking
from retrieval.index.partition import Partition

partition = Partition()
partition.add(1, [(1, ["fish", "harbour"]), (2, ["vote"])])
assert ranking.consider is plain.consider
assert [passage for passage, _ in ranking.best(partition.parts, ["fish", "vote"], 10)] == [2, 1]
"""


def test_numba_need_not_be_installed() -> None:
    subprocess.run([sys.executable, "-c", WITHOUT_NUMBA], cwd=CHECKOUT, check=True)


def large(passages: int) -> Partition:
    """A partition of that many short passages, in one segment; term n of 60 is in about one of n + 2."""
    chance = np.random.default_rng(7)
    held = chance.random((passages, 60)) < 1 / (np.arange(60) + 2) ** 2
    times = chance.integers(1, 4, passages).tolist()
    partition = Partition()
    for number, (terms, often) in enumerate(zip(held, times, strict=True)):
        partition.add(number, [(number, [f"{term}" for term in np.flatnonzero(terms).tolist()] * often + ["all"])])
    merger = partition.everything()
    assert merger is not None
    partition.put(merger.run(InMemory()))
    return partition


def test_no_passage_of_a_large_part_is_passed_over() -> None:
    """Where there is much to prune: the few best are the first of all, which are found without pruning."""
    partition = large(40_000)
    for number in range(0, 40_000, 3):
        partition.remove(number)
    for query in (["59"], ["all", "3"], ["58", "41", "20", "7", "1", "0", "all"], ["30", "5", "5", "0"], ["all"]):
        everything = best(partition.parts, query, 40_000)
        scores = PostingsBM25(partition.parts).get_scores(query)
        assert [score for _, score in everything] == sorted(scores[~np.isnan(scores)].tolist(), reverse=True)
        for at_most in (1, 10, 50, 1000):
            for consider in CONSIDER.values():
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(ranking, "consider", consider)
                    assert best(partition.parts, query, at_most) == everything[:at_most]
