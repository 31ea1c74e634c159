import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from rank_bm25 import BM25Plus

from retrieval.archive import Archive
from retrieval.article import SHARED, Article, Guild, Passage, Version
from retrieval.index import PassageIndex, partition
from retrieval.library import Library
from retrieval.shelf import Shelf
from retrieval.text.terms import terms
from tests.retrieval.index.oracle import by_rank_bm25
from tests.retrieval.strategies import guilds
from tests.retrieval.world import ADA, BEN, library_holding, story

VOCABULARY = ("barrier", "harbour", "vote", "fish", "1,200", "the", "Rooke", "🙂")
EVERYTHING = 10_000

words = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
runs = st.tuples(words, st.integers(1, 40)).map(lambda run: f"{run[0]} " * run[1] + "ends.\n")
texts = st.lists(runs, min_size=1, max_size=4).map("".join)
queries = st.lists(st.sampled_from([*terms(" ".join(VOCABULARY)), "unknown"]), max_size=6)


def corpus_of(shelf: Shelf, versions: Iterable[Version]) -> dict[Passage, list[str]]:
    return {
        passage: terms(version.article.title) + terms(passage.span.within(version.article.text))
        for version in versions
        for passage in shelf.passages(version.article_id)
    }


def assert_ranked_as_rank_bm25_does(
    index: PassageIndex, shelf: Shelf, versions: Iterable[Version], query: Sequence[str]
) -> None:
    corpus = corpus_of(shelf, versions)
    ranked = index.rank(shelf, query, EVERYTHING)
    assert {each.passage: each.score for each in ranked} == pytest.approx(by_rank_bm25(corpus, query), rel=1e-6)
    assert index.size(shelf) == len(corpus)
    for one, other in pairwise(ranked):
        assert one.score >= other.score
        if Counter(corpus[one.passage]) == Counter(corpus[other.passage]):
            assert one.score == other.score
            assert one.passage < other.passage


class Shelves(RuleBasedStateMachine):
    """Articles come, change and go in three partitions; one index keeps up with each step, another now and then.

    The latter keeps snapshots, of the smallest partitions too, and is closed and opened again.
    """

    def __init__(self) -> None:
        super().__init__()
        self.archive = Archive.throw_away()
        self.held: dict[int, Version] = {}
        self.folder = TemporaryDirectory()
        self.patched = pytest.MonkeyPatch()
        self.patched.setattr(partition, "GROWN", 4)
        self.steady = PassageIndex(self.archive)
        self.seldom = PassageIndex(self.archive, folder=Path(self.folder.name))
        self.left = [self.seldom]

    def teardown(self) -> None:
        for guild in (SHARED, ADA, BEN):
            for index in (self.steady, self.seldom):
                self.ask(index, guild, terms(" ".join(VOCABULARY)))
            afresh = PassageIndex(self.archive).rank(self.archive.shelf(guild), ["barrier", "fish"], EVERYTHING)
            assert self.steady.rank(self.archive.shelf(guild), ["barrier", "fish"], EVERYTHING) == afresh
        for index in self.left:
            index.close()
        self.archive.close()
        self.patched.undo()
        self.folder.cleanup()

    @rule(in_the_middle_of_it=st.booleans())
    def open_the_seldom_index_again(self, in_the_middle_of_it: bool) -> None:
        if not in_the_middle_of_it:
            self.seldom.close()
        self.seldom = PassageIndex(self.archive, folder=Path(self.folder.name))
        self.left.append(self.seldom)

    @initialize(given=st.lists(st.tuples(guilds(), words, texts), max_size=8))
    def begin(self, given: list[tuple[Guild, str, str]]) -> None:
        for guild, title, text in given:
            self.add(guild, title, text)

    @rule(guild=guilds(), title=words, text=texts)
    def add(self, guild: Guild, title: str, text: str) -> None:
        self.store(guild, Article(title, text, key=f"key {self.archive.change_number()}"))

    @precondition(lambda self: self.held)
    @rule(which=st.integers(0), title=words, text=texts)
    def correct(self, which: int, title: str, text: str) -> None:
        held = self.one_held(which)
        self.store(held.guild, replace(held.article, title=title, text=text))

    @precondition(lambda self: self.held)
    @rule(which=st.integers(0))
    def remove(self, which: int) -> None:
        held = self.one_held(which)
        self.archive.remove(held.guild, held.article_id)
        del self.held[held.article_id]

    @rule(guild=guilds(), query=queries)
    def ask_the_steady_index(self, guild: Guild, query: list[str]) -> None:
        self.ask(self.steady, guild, query)

    @rule(guild=guilds(), query=queries)
    def ask_the_seldom_index(self, guild: Guild, query: list[str]) -> None:
        self.ask(self.seldom, guild, query)

    @rule(seconds=st.sampled_from([0.0, 0.001]))
    def follow_with_the_seldom_index(self, seconds: float) -> None:
        self.seldom.follow(seconds)

    @rule(guild=guilds(), query=queries, at_most=st.integers(1, 5))
    def ask_for_a_few(self, guild: Guild, query: list[str], at_most: int) -> None:
        shelf = self.archive.shelf(guild)
        assert self.steady.rank(shelf, query, at_most) == self.steady.rank(shelf, query, EVERYTHING)[:at_most]

    @rule(guild=guilds(), query=queries)
    def weigh(self, guild: Guild, query: list[str]) -> None:
        corpus = list(corpus_of(self.archive.shelf(guild), self.seen_by(guild)).values())
        idf = BM25Plus(corpus).idf if any(corpus) else {}
        expected = {term: idf[term] for term in query if term in idf}
        assert self.steady.idf(self.archive.shelf(guild), query) == pytest.approx(expected, rel=1e-6)

    def ask(self, index: PassageIndex, guild: Guild, query: Sequence[str]) -> None:
        assert_ranked_as_rank_bm25_does(index, self.archive.shelf(guild), self.seen_by(guild), query)

    def store(self, guild: Guild, article: Article) -> None:
        added = self.archive.add(guild, article)
        if added.duplicate_of is None:
            self.held[added.article_id] = Version(added.article_id, added.version, guild, article, "")
        self.steady.rank(self.archive.shelf(guild), [], 1)

    def one_held(self, which: int) -> Version:
        return list(self.held.values())[which % len(self.held)]

    def seen_by(self, guild: Guild) -> list[Version]:
        return [version for version in self.held.values() if version.guild in {SHARED, guild}]


TestShelves = Shelves.TestCase
TestShelves.settings = settings(max_examples=60, stateful_step_count=25)


def ranked_texts(library: Library, guild: Guild, query: str, at_most: int = 10) -> list[str]:
    ranked = library.index.rank(library.shelf(guild), terms(query), at_most)
    return [library.shelf(guild).text(each.passage.article_id, each.passage.version) for each in ranked]


def test_the_very_first_article_is_found(library: Library) -> None:
    library.add(SHARED, story("The harbour board met."))
    (found,) = library.index.rank(library.shelf(SHARED), ["harbour"], 10)
    assert found.score > 0


@pytest.mark.parametrize("guild", [SHARED, ADA])
def test_an_empty_archive_has_nothing_to_rank(library: Library, guild: Guild) -> None:
    shelf = library.shelf(guild)
    assert library.index.rank(shelf, ["harbour"], 10) == []
    assert library.index.idf(shelf, ["harbour"]) == {}
    assert library.index.size(shelf) == 0


@pytest.mark.parametrize("query", [[], ["zygomorphic"], [""], ["harbour board"], ["'"], ["\0"]])
def test_a_query_that_no_passage_matches_ranks_nothing(library: Library, query: list[str]) -> None:
    library.add(SHARED, story("The harbour board met."))
    assert library.index.rank(library.shelf(SHARED), query, 10) == []


def test_an_unknown_term_does_not_change_the_order(library: Library) -> None:
    for n in range(4):
        library.add(SHARED, story(f"The harbour board met. {'Boats. ' * n}"))
    assert ranked_texts(library, SHARED, "harbour boat zygomorphic") == ranked_texts(library, SHARED, "harbour boat")


def test_articles_that_hold_no_term_do_no_harm(library: Library) -> None:
    library.add(SHARED, story("🙂 … and the"))
    assert ranked_texts(library, SHARED, "harbour") == []
    library.add(SHARED, story("The harbour board met."))
    assert ranked_texts(library, SHARED, "harbour") == ["The harbour board met."]


def test_a_title_counts_with_each_of_its_passages(library: Library) -> None:
    library.add(SHARED, story("word " * 80 + "end.\n" + "word " * 80 + "end.", title="Penhallow"))
    assert len(library.index.rank(library.shelf(SHARED), terms("Penhallow"), 10)) == 2


def test_a_corrected_article_is_found_by_its_newest_words_alone(library: Library) -> None:
    library.add(SHARED, story("The mayor resigned.", key="k"))
    assert ranked_texts(library, SHARED, "resigned")
    library.add(SHARED, story("The mayor stays.", key="k"))
    assert ranked_texts(library, SHARED, "resigned") == []
    assert ranked_texts(library, SHARED, "stays") == ["The mayor stays."]


def test_equal_passages_come_in_the_order_they_were_added(library: Library) -> None:
    for guild, text in ((ADA, "Fish one."), (SHARED, "Fish two."), (ADA, "Fish three."), (SHARED, "Fish four.")):
        library.add(guild, story(text))
    assert ranked_texts(library, ADA, "fish") == ["Fish one.", "Fish two.", "Fish three.", "Fish four."]
    assert ranked_texts(library, ADA, "fish", at_most=2) == ["Fish one.", "Fish two."]


def test_no_guilds_words_weigh_on_anothers_scores() -> None:
    shared = [(SHARED, story(f"The harbour board met. {'Boats. ' * n}")) for n in range(3)]
    bens = [(BEN, story(f"Harbour {n}. {'harbour boats ' * 90}")) for n in range(20)]
    with library_holding(*shared) as alone, library_holding(*shared, *bens) as together:
        for guild in (SHARED, ADA):
            query = ["harbour", "boat"]
            expected = alone.index.rank(alone.shelf(guild), query, 100)
            assert together.index.rank(together.shelf(guild), query, 100) == expected


def test_an_index_tells_how_many_articles_it_has_read() -> None:
    with (
        library_holding(*((SHARED, story(f"Text {n}.")) for n in range(3))) as library,
        Archive.throw_away() as archive,
    ):
        told: list[int] = []
        for version in library.shelf(SHARED).versions():
            archive.add(SHARED, version.article)
        PassageIndex(archive, told.append).size(archive.shelf(SHARED))
        assert told == [1, 2, 3]


def test_a_score_is_what_the_formula_says(library: Library) -> None:
    """Lv and Zhai's formula by hand, with rank-bm25's k1 = 1.5, b = 0.75 and δ = 1."""
    library.add(SHARED, story("harbour harbour fish"))
    library.add(SHARED, story("fish"))
    (found,) = library.index.rank(library.shelf(SHARED), ["harbour"], 10)
    assert found.score == pytest.approx(math.log(3 / 1) * (1 + 2 * 2.5 / (1.5 * (0.25 + 0.75 * 3 / 2) + 2)))


def test_the_terms_and_how_many_passages_hold_them_are_those_of_the_shelf(library: Library) -> None:
    library.add(SHARED, story("The harbour board met."))
    library.add(ADA, story("The harbour froze."))
    library.add(BEN, story("The barrier held."))
    for guild, harbours, barriers in ((SHARED, 1, 0), (ADA, 2, 0), (BEN, 1, 1)):
        shelf = library.shelf(guild)
        held = {*library.index.terms(shelf, "harb"), *library.index.terms(shelf, "ba")}
        assert ("harbour" in held, "barrier" in held) == (True, barriers > 0)
        assert library.index.frequency(shelf, "harbour") == harbours
        assert library.index.frequency(shelf, "barrier") == barriers
