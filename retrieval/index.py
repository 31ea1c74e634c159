"""The passage index: BM25 over passages, in step with the archive.

A score is rank-bm25's `BM25Plus` over exactly the passages that a shelf may see, each passage counted with its
article's title: with tf(t, p) the times term t stands in passage p, |p| its terms, avgdl their mean, N the passages
and df(t) those that hold t,

    score(p) = Σ_t ln((N + 1) / df(t)) · (δ + tf·(k1 + 1) / (k1·(1 − b + b·|p|/avgdl) + tf))

(Lv and Zhai, "Lower-bounding term frequency normalization", 2011). The shared library and each guild have a partition
of their own; N, df and avgdl are added up over the partitions of the asking shelf, so no guild's words weigh on
another's scores. Passages that hold none of the terms are left out.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from retrieval.archive import Archive
from retrieval.article import Guild, Passage, Version
from retrieval.shelf import Shelf
from retrieval.text.terms import terms

_COMPACT_WHEN_REMOVED = 0.25


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage and its BM25+ score for one query: higher is better, above 0."""

    passage: Passage
    score: float


class Postings:
    """For each term, the passages that hold it and how often; passages are numbered from 0 as they come."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.lengths = array("i")
        self._removed = bytearray()
        self._places: dict[str, tuple[array[int], array[int]]] = {}
        self._numbers: dict[int, range] = {}
        self._live_length = 0
        self._live = 0

    def __len__(self) -> int:
        """The number of passages, removed ones not counted."""
        return self._live

    @property
    def total_length(self) -> int:
        """The terms of all passages together, removed ones not counted."""
        return self._live_length

    @property
    def terms(self) -> Collection[str]:
        """Every term that a passage holds, or held before it was removed."""
        return self._places.keys()

    def add(self, version: Version, passages: Iterable[Passage]) -> None:
        """Add the passages of an article that the postings do not hold."""
        first = len(self.passages)
        title = terms(version.article.title)
        for passage in passages:
            self._add(passage, title + terms(passage.span.within(version.article.text)))
        self._numbers[version.article_id] = range(first, len(self.passages))

    def remove(self, article_id: int) -> None:
        """Remove an article's passages; an article that is not there is no error."""
        for number in self._numbers.pop(article_id, range(0)):
            self._removed[number] = 1
            self._live -= 1
            self._live_length -= self.lengths[number]
        if len(self.passages) - self._live > _COMPACT_WHEN_REMOVED * len(self.passages):
            self._compact()

    def belonging_to(self, article_ids: Iterable[int]) -> NDArray[np.bool_]:
        """Return for each passage number whether the passage stands in one of the articles."""
        belongs = np.zeros(len(self.passages), np.bool_)
        for article_id in article_ids:
            numbers = self._numbers.get(article_id, range(0))
            belongs[numbers.start : numbers.stop] = True
        return belongs

    def holding(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the numbers of the passages that hold the term, ascending, and how often each does."""
        if term not in self._places:
            return np.empty(0, np.int32), np.empty(0, np.int32)
        numbers, counts = (np.array(places, np.int32) for places in self._places[term])
        if self._live == len(self.passages):
            return numbers, counts
        live = np.frombuffer(bytes(self._removed), np.uint8)[numbers] == 0
        return numbers[live], counts[live]

    def _add(self, passage: Passage, words: list[str]) -> None:
        number = len(self.passages)
        self.passages.append(passage)
        self.lengths.append(len(words))
        self._removed.append(0)
        self._live += 1
        self._live_length += len(words)
        for term, count in Counter(words).items():
            numbers, counts = self._places.setdefault(term, (array("i"), array("i")))
            numbers.append(number)
            counts.append(count)

    def _compact(self) -> None:
        """Number the passages anew without the removed ones."""
        kept = [number for number in range(len(self.passages)) if not self._removed[number]]
        moved = {old: new for new, old in enumerate(kept)}
        for term, (numbers, counts) in list(self._places.items()):
            pairs = [(moved[n], c) for n, c in zip(numbers, counts, strict=True) if n in moved]
            if pairs:
                self._places[term] = (array("i", (n for n, _ in pairs)), array("i", (c for _, c in pairs)))
            else:
                del self._places[term]
        self.passages = [self.passages[number] for number in kept]
        self.lengths = array("i", (self.lengths[number] for number in kept))
        self._removed = bytearray(len(kept))
        self._numbers = {
            article_id: range(moved[numbers[0]], moved[numbers[-1]] + 1) if numbers else range(0)
            for article_id, numbers in self._numbers.items()
        }


class PostingsBM25(BM25Plus):  # type: ignore[misc]  # rank-bm25 carries no types
    """rank-bm25's BM25Plus over postings: the same parameters, idf and scores, but only matching passages are walked.

    `parts` are pooled: their passages count as one corpus.
    """

    def __init__(self, parts: Sequence[Postings]) -> None:
        self.parts = parts
        super().__init__(corpus=())

    def _initialize(self, corpus: object) -> dict[str, int]:
        self.corpus_size = sum(len(part) for part in self.parts)
        self.avgdl = sum(part.total_length for part in self.parts) / max(1, self.corpus_size)
        return {}

    def get_idf(self, query: Iterable[str]) -> dict[str, float]:
        """Return the idf of those of the query's terms that some passage holds."""
        frequencies = {term: sum(len(part.holding(term)[0]) for part in self.parts) for term in set(query)}
        self._calc_idf({term: frequency for term, frequency in frequencies.items() if frequency})
        return {term: self.idf[term] for term in frequencies if frequencies[term]}

    def get_scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """Return a score for each passage number, part after part; NaN where a passage holds no term of the query."""
        weights = Counter(query)
        idf = self.get_idf(weights)
        floor = sum(weights[term] * idf[term] for term in idf) * self.delta
        return np.concatenate([self._part_scores(part, weights, idf, floor) for part in self.parts])

    def _part_scores(
        self, part: Postings, weights: Counter[str], idf: dict[str, float], floor: float
    ) -> NDArray[np.float64]:
        scores = np.zeros(len(part.passages))
        matches = np.zeros(len(part.passages), np.bool_)
        lengths = np.array(part.lengths, np.float64)
        for term in sorted(idf):
            numbers, tf = part.holding(term)
            norm = self.k1 * (1 - self.b + self.b * lengths[numbers] / self.avgdl)
            scores[numbers] += weights[term] * idf[term] * (tf * (self.k1 + 1)) / (norm + tf)
            matches[numbers] = True
        return np.where(matches, scores + floor, np.nan)


class PassageIndex:
    """The postings of every partition that was asked for, kept in step with the archive.

    `progress` is called with the number of articles read so far while a partition is first built.
    """

    def __init__(self, archive: Archive, progress: Callable[[int], Any] = lambda _: None) -> None:
        self._archive = archive
        self._progress = progress
        self._partitions: dict[Guild, Postings] = {}
        self._caught_up: dict[Guild, int] = {}

    def rank(
        self, shelf: Shelf, query: Sequence[str], at_most: int, among: Collection[int] | None = None
    ) -> list[Ranked]:
        """Return the shelf's best passages for the query's terms, the best first, equal ones by their place.

        `among` are the ids of the articles that may be found, None for all; the scores are the same.
        """
        parts = self._parts(shelf)
        scores = PostingsBM25(parts).get_scores(query)
        if among is not None:
            scores[~np.concatenate([part.belonging_to(among) for part in parts])] = np.nan
        found = np.flatnonzero(~np.isnan(scores))
        if len(found) > at_most:
            least = np.partition(scores[found], -at_most)[-at_most]
            found = found[scores[found] >= least]
        everything = [part.passages for part in parts]
        ranked = [Ranked(_nth(everything, int(number)), float(scores[number])) for number in found]
        return sorted(ranked, key=lambda each: (-each.score, each.passage))[:at_most]

    def idf(self, shelf: Shelf, query: Iterable[str]) -> dict[str, float]:
        """Return the weight of each of the terms that the shelf's passages hold; a term it lacks is left out."""
        return PostingsBM25(self._parts(shelf)).get_idf(query)

    def terms(self, shelf: Shelf) -> list[Collection[str]]:
        """Return the terms of each partition of the shelf; those of removed articles may be among them."""
        return [part.terms for part in self._parts(shelf)]

    def frequency(self, shelf: Shelf, *terms: str) -> int:
        """The number of passages of the shelf that hold all of the terms, of which there is one at least."""
        held = ([part.holding(term)[0] for term in terms] for part in self._parts(shelf))
        return sum(len(reduce(np.intersect1d, numbers)) for numbers in held)

    def size(self, shelf: Shelf) -> int:
        """The number of passages on the shelf."""
        return sum(len(part) for part in self._parts(shelf))

    def forget(self) -> None:
        """Build every partition anew when it is next asked for."""
        self._partitions.clear()
        self._caught_up.clear()

    def _parts(self, shelf: Shelf) -> list[Postings]:
        return [self._partition(shelf, guild) for guild in shelf.guilds]

    def _partition(self, shelf: Shelf, guild: Guild) -> Postings:
        with self._archive.unchanging():
            latest = self._archive.change_number()
            if guild not in self._partitions:
                self._partitions[guild] = self._built(guild)
            elif latest != self._caught_up[guild]:
                self._catch_up(shelf, guild)
            self._caught_up[guild] = latest
        return self._partitions[guild]

    def _built(self, guild: Guild) -> Postings:
        postings = Postings()
        shelf = self._archive.shelf(guild)
        own = (version for version in shelf.versions() if version.guild == guild)
        for count, version in enumerate(own, start=1):
            postings.add(version, shelf.passages(version.article_id))
            self._progress(count)
        return postings

    def _catch_up(self, shelf: Shelf, guild: Guild) -> None:
        postings = self._partitions[guild]
        for article_id in self._archive.changed_since(self._caught_up[guild], guild):
            postings.remove(article_id)
            if passages := shelf.passages(article_id):
                postings.add(shelf.newest(article_id), passages)


def _nth(parts: Sequence[Sequence[Passage]], number: int) -> Passage:
    for part in parts:
        if number < len(part):
            return part[number]
        number -= len(part)
    raise IndexError(number)
