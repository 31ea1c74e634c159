"""Receipts of late: how an article was read, which the archive does not keep."""

from collections import OrderedDict
from dataclasses import replace

from bot.outcome import Receipt
from retrieval.archive import Added
from retrieval.article import Version
from retrieval.ingest.reading import Dropped, Reading

_MOST_CHARACTERS = 5_000_000
"""Of articles and what was left out of them, together."""


class RecentReceipts:
    """Knows them in memory alone; when there are too many, the oldest are forgotten."""

    def __init__(self) -> None:
        self._receipts: OrderedDict[tuple[int, int], Receipt] = OrderedDict()
        self._characters = 0

    def note(self, receipt: Receipt) -> None:
        """Remember a receipt, unless nothing was added."""
        if receipt.added.duplicate_of is not None:
            return
        self._receipts[receipt.added.article_id, receipt.added.version] = receipt
        self._characters += _size(receipt)
        while self._characters > _MOST_CHARACTERS:
            _, forgotten = self._receipts.popitem(last=False)
            self._characters -= _size(forgotten)

    def anew(self, version: Version, copies: tuple[int, ...]) -> Receipt:
        """The receipt of a version as it is now; of one that is forgotten, without what was left out."""
        known = self._known(version)
        reading = replace(known.reading, article=version.article) if known else Reading(version.article)
        return Receipt(Added(version.article_id, version.number, copy_of=copies), reading, version.language)

    def left_out(self, version: Version) -> tuple[Dropped, ...]:
        known = self._known(version)
        return known.reading.dropped if known else ()

    def _known(self, version: Version) -> Receipt | None:
        return self._receipts.get((version.article_id, version.number))


def _size(receipt: Receipt) -> int:
    return len(receipt.reading.article.text) + sum(len(each.text) for each in receipt.reading.dropped)
