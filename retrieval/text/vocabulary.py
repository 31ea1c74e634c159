"""What the program knows of English, read from the `.toml` files beside this one."""

import tomllib
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


def mapping(name: str) -> dict[str, str]:
    """One of the tables of single words, such as `irregular`."""
    return dict(_ENGLISH[name])


def synonym_groups() -> list[list[str]]:
    """Groups of words and short phrases that news stories use for one another; a phrase has spaces."""
    return [[entry.replace("_", " ") for entry in group.split()] for group in _read("thesaurus.toml")["groups"]]


@cache
def opposites() -> dict[str, str]:
    """For each word that has one, its opposite."""
    pairs = [pair.split(":") for pair in _read("opposites.toml")["pairs"].split()]
    return {first: second for one, other in pairs for first, second in ((one, other), (other, one))}
