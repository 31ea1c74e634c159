"""The words by which furniture is known: `furniture.toml`, ready for comparison."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LONGEST_FURNITURE = 1_200
"""Characters; a longer line is not compared."""

_PLAIN = str.maketrans("‘’‚“”„«»‹›–—―…\u00a0", "'''\"\"\"\"\"''---.\u0020")
_LEADING = " \t-*•●▪◦‣·►▶→>»#_|/+✔✓■"
_TRAILING = " \t:.,!›»→>|*_-/"


def fold(text: str) -> str:
    """Lower case, straight quotes, single spaces, without bullets and arrows in front."""
    return " ".join(text.translate(_PLAIN).casefold().split()).lstrip(_LEADING)


@dataclass(frozen=True, slots=True)
class Kind:
    """Lines that are dropped for one reason; how each field is compared stands in `furniture.toml`."""

    why: str
    whole: frozenset[str]
    starts: re.Pattern[str] | None
    fragments: re.Pattern[str] | None
    has: tuple[str, ...]
    most_words: int

    def covers(self, folded: str, *, sentence: bool) -> bool:
        """Whether a folded line is of this kind."""
        if folded.rstrip(_TRAILING) in self.whole:
            return True
        if folded.count(" ") >= self.most_words:
            return False
        return (
            (self.starts is not None and self.starts.match(folded) is not None)
            or (not sentence and self.fragments is not None and self.fragments.match(folded) is not None)
            or any(phrase in folded for phrase in self.has)
        )


@dataclass(frozen=True, slots=True)
class Pattern:
    """Lines that a regular expression knows."""

    why: str
    expression: re.Pattern[str]
    sentences: bool

    def covers(self, folded: str, *, sentence: bool) -> bool:
        """Whether a folded line is of this kind."""
        return (self.sentences or not sentence) and self.expression.match(folded) is not None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All of `furniture.toml`."""

    stays: Kind
    kinds: tuple[Kind, ...]
    captions: Kind
    caption_follows: frozenset[str]
    agencies: tuple[str, ...]
    sections: tuple[Kind, ...]
    patterns: tuple[Pattern, ...]
    any_kind: Kind
    menu_words: frozenset[str]
    roles: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Read the words once."""
    table = tomllib.loads(files("retrieval.ingest").joinpath("furniture.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        stays=_kind(table["stays"]),
        kinds=tuple(map(_kind, table["kind"])),
        captions=_kind(table["captions"]),
        caption_follows=frozenset(table["captions"]["follows"]),
        agencies=tuple(table["captions"]["agencies"]),
        sections=tuple(map(_kind, table["section"])),
        patterns=tuple(map(_pattern, table["pattern"])),
        any_kind=_any_of(table["kind"]),
        menu_words=frozenset(table["navigation"]["words"]),
        roles=frozenset(table["bylines"]["roles"]),
    )


def _any_of(tables: list[dict[str, Any]]) -> Kind:
    """What all kinds cover and more, so that most lines are compared once and not kind by kind."""
    lists = {
        name: [phrase for table in tables for field in fields for phrase in table.get(field, ())]
        for name, fields in {"whole": ("whole",), "starts": ("starts", "fragments"), "has": ("has",)}.items()
    }
    return _kind({**lists, "most_words": LONGEST_FURNITURE})


def _kind(table: dict[str, Any]) -> Kind:
    return Kind(
        why=table.get("why", ""),
        whole=frozenset(table.get("whole", ())),
        starts=_beginning(table.get("starts", ())),
        fragments=_beginning(table.get("fragments", ())),
        has=tuple(table.get("has", ())),
        most_words=table.get("most_words", 40),
    )


def _pattern(table: dict[str, str]) -> Pattern:
    sentences = "starts" in table
    return Pattern(table["why"], re.compile(table["starts" if sentences else "fragments"]), sentences)


def _beginning(phrases: list[str]) -> re.Pattern[str] | None:
    """The phrases at the start of a line; one that ends in a letter must end a word there."""
    if not phrases:
        return None
    return re.compile("|".join(re.escape(phrase) + (r"(?!\w)" if phrase[-1].isalnum() else "") for phrase in phrases))
