"""robots.txt: what a site asks programs not to fetch.

The standard library judges: the first rule that fits decides, and `*` and `$` within a path are no wildcards to it.
"""

from urllib.robotparser import RobotFileParser

from bot.fetching.formats import Formats

LARGEST = 512_000
"""Bytes of a robots.txt that are kept; RFC 9309 wants at least 500 KiB."""

ROBOTS = Formats("a robots.txt", ("text/plain", "text/html", "application/octet-stream"))
"""Some sites label theirs wrongly; a page that came in its place holds no rules anyway."""


def permits(robots: bytes, agent: str, url: str) -> bool:
    """Whether these rules let the program called `agent` fetch a page; rules that cannot be read let nobody."""
    parser = RobotFileParser()
    try:
        parser.parse(robots.decode("utf-8-sig", errors="replace").splitlines())
        return parser.can_fetch(agent, url)
    except ValueError:  # from an address or a number within the rules
        return False
