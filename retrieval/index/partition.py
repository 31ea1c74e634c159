"""Partitions: the passages of the shared library, or of one guild.

A partition is a few segments and one growing part. What was added goes to the growing part; when that has grown large
it is closed and becomes a segment. Segments of like size are merged, so that there are few, and so that each posting is
written anew only so often as the partition doubles (O'Neil and others, "The log-structured merge-tree", 1996).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.index.columns import Columns
from retrieval.index.growing import Growing, Indexed
from retrieval.index.merging import Source, merged, sources
from retrieval.index.part import Part
from retrieval.index.segment import Segment

GROWN = 4096
"""Passages from which on the growing part becomes a segment."""
_MOST_GONE = 0.2
"""The share of a segment's passages from which on those that are gone are left out."""


class Partition:
    """The passages that one guild owns. It belongs to one thread; only a merger's `run` may happen in another."""

    def __init__(self, segments: Sequence[Part] = ()) -> None:
        self._settled = [*segments]
        self._growing = Growing()
        self._grown = Part(self._growing)

    @property
    def parts(self) -> list[Part]:
        """What there is to rank."""
        return [part for part in (*self._settled, self._grown) if len(part.rows)]

    @property
    def growing(self) -> int:
        """How many passages were added since the growing part was last closed."""
        return len(self._growing)

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

    def close_growing(self) -> None:
        """Add nothing more to the growing part; another begins."""
        if len(self._growing):
            self._settled.append(self._grown)
            self._growing = Growing()
            self._grown = Part(self._growing)

    def due(self) -> "Merger | None":
        """Return what is to be merged now; None where all is well."""
        if len(self._growing) >= GROWN:
            self.close_growing()
        smallest_first = sorted(self._settled, key=len)
        chosen = [part for part in smallest_first if len(part.gone) > _MOST_GONE * len(part.rows)]
        chosen += [part for part in self._settled if isinstance(part.rows, Growing) and part not in chosen]
        for part in smallest_first:
            if part not in chosen and 0 < len(part) <= sum(map(len, chosen)):
                chosen.append(part)
        return self._merger(chosen)

    def everything(self) -> "Merger | None":
        """Return a merger that makes one segment of all there is; None where there is nothing."""
        self.close_growing()
        return self._merger(self._settled)

    def _merger(self, chosen: Sequence[Part]) -> "Merger | None":
        in_order = [part for part in self._settled if part in chosen]
        if not in_order:
            return None
        return Merger(in_order, [part.live.copy() for part in in_order], [len(part.gone) for part in in_order])

    def put(self, merger: "Merger", made: "Made") -> None:
        """Put what a merger made in the place of what it was made of; what has gone meanwhile is gone there too."""
        gone = [
            source.renumbered[np.array(part.gone[seen:], np.int64)]
            for source, part, seen in zip(made.sources, merger.parts, merger.gone, strict=True)
        ]
        self._settled = [part for part in self._settled if part not in merger.parts]
        if len(made.segment):
            self._settled.append(Part(made.segment, np.concatenate(gone)))


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A merged segment and where its passages come from."""

    segment: Segment
    sources: Sequence[Source]


@dataclass(frozen=True, slots=True, eq=False)
class Merger:
    """Parts to be merged, as they were when this was made: which passages were live, how many were gone."""

    parts: Sequence[Part]
    live: Sequence[NDArray[np.bool_]]
    gone: Sequence[int]

    def run(self, columns: Columns, progress: Callable[[float], Any] = lambda _: None) -> Made:
        """Merge them. `progress` is told the fraction that is done; what it raises stops the merging."""
        given = sources([part.rows.segment() for part in self.parts], self.live)
        return Made(merged(given, columns, progress), given)
