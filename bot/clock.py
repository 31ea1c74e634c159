"""What day it is."""

from datetime import UTC, date, datetime


def today() -> date:
    """The day in UTC, which is the time that publishers' dates are in."""
    return datetime.now(UTC).date()
