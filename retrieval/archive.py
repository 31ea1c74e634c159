"""The archive: every article of one installation, in one SQLite file.

Several processes may use one archive at a time. Each change to an article is numbered, so that whatever is derived
from the archive can catch up with it. Readers see texts through a `Shelf` and in no other way.

    ArchiveError
    ├── Unusable          the file is no archive, is damaged or cannot be opened
    ├── SharedArticle     a guild may not change an article of the shared library
    ├── NoSuchArticle, NoSuchVersion: see `retrieval.shelf`
    ├── NoSuchFeed, BeingRead, TooManyFeeds: see `retrieval.feed.register`
    └── NoSuchAnswer: see `retrieval.conversations`
"""

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlite_utils import Database

from retrieval.addresses import canonical
from retrieval.article import SHARED, Article, Guild
from retrieval.conversations import Conversations
from retrieval.feed.register import Feeds
from retrieval.migrations import migrations
from retrieval.shelf import ArchiveError, Shelf
from retrieval.text.folding import fold

_PATIENCE_S = 30.0
"""How long to wait for another process that is writing."""


class Unusable(ArchiveError):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"The archive {path} cannot be used: {why}.")


class SharedArticle(ArchiveError):
    def __init__(self, article_id: int) -> None:
        super().__init__(
            f"Article {article_id} belongs to the shared library, which only the command line changes. "
            "Ask whoever runs this bot to remove it."
        )


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article that was given to the archive.

    `duplicate_of` names the article that held the same story already; then nothing new was stored.
    """

    article_id: int
    version: int
    duplicate_of: int | None = None


class Archive:
    """An open archive. It belongs to the thread that opened it; other threads and processes open their own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the archive at `path`, creating it and its folder where there is none; raise `Unusable`."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = Database(sqlite3.connect(path, timeout=_PATIENCE_S))
            _use_write_ahead_log(database)
            return cls._prepared(database)
        except (sqlite3.DatabaseError, OSError) as error:
            raise Unusable(path, _reason(error)) from error

    @classmethod
    def throw_away(cls) -> Self:
        """Open an empty archive that lives in memory and is gone when it is closed."""
        return cls._prepared(Database(memory=True))

    @classmethod
    def _prepared(cls, database: Database) -> Self:
        for pragma in ("foreign_keys = on", "synchronous = full", "secure_delete = on"):
            database.execute(f"pragma {pragma}")
        database.register_function(fold, deterministic=True, name="folded")
        archive = cls(database)
        if migrations.pending(database):
            with archive.writing():  # another process may be at it as well: whoever comes second finds nothing pending
                migrations.apply(database)
        return archive

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def shelf(self, guild: Guild) -> Shelf:
        return Shelf(guild, self._database)

    @property
    def conversations(self) -> Conversations:
        """The answers that were given from it."""
        return Conversations(self._database, self.writing)

    @property
    def feeds(self) -> Feeds:
        """The feeds that it is filled from."""
        return Feeds(self._database, self.writing)

    @contextmanager
    def unchanging(self) -> Iterator[None]:
        """Within this block, every read sees the archive as it was at the first one, whatever others write."""
        if self._database.conn.in_transaction:
            yield
            return
        self._database.execute("begin deferred")
        try:
            yield
        finally:
            self._database.execute("rollback")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: everything in the block is stored when it ends, or nothing is."""
        if self._database.conn.in_transaction:
            yield
            return
        self._database.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._database.execute("rollback")
            raise
        self._database.execute("commit")

    def add(self, guild: Guild, article: Article) -> Added:
        """Store an article in the guild's part, once.

        A text that the guild's shelf holds already is not stored again: its key and address are noted with the article
        that holds it. A known key, or an address without a key, with another text makes a new version. Addresses that
        lead to the same page, with tracking parameters or for telephones, are one.
        """
        digest = _digest(article.text)
        with self.writing():
            held = self._holding(guild, digest)
            if held is not None:
                article_id, number, owner = held
                if owner == guild:
                    self._note_origin(guild, article_id, article)
                return Added(article_id, number, duplicate_of=article_id)
            article_id = self._known_origin(guild, article) or self._new_article(guild)
            self._move_origin(article_id, article)
            self._note_origin(guild, article_id, article)
            return Added(article_id, self._new_version(article_id, article, digest))

    def remove(self, guild: Guild, article_id: int) -> None:
        """Delete an article with everything of it; raise `NoSuchArticle` or `SharedArticle`."""
        with self.writing():
            owner = self.shelf(guild).newest(article_id).guild
            if owner != guild:
                raise SharedArticle(article_id)
            self._database.execute("delete from articles where id = ?", [article_id])
            self._note_change(guild, article_id)

    def change_number(self) -> int:
        """The number of the latest change; 0 for an archive that never held anything."""
        return int(self._database.execute("select coalesce(max(number), 0) from changes").fetchone()[0])

    def changed_since(self, number: int, guild: Guild) -> list[int]:
        """Return the ids of the guild's articles added, changed or removed after change `number`, in that order."""
        rows = self._database.execute(
            "select article_id, max(number) from changes where guild = ? and number > ? group by article_id order by 2",
            [guild, number],
        )
        return [row[0] for row in rows]

    def _holding(self, guild: Guild, digest: bytes) -> tuple[int, int, Guild] | None:
        """The article whose newest version is this very text: the guild's own before a shared one."""
        row = self._database.execute(
            """
            select a.id, v.number, a.guild from versions v join articles a on a.id = v.article_id
            where v.digest = ? and a.guild in (?, ?)
              and v.number = (select max(number) from versions where article_id = a.id)
            order by a.guild = ? desc, a.id limit 1
            """,
            [digest, guild, SHARED, guild],
        ).fetchone()
        return None if row is None else (row[0], row[1], row[2])

    def _known_origin(self, guild: Guild, article: Article) -> int | None:
        column, value = _known_by(article)
        row = self._database.execute(
            f"select article_id from origins where guild = ? and {column} = ? order by id desc limit 1", [guild, value]
        ).fetchone()
        return None if row is None else int(row[0])

    def _new_article(self, guild: Guild) -> int:
        row = self._database.execute("insert into articles (guild) values (?) returning id", [guild]).fetchone()
        return int(row[0])

    def _new_version(self, article_id: int, article: Article, digest: bytes) -> int:
        sql = "select coalesce(max(number), 0) + 1 from versions where article_id = ?"
        number = int(self._database.execute(sql, [article_id]).fetchone()[0])
        self._database.table("versions").insert(
            {
                "article_id": article_id,
                "number": number,
                "title": article.title,
                "text": article.text,
                "url": article.url,
                "source": article.source,
                "author": article.author,
                "published": article.published,
                "digest": digest,
                "added": datetime.now(UTC).isoformat(timespec="seconds"),
            }
        )
        owner = self._database.execute("select guild from articles where id = ?", [article_id]).fetchone()[0]
        self._note_change(owner, article_id)
        return number

    def _note_origin(self, guild: Guild, article_id: int, article: Article) -> None:
        """Note where an article came from, unless another one is known by that key, or by that address alone."""
        if article.key is None and article.url is None:
            return
        column, value = _known_by(article)
        address = _address(article)
        sql = f"select article_id, key is ? and address is ? from origins where guild = ? and {column} = ?"
        known = self._database.execute(sql, [article.key, address, guild, value]).fetchall()
        if not any(holder != article_id or same for holder, same in known):
            origin = {"key": article.key, "url": article.url, "address": address}
            row = {"guild": guild, "article_id": article_id, **origin}
            self._database.table("origins").insert(row)

    def _move_origin(self, article_id: int, article: Article) -> None:
        """A corrected article that a known key now has at another address is no longer at the old one."""
        if article.key is not None:
            sql = "update origins set url = ?, address = ? where article_id = ? and key = ?"
            self._database.execute(sql, [article.url, _address(article), article_id, article.key])

    def _note_change(self, guild: Guild, article_id: int) -> None:
        self._database.table("changes").insert({"guild": guild, "article_id": article_id})


def _use_write_ahead_log(database: Database) -> None:
    """Switch to WAL. SQLite does not wait for another process that is doing the same, so this does."""
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return database.enable_wal()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
        time.sleep(0.02)


def _known_by(article: Article) -> tuple[str, str | None]:
    """The column of the origins that tells whether a story is there, and what stands in it."""
    return ("key", article.key) if article.key is not None else ("address", _address(article))


def _address(article: Article) -> str | None:
    return None if article.url is None else canonical(article.url)


def _digest(text: str) -> bytes:
    """Two texts that differ in white space alone are the same text."""
    return hashlib.sha256(" ".join(text.split()).encode()).digest()


def _reason(error: Exception) -> str:
    words = str(error)
    if "not a database" in words or "malformed" in words:
        return "it is not an archive of this program, or it is damaged; restore a copy, or name another file"
    return words[:1].lower() + words[1:]
