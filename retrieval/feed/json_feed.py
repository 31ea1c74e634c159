"""JSON Feed, versions 1 and 1.1."""

import json
from datetime import UTC, datetime
from typing import Any

from retrieval.feed.entries import (
    LONGEST_AUTHOR,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    Entry,
    Feed,
    NoFeed,
    key,
    newest,
    web_address,
)
from retrieval.feed.text import line

_VERSION = "https://jsonfeed.org/version/"
_SUMMARIES = ("summary", "content_text", "content_html")


def read_json(text: str, url: str) -> Feed:
    """Read a feed that came from `url`; raises `NoFeed`."""
    try:
        about = json.loads(text)
    except (ValueError, RecursionError):
        raise NoFeed("This is not JSON that can be read; add the address of a feed.") from None
    if not isinstance(about, dict) or not str(about.get("version", "")).startswith(_VERSION):
        raise NoFeed("This is JSON, but not a JSON Feed; add the address of a feed.")
    items = about.get("items")
    entries = [entry for item in items if (entry := _entry(item, url))] if isinstance(items, list) else []
    return Feed(line(about.get("title"), LONGEST_TITLE), _link(about, "home_page_url", url), newest(entries))


def _entry(item: object, url: str) -> Entry | None:
    if not isinstance(item, dict):
        return None
    link = _link(item, "url", url) or _link(item, "external_url", url)
    if link is None:
        return None
    own = item.get("id")
    return Entry(
        key(str(own) if isinstance(own, str | int | float) else None, link),
        link,
        line(item.get("title"), LONGEST_TITLE),
        line(_author(item), LONGEST_AUTHOR),
        _day(item.get("date_published")) or _day(item.get("date_modified")),
        next((summary for name in _SUMMARIES if (summary := line(item.get(name), LONGEST_SUMMARY))), None),
    )


def _link(about: dict[str, Any], name: str, url: str) -> str | None:
    written = about.get(name)
    return web_address(written, url) if isinstance(written, str) else None


def _author(item: dict[str, Any]) -> object:
    """The names; version 1 knew one author only."""
    authors = item.get("authors", [item.get("author")])
    people = authors if isinstance(authors, list) else []
    names = [person.get("name") for person in people if isinstance(person, dict)]
    return ", ".join(name for name in names if isinstance(name, str)) or None


def _day(written: object) -> str | None:
    try:
        moment = datetime.fromisoformat(str(written))
        return (moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
    except (ValueError, OverflowError):
        return None
