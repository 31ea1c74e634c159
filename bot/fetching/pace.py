"""Pace: one call at a time to a host, and a rest for it after each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class Pace:
    """Use it as `async with pace.at(host)`. It belongs to one event loop.

    A host's turn stays taken for `pause` seconds after a call. The timer that frees it is the last to know of it, so a
    host that nobody calls any more is forgotten.
    """

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def at(self, host: str) -> AsyncIterator[None]:
        """Wait for the host's turn, in the order of asking, and end it with the block."""
        turn = self._turns.setdefault(host, asyncio.Lock())
        await turn.acquire()
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(self._pause, turn.release)
