"""The passage index: the partitions of a shelf, in step with the archive."""

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np

from retrieval.archive import Archive
from retrieval.article import Guild, Passage
from retrieval.index.bm25 import PostingsBM25
from retrieval.index.following import follow
from retrieval.index.part import Part
from retrieval.index.partition import Partition
from retrieval.index.ranking import best
from retrieval.index.snapshot import Snapshots
from retrieval.index.upkeep import Upkeep
from retrieval.shelf import Shelf

_AT_A_TIME = 32_768
"""Passages that are added before they become a segment while many are read."""
_REMEMBERED = 50_000
"""Passages of guilds' partitions that are kept open; the one used longest ago is closed first."""
_COUNTED_AT_MOST = 5_000
"""For so many passages counts a partition that has more: those are in files."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage and its BM25+ score for one query: higher is better, above 0."""

    passage: Passage
    score: float


class PassageIndex:
    """The passages of every partition that was asked for lately, kept in step with the archive.

    `folder` is where snapshots of large partitions are kept; without one, none are. `progress` is called with the
    number of articles read so far while a partition is brought up to date; what it raises does no harm.
    """

    def __init__(
        self, archive: Archive, progress: Callable[[int], Any] = lambda _: None, folder: Path | None = None
    ) -> None:
        self._archive = archive
        self._progress = progress
        self._folder = folder
        self._open: OrderedDict[Guild, Upkeep] = OrderedDict()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="passage index")
        self._stopping = Event()

    def rank(
        self, shelf: Shelf, query: Sequence[str], at_most: int, among: Collection[int] | None = None
    ) -> list[Ranked]:
        """Return the shelf's best passages for the query's terms, the best first, equal ones by their id.

        `among` are the ids of the articles that may be found, None for all; the scores are the same.
        """
        with self._archive.unchanging():
            ranked = best(self._parts(shelf), query, at_most, among)
            passages = shelf.passages_with([passage_id for passage_id, _ in ranked])
        return [Ranked(passages[passage_id], score) for passage_id, score in ranked]

    def idf(self, shelf: Shelf, query: Iterable[str]) -> dict[str, float]:
        """Return the weight of each of the terms that the shelf's passages hold; a term it lacks is left out."""
        return PostingsBM25(self._parts(shelf)).get_idf(query)

    def terms(self, shelf: Shelf, beginning: str) -> Iterator[str]:
        """Yield the shelf's terms that begin so; some come again, and those of removed articles may be among them."""
        for partition in self._partitions(shelf):
            yield from partition.terms(beginning)

    def frequency(self, shelf: Shelf, *terms: str) -> int:
        """The number of passages of the shelf that hold all of the terms, of which there is one at least."""
        return sum(_holding_all(part, terms) for part in self._parts(shelf))

    def size(self, shelf: Shelf) -> int:
        """The number of passages on the shelf."""
        return sum(map(len, self._partitions(shelf)))

    def follow(self, seconds: float) -> bool:
        """Read for so long what has changed in the partitions that are open; return whether nothing is left to do now.

        The last article that is read in that time is read to its end. What is left is read by the next call, or by
        whatever needs it. What was read becomes segments in the background, and is stored.
        """
        ends = time.monotonic() + seconds
        with self._archive.unchanging():
            return all(self._follow(guild, ends) for guild in [*self._open])

    def forget(self) -> None:
        """Open every partition anew when it is next asked for."""
        self._open.clear()

    def rebuild(self, guild: Guild) -> int:
        """Make a partition anew from the archive, and its snapshot; return how many passages it holds.

        Raises `NotStored`, or `OSError` where the snapshot cannot be written; the partition is made anew all the same.
        """
        if guild in self._open:
            self._open[guild].give_up()
        snapshots = self._snapshots(guild)
        if snapshots:
            snapshots.overrule()
        self._open[guild] = upkeep = Upkeep(Partition(), snapshots)
        with self._archive.unchanging():
            self._read(upkeep, guild)
        upkeep.store()
        self._close_some([guild])
        return len(upkeep.partition)

    def close(self) -> None:
        """Let what is being merged be, and end."""
        self._stopping.set()
        self._executor.shutdown(cancel_futures=True)

    def _parts(self, shelf: Shelf) -> list[Part]:
        return [part for partition in self._partitions(shelf) for part in partition.parts]

    def _partitions(self, shelf: Shelf) -> list[Partition]:
        with self._archive.unchanging():
            partitions = [self._caught_up(guild) for guild in shelf.guilds]
        self._close_some(shelf.guilds)
        return partitions

    def _caught_up(self, guild: Guild) -> Partition:
        """The partition of a guild as the archive has it now."""
        upkeep = self._tended(guild)
        self._open.move_to_end(guild)
        self._catch_up(upkeep, guild)
        return upkeep.partition

    def _tended(self, guild: Guild) -> Upkeep:
        """A guild's partition as far as it was read, with what the thread has done put in place."""
        if guild not in self._open or self._open[guild].superseded:
            self._open[guild] = self._opened(guild)
        if not self._archive.is_writing:  # what is not stored yet may never be
            self._open[guild].tend(self._executor, self._stopping)
        return self._open[guild]

    def _follow(self, guild: Guild, ends: float) -> bool:
        """Read until the time is over; return whether nothing is left to do now."""
        upkeep = self._tended(guild)
        for _ in follow(upkeep.partition, self._archive, guild):
            if upkeep.partition.growing >= _AT_A_TIME:
                return True  # so much is in memory that the thread comes first
            if time.monotonic() >= ends:
                return False
        upkeep.tidy(self._executor, self._stopping)
        return True

    def _opened(self, guild: Guild) -> Upkeep:
        snapshots = self._snapshots(guild)
        snapshot = snapshots.open() if snapshots else None
        if snapshot is None or self._archive.mark(snapshot.change.number) != snapshot.change.mark:
            return Upkeep(Partition(), snapshots)
        return Upkeep(Partition(snapshot), snapshots)

    def _snapshots(self, guild: Guild) -> Snapshots | None:
        return None if self._folder is None else Snapshots(self._folder / str(guild))

    def _catch_up(self, upkeep: Upkeep, guild: Guild) -> None:
        partition = upkeep.partition
        new = not len(partition)
        many = self._read(upkeep, guild)
        if (many or (new and len(partition))) and not self._archive.is_writing:
            upkeep.settle(partition.everything if new else partition.due)

    def _read(self, upkeep: Upkeep, guild: Guild) -> bool:
        """Read all that is left; return whether it was so much that segments were made on the way."""
        many = False
        for count in follow(upkeep.partition, self._archive, guild):
            if upkeep.partition.growing >= _AT_A_TIME:
                upkeep.close_growing()
                many = True
            self._progress(count)
        if many:
            upkeep.partition.close_growing()
        return many

    def _close_some(self, used: Collection[Guild]) -> None:
        """Close the partitions used longest ago, if too many are open."""
        weights = {guild: min(len(upkeep.partition), _COUNTED_AT_MOST) for guild, upkeep in self._open.items()}
        too_many = sum(weights.values()) - _REMEMBERED
        for guild in [guild for guild in self._open if guild not in used]:
            if too_many <= 0:
                break
            too_many -= weights[guild]
            del self._open[guild]


def _holding_all(part: Part, words: Sequence[str]) -> int:
    sought = part.rows.sought(words)
    numbers = reduce(np.intersect1d, map(sought.numbers, range(len(words))))
    return int(part.live[numbers].sum())
