"""The register of feeds: which are read for whom, who reads one just now, and how each of them is.

ArchiveError
├── NoSuchFeed      the guild has no feed with that id
├── BeingRead       somebody else is reading the feed just now
└── TooManyFeeds    the guild has as many as one may have
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from retrieval.addresses import canonical
from retrieval.article import SHARED, Guild
from retrieval.feed import schedule as schedules
from retrieval.feed.announcements import Announcements
from retrieval.feed.entries import Feed
from retrieval.feed.schedule import Pause, Schedule
from retrieval.feed.subscription import Failure, Kind, Subscription
from retrieval.feed.times import iso, moment
from retrieval.shelf import ArchiveError

LEASE = timedelta(minutes=5)
"""How long a feed stays with who reads it, from the last sign of life; then another process may."""

PATIENCE = 3
"""Failures in a row that are told; one for a lasting reason is told at once."""

MOST_FEEDS = 50
"""Feeds that one Discord server can have. The shared library has as many as it likes."""

_LARGEST_ID = 2**63 - 1
_REFUSED = "reason is not null and not_before is null"
_SECOND = timedelta(seconds=1)
_HEALTH = f"""
    select f.*,
           (select count(*) from feed_entries where feed_id = f.id and not_before is not null) as waiting,
           (select count(*) from feed_entries where feed_id = f.id and {_REFUSED}) as refused,
           (select reason from feed_entries where feed_id = f.id and {_REFUSED}
            order by fetched desc, id desc limit 1) as refusal
    from feeds f
"""


class NoSuchFeed(ArchiveError):
    def __init__(self, feed_id: int) -> None:
        super().__init__(f"There is no feed {feed_id} here.")


class BeingRead(ArchiveError):
    def __init__(self, feed_id: int) -> None:
        super().__init__(f"Feed {feed_id} is being read just now; look at the list of feeds in a minute.")


class TooManyFeeds(ArchiveError):
    def __init__(self) -> None:
        super().__init__(f"There are {MOST_FEEDS} feeds here, the most that a server can have; remove one first.")


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A feed that somebody asked for, and whether it was not there before."""

    feed: Subscription
    new: bool


class Feeds:
    """The feeds that an archive is filled from. It belongs to the thread that opened the archive."""

    def __init__(self, database: Database, writing: Callable[[], AbstractContextManager[None]]) -> None:
        self._database = database
        self._writing = writing
        self.announcements = Announcements(database, writing)

    def add(
        self, guild: Guild, url: str, title: str, interval: timedelta, now: datetime, channel: int | None = None
    ) -> Subscribed:
        """Take a feed into the register, once for each guild; a new one is the caller's to read, as if claimed.

        Raises `OddInterval` or `TooManyFeeds`.
        """
        wished = Schedule(due=now, interval=interval)
        with self._writing():
            sql = "select id from feeds where guild = ? and address = ?"
            known = self._database.execute(sql, [guild, canonical(url)]).fetchone()
            if known is not None:
                return Subscribed(self.one(guild, known[0]), new=False)
            self._check_room(guild)
            row = {"guild": guild, "url": url, "address": canonical(url), "title": title, "channel": channel}
            asked = {**_columns(wished), "leased_until": iso(now + LEASE)}
            added = self._database.table("feeds").insert({**row, **asked}).last_pk
            return Subscribed(self._feed(added), new=True)

    def of(self, guild: Guild) -> list[Subscription]:
        """Return the guild's own feeds, by id."""
        return [*self._feeds("f.guild = ?", guild)]

    def one(self, guild: Guild, feed_id: int) -> Subscription:
        """Return a feed of the guild's own; raise `NoSuchFeed`."""
        for feed in self._feeds("f.id = ? and f.guild = ?", feed_id if abs(feed_id) <= _LARGEST_ID else 0, guild):
            return feed
        raise NoSuchFeed(feed_id)

    def change_interval(self, guild: Guild, feed_id: int, interval: timedelta, now: datetime) -> Subscription:
        """Have a feed asked in another interval; raise `NoSuchFeed` or `OddInterval`."""
        return self._reschedule(guild, feed_id, lambda schedule: schedules.every(schedule, interval, now))

    def pause(self, guild: Guild, feed_id: int) -> Subscription:
        """Have a feed asked no more until it is resumed; raise `NoSuchFeed`."""
        return self._reschedule(guild, feed_id, schedules.paused)

    def resume(self, guild: Guild, feed_id: int, now: datetime) -> Subscription:
        """Have a feed asked at once, and as if it had never failed; raise `NoSuchFeed`."""
        with self._writing():
            self.one(guild, feed_id)
            self._recovered(feed_id)
            return self._reschedule(guild, feed_id, lambda schedule: schedules.resumed(schedule, now))

    def remove(self, guild: Guild, feed_id: int) -> Subscription:
        """Forget a feed, and return what it was; the articles that it brought stay. Raise `NoSuchFeed`."""
        with self._writing():
            feed = self.one(guild, feed_id)
            self._database.execute("delete from feeds where id = ?", [feed_id])
        return feed

    def claim(self, guild: Guild, feed_id: int, now: datetime) -> Subscription:
        """Take a feed to read it now, whether it is due or not; raise `NoSuchFeed` or `BeingRead`."""
        with self._writing():
            feed = self.one(guild, feed_id)
            sql = "update feeds set leased_until = ? where id = ? and coalesce(leased_until, '') <= ?"
            if not self._database.execute(sql, [iso(now + LEASE), feed_id, iso(now)]).rowcount:
                raise BeingRead(feed_id)
        return feed

    def claim_due(self, now: datetime) -> Subscription | None:
        """Take the feed to read it that has been due for longest; None where none is."""
        if self._due(now) is None:
            return None
        with self._writing():
            due = self._due(now)  # again: another process may have taken it
            return None if due is None else self.claim(*due, now)

    def keep(self, feed_id: int, now: datetime) -> None:
        """Give a sign of life of who reads a feed."""
        self._update(feed_id, leased_until=iso(now + LEASE))

    def release(self, feed_id: int) -> None:
        """Let others read a feed again."""
        self._update(feed_id, leased_until=None)

    def found(
        self, feed_id: int, feed: Feed, now: datetime, *, etag: str | None = None, last_modified: str | None = None
    ) -> None:
        """Note what a feed held when it was read, and what its server names this state by."""
        with self._writing():
            self._update(feed_id, stated_minutes=feed.minutes, etag=etag, last_modified=last_modified)
            self.unchanged(feed_id, now)
            if self._row(feed_id):
                self.announcements.note(feed_id, feed.entries, now)

    def unchanged(self, feed_id: int, now: datetime) -> None:
        """Note that a feed's server said that it is the same as before."""
        with self._writing():
            if row := self._row(feed_id):
                schedule = schedules.read(_schedule(row), now, row["stated_minutes"])
                self._recovered(feed_id)
                self._update(feed_id, **_columns(schedule), last_read=iso(now))

    def failed(self, feed_id: int, failure: Failure, now: datetime) -> None:
        """Note that a feed could not be read, and why."""
        with self._writing():
            if row := self._row(feed_id):
                schedule = schedules.failed(_schedule(row), now, failure.not_before)
                if failure.kind is Kind.GONE:
                    schedule = schedules.gone(schedule)
                known = {"failing_since": row["failing_since"] or iso(now), "error": failure.reason}
                self._update(feed_id, **_columns(schedule), **known, lasting=not failure.passes)

    def put_off(self, feed_id: int, not_before: datetime, now: datetime) -> None:
        """Ask a feed no sooner than the site of its articles wants to be asked."""
        with self._writing():
            if row := self._row(feed_id):
                self._update(feed_id, **_columns(schedules.put_off(_schedule(row), now, not_before)))

    def brought(self, feed_id: int) -> None:
        """Count an article that a feed brought."""
        with self._writing():
            self._database.execute("update feeds set articles = articles + 1 where id = ?", [feed_id])

    def untold(self) -> list[Subscription]:
        """Return the feeds of all guilds whose failing somebody should be told of, and was not yet."""
        return [*self._feeds("f.told = 0 and f.error is not null and (f.lasting or f.failures >= ?)", PATIENCE)]

    def told(self, feed_id: int) -> None:
        """Note that somebody was told of a feed's failing, which is told once until it can be read again."""
        self._update(feed_id, told=1)

    def _due(self, now: datetime) -> tuple[Guild, int] | None:
        row = self._database.execute(
            """
            select guild, id from feeds where pause is null and due <= ? and coalesce(leased_until, '') <= ?
            order by due, id limit 1
            """,
            [iso(now), iso(now)],
        ).fetchone()
        return None if row is None else (row[0], row[1])

    def _check_room(self, guild: Guild) -> None:
        count = self._database.execute("select count(*) from feeds where guild = ?", [guild]).fetchone()[0]
        if guild != SHARED and count >= MOST_FEEDS:
            raise TooManyFeeds

    def _recovered(self, feed_id: int) -> None:
        self._update(feed_id, failing_since=None, error=None, lasting=0, told=0)

    def _reschedule(self, guild: Guild, feed_id: int, change: Callable[[Schedule], Schedule]) -> Subscription:
        with self._writing():
            self._update(feed_id, **_columns(change(self.one(guild, feed_id).schedule)))
            return self.one(guild, feed_id)

    def _row(self, feed_id: int) -> dict[str, Any] | None:
        return next(iter(self._database.query("select * from feeds where id = ?", [feed_id])), None)

    def _update(self, feed_id: int, **columns: object) -> None:
        assignments = ", ".join(f"{column} = ?" for column in columns)
        with self._writing():
            sql = f"update feeds set {assignments} where id = ?"
            self._database.execute(sql, [*columns.values(), feed_id])

    def _feed(self, feed_id: Any) -> Subscription:
        return next(self._feeds("f.id = ?", feed_id))

    def _feeds(self, condition: str, *values: object) -> Iterator[Subscription]:
        return map(_subscription, self._database.query(f"{_HEALTH} where {condition} order by f.id", values))


def _columns(schedule: Schedule) -> dict[str, object]:
    return {
        "interval_s": schedule.interval // _SECOND,
        "due": iso(schedule.due),
        "failures": schedule.failures,
        "pause": schedule.pause.name if schedule.pause else None,
    }


def _schedule(row: dict[str, Any]) -> Schedule:
    pause = Pause[row["pause"]] if row["pause"] else None
    return Schedule(moment(row["due"]), row["interval_s"] * _SECOND, row["failures"], pause)


def _subscription(row: dict[str, Any]) -> Subscription:
    return Subscription(
        id=row["id"],
        guild=row["guild"],
        url=row["url"],
        title=row["title"],
        schedule=_schedule(row),
        channel=row["channel"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        last_read=_moment(row["last_read"]),
        failing_since=_moment(row["failing_since"]),
        error=row["error"],
        articles=row["articles"],
        waiting=row["waiting"],
        refused=row["refused"],
        refusal=row["refusal"],
    )


def _moment(written: str | None) -> datetime | None:
    return None if written is None else moment(written)
