"""Notices: those who added a feed are told when it fails, once, in the channel where they added it."""

import asyncio

import discord
import structlog
from discord.ext import commands

from bot.feeds.subscriptions import Subscriptions
from bot.ui.embeds import embed
from bot.ui.feeds import failing_card
from retrieval.feed.subscription import Subscription

_log = structlog.get_logger(__name__)
_LOOK_EVERY_S = 60.0
"""How long to wait for a feed to fail here, before looking whether one failed elsewhere, or could not be told of."""


class Notices(commands.Cog):
    """Tells of failing feeds for as long as its client lives."""

    def __init__(self, bot: commands.AutoShardedBot, feeds: Subscriptions) -> None:
        self._bot = bot
        self._feeds = feeds
        self._telling: asyncio.Task[None]

    async def cog_load(self) -> None:
        self._telling = asyncio.create_task(self._tell_of_all())

    async def cog_unload(self) -> None:
        self._telling.cancel()
        await asyncio.gather(self._telling, return_exceptions=True)

    async def _tell_of_all(self) -> None:
        while True:
            try:
                for feed in await self._feeds.untold(_LOOK_EVERY_S):
                    await self._tell_of(feed)
            except Exception:
                _log.exception("failing feeds not told of")
                await asyncio.sleep(_LOOK_EVERY_S)

    async def _tell_of(self, feed: Subscription) -> None:
        """Tell of a feed that fails. Where Discord is out of order, it is told of later."""
        _log.warning("feed fails", feed=feed.id, guild=feed.guild, why=feed.error)
        if feed.channel is not None:
            try:
                await self._bot.get_partial_messageable(feed.channel).send(embed=embed(failing_card(feed)))
            except (discord.Forbidden, discord.NotFound) as refusal:
                _log.warning("no channel for a notice", feed=feed.id, channel=feed.channel, code=refusal.code)
            except discord.HTTPException as failure:
                _log.warning("notice not sent", feed=feed.id, status=failure.status, code=failure.code)
                return
        await self._feeds.told(feed)
