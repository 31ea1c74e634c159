"""A feed that is read for a guild, and how it is. Values; times are in UTC throughout."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from retrieval.article import Guild
from retrieval.feed.schedule import Schedule


class Kind(Enum):
    """What a failure means: the site asks for rest, has a passing trouble or a lasting one, or is gone for good."""

    BUSY = auto()
    PASSING = auto()
    LASTING = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a feed or a page could not be read: one sentence for a person; `not_before` is when to ask again at last."""

    reason: str
    kind: Kind = Kind.PASSING
    not_before: datetime | None = None

    @property
    def passes(self) -> bool:
        """Whether it may go by itself."""
        return self.kind in (Kind.BUSY, Kind.PASSING)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that is read for a guild, as the register knows it.

    `channel` is the Discord channel where it was added, which hears of its failures; None for the command line. Its
    server named its state by `etag` and `last_modified` when it was read last, so as not to send the same again.
    `error` is why it cannot be read, `failing_since` since when; both None while it can. `articles` counts those that
    it brought, `waiting` its entries that are still to be fetched, `refused` those that gave no article, and `refusal`
    is why the latest of these did not.
    """

    id: int
    guild: Guild
    url: str
    title: str
    schedule: Schedule
    channel: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    last_read: datetime | None = None
    failing_since: datetime | None = None
    error: str | None = None
    articles: int = 0
    waiting: int = 0
    refused: int = 0
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry whose page is to be fetched, and what its feed says of the story there."""

    id: int
    link: str
    title: str | None = None
    author: str | None = None
    published: str | None = None
