import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import discord
import pytest
import yarl

from tests.discord_server import Channel, DiscordServer, Guild, Person
from tests.test_discord_server.clerk import Clerk


@dataclass
class Newsroom:
    """A guild with one channel and one member, and the bot in it."""

    server: DiscordServer
    guild: Guild
    channel: Channel
    ada: Person
    clerk: Clerk

    @property
    def place(self) -> discord.TextChannel:
        """The channel as the bot has it."""
        channel = self.clerk.get_channel(self.channel.id)
        assert isinstance(channel, discord.TextChannel)
        return channel


@asynccontextmanager
async def connected(server: DiscordServer, clerk: Clerk) -> AsyncIterator[asyncio.Task[None]]:
    """Run the bot as long as this lasts."""
    discord.http.Route.BASE = server.api_base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
    running = asyncio.create_task(clerk.start(server.token))
    try:
        ready = asyncio.create_task(_ready(server, clerk))
        await asyncio.wait((running, ready), timeout=5, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        yield running
    finally:
        await clerk.close()
        # How the bot ended is what a test looks at, if it does.
        await asyncio.gather(running, return_exceptions=True)


async def _ready(server: DiscordServer, clerk: Clerk) -> None:
    await server.connected()
    await clerk.wait_until_ready()


@pytest.fixture(autouse=True)
def _discord_py_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    gateway = discord.gateway.DiscordWebSocket
    monkeypatch.setattr(gateway, "DEFAULT_GATEWAY", gateway.DEFAULT_GATEWAY)


@asynccontextmanager
async def newsroom_of(server: DiscordServer) -> AsyncIterator[Newsroom]:
    guild = server.add_guild("Newsroom")
    channel = guild.add_channel("general")
    ada = server.add_user("ada")
    guild.add_member(ada)
    clerk = Clerk()
    async with connected(server, clerk):
        yield Newsroom(server, guild, channel, ada, clerk)


@pytest.fixture
async def newsroom() -> AsyncIterator[Newsroom]:
    async with DiscordServer(interaction_deadline=1.0) as server, newsroom_of(server) as newsroom:
        yield newsroom
        assert newsroom.server.refusals == []
