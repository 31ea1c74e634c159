"""Parts: passages of which some are gone, and what stands of the rest."""

from array import array
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.index.change import Change
from retrieval.index.postings import Integers, Pairs, Sought
from retrieval.index.segment import Rows


class Part:
    """A segment, or the growing part, and which of its passages are gone.

    What is gone keeps its number and its postings; it is no longer counted, and no longer found. Nothing of what
    happened up to the change `since` is missing without this part. `stored` is the name of the folder that holds the
    segment, None where it is in memory alone.
    """

    def __init__(self, rows: Rows, since: Change, gone: Iterable[int] = (), stored: str | None = None) -> None:
        self.rows = rows
        self.since = since
        self.stored = stored
        self._live = np.ones(len(rows), np.bool_)
        self._gone = array("i", gone)
        self._live[self._gone] = False
        self._gone_holding: dict[str, tuple[int, int]] = {}
        self._table_of = (-1.0, 0)
        self._table = np.empty(0)
        self._gone_length = int(rows.lengths[self._gone].sum())

    def __len__(self) -> int:
        """The number of passages that are not gone."""
        return len(self.rows) - len(self._gone)

    @property
    def total_length(self) -> int:
        """The terms of all passages that are not gone together."""
        return self.rows.total_length - self._gone_length

    @property
    def gone(self) -> Sequence[int]:
        """The numbers of the passages that are gone, in the order in which they went."""
        return self._gone

    @property
    def live(self) -> NDArray[np.bool_]:
        """For each number, whether the passage is not gone."""
        missing = len(self.rows) - len(self._live)
        if missing:
            self._live = np.append(self._live, np.ones(missing, np.bool_))
        return self._live

    def remove(self, article_id: int) -> bool:
        """Mark an article's passages as gone; return whether there were any."""
        live = self.live
        numbers = [number for number in self.rows.numbers_of(article_id) if live[number]]
        live[numbers] = False
        self._gone.extend(numbers)
        self._gone_length += int(self.rows.lengths[numbers].sum())
        return bool(numbers)

    def frequencies(self, terms: Sequence[str], sought: Sought) -> NDArray[np.int64]:
        """Return how many passages that are not gone hold each of the terms, which were looked up."""
        if not self._gone:
            return sought.counts
        gone = [self._gone_with(term, sought, place) for place, term in enumerate(terms)]
        return sought.counts - np.array(gone, np.int64)

    def tabulated(self, mean: float, table: Callable[[Pairs], NDArray[np.float64]]) -> NDArray[np.float64]:
        """Return what `table` makes of the pairs, which depends on the mean length; made anew when that changes."""
        if self._table_of != (mean, self.rows.distinct_pairs):
            self._table, self._table_of = table(self.rows.pairs), (mean, self.rows.distinct_pairs)
        return self._table

    def _gone_with(self, term: str, sought: Sought, place: int) -> int:
        """How many of the passages that hold a term are gone: only what went since the last time is looked for."""
        seen, count = self._gone_holding.get(term, (0, 0))
        if seen < len(self._gone):
            count += int(is_among(np.array(self._gone[seen:], np.int32), sought.numbers(place)).sum())
            self._gone_holding[term] = (len(self._gone), count)
        return count


def is_among(numbers: Integers, ascending: Integers) -> NDArray[np.bool_]:
    """For each of the numbers, whether it is one of the ascending ones."""
    if not len(ascending):
        return np.zeros(len(numbers), np.bool_)
    places = np.searchsorted(ascending, numbers)
    held: NDArray[np.bool_] = ascending[np.minimum(places, len(ascending) - 1)] == numbers
    return held
