"""Reading a feed within bounds."""

from pathlib import Path

from retrieval.confined import Confines, OutOfTime, Unfinished, tell
from retrieval.feed.entries import Entry, Feed, NoFeed

_PROGRAM = Path(__file__).with_name("program.py")
_CONFINES = Confines(seconds=10, memory=500_000_000)

LIMIT = 10_000_000
"""The most bytes that are read as one feed."""


def read_feed(source: bytes, url: str, content_type: str | None) -> Feed:
    """Read what `url` gave, with its server's content type if it named one; raises `NoFeed`, within ten seconds."""
    if len(source) > LIMIT:
        raise NoFeed(f"The feed is larger than {LIMIT // 1_000_000} MB, the most that is read; add a shorter one.")
    try:
        told = tell(_PROGRAM, source, {"url": url, "content_type": content_type}, _CONFINES)
    except OutOfTime:
        raise NoFeed(f"The feed takes longer than {_CONFINES.seconds} s to read; add a shorter one.") from None
    except Unfinished:
        raise NoFeed("The feed cannot be read with the memory there is for it; add a shorter one.") from None
    if "refused" in told:
        raise NoFeed(told["refused"], tuple(told["feeds"]))
    entries = tuple(Entry(**entry) for entry in told.pop("entries"))
    return Feed(**told, entries=entries)
