"""RSS and Atom, in all their versions, as feedparser reads them."""

import re
from calendar import timegm
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from time import struct_time
from typing import Any

import feedparser

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
from retrieval.feed.excerpt import excerpt
from retrieval.feed.text import line

_ROOT = re.compile(r"<[A-Za-z_]")
_ENTITY = re.compile(r"<!ENTITY\s+(?:%|\S+\s+(?:SYSTEM|PUBLIC)\b|\S+\s+(?:\"[^\"]*&(?!#)|'[^']*&(?!#)))", re.IGNORECASE)
_AMPERSAND = re.compile(
    r"(?P<quoted><!\[CDATA\[.*?(?:\]\]>|\Z))|(?P<high>&#(?:x[0-9a-f]{6,}|[0-9]{6,});)|&(?!#?\w{1,30};)",
    re.IGNORECASE | re.DOTALL,
)

_PERIODS = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}


def read_xml(text: str, url: str) -> Feed:
    """Read a feed that came from `url`, as far as it can be read; raises `NoFeed`.

    Entities that it defines are not known; one that stands for others, or for a file, is refused.
    """
    root = _ROOT.search(text)
    if root is None:
        raise _neither()
    if _ENTITY.search(text, 0, root.start() + 1):
        raise NoFeed(
            "The feed defines entities that stand for others or for files, which is refused; add another feed."
        )
    read = _parsed(excerpt(text[root.start() :]), url)
    if not read.version and not read.entries:
        raise _neither()
    about = read.feed
    return Feed(
        line(about.get("title"), LONGEST_TITLE),
        web_address(about.get("link"), url),
        newest(entry for part in read.entries if (entry := _entry(part, url))),
        _minutes(about),
    )


def _neither() -> NoFeed:
    return NoFeed("This is neither RSS nor Atom nor JSON Feed; add the address of a feed.")


def _parsed(text: str, url: str) -> Any:
    """What feedparser makes of it; it is given a stream, for bytes it would take for the name of a file."""
    try:
        return feedparser.parse(
            BytesIO(_AMPERSAND.sub(_mended, text).encode(errors="replace")),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # who knows what else it falls over
        raise NoFeed("The feed is damaged beyond reading; try again later, or tell its publisher.") from error


def _mended(found: re.Match[str]) -> str:
    """A lone ampersand is one; the number of a letter that there is not, over which feedparser falls, is none."""
    if found["quoted"]:
        return found[0]
    return unescape(found[0]) if found["high"] else "&amp;"


def _entry(part: dict[str, Any], url: str) -> Entry | None:
    link = web_address(part.get("link"), url)
    if link is None:
        return None
    return Entry(
        key(part.get("id"), link),
        link,
        line(part.get("title"), LONGEST_TITLE),
        line(_author(part), LONGEST_AUTHOR),
        _day(part),
        line(part.get("summary"), LONGEST_SUMMARY) or line(_content(part), LONGEST_SUMMARY),
    )


def _author(part: dict[str, Any]) -> object:
    """The names, without addresses for letters."""
    names = [name for author in part.get("authors", ()) if (name := author.get("name"))]
    return ", ".join(names) or part.get("author")


def _content(part: dict[str, Any]) -> object:
    return next((content.get("value") for content in part.get("content", ())), None)


def _day(part: dict[str, Any]) -> str | None:
    """When it was published, or else updated; by its own way, feedparser may give the one for the other, and warn."""
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        written = dict.get(part, name)
        if isinstance(written, struct_time):
            return _iso(written)
    return None


def _iso(moment: struct_time) -> str | None:
    try:
        return datetime.fromtimestamp(timegm(moment), UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        return None


def _minutes(about: dict[str, Any]) -> int | None:
    """The time to live, or else how often it says that it is updated."""
    ttl = str(about.get("ttl", "")).strip()
    if re.fullmatch(r"\d{1,6}", ttl):
        return int(ttl) or None
    period = _PERIODS.get(str(about.get("sy_updateperiod", "")).strip().casefold())
    often = str(about.get("sy_updatefrequency", "1")).strip()
    if period is None or not re.fullmatch(r"\d{1,4}", often):
        return None
    return max(1, period // max(1, int(often)))
