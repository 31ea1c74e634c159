"""Upkeep: while a partition is in use, a thread merges and stores it; what came of it is put in place between searches.

Where a snapshot cannot be written, because another process is writing one or the disk is full, the partition goes on in
memory: a snapshot saves time, and nothing else depends on it.

NotStored         a snapshot that was asked for was not written
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
from retrieval.shelf import ArchiveError

_PAUSE_S = 0.0005
"""How long the thread rests after each step, so that a search that waits for its turn gets it."""

_TIDIED_FOR_S = 3600.0
_PATIENCE_S = 30.0
"""How long to wait for another process that is storing the same partition."""

_Merged: TypeAlias = tuple[Made, str | None]
"""What was made, and the name that it is stored by."""


class NotStored(ArchiveError):
    def __init__(self) -> None:
        super().__init__(
            "The passage index was not stored, because another process is storing it at this time. "
            "Nothing is lost, and questions are answered as ever; try again in a few minutes."
        )


class _Stopped(Exception):
    """The program ends, or the work is to be done in another way, before it is done."""


class Upkeep:
    """A partition and its snapshots, None where it can have none. It belongs to one thread."""

    def __init__(self, partition: Partition, snapshots: Snapshots | None) -> None:
        self.partition = partition
        self._snapshots = snapshots
        self._merging: Future[_Merged] | None = None
        self._saving: Future[None] | None = None
        self._given_up = Event()
        self._tidied_until = 0.0

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

    def tidy(self, executor: Executor, stopping: Event) -> None:
        """Let the thread write anew, once an hour at most, what holds words of removed articles; wait for nothing.

        This is for when there is nothing else to do: ranking is right without it, but what was deleted shall not lie
        on the disk for ever.
        """
        if self._merging is not None or self._saving is not None or time.monotonic() < self._tidied_until:
            return
        if merger := self.partition.outdated():
            self._merging = executor.submit(self._merged, merger, self._may_store(), stopping)
            self._tidied_until = time.monotonic() + _TIDIED_FOR_S

    def close_growing(self) -> None:
        """Make a segment of what was added last, now."""
        self.give_up()
        if merger := self.partition.closed():
            self._put(*self._merged(merger, self._may_store(), Event()))

    def settle(self, choose: Callable[[], Merger | None]) -> None:
        """Merge what is chosen then, and store the partition where it is large, now."""
        self.give_up()
        merger = choose()
        if merger and (manifest := self._put(*self._merged(merger, self._may_store(), Event()))):
            self._save(manifest)

    def give_up(self) -> None:
        """Stop the thread, and leave what it has done."""
        self._given_up.set()
        if self._merging is not None:
            wait([self._merging])
        if self._saving is not None:
            wait([self._saving])
        self._given_up.clear()
        self._merging = self._saving = None

    def store(self) -> None:
        """Make one segment of all there is, and store it where the partition is large, now.

        Waits for another process that writes; raises `NotStored` where that takes too long, or `OSError`.
        """
        self.give_up()
        merger = self.partition.everything()
        if self._snapshots is None or not (self.partition.is_large or self._snapshots.exist):
            if merger:
                self.partition.put(merger.run(InMemory()))
            return
        with self._snapshots.alone(_PATIENCE_S) as alone:
            if not alone:
                raise NotStored
            if merger:
                with self._snapshots.begin() as columns:
                    self.partition.put(merger.run(columns), self._snapshots.store(columns))
            self._snapshots.save(Manifest.of(self.partition.stored()))

    def _may_store(self) -> bool:
        return self._snapshots is not None and self.partition.is_large

    def _put(self, made: Made, stored: str | None) -> Manifest | None:
        """Put in place what was made; return what is to be saved then, if anything."""
        self.partition.put(made, stored)
        return Manifest.of(self.partition.stored()) if stored else None

    def _merged(self, merger: Merger, may_store: bool, stopping: Event) -> _Merged:
        def go_on(_: float) -> None:
            if stopping.is_set() or self._given_up.is_set():
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
