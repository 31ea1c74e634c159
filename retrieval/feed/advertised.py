"""Feeds that a web page names in its head."""

import re
from html.parser import HTMLParser

from retrieval.feed.entries import web_address

_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_FIRST = re.compile(r"<(!doctype\s+\w+|[a-z_][\w:.-]*)", re.IGNORECASE)
_PAGES = ("!doctype html", "html", "head", "body")
_LINK = re.compile(r"<link\s[^<>]{1,2000}>", re.IGNORECASE)

_HEAD = 300_000
"""Characters of a page among which its head stands."""

_MOST = 10
"""Feeds that are named; a page with more lists one for every tag."""


def is_page(text: str) -> bool:
    """Whether it begins as a web page does."""
    first = _FIRST.search(text)
    return first is not None and " ".join(first[1].casefold().split()) in _PAGES


def advertised(page: str, url: str) -> tuple[str, ...]:
    """The addresses of the feeds that a page from `url` names, in its order."""
    found = dict.fromkeys(
        address for link in _LINK.findall(page[:_HEAD]) if (address := web_address(_feed_in(link), url))
    )
    return tuple(found)[:_MOST]


def _feed_in(link: str) -> str | None:
    element = _Link()
    element.feed(link)
    said = element.said
    is_feed = "alternate" in said.get("rel", "").casefold().split() and said.get("type", "").casefold() in _TYPES
    return said.get("href") if is_feed else None


class _Link(HTMLParser):
    """Knows what one <link> says."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.said = {name: value or "" for name, value in attrs}
