"""Asking an address for its feed."""

import asyncio
from dataclasses import dataclass

from yarl import URL

from bot.fetching.errors import ComeBackLater, FetchError, NotFound
from bot.fetching.fetcher import Fetcher
from bot.fetching.formats import FEEDS
from bot.fetching.links import read_link
from bot.fetching.response import Fetched, Validators
from retrieval.feed import Feed, NoFeed, read_feed
from retrieval.feed.subscription import Failure, Kind
from retrieval.ingest.reading import Unreadable

_NOTHING_KNOWN = Validators()


@dataclass(frozen=True, slots=True)
class Told:
    """What `url` gave: a feed, and the validators of its state."""

    url: str
    feed: Feed
    validators: Validators

    @property
    def title(self) -> str:
        """What the feed calls itself, or else the name of its site."""
        return self.feed.title or URL(self.url).host or self.url


async def ask(web: Fetcher, url: str, known: Validators = _NOTHING_KNOWN) -> Told | None:
    """Ask for a feed; None where its state is the one that `known` names. Raises `FetchError` or `NoFeed`."""
    asked = str(read_link(url))
    fetched = await web.crawl(asked, FEEDS, known)
    if fetched.not_modified:
        return None
    feed = await asyncio.to_thread(read_feed, fetched.body, fetched.url, _described(fetched))
    return Told(asked, feed, fetched.validators)


async def look_up(web: Fetcher, link: str) -> Told:
    """Ask for the feed that a person gave the link of, or the link of a page that names it.

    Raises `FetchError` or `NoFeed`, which says so where a page names several.
    """
    try:
        told = await ask(web, link)
    except NoFeed as error:
        match error.feeds:
            case ():
                raise
            case (named,):
                told = await ask(web, named)
            case several:
                raise NoFeed(f"This is a web page that names several feeds; add one of {', '.join(several)}") from error
    assert told is not None, "nothing was known"  # noqa: S101  # a fault of ours, not of the server's
    return told


def failure(error: FetchError | NoFeed | Unreadable) -> Failure:
    """What an error means for the next time."""
    match error:
        case ComeBackLater():
            return Failure(str(error), Kind.BUSY, error.not_before)
        case NotFound(status=410):  # a page that was there, and never comes back
            return Failure(str(error), Kind.GONE)
        case FetchError(passing=True):
            return Failure(str(error), Kind.PASSING)
        case _:
            return Failure(str(error), Kind.LASTING)


def _described(fetched: Fetched) -> str:
    """The content type as a server would write it, with the encoding."""
    return f"{fetched.content_type}; charset={fetched.charset}" if fetched.charset else fetched.content_type
