"""Turns: one at a time, and no one waits for all that another asked.

Those who wait are served in rounds, one of each asker's in the order they came, so that somebody who asks twenty
questions at once delays the question of another by one.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class Turns:
    """Use it as `async with turns.of(asker)`. It belongs to one event loop."""

    def __init__(self) -> None:
        self._taken = False
        self._waiting: OrderedDict[Hashable, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def of(self, asker: Hashable) -> AsyncIterator[None]:
        """Wait for a turn, and end it with the block."""
        await self._begin(asker)
        try:
            yield
        finally:
            self._end()

    async def _begin(self, asker: Hashable) -> None:
        if not self._taken:
            self._taken = True
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(asker, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._end()  # it was our turn already: the next one has it
            raise

    def _end(self) -> None:
        """Give the turn to the next asker who still wants it, and put that asker behind the others."""
        while self._waiting:
            asker, turns = self._waiting.popitem(last=False)
            turn = turns.popleft()
            if turns:
                self._waiting[asker] = turns
            if not turn.done():
                turn.set_result(None)
                return
        self._taken = False
