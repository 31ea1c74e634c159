"""A feed and its entries: values, no input or output.

NoFeed       what was given is no feed, or not one that can be read; its message is one sentence for a person
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

MOST_ENTRIES = 500
"""Entries of a feed that are kept; outlets list the last twenty to two hundred."""

LONGEST_TITLE = 500
LONGEST_AUTHOR = 200
LONGEST_SUMMARY = 2_000
_LONGEST_KEY = 300
_LONGEST_LINK = 2_000
"""Characters."""


class NoFeed(ValueError):
    """There is no feed to read. `feeds` are the addresses of those that a web page names instead."""

    def __init__(self, message: str, feeds: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.feeds = feeds


@dataclass(frozen=True, slots=True)
class Entry:
    """A story that a feed announces.

    `key` is the publisher's own id for it, or else its link; `link` an absolute http or https address; `published` an
    ISO 8601 date and time in UTC; `summary` plain text. Title, author and summary are single lines without markup.
    """

    key: str
    link: str
    title: str | None = None
    author: str | None = None
    published: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself, and its entries, the newest first.

    `link` is the address of the site that it belongs to; `minutes` is for how long it asks not to be fetched again.
    """

    title: str | None
    link: str | None
    entries: tuple[Entry, ...]
    minutes: int | None = None


def key(own: str | None, link: str) -> str:
    """The publisher's own id or the link; a digest where that is longer than an id should be."""
    written = (own or "").strip() or link
    return written if len(written) <= _LONGEST_KEY else f"sha256:{sha256(written.encode()).hexdigest()}"


def web_address(written: str | None, base: str) -> str | None:
    """A link as an absolute address, resolved against `base`; None for what is not on the web."""
    try:
        address = urljoin(base, (written or "").strip()) if written else ""
        parts = urlsplit(address)
        on_the_web = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        return None
    return address if on_the_web and len(address) <= _LONGEST_LINK else None


def newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each story once, by key and by link, the newest first; those without a day come last, in the feed's order."""
    by_day = sorted(entries, key=lambda entry: entry.published or "", reverse=True)
    keys: set[str] = set()
    links: set[str] = set()
    kept: list[Entry] = []
    for entry in by_day:
        if entry.key not in keys and entry.link not in links:
            kept.append(entry)
        keys.add(entry.key)
        links.add(entry.link)
    return tuple(kept[:MOST_ENTRIES])
