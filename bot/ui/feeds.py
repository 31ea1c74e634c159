"""Feeds as cards: the list with the health of each, what came of reading one, and the notice that one fails."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.feeds.poll import Poll
from bot.ui.cards import Card, Section, notice
from retrieval.feed.register import Subscribed
from retrieval.feed.schedule import Pause
from retrieval.feed.subscription import Subscription

HOW_TO_ADD_A_FEED = {
    "discord": "Add one with /feed add.",
    "terminal": "Add one with: quotidian feed add LINK",
}
"""What to do about an empty list, by where it is said."""

_PAUSES = {
    Pause.ASKED: "Paused.",
    Pause.GONE: "Its server says that it is gone for good, so it is not read any more.",
}
_UNITS = ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute"))


def feeds_card(feeds: Sequence[Subscription], page: int, pages: int, count: int, place: str) -> Card:
    """Show one page of the feeds and how they are; pages count from 0."""
    if not count:
        return notice(f"No feeds are read here. {HOW_TO_ADD_A_FEED[place]}", good=False)
    footer = f"Page {page + 1} of {pages}" if pages > 1 else None
    return Card(tuple(map(_section, feeds)), title=_counted(count, "feed"), footer=footer)


def subscribed_card(subscribed: Subscribed) -> Card:
    """Show a feed that was added just now, before its first articles are there, or that was there already."""
    if subscribed.new:
        say = f"Its articles are being fetched; after that it is read every {_interval(subscribed.feed)}."
        return Card((Section(subscribed.feed.title, say),), title=f"Added as feed {subscribed.feed.id}")
    return Card((_section(subscribed.feed),), title="Already there")


def poll_card(poll: Poll) -> Card:
    """Show what came of reading a feed."""
    feed = poll.feed
    return Card((Section(f"{feed.id}. {feed.title}", "\n".join(_outcome(poll))),), good=not feed.error)


def failing_card(feed: Subscription) -> Card:
    """Tell those who added a feed that it cannot be read."""
    then = _PAUSES.get(feed.schedule.pause) if feed.schedule.pause else _next(feed)
    say = f"{feed.error} {then} See /feed list for how it is; you hear of it again only once it has recovered."
    return Card((Section(f"The feed {feed.title} cannot be read", say),), good=False)


def _section(feed: Subscription) -> Section:
    return Section(f"{feed.id}. {feed.title}", "\n".join(_health(feed)))


def _health(feed: Subscription) -> Iterator[str]:
    """What matters most comes first, for the end may be cut."""
    read = f"last read {_time(feed.last_read)}" if feed.last_read else "not read yet"
    yield f"every {_interval(feed)} · {read} · {_counted(feed.articles, 'article')}"
    if feed.schedule.pause:
        yield _PAUSES[feed.schedule.pause]
    if feed.error and feed.failing_since:
        times = _counted(feed.schedule.failures, "time")
        yield f"Failing since {_time(feed.failing_since)} ({times}): {feed.error}"
    if feed.error and not feed.schedule.pause:
        yield _next(feed)
    yield from _left(feed)
    yield feed.url


def _outcome(poll: Poll) -> Iterator[str]:
    feed = poll.feed
    if feed.error:
        yield f"It cannot be read: {feed.error}"
        yield _PAUSES[feed.schedule.pause] if feed.schedule.pause else _next(feed)
        return
    counts = {"new article": poll.added, "correction": poll.corrected, "known text": poll.known}
    came = ", ".join(_counted(count, what) for what, count in counts.items() if count)
    yield f"{came or 'Nothing new'}."
    yield from _left(feed)


def _left(feed: Subscription) -> Iterator[str]:
    if feed.waiting:
        yield f"{_counted(feed.waiting, 'page')} still to be fetched."
    if feed.refused:
        yield f"{_counted(feed.refused, 'page')} gave no article. The latest: {feed.refusal}"


def _next(feed: Subscription) -> str:
    return f"It is read again at {_time(feed.schedule.due)}."


def _interval(feed: Subscription) -> str:
    """30 minutes, hour, 36 hours, day: in the largest unit that goes into it."""
    interval = feed.schedule.interval
    unit, name = next((each for each in _UNITS if not interval % each[0]), _UNITS[-1])
    count = interval // unit
    return name if count == 1 else _counted(count, name)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _time(time: datetime) -> str:
    return f"{time.day} {time:%B %Y, %H:%M} UTC"
