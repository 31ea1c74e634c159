"""Upkeep: while a partition is in use, a thread merges and stores it; what came of it is put in place between searches.

Where a snapshot cannot be written, because another process is writing one or the disk is full, the partition goes on in
memory: a snapshot saves time, and nothing else depends on it.
"""

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from contextlib import suppress
from threading import Event
from typing import TypeAlias

from retrieval.index.columns import InMemory
from retrieval.index.partition import Made, Merger, Partition
from retrieval.index.snapshot import Manifest, Snapshots

_PAUSE_S = 0.0005
"""How long the thread rests after each step, so that a search that waits for its turn gets it."""

_Merged: TypeAlias = tuple[Made, str | None]
"""What was made, and the name that it is stored by."""


class _Stopped(Exception):
    """The program ends before the work is done."""


class Upkeep:
    """A partition and its snapshots, None where it can have none. It belongs to one thread."""

    def __init__(self, partition: Partition, snapshots: Snapshots | None) -> None:
        self.partition = partition
        self._snapshots = snapshots
        self._merging: Future[_Merged] | None = None
        self._saving: Future[None] | None = None

    @property
    def superseded(self) -> bool:
        """Whether another process has saved a snapshot since this one did: that one is to be opened."""
        return self._snapshots is not None and self._snapshots.superseded

    def tend(self, executor: Executor, stopping: Event) -> None:
        """Put in place what the thread has done, and give it what is to be done next; wait for nothing."""
        if self._merging is not None:
            if self._merging.done():
                merged, self._merging = self._merging, None
                if manifest := self._put(*merged.result()):
                    self._saving = executor.submit(self._save, manifest)
        elif self._saving is not None:
            if self._saving.done():
                self._saving = None
        elif merger := self.partition.due():
            self._merging = executor.submit(self._merged, merger, self._may_store(), stopping)

    def close_growing(self) -> None:
        """Make a segment of what was added last, now."""
        if merger := self.partition.closed():
            self._put(*self._merged(merger, self._may_store(), Event()))

    def settle(self, choose: Callable[[], Merger | None]) -> None:
        """Merge what is chosen then, and store the partition where it is large, now."""
        self.give_up()
        merger = choose()
        if merger and (manifest := self._put(*self._merged(merger, self._may_store(), Event()))):
            self._save(manifest)

    def give_up(self) -> None:
        """Wait for the thread, and leave what it has done."""
        if self._merging is not None:
            wait([self._merging])
        if self._saving is not None:
            wait([self._saving])
        self._merging = self._saving = None

    def _may_store(self) -> bool:
        return self._snapshots is not None and self.partition.is_large

    def _put(self, made: Made, stored: str | None) -> Manifest | None:
        """Put in place what was made; return what is to be saved then, if anything."""
        self.partition.put(made, stored)
        return Manifest.of(self.partition.stored()) if stored else None

    def _merged(self, merger: Merger, may_store: bool, stopping: Event) -> _Merged:
        def go_on(_: float) -> None:
            if stopping.is_set():
                raise _Stopped
            time.sleep(_PAUSE_S)

        if self._snapshots is not None and may_store:
            with suppress(OSError), self._snapshots.writing() as allowed:
                if allowed:
                    with self._snapshots.begin() as columns:
                        return merger.run(columns, go_on), self._snapshots.store(columns)
        return merger.run(InMemory(), go_on), None

    def _save(self, manifest: Manifest) -> None:
        assert self._snapshots is not None  # noqa: S101  # what is to be saved was stored there
        with suppress(OSError), self._snapshots.writing() as allowed:
            if allowed:
                self._snapshots.save(manifest)
