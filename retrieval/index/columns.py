"""Columns: where the arrays of a new segment are put, piece by piece."""

from collections.abc import Callable
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray


class Column(Protocol):
    """An array that is written from its first value to its last."""

    def append(self, values: NDArray[Any]) -> None: ...

    def whole(self) -> NDArray[Any]:
        """Return everything that was appended, not to be written to."""


Columns: TypeAlias = Callable[[str, type[np.generic]], Column]
"""Begins the column of a name and a type."""


class InMemory:
    """A column in memory."""

    def __init__(self, name: str, kind: type[np.generic]) -> None:
        self._pieces = [np.empty(0, kind)]

    def append(self, values: NDArray[Any]) -> None:
        self._pieces.append(values.astype(self._pieces[0].dtype, casting="safe", copy=False))

    def whole(self) -> NDArray[Any]:
        return unwritable(np.concatenate(self._pieces))


def unwritable(values: NDArray[Any]) -> NDArray[Any]:
    values.flags.writeable = False
    return values
