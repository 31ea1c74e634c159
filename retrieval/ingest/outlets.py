"""Outlets: who published a story, from the places where pages say so."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

_NAME = re.compile(r"(?:[^\W_][\w'’&.+-]*)(?:\s(?:[A-Z0-9À-Þ][\w'’&.+-]*|of|and|the|&|on|in|de|la|le)){0,4}")
_PROGRAMME = re.compile(r"\s+at\s+\w+(?::\d\d)?(?:\s?[ap]\.?m\.?)?$|\s*\([^)]*\)$", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s:]*(?:©\s*|\(c\)\s*)?(?:(?:19|20)\d\d(?:\s?[-–—]\s?(?:19|20)?\d\d)?,?\s*)?", re.IGNORECASE
)
_COMPANY = re.compile(
    r"[.,|].*|\s+(?:ltd|limited|inc|llc|plc|gmbh|co|corp|corporation|company|trust|group|media|holdings|newspapers|publishing|network)\b.*"
    r"|\s+(?:all rights|19\d\d|20\d\d|is not|and its).*",
    re.IGNORECASE,
)
_AGENCY_DATELINE = re.compile(r"[A-ZÀ-Þ][^()]{2,60}\(([A-Z][\w .&-]{1,30})\)\s*[-–—]{1,2}\s")

LONGEST_NAME = 5
"""Words."""


@dataclass(frozen=True, slots=True)
class Known:
    """`outlets.toml`."""

    words: frozenset[str]
    agencies: dict[str, str]
    hosts: dict[str, str]
    names: dict[str, str]


@cache
def known() -> Known:
    """Read the names once."""
    table = tomllib.loads(files("retrieval.ingest").joinpath("outlets.toml").read_text(encoding="utf-8"))
    hosts: dict[str, str] = table["hosts"]
    names: dict[str, str] = {name.casefold(): name for name in hosts.values()}
    bare = {name.removeprefix("the "): written for name, written in names.items() if len(name.split()) > 2}
    return Known(
        words=frozenset(table["words"]),
        agencies={agency.casefold(): agency for agency in table["agencies"]},
        hosts=hosts,
        names={**bare, **names, "guardian": "The Guardian", "telegraph": "The Telegraph", **table["names"]},
    )


def agency(name: str) -> str | None:
    """The news agency of that name, as it writes itself."""
    return known().agencies.get(" ".join(name.split()).casefold())


def listed(name: str) -> str | None:
    """The listed outlet of that name, as it writes itself; agencies are not among them."""
    folded = " ".join(name.split()).casefold()
    return None if folded in known().agencies else known().names.get(folded)


def recognised(name: str) -> str | None:
    """The outlet or agency of that name, or the name itself when it has the form of one."""
    return listed(name) or agency(name) or (name if named_like_an_outlet(name) else None)


def mentioned(text: str) -> str | None:
    """The listed outlet that a line of the page's own matter names: "Follow Sky News on …"."""
    found = _distinctive_names().search(text)
    return listed(found[0]) if found else None


@cache
def _distinctive_names() -> re.Pattern[str]:
    """Names that are no common words: of several words, or in capitals."""
    written = {*known().hosts.values(), *known().names.values()}
    names = sorted((name for name in written if " " in name or name.isupper()), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b")


def named_like_an_outlet(name: str) -> bool:
    """A few capitalised words, one of them such as outlets' names hold."""
    words = name.split()
    return (
        1 < len(words) <= LONGEST_NAME and has_form_of_a_name(name) and any(_cased(w) in known().words for w in words)
    )


def has_form_of_a_name(name: str) -> bool:
    """A few words that begin with capitals."""
    return len(name) < 60 and _NAME.fullmatch(name) is not None and (name[0].isupper() or name[0].isdigit())


def without_programme(name: str) -> str:
    """The station without its programme's hour: "WXQN News Nine at 6 (WXQN)" → "WXQN News Nine"."""
    shorter = _PROGRAMME.sub("", name)
    return name if shorter == name else without_programme(shorter)


def of_host(url: str) -> str | None:
    """The listed outlet behind an address."""
    host = host_of(url)
    while host.count("."):
        if host in known().hosts:
            return known().hosts[host]
        host = host.partition(".")[2]
    return None


def host_of(url: str) -> str:
    """The address's host without www."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def of_own_host(name: str, url: str) -> str | None:
    """The name, where it is the address's host written with spaces: "Birds of the Forth", birdsoftheforth.example."""
    letters = "".join(filter(str.isalnum, name.casefold()))
    label = host_of(url).partition(".")[0].replace("-", "")
    return name if letters and letters.removeprefix("the") == label.removeprefix("the") else None


def in_copyright_line(text: str) -> str | None:
    """Who holds the rights: "© 2024 The Northern Sentinel Trust. All rights reserved." → "The Northern Sentinel"."""
    found = _COPYRIGHT.search(text)
    if found is None:
        return None
    holder = _COMPANY.sub("", text[found.end() :]).strip(" -–—|")
    return holder if holder and has_form_of_a_name(holder) and len(holder.split()) <= LONGEST_NAME else None


def agency_in_dateline(text: str) -> str | None:
    """The agency of "LONDON (Reuters) - …"."""
    found = _AGENCY_DATELINE.match(text)
    return (agency(found[1]) or found[1]) if found else None


def _cased(word: str) -> str:
    return word.capitalize() if word.isupper() and len(word) > 2 else word
