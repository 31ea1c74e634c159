"""What the program knows of English, read from the `.toml` files beside this one."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("retrieval.text").joinpath(name).read_text("utf-8"))


_ENGLISH = _read("english.toml")
STOP_WORDS = frozenset(_ENGLISH["stop_words"].split())


def words(name: str) -> frozenset[str]:
    """One of the word lists under `[lists]`; raises `KeyError` for a list that is not there."""
    return frozenset(_ENGLISH["lists"][name].split())


def sequence(name: str) -> list[str]:
    """One of the word lists under `[lists]`, in its order; raises `KeyError` for a list that is not there."""
    return str(_ENGLISH["lists"][name]).split()


def phrases(name: str) -> list[str]:
    """One of the lists under `[lists]` whose entries may have several words, the longest first."""
    return sorted((entry.replace("_", " ") for entry in words(name)), key=lambda entry: (-len(entry), entry))


def any_of(name: str) -> str:
    """A pattern for any entry of one of the lists under `[lists]`, the longest first."""
    return rf"(?:{'|'.join(map(re.escape, phrases(name)))})"


def mapping(name: str) -> dict[str, str]:
    """One of the tables of single words, such as `irregular`."""
    return dict(_ENGLISH[name])


def numerals() -> dict[str, int]:
    """The values of the words for numbers below a hundred."""
    return dict(_ENGLISH["numerals"])


def synonym_groups() -> list[list[str]]:
    """Groups of words and short phrases that news stories use for one another; a phrase has spaces."""
    return [[entry.replace("_", " ") for entry in group.split()] for group in _read("thesaurus.toml")["groups"]]


@cache
def opposite_deeds() -> dict[str, list[str]]:
    """For each verb that undoes another, those that do the opposite; a verb may have a second word: turn down."""
    pairs = [pair.replace("_", " ").split(":") for pair in _read("opposites.toml")["deeds"].split()]
    return _others(pairs)


@cache
def opposites() -> dict[str, list[str]]:
    """For each word that has one or more, its opposites."""
    pairs = [pair.split(":") for pair in _read("opposites.toml")["pairs"].split()]
    return _others(pairs)


@cache
def sisters() -> dict[str, list[str]]:
    """For each word of a group of things of one sort, the others."""
    return _others([group.split() for group in _read("opposites.toml")["sisters"]])


def _others(groups: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for group in groups:
        for word in group:
            found[word] += [other for other in group if other != word]
    return dict(found)
