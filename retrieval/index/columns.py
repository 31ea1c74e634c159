"""Columns: where the arrays of a new segment are put, piece by piece: in memory, or in a folder, a file for each."""

import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

_BLOCK = 1 << 20
"""Bytes that are read at a time: a file is not read through its map, or all of it would stay in memory."""
_MAPPED_FROM = 1 << 22
"""Bytes. A smaller file is read: a map keeps its file open, and there may be thousands of partitions."""


class Column(Protocol):
    """An array that is written from its first value to its last."""

    def append(self, values: NDArray[Any]) -> None: ...

    def whole(self) -> NDArray[Any]:
        """Return everything that was appended, not to be written to."""


class Columns(Protocol):
    """Where the columns of one segment are put."""

    def begin(self, name: str, kind: np.dtype[Any]) -> Column:
        """Begin the column of a name and a type."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A column in a file: the type of its values, their bytes, and the checksum (CRC-32) of these."""

    kind: str
    size: int
    checksum: int


class InMemory:
    """Columns in memory."""

    def begin(self, name: str, kind: np.dtype[Any]) -> Column:
        return _Pieces(kind)


class InFolder:
    """Columns in the files of a folder, which is made for them. The files are closed when the block ends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._begun: dict[str, _File] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._begun.values():
            file.close()

    def begin(self, name: str, kind: np.dtype[Any]) -> Column:
        self._begun[name] = _File(self.folder / name, kind)
        return self._begun[name]

    @property
    def kept(self) -> dict[str, Kept]:
        """What was written, by the column's name."""
        return {name: file.kept for name, file in self._begun.items()}


class _Pieces:
    def __init__(self, kind: np.dtype[Any]) -> None:
        self._pieces = [np.empty(0, kind)]

    def append(self, values: NDArray[Any]) -> None:
        self._pieces.append(values.astype(self._pieces[0].dtype, casting="safe", copy=False))

    def whole(self) -> NDArray[Any]:
        return unwritable(np.concatenate(self._pieces))


class _File:
    def __init__(self, path: Path, kind: np.dtype[Any]) -> None:
        self._path = path
        self._file = path.open("xb")
        self.kept = Kept(kind.str, 0, 0)

    def append(self, values: NDArray[Any]) -> None:
        written = values.astype(self.kept.kind, casting="safe", copy=False).tobytes()
        self._file.write(written)
        self.kept = Kept(self.kept.kind, self.kept.size + len(written), zlib.crc32(written, self.kept.checksum))

    def whole(self) -> NDArray[Any]:
        self._file.flush()
        os.fsync(self._file.fileno())
        self.close()
        return opened(self._path, self.kept)

    def close(self) -> None:
        self._file.close()


def opened(path: Path, kept: Kept) -> NDArray[Any]:
    """Return a column's values. Those of a large one stay in the file until they are looked at."""
    if kept.size < _MAPPED_FROM:
        return unwritable(np.fromfile(path, kept.kind))
    return np.asarray(np.memmap(path, kept.kind, "r"))


def is_whole(path: Path, kept: Kept) -> bool:
    """Whether a file holds what was written to it; raise `OSError` where it cannot be read."""
    if path.stat().st_size != kept.size:
        return False
    checksum, block = 0, bytearray(_BLOCK)
    with path.open("rb", buffering=0) as file:
        while read := file.readinto(block):
            checksum = zlib.crc32(memoryview(block)[:read], checksum)
    return checksum == kept.checksum


def unwritable(values: NDArray[Any]) -> NDArray[Any]:
    values.flags.writeable = False
    return values
