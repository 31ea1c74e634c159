"""Keeping up: while nothing is asked, the passage index follows what other processes store in the archive."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.desk import Desk

_log = structlog.get_logger(__name__)

_SLICE_S = 0.02
"""How long is read at a time, and so how long a question may wait for it."""
_LOOK_EVERY_S = 1.0
_AFTER_A_FAILURE_S = 60.0


@asynccontextmanager
async def keeping_up(questions: Desk) -> AsyncIterator[None]:
    """Keep the index of the desk for questions up to date while this lasts."""
    reader = asyncio.create_task(_keep_up(questions))
    try:
        yield
    finally:
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)


async def _keep_up(questions: Desk) -> None:
    while True:
        try:
            if await questions.do(lambda library: library.index.follow(_SLICE_S)):
                await asyncio.sleep(_LOOK_EVERY_S)
        except Exception:
            _log.exception("index not kept up")
            await asyncio.sleep(_AFTER_A_FAILURE_S)
