"""What day it is, and what time."""

from datetime import UTC, date, datetime


def today() -> date:
    """The day in UTC, which is the time that publishers' dates are in."""
    return datetime.now(UTC).date()


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)
