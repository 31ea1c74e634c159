"""What the worlds of these tests are made of."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from retrieval.article import Article, Guild
from retrieval.ingest.jsonl import read_line
from retrieval.library import Library
from retrieval.shelf import Shelf
from retrieval.shipped import shipped

TESTS = Path(__file__).parents[1]
CHECKOUT = TESTS.parent
ADA, BEN = 101, 202
"""Two guilds that know nothing of each other."""


def story(text: str, title: str = "", key: str | None = None, url: str | None = None) -> Article:
    return Article(title, text, key=key, url=url)


@contextmanager
def library_holding(*owned: tuple[Guild, Article]) -> Iterator[Library]:
    """A library whose articles have the ids 1, 2, … in the order given, where no two are the same story."""
    with Library.throw_away() as library:
        with library.writing():
            for guild, article in owned:
                library.add(guild, article)
        yield library


def sample_stories() -> list[Article]:
    lines = shipped("stories.jsonl").read_text("utf-8").splitlines()
    return [read_line(line).article for line in lines]


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def asked_of_the_file(path: Path, sql: str) -> list[tuple[object, ...]]:
    """What another program finds in an archive's file."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute(sql).fetchall()


def ids(shelf: Shelf) -> list[int]:
    return [version.article_id for version in shelf.versions()]


def read_json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found
