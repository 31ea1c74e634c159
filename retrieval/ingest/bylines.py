"""Bylines: who wrote a story."""

import re
from dataclasses import dataclass
from functools import cache

from retrieval.ingest.outlets import agency, listed, named_like_an_outlet, recognised
from retrieval.ingest.vocabulary import vocabulary

_BY = re.compile(
    r"(?:by|words by|written by|story by|report by|analysis by|text by|von|par|por|di|door)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZÀ-ÞŠŽŁĆČ][\w'’.-]*$")
_PARTICLES = frozenset(
    {
        "de",
        "da",
        "di",
        "del",
        "della",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "al",
        "el",
        "bin",
        "ibn",
        "la",
        "le",
        "du",
        "dos",
        "y",
        "ap",
    }
)
_JOINTS = frozenset({"and", "&", "und", "et", "with"})
_END_OF_NAMES = re.compile(r"\s+[|•·–—/-]+\s+|\s*\|\s*|\s*[@(\[•]|\s{3,}")
_OFFICES = frozenset(
    {"editor", "correspondent", "reporter", "columnist", "producer", "writer", "analyst", "journalist", "critic"}
    | {"contributor", "presenter", "chief"}
)

LONGEST_BYLINE = 20
"""Words."""


@dataclass(frozen=True, slots=True)
class Byline:
    """The names as printed, and the outlet where the line names one ("By X for The Y", "By X, BBC News")."""

    author: str | None
    outlet: str | None


def byline(text: str) -> Byline | None:
    """Read a line that begins with "By"; None when no name follows."""
    text = _parted(text.strip("*_"))
    begin = _BY.match(text)
    if begin is None or len(text.split()) > LONGEST_BYLINE:
        return None
    return _credited(text[begin.end() :])


def _parted(text: str) -> str:
    """Some pages print "ByAnn LeePolitical Editor" with nothing between."""
    if not re.match(r"By[A-Z][a-z]", text):
        return text
    return "By " + _glued_office().sub(" ", text[2:])


@cache
def _glued_office() -> re.Pattern[str]:
    offices = "|".join(role.capitalize() for role in vocabulary().roles if len(role) > 3)
    return re.compile(rf"(?<=[a-z])(?=(?:{offices})(?![a-z]))")


def signature(text: str) -> Byline | None:
    """Read a line that is a name alone, or a name with a journalist's office behind it."""
    if (
        len(text.split()) > LONGEST_BYLINE
        or text.endswith((".", "!", "?", ":", "”", "’"))
        or listed(text)
        or agency(text)
    ):
        return None
    credit = _credited(text)
    if credit is None or credit.author is None or named_like_an_outlet(credit.author):
        return None
    names = credit.author.split()
    rest = text[len(credit.author) :].strip(" ,|-–—").split()
    is_name = 2 <= len(names) <= 4 or any(name in _JOINTS for name in names)
    return credit if is_name and (not rest or _is_role(rest)) else None


def is_role(text: str) -> bool:
    """A journalist's office alone: "Environment correspondent, PBN News, Castlegate"."""
    words = text.split()
    return len(words) <= 9 and _is_role(re.split(r"[\s,]+", text.strip())) and text[-1:] not in ".!?"


def _is_role(words: list[str]) -> bool:
    return any(word.casefold().strip(",.") in _OFFICES for word in words[:5])


def _credited(rest: str) -> Byline | None:
    names: list[str] = []
    head = _END_OF_NAMES.split(rest, maxsplit=1)[0]
    parts = [part.strip() for part in head.split(",")]
    outlet = next((found for part in parts[1:] if (found := recognised(part))), None)
    for number, part in enumerate(parts):
        words, after = _leading_names(part.split())
        last = number + 1 == len(parts) or not any(
            joint in part.split() for part in parts[number:] for joint in _JOINTS
        )
        if words and (number == 0 or (not recognised(part) and not after and len(words) > 1)):
            names.append(" ".join(words))
        if after and after[0].casefold() == "for":
            outlet = outlet or _for_outlet(after[1:])
        if last or after:
            break
    if not names:
        return None
    author = ", ".join(names)
    if agency(author) or listed(author):
        return Byline(None, agency(author) or listed(author))
    return Byline(author, outlet)


def _leading_names(words: list[str]) -> tuple[list[str], list[str]]:
    """The names in front, and what follows them."""
    roles = vocabulary().roles
    for place, word in enumerate(words):
        folded = word.casefold()
        is_office = place > 1 and folded in roles  # the first two words are a name, be it West or Royal
        is_part = _NAME.match(word) or (place and folded in _PARTICLES | _JOINTS and place + 1 < len(words))
        if is_office or not is_part or (place and folded in {"for", "in", "at"}):
            return _trimmed(words[:place]), words[place:]
    return _trimmed(words), []


def _trimmed(names: list[str]) -> list[str]:
    while names and (names[-1].casefold() in _JOINTS | _PARTICLES):
        names = names[:-1]
    return names


def _for_outlet(words: list[str]) -> str | None:
    name = " ".join(words)
    return listed(name) or agency(name) or (name if name and (name[0].isupper() or name.startswith("the ")) else None)
