"""Feeds and entries for tests, and the days on which they are read."""

from datetime import UTC, datetime, timedelta

from retrieval.arrivals import store
from retrieval.article import Article, Guild
from retrieval.feed.entries import Entry, Feed
from retrieval.feed.subscription import Subscription, Wanted
from retrieval.library import Library

NOW = datetime(2024, 5, 4, 10, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HALF_AN_HOUR = 30 * MINUTE
URL = "https://velm.example/feed.xml"


def entry(number: int, title: str | None = None) -> Entry:
    """The story of that number; the greater, the newer."""
    day = (NOW + number * MINUTE).isoformat()
    return Entry(f"story-{number}", f"https://velm.example/{number}", title or f"Story {number}", published=day)


def subscribed(library: Library, guild: Guild, *numbers: int, url: str = URL) -> Subscription:
    """A feed of the guild's that was read and lists the stories of these numbers."""
    feed = library.feeds.add(guild, url, "Velm News", HALF_AN_HOUR, NOW).feed
    lists(library, feed, *map(entry, numbers))
    library.feeds.release(feed.id)
    return feed


def lists(library: Library, feed: Subscription, *entries: Entry, now: datetime = NOW) -> None:
    library.feeds.found(feed.id, Feed("Velm News", None, entries), now)


def wanted(library: Library, feed: Subscription, now: datetime = NOW, at_most: int = 500) -> list[Wanted]:
    return library.feeds.announcements.wanted(feed.id, at_most, now)


def titles(wanted: list[Wanted]) -> list[str | None]:
    return [each.title for each in wanted]


def written(title: str | None) -> Article:
    """What stands on the page of the story with that title."""
    return Article(title or "", f"{title} happened on the quays of Velm.", url=f"https://velm.example/{title}")


def fetched(library: Library, feed: Subscription, now: datetime = NOW) -> list[int]:
    """Store the articles of all that is wanted; return their ids."""
    pages = [(each, store(library, feed, each, written(each.title), now)) for each in wanted(library, feed, now)]
    return [added.article_id for _, added in pages if added]
