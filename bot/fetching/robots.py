"""robots.txt: what a site asks programs not to fetch (RFC 9309)."""

from protego import Protego

from bot.fetching.formats import Formats

LARGEST = 512_000
"""Bytes of a robots.txt that are kept; RFC 9309 wants at least 500 KiB."""

ROBOTS = Formats("a robots.txt", ("text/plain", "text/html", "application/octet-stream"))
"""Some sites label theirs wrongly; a page that came in its place holds no rules anyway."""


def permits(robots: bytes, agent: str, url: str) -> bool:
    """Whether these rules let the program called `agent` fetch a page."""
    return Protego.parse(robots.decode("utf-8-sig", errors="replace")).can_fetch(url, agent)
