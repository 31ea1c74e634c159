"""The beginning and the end of a long feed, so that a hundred thousand entries take no longer than a thousand."""

import re
from collections.abc import Iterator

from retrieval.feed.entries import MOST_ENTRIES

_MARK = re.compile(r"<!\[CDATA\[|<!--|<(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_ENDS = {"<![cdata[": "]]>", "<!--": "-->"}


def excerpt(feed: str) -> str:
    """The feed without its middle: the newest entries stand first, or, in a few feeds, last."""
    starts = list(_entries(feed))
    if len(starts) <= 2 * MOST_ENTRIES:
        return feed
    return feed[: starts[MOST_ENTRIES]] + feed[starts[-MOST_ENTRIES] :]


def _entries(feed: str) -> Iterator[int]:
    """Where entries begin, in text that is neither quoted nor a comment."""
    place = 0
    while (mark := _MARK.search(feed, place)) is not None:
        end = _ENDS.get(mark[0].casefold())
        if end is None:
            yield mark.start()
            place = mark.end()
        else:
            place = feed.find(end, mark.end())
            if place < 0:
                return
