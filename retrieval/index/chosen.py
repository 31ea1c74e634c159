"""What ranking one part takes, and what it gives."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.segment import Postings

_ROUNDING = 1 + 1e-9
"""A bound that was added up in another order than a score may be smaller by a rounding error; times this it is not."""


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """The postings of a query's terms in one part, the heaviest term first; each has a weight above 0.

    `saturation` is over codes; `findable` says for each passage number whether the passage may be found.
    """

    postings: Postings
    weights: NDArray[np.float64]
    saturation: NDArray[np.float64]
    findable: NDArray[np.bool_]
    ids: NDArray[np.int64]

    def rests(self) -> NDArray[np.float64]:
        """For each term, the most that it and those after it can add to a score; 0 after the last.

        No posting adds more than its term's weight times the highest saturation that any posting here has.
        """
        bounds = np.append(self.weights * (self.saturation.max(initial=0.0) * _ROUNDING), 0.0)
        return np.cumsum(bounds[::-1])[::-1].copy()


class Finalists(NamedTuple):
    """Passages of a part, among them all that are among the best; scores are without the floor."""

    numbers: NDArray[np.int32]
    scores: NDArray[np.float64]
