"""Rounds: feeds are read when their time has come, for as long as the bot runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.feeds.subscriptions import Subscriptions

_log = structlog.get_logger(__name__)
_AT_ONCE = 4
"""Feeds that are read at a time."""

_LOOK_EVERY_S = 10.0


@asynccontextmanager
async def rounds(feeds: Subscriptions) -> AsyncIterator[None]:
    """Read what is due while this lasts. Several processes may do so; a feed is read by one of them at a time."""
    readers = [asyncio.create_task(_read(feeds)) for _ in range(_AT_ONCE)]
    try:
        yield
    finally:
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)


async def _read(feeds: Subscriptions) -> None:
    while True:
        try:
            found = await feeds.poll_due()
        except Exception:
            _log.exception("feeds not read")
            found = None
        if found is None:
            await asyncio.sleep(_LOOK_EVERY_S)
