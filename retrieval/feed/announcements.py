"""What feeds have announced: which entries are to be fetched, and what became of the others.

An entry is fetched when it is new and again when its link, title or date has changed. One whose page could not be had
for a passing reason waits for the next time; one whose article was removed from the archive is not wanted any more.

Of an entry that was dealt with, only digests are kept: enough to know it again, and nothing that could be read.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from retrieval.addresses import canonical
from retrieval.feed.entries import MOST_ENTRIES, Entry
from retrieval.feed.subscription import Failure, Wanted
from retrieval.feed.times import iso, moment

MOST_KEPT = 5 * MOST_ENTRIES
"""Entries of a feed that are remembered; those that it listed last are, so an outlet's list never comes back."""

MOST_TRIES = 8
"""How often a page is asked for that cannot be had for passing reasons."""

_LONGEST_REST = timedelta(days=1)
_DOUBLINGS = 11
"""More would be longer than a day."""

_NOTHING_TO_FETCH = {"link": None, "title": None, "author": None, "published": None, "not_before": None}


class Announcements:
    """The entries of all feeds of an archive. It belongs to the thread that opened the archive."""

    def __init__(self, database: Database, writing: Callable[[], AbstractContextManager[None]]) -> None:
        self._database = database
        self._writing = writing

    def note(self, feed_id: int, entries: Iterable[Entry], now: datetime) -> None:
        """Note what a feed lists now; what is new or has changed is to be fetched."""
        with self._writing():
            for entry in entries:
                self._note(feed_id, entry, now)
            self._forget(feed_id)

    def wanted(self, feed_id: int, at_most: int, now: datetime) -> list[Wanted]:
        """Return entries whose pages are to be fetched now: the seldom tried first, and of those the newest."""
        rows = self._database.execute(
            """
            select id, link, title, author, published from feed_entries where feed_id = ? and not_before <= ?
            order by tries, published is null, published desc, id limit ?
            """,
            [feed_id, iso(now), at_most],
        )
        return [Wanted(*row) for row in rows]

    def is_wanted(self, wanted: Wanted) -> bool:
        """Whether its page still is to be fetched: not when its feed or its article was removed meanwhile."""
        sql = "select 1 from feed_entries where id = ? and not_before is not null"
        return self._database.execute(sql, [wanted.id]).fetchone() is not None

    def stored(self, wanted: Wanted, article_id: int, now: datetime) -> None:
        """Note which article an entry's page gave."""
        self._came_of(wanted, now, article_id=article_id, reason=None)

    def failed(self, wanted: Wanted, failure: Failure, now: datetime) -> None:
        """Note why an entry's page gave no article; it waits for another time where that may go by itself."""
        with self._writing():
            sql = "select tries + 1 from feed_entries where id = ? and not_before is not null"
            for (tries,) in self._database.execute(sql, [wanted.id]).fetchall():
                if failure.passes and tries < MOST_TRIES:
                    again = iso(max(failure.not_before or now, now))
                    self._update(wanted.id, tries=tries, not_before=again, reason=failure.reason)
                else:
                    self._came_of(wanted, now, reason=failure.reason)

    def _note(self, feed_id: int, entry: Entry, now: datetime) -> None:
        address = canonical(entry.link)
        seen = {"key": _digest(entry.key), "address": _digest(address), "listed": iso(now)}
        fingerprint = _digest(address, entry.title, entry.published)
        announced = {"link": entry.link, "title": entry.title, "author": entry.author, "published": entry.published}
        known = self._known(feed_id, seen["key"], seen["address"])
        if known is None:
            removed = self._removed(feed_id, seen["address"])
            row = {"feed_id": feed_id, **seen, "fingerprint": fingerprint, "article_id": removed}
            to_fetch = {**announced, "not_before": iso(now)} if removed is None else {}
            self._database.table("feed_entries").insert({**row, **to_fetch})
        elif known["fingerprint"] == fingerprint or known["removed"]:
            self._update(known["id"], **seen)
        else:
            to_fetch = {**announced, "not_before": iso(_again(known, now))}
            self._update(known["id"], **seen, fingerprint=fingerprint, tries=0, **to_fetch)

    def _known(self, feed_id: int, key: object, address: object) -> dict[str, Any] | None:
        """An entry by its key, or else by its address: some outlets give a story another key with each change."""
        rows = self._database.query(
            """
            select *, article_id is not null and article_id not in (select id from articles) as removed
            from feed_entries where feed_id = ? and (key = ? or address = ?) order by key = ? desc limit 1
            """,
            [feed_id, key, address, key],
        )
        return next(iter(rows), None)

    def _removed(self, feed_id: int, address: object) -> int | None:
        """The article that another feed of the same guild brought from this address, and that was removed since."""
        row = self._database.execute(
            """
            select e.article_id from feed_entries e join feeds f on f.id = e.feed_id
            where e.address = ? and f.guild = (select guild from feeds where id = ?)
              and e.article_id is not null and e.article_id not in (select id from articles)
            limit 1
            """,
            [address, feed_id],
        ).fetchone()
        return None if row is None else int(row[0])

    def _came_of(self, wanted: Wanted, now: datetime, **known: object) -> None:
        with self._writing():
            sql = "update feed_entries set tries = 0, fetches = fetches + 1, fetched = ? where id = ?"
            self._database.execute(sql, [iso(now), wanted.id])
            self._update(wanted.id, **known, **_NOTHING_TO_FETCH)

    def _update(self, entry_id: int, **columns: object) -> None:
        assignments = ", ".join(f"{column} = ?" for column in columns)
        sql = f"update feed_entries set {assignments} where id = ?"
        self._database.execute(sql, [*columns.values(), entry_id])

    def _forget(self, feed_id: int) -> None:
        """Forget the entries that a feed has not listed for longest, where it has had more than are kept."""
        sql = """
            delete from feed_entries where feed_id = ? and id not in (
                select id from feed_entries where feed_id = ? order by listed desc, id desc limit ?
            )
        """
        self._database.execute(sql, [feed_id, feed_id, MOST_KEPT])


def _again(row: dict[str, Any], now: datetime) -> datetime:
    """When a page that changed is fetched: the later, the more often it was before, for some change at each look."""
    if row["not_before"]:
        return max(now, moment(row["not_before"]))
    rest = timedelta(minutes=2 ** min(max(row["fetches"] - 1, 0), _DOUBLINGS) - 1)
    return max(now, moment(row["fetched"]) + min(rest, _LONGEST_REST))


def _digest(*words: str | None) -> bytes:
    return hashlib.sha256(json.dumps(words).encode()).digest()
