"""The Discord client and its life cycle.

Fatal       the bot cannot run, and trying again would not help; the message is one line for a person
"""

import asyncio
import hashlib
import json
import signal
import time
from pathlib import Path
from typing import Any

import discord
import structlog
import yarl
from discord.ext import commands

from bot.cogs.articles import BUTTONS, Articles, Linked
from bot.cogs.ask import Ask
from bot.cogs.feeds import Feeds, FeedsPageButton
from bot.cogs.guide import Guide
from bot.cogs.notices import Notices
from bot.cogs.summaries import Summaries
from bot.errors import Fatal
from bot.newsroom import Newsroom
from bot.settings import DiscordSettings, Settings
from bot.ui.errors import answer_with_error

_LONGEST_PAUSE = 60.0
_log = structlog.get_logger(__name__)


class Quotidian(commands.AutoShardedBot):
    """The client: no privileged intents, no mention that pings anybody, no prefix commands."""

    def __init__(self, settings: Settings, newsroom: Newsroom) -> None:
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=settings.discord.ready_after,
        )
        self.newsroom = newsroom
        self._settings = settings
        self.tree.error(answer_with_error)

    async def setup_hook(self) -> None:
        await self.add_cog(Ask(self, self.newsroom, self._settings.answers))
        await self.add_cog(Summaries(self.newsroom))
        await self.add_cog(Articles(self.newsroom, self._settings))
        await self.add_cog(Linked(self, self.newsroom, self._settings))
        await self.add_cog(Feeds(self.newsroom.feeds))
        if self._settings.feeds.poll:
            await self.add_cog(Notices(self, self.newsroom.feeds))
        await self.add_cog(Guide())
        self.add_dynamic_items(*BUTTONS, FeedsPageButton)
        await self._sync_when_changed(self._settings.archive.path.with_suffix(".commands"))

    async def on_message(self, message: discord.Message, /) -> None:
        """There are no prefix commands to look for; the cogs listen for themselves."""

    async def on_ready(self) -> None:
        _log.info("ready", user=str(self.user), guilds=len(self.guilds))

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        _log.exception("unexpected error in an event", event_name=event_method)

    async def _sync_when_changed(self, noted: Path) -> None:
        """Register the commands with Discord when they are not what was registered last, as noted in a file."""
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        digest = hashlib.sha256(json.dumps([self.application_id, payload], sort_keys=True).encode()).hexdigest()
        if await asyncio.to_thread(_read, noted) == digest:
            return
        registered = await self.tree.sync()
        await asyncio.to_thread(noted.write_text, digest, "utf-8")
        _log.info("commands registered", count=len(registered))


async def serve(settings: Settings, token: str) -> None:
    """Run the bot until SIGTERM or SIGINT; raise `Fatal` where it cannot run at all."""
    _point_at(settings.discord)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with Newsroom(settings) as newsroom:
        running = asyncio.create_task(_supervise(settings, newsroom, token))
        waiting = asyncio.create_task(stopped.wait())
        await asyncio.wait((running, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if running.done():
            running.result()
        else:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
    _log.info("stopped")


async def _supervise(settings: Settings, newsroom: Newsroom, token: str) -> None:
    """Keep a client running: one that dies of an error is followed by a new one.

    The pause before it doubles, unless the client had run for longer than the longest pause.
    """
    pause = 1.0
    while True:
        started = time.monotonic()
        try:
            async with Quotidian(settings, newsroom) as client:
                return await client.start(token)
        except discord.LoginFailure:
            raise Fatal("Discord refused the token. Check DISCORD_TOKEN against your application's Bot page.") from None
        except Exception:
            _log.exception("client stopped; a new one follows", pause_s=pause)
        if time.monotonic() - started > _LONGEST_PAUSE:
            pause = 1.0
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _read(file: Path) -> str | None:
    return file.read_text("utf-8") if file.exists() else None


def _point_at(settings: DiscordSettings) -> None:
    """Send discord.py to the addresses in the settings; it has no argument for them."""
    discord.http.Route.BASE = settings.api_base.rstrip("/")
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway_url)
