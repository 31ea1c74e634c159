"""Progress: how far a long piece of work is, said in the answer that a person is waiting for."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import discord
import structlog

from bot.ui.cards import notice
from bot.ui.embeds import embed

PAUSE_S = 1.5
"""How long to wait before each word of progress: Discord limits edits, and what is done sooner needs none."""

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def telling(interaction: discord.Interaction) -> AsyncIterator[Callable[[str], None]]:
    """Give a function that is told how far the work in the block is. Nothing more is said once the block has ended."""
    teller = _Teller(interaction)
    telling = asyncio.create_task(teller.tell())
    try:
        yield teller.hear
    finally:
        teller.ended.set()
        await telling


class _Teller:
    """Shows what it heard last, where it is not shown already."""

    def __init__(self, interaction: discord.Interaction) -> None:
        self._interaction = interaction
        self._heard = self._shown = ""
        self.ended = asyncio.Event()

    def hear(self, words: str) -> None:
        self._heard = words

    async def tell(self) -> None:
        while not await self._ends_within(PAUSE_S):
            if self._heard != self._shown:
                self._shown = self._heard
                await self._show(self._heard)

    async def _ends_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                return await self.ended.wait()
        except TimeoutError:
            return False

    async def _show(self, words: str) -> None:
        try:
            await self._interaction.edit_original_response(embed=embed(notice(words)))
        except Exception as failure:  # the work goes on without a word of it
            _log.warning("progress not shown", why=repr(failure))
