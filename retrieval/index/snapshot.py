"""Snapshots: a large partition's segments in files, so that a start need not read the whole archive.

The folder of a partition holds a folder for each segment, with a file for each of its columns, and the manifest, which
names them. A segment is never changed; a new one is written beside the others, and comes into force when a new manifest
is put in the place of the old one, by a rename. What no manifest names is left over from a program that was stopped.

A snapshot is never trusted: every file has a checksum, and the manifest names the change of the archive up to which
everything is in the segments. What is missing, damaged, or of another format or archive is made anew.
"""

import base64
import fcntl
import json
import os
import shutil
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self
from uuid import uuid4

import numpy as np

from retrieval.index.change import Change
from retrieval.index.columns import InFolder, Kept, is_whole, opened
from retrieval.index.part import Part
from retrieval.index.segment import Segment

FORMAT = 3
"""Goes up when snapshots are laid out in another way."""
_MANIFEST = "manifest.json"
_COLUMNS = "columns.json"
_LOCK = "lock"
_LOOK_EVERY_S = 0.05
"""How often to look whether another process has ended writing."""


class _Damaged(Exception):
    """A file does not hold what was written to it, or is of another format."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Parts that are stored, and the change up to which everything is in them."""

    parts: Sequence[Part]
    change: Change


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is written about a snapshot: each part's folder, with the numbers of the passages that are gone, packed."""

    change: Change
    parts: Sequence[tuple[str, str]]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """Describe a snapshot as it is at this moment."""
        return cls(snapshot.change, [(part.stored or "", _packed(part.gone)) for part in snapshot.parts])


class Snapshots:
    """The snapshots of one partition, one after another, in a folder.

    `superseded` says that another process has saved one since this one did.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._name = ""
        self.superseded = False

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """Keep other processes from writing; False where one is at it, or has saved a snapshot since this one did."""
        with self.alone() as alone:
            if alone:
                self.superseded = self._saved() not in {"", self._name}
            yield alone and not self.superseded

    @contextmanager
    def alone(self, patience_s: float = 0) -> Iterator[bool]:
        """Keep other processes from writing; False where one is at it for longer than this waits."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / _LOCK).open("wb") as lock:
            deadline = time.monotonic() + patience_s
            while not (locked := _locked(lock)) and time.monotonic() < deadline:
                time.sleep(_LOOK_EVERY_S)
            yield locked

    @property
    def exist(self) -> bool:
        """Whether there is a folder, with a snapshot or with what is left of one."""
        return self._folder.exists()

    def _saved(self) -> str:
        """The name of the snapshot that is there; empty where there is none that can be used."""
        try:
            return str(_read(self._folder / _MANIFEST)["name"])
        except (OSError, _Damaged):
            return ""

    def open(self) -> Snapshot | None:
        """Open the snapshot; None where there is none that can be used."""
        try:
            manifest = _read(self._folder / _MANIFEST)
            self._name = manifest["name"]  # if it cannot be used, another may take its place
            change = Change(**manifest["change"])
            parts = [self._part(change, *each) for each in manifest["parts"]]
        except (OSError, _Damaged):
            return None
        return Snapshot(parts, change)

    def overrule(self) -> None:
        """Let another take the place of the snapshot that is there, as if it had been opened here."""
        self._name = self._saved()

    def begin(self) -> InFolder:
        """Begin a segment, in a folder of its own."""
        return InFolder(self._folder / uuid4().hex)

    def store(self, columns: InFolder) -> str:
        """Store a segment whose columns are written; return its name."""
        _write(columns.folder / _COLUMNS, {name: asdict(kept) for name, kept in columns.kept.items()})
        return columns.folder.name

    def save(self, manifest: Manifest) -> None:
        """Put a snapshot in the place of the one that is there, and delete what is in none."""
        name = uuid4().hex
        _write(self._folder / _MANIFEST, {"name": name, **asdict(manifest)})
        self._name = name
        kept = {stored for stored, _ in manifest.parts}
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _part(self, change: Change, stored: str, gone: str) -> Part:
        folder = self._folder / stored
        columns = {name: Kept(**kept) for name, kept in _read(folder / _COLUMNS).items()}
        if not all(is_whole(folder / name, kept) for name, kept in columns.items()):
            raise _Damaged
        segment = Segment.of({name: opened(folder / name, kept) for name, kept in columns.items()})
        return Part(segment, change, _unpacked(gone), stored)


def _locked(lock: BinaryIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(path: Path, content: dict[str, Any]) -> None:
    """Write a file so that it is there as a whole, or not at all."""
    words = json.dumps({"format": FORMAT, "content": content})
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="ascii") as file:
        file.write(f"{zlib.crc32(words.encode()):08x}{words}")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync(path.parent)


def _read(path: Path) -> dict[str, Any]:
    written = path.read_bytes()
    if written[:8] != b"%08x" % zlib.crc32(written[8:]):
        raise _Damaged
    held: dict[str, Any] = json.loads(written[8:])
    if held["format"] != FORMAT:
        raise _Damaged
    content: dict[str, Any] = held["content"]
    return content


def _sync(folder: Path) -> None:
    """Have a folder's entries on the disk, renamed ones among them."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _packed(numbers: Sequence[int]) -> str:
    return base64.b64encode(zlib.compress(np.array(numbers, "<i4").tobytes())).decode()


def _unpacked(packed: str) -> list[int]:
    numbers: list[int] = np.frombuffer(zlib.decompress(base64.b64decode(packed)), "<i4").tolist()
    return numbers
