"""Times as the archive keeps them: in UTC, to the second, so that their order is that of their letters."""

from datetime import UTC, datetime


def iso(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds")


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written)
