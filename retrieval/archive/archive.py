"""The archive itself: what can be done with its articles, each change in one transaction."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlite_utils import Database

from retrieval.archive.conversations import Conversations
from retrieval.archive.copy_register import CopyRegister
from retrieval.archive.cuts import Cuts
from retrieval.archive.migrations import migrations
from retrieval.archive.opening import opened, prepare, unusable
from retrieval.archive.origins import Origins
from retrieval.archive.versions import Versions
from retrieval.article import Article, Guild, Version
from retrieval.feed.register import Feeds
from retrieval.shelf import ArchiveError, Shelf


class SharedArticle(ArchiveError):
    def __init__(self, article_id: int) -> None:
        super().__init__(
            f"Article {article_id} belongs to the shared library, which only the command line changes. "
            "Ask whoever runs this bot to change it."
        )


class NotNewest(ArchiveError):
    def __init__(self, article_id: int, newest: int) -> None:
        super().__init__(
            f"Article {article_id} was changed again since then: its newest version is {newest}. "
            "Take that one back first."
        )


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article that was given to the archive.

    `duplicate_of` names the article that held the same text already; then nothing new was stored. `copy_of` are those
    on the guild's shelf that tell the same story in nearly the same words.
    """

    article_id: int
    version: int
    duplicate_of: int | None = None
    copy_of: tuple[int, ...] = ()


class Archive:
    """An open archive. It belongs to the thread that opened it; other threads and processes open their own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._origins = Origins(database)
        self._versions = Versions(database)
        self._cuts = Cuts(database)
        self._copies = CopyRegister(database)
        self._writing = False

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the archive at `path`, creating it and its folder where there is none; raise `Unusable`."""
        try:
            return cls._prepared(opened(path))
        except (sqlite3.DatabaseError, OSError) as error:
            raise unusable(path, error) from error

    @classmethod
    def throw_away(cls) -> Self:
        """Open an empty archive that lives in memory and is gone when it is closed."""
        return cls._prepared(Database(memory=True))

    @classmethod
    def _prepared(cls, database: Database) -> Self:
        prepare(database)
        archive = cls(database)
        if migrations.pending(database):
            with archive.writing():  # another process may be at it as well: whoever comes second finds nothing pending
                migrations.apply(database)
                archive._follow_older_articles()
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
        self._writing = True
        try:
            yield
        except BaseException:
            self._database.execute("rollback")
            raise
        else:
            self._database.execute("commit")
        finally:
            self._writing = False

    def add(self, guild: Guild, article: Article, language: str | None = None) -> Added:
        """Store an article, and the language that it is in, in the guild's part, once.

        A text that the guild's shelf holds already is not stored again: its key and address are noted with the article
        that holds it. A known key, or an address without a key, with another text makes a new version. Addresses that
        lead to the same page, with tracking parameters or for telephones, are one.
        """
        with self.writing():
            held = self._versions.holding(guild, article.text)
            if held is not None:
                if held.guild == guild:
                    self._origins.note(guild, held.article_id, article)
                return Added(held.article_id, held.number, duplicate_of=held.article_id)
            article_id = self._origins.known(guild, article) or self._versions.begin(guild)
            self._origins.move(article_id, article)
            self._origins.note(guild, article_id, article)
            number = self._versions.store(article_id, article, language)
            self._follow(guild, article_id, number, article.text)
            return Added(article_id, number, copy_of=self.shelf(guild).copies([article_id])[article_id])

    def remove(self, guild: Guild, article_id: int) -> None:
        """Delete an article with everything of it; raise `NoSuchArticle` or `SharedArticle`."""
        with self.writing():
            self._own(guild, article_id)
            self._database.execute("delete from articles where id = ?", [article_id])
            self._note_change(guild, article_id)

    def withdraw(self, guild: Guild, article_id: int, number: int) -> None:
        """Take an article's newest version back, and with its only version the article.

        Raises `NoSuchArticle`, `SharedArticle`, or `NotNewest` where version `number` is not the newest one.
        """
        with self.writing():
            newest = self._own(guild, article_id)
            if newest.number != number:
                raise NotNewest(article_id, newest.number)
            versions = self.shelf(guild).history(article_id)
            if len(versions) == 1:
                self.remove(guild, article_id)
                return
            before = versions[1]
            self._follow(guild, article_id, before.number, before.article.text)
            self._versions.delete(article_id, number)

    def relabel(self, guild: Guild, article_id: int, title: str, source: str | None, published: str | None) -> None:
        """Give an article another title, outlet and date, as ISO 8601; raise `NoSuchArticle` or `SharedArticle`."""
        with self.writing():
            newest = self._own(guild, article_id)
            self._versions.relabel(article_id, newest.number, title, source, published)
            self._note_change(guild, article_id)

    @property
    def is_writing(self) -> bool:
        """Whether a transaction has begun that may store something, or nothing in the end."""
        return self._writing

    def mark(self, number: int) -> int:
        """Return the mark of a change, which no other change has, be it of another archive; 0 where there is none.

        A copy of the archive shares the changes before it was made with the original, and none that come later.
        """
        row = self._database.execute("select mark from changes where number = ?", [number]).fetchone()
        return 0 if row is None else int(row[0])

    def change_number(self) -> int:
        """The number of the latest change; 0 for an archive that never held anything."""
        return int(self._database.execute("select coalesce(max(number), 0) from changes").fetchone()[0])

    def owners(self) -> dict[Guild, int]:
        """Return who ever had articles, with how many of theirs were added, the removed ones among them."""
        rows = self._database.execute("select guild, count(distinct article_id) from changes group by guild order by 1")
        return dict(rows.fetchall())

    def changed_since(self, number: int, guild: Guild) -> list[int]:
        """Return the ids of the guild's articles added, changed or removed after change `number`, in that order."""
        rows = self._database.execute(
            "select article_id, max(number) from changes where guild = ? and number > ? group by article_id order by 2",
            [guild, number],
        )
        return [row[0] for row in rows]

    def _own(self, guild: Guild, article_id: int) -> Version:
        """The newest version of an article that the guild may change."""
        newest = self.shelf(guild).newest(article_id)
        if newest.guild != guild:
            raise SharedArticle(article_id)
        return newest

    def _follow(self, guild: Guild, article_id: int, number: int, text: str) -> None:
        """Let everything that is derived from an article's text be that of this version, its newest from now on."""
        self._cuts.follow(article_id, number, text)
        self._copies.follow(guild, article_id, text)
        self._note_change(guild, article_id)

    def _follow_older_articles(self) -> None:
        """Derive what an archive did not hold yet when its articles were added."""
        sql = "select id, guild from articles where id not in (select article_id from passages) order by id"
        for article_id, guild in self._database.execute(sql).fetchall():
            newest = self.shelf(guild).newest(article_id)
            self._follow(guild, article_id, newest.number, newest.article.text)

    def _note_change(self, guild: Guild, article_id: int) -> None:
        self._database.table("changes").insert({"guild": guild, "article_id": article_id, "mark": secrets.randbits(63)})
