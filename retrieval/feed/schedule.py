"""When a feed is asked next. Values and arithmetic: whoever asks brings the time, which is in UTC throughout.

OddInterval      a feed shall be asked more often than every five minutes, or less often than once a week
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto

USUAL = timedelta(minutes=30)
"""The interval of a feed for which none was chosen."""

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=7)
"""The intervals that can be chosen."""

LONGEST_BACK_OFF = timedelta(days=1)
"""How long a feed that fails is left alone, and how long a feed may ask to be left alone by its time to live."""

FARTHEST = timedelta(days=7)
"""How far ahead a server may put off its clients."""

_DOUBLINGS = 12
"""More would be longer than a day even for the shortest interval."""


class OddInterval(ValueError):
    def __init__(self) -> None:
        super().__init__("A feed is asked every five minutes at most and once a week at least; choose a time between.")


class Pause(Enum):
    """Why a feed is not asked: somebody paused it, or its server says that it is gone for good."""

    ASKED = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a feed is asked: at `due`, and then every `interval` while all goes well; never while it is paused.

    `failures` counts those since it was last read. Raises `OddInterval`, and `ValueError` for a time not in UTC.
    """

    due: datetime
    interval: timedelta = USUAL
    failures: int = 0
    pause: Pause | None = None

    def __post_init__(self) -> None:
        if not SHORTEST <= self.interval <= LONGEST:
            raise OddInterval
        if self.due.utcoffset() != timedelta(0):
            raise ValueError(f"{self.due} is not in UTC")

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be asked now."""
        return self.pause is None and self.due <= now


def read(schedule: Schedule, now: datetime, minutes: int | None) -> Schedule:
    """The schedule after the feed was read, or found unchanged; `minutes` is the time to live that it states."""
    stated = timedelta(minutes=min(minutes or 0, LONGEST_BACK_OFF // timedelta(minutes=1)))
    return replace(schedule, due=now + max(schedule.interval, stated), failures=0)


def failed(schedule: Schedule, now: datetime, not_before: datetime | None) -> Schedule:
    """The schedule after a failure: the wait doubles with each; `not_before` is when its server wants to be asked."""
    failures = schedule.failures + 1
    doubled = min(schedule.interval * 2 ** min(failures, _DOUBLINGS), LONGEST_BACK_OFF)
    due = now + max(schedule.interval, doubled)
    put_off = min(not_before or due, now + FARTHEST)
    return replace(schedule, due=max(due, put_off), failures=failures)


def put_off(schedule: Schedule, now: datetime, not_before: datetime) -> Schedule:
    """The schedule of a feed whose articles' site wants to be asked no sooner than `not_before`."""
    return replace(schedule, due=max(schedule.due, min(not_before, now + FARTHEST)))


def gone(schedule: Schedule) -> Schedule:
    """The schedule after the server said that there is no such feed any more, and never will be (410)."""
    return replace(schedule, pause=Pause.GONE)


def paused(schedule: Schedule) -> Schedule:
    return replace(schedule, pause=Pause.ASKED)


def resumed(schedule: Schedule, now: datetime) -> Schedule:
    """The schedule with which the feed is asked at once, as if it had never failed."""
    return replace(schedule, due=now, failures=0, pause=None)


def every(schedule: Schedule, interval: timedelta, now: datetime) -> Schedule:
    """The schedule with another interval; a feed that goes well is asked after it from now on, if not sooner.

    Raises `OddInterval`.
    """
    due = min(schedule.due, now + interval) if not schedule.failures else schedule.due
    return replace(schedule, due=due, interval=interval)
