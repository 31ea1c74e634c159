"""What ranking one part takes, and the best passages found in it and in the parts before."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.postings import Sought

ROUNDING = 1 - 1e-9
"""A bound is added up in another order than a score; what it may lack by errors of rounding is less than this."""


class Chosen(NamedTuple):
    """A query's terms in one part, with their weights, of which one at least is above 0.

    `saturation` is over codes; `findable` says for each passage number whether the passage may be found.
    """

    sought: Sought
    weights: NDArray[np.float64]
    saturation: NDArray[np.float64]
    findable: NDArray[np.bool_]
    ids: NDArray[np.int64]


class Best:
    """The best passages so far, the best first, equal ones by their id.

    They are the first `count` of `ids`, with their `scores`, which lack the floor.
    """

    def __init__(self, at_most: int, floor: float) -> None:
        self.ids = np.empty(at_most, np.int64)
        self.scores = np.empty(at_most)
        self.count = 0
        self.floor = floor

    def passages(self) -> list[int]:
        """Return the passages' ids."""
        ids: list[int] = self.ids[: self.count].tolist()
        return ids

    def scored(self) -> list[tuple[int, float]]:
        """Return the passages' ids and scores."""
        scores = (self.scores[: self.count] + self.floor).tolist()
        return [*zip(self.passages(), scores, strict=True)]
