"""Partitions: the passages of the shared library, or of one guild.

A partition is a few segments and one growing part. What was added goes to the growing part; when that has grown large
it is closed and becomes a segment. Segments of like size are merged, so that there are few, and so that a posting is
written anew only as often as the partition doubles (O'Neil and others, "The log-structured merge-tree", 1996).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.index.change import NOTHING_YET
from retrieval.index.columns import Columns
from retrieval.index.growing import Growing, Indexed
from retrieval.index.merging import Source, merged, sources
from retrieval.index.part import Part
from retrieval.index.segment import Segment
from retrieval.index.snapshot import Snapshot

GROWN = 4096
"""Passages from which on the growing part becomes a segment."""
_MOST_GONE = 0.2
"""The share of a segment's passages from which on those that are gone are left out."""


class Partition:
    """The passages that one guild owns. It belongs to one thread; only a merger's `run` may happen in another.

    `change` is the one up to which everything is in it.
    """

    def __init__(self, stored: Snapshot = Snapshot((), NOTHING_YET)) -> None:  # noqa: B008
        self.change = stored.change
        self._settled = [*stored.parts]
        self._begin_growing()

    @property
    def parts(self) -> list[Part]:
        """What there is to rank."""
        return [*filter(len, (*self._settled, self._grown))]

    @property
    def growing(self) -> int:
        """How many passages were added since the growing part was last closed."""
        return len(self._growing)

    @property
    def is_large(self) -> bool:
        """Whether it is worth storing: a smaller one is soon made anew. What was stored once remains so."""
        return len(self) >= GROWN or any(part.stored for part in self._settled)

    def __len__(self) -> int:
        """The number of passages."""
        return sum(map(len, self.parts))

    def add(self, article_id: int, passages: Sequence[Indexed]) -> None:
        """Add an article, in place of what there is of it."""
        self.remove(article_id)
        self._growing.add(article_id, passages)

    def remove(self, article_id: int) -> None:
        """Remove an article; one that is not there is no error."""
        any(part.remove(article_id) for part in self.parts)

    def terms(self, beginning: str) -> Iterator[str]:
        """Yield the terms that begin with these characters; some come again, some are of passages that are gone."""
        for part in self.parts:
            yield from part.rows.terms(beginning)

    def stored(self) -> Snapshot:
        """What is stored of it."""
        stored = [part for part in self._settled if part.stored is not None]
        lacking = [part.since for part in self.parts if part.stored is None]
        return Snapshot(stored, min(lacking, default=self.change))

    def close_growing(self) -> None:
        """Add nothing more to the growing part; another begins."""
        if len(self._growing):
            self._settled.append(self._grown)
            self._begin_growing()

    def due(self) -> "Merger | None":
        """Return what is to be merged now; None where all is well."""
        if len(self._growing) >= GROWN:
            self.close_growing()
        chosen = self._closed()
        chosen += [part for part in self._settled if len(part.gone) > _MOST_GONE * len(part.rows)]
        if chosen:
            for part in sorted(self._settled, key=len):
                if part not in chosen and (part.stored is None or len(part) <= sum(map(len, chosen))):
                    chosen.append(part)
        return self._merger(chosen)

    def closed(self) -> "Merger | None":
        """Return a merger of what is not a segment yet, the growing part among it; None where there is nothing."""
        self.close_growing()
        return self._merger(self._closed())

    def outdated(self) -> "Merger | None":
        """Return a merger of the stored segments that hold words of what is gone; None where there are none."""
        return self._merger([part for part in self._settled if part.stored and part.gone])

    def everything(self) -> "Merger | None":
        """Return a merger that makes one segment of all there is; None where there is nothing."""
        self.close_growing()
        return self._merger(self._settled)

    def put(self, made: "Made", stored: str | None = None) -> None:
        """Put what a merger made in the place of what it was made of; what has gone meanwhile is gone there too.

        `stored` is the name that the segment is stored by, None where it is in memory alone.
        """
        merger = made.merger
        gone = [
            source.renumbered[np.array(part.gone[seen:], np.int64)]
            for source, part, seen in zip(made.sources, merger.parts, merger.gone, strict=True)
        ]
        since = min(part.since for part in merger.parts)
        self._settled = [part for part in self._settled if part not in merger.parts]
        if len(made.segment):
            self._settled.append(Part(made.segment, since, np.concatenate(gone), stored))

    def _closed(self) -> list[Part]:
        return [part for part in self._settled if isinstance(part.rows, Growing)]

    def _begin_growing(self) -> None:
        self._growing = Growing()
        self._grown = Part(self._growing, self.change)

    def _merger(self, chosen: Sequence[Part]) -> "Merger | None":
        if not chosen:
            return None
        in_order = [part for part in self._settled if part in chosen]
        return Merger(in_order, [part.live.copy() for part in in_order], [len(part.gone) for part in in_order])


@dataclass(frozen=True, slots=True, eq=False)
class Merger:
    """Parts to be merged, as they were when this was made: which passages were live, how many were gone."""

    parts: Sequence[Part]
    live: Sequence[NDArray[np.bool_]]
    gone: Sequence[int]

    def run(self, columns: Columns, progress: Callable[[float], Any] = lambda _: None) -> "Made":
        """Merge them. `progress` is told the fraction that is done; what it raises stops the merging."""
        given = sources([part.rows.segment() for part in self.parts], self.live)
        return Made(self, given, merged(given, columns, progress))


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A merged segment and where its passages come from."""

    merger: Merger
    sources: Sequence[Source]
    segment: Segment
