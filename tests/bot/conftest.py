import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Literal

import discord
import pytest
import structlog
import yarl
from hypothesis import settings

from bot import finder
from bot.client import Quotidian
from bot.newsroom import Newsroom
from bot.settings import AnswerSettings, ArchiveSettings, DiscordSettings, Settings, WebSettings
from retrieval.article import SHARED
from retrieval.exchange import imported
from retrieval.finding.reader import Reader
from retrieval.library import Library
from retrieval.shipped import shipped
from tests.discord_server import Channel, DiscordServer, Guild, Message, Permission, Person

settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")


@dataclass
class Town:
    """A guild with one channel, a member and a manager, and the bot in it."""

    discord: DiscordServer
    settings: Settings
    guild: Guild
    channel: Channel
    ada: Person
    grace: Person
    newsroom: Newsroom
    client: Quotidian

    @property
    def archive(self) -> Path:
        return self.settings.archive.path

    async def asked(self, question: str, channel: Channel | None = None) -> Message:
        """Ada mentions the bot with a question, and gets this answer."""
        place = channel or self.channel
        await self.ada.says(place, f"{self.discord.bot_user.mention} {question}")
        return await place.next_message_from_bot()


@asynccontextmanager
async def running(server: DiscordServer, settings: Settings) -> AsyncIterator[tuple[Newsroom, Quotidian]]:
    """Run the bot on this Discord as long as this lasts."""
    discord.http.Route.BASE = server.api_base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
    async with Newsroom(settings) as newsroom, Quotidian(settings, newsroom) as client:
        started = asyncio.create_task(client.start(server.token))
        await server.connected()
        await client.wait_until_ready()
        yield newsroom, client
        await client.close()
        await started


@asynccontextmanager
async def town_with(archive: Path, small_talk: Literal["reply", "ignore"] = "reply") -> AsyncIterator[Town]:
    async with DiscordServer(patience=10.0) as server:
        settings = settings_for(server, archive)
        settings = settings.model_copy(update={"answers": AnswerSettings(small_talk=small_talk)})
        guild = server.add_guild("Penhallow")
        channel = guild.add_channel("general")
        ada, grace = server.add_user("ada"), server.add_user("grace")
        guild.add_member(ada)
        guild.add_member(grace, Permission.MANAGE_GUILD)
        async with running(server, settings) as (newsroom, client):
            yield Town(server, settings, guild, channel, ada, grace, newsroom, client)
        assert server.refusals == []
        assert server.unacknowledged == []
        assert_nobody_was_pinged(server)


def settings_for(server: DiscordServer, archive: Path) -> Settings:
    addresses = DiscordSettings(api_base=server.api_base, gateway_url=server.gateway_url, ready_after=0.1)
    web = WebSettings(also_allow=[ip_network("127.0.0.1/32")])
    return Settings(archive=ArchiveSettings(path=archive), discord=addresses, web=web)


def assert_nobody_was_pinged(server: DiscordServer) -> None:
    for call in server.calls:
        if call.path.endswith("/messages") and call.method == "POST":
            assert call.body["allowed_mentions"]["parse"] == []
            assert not call.body["allowed_mentions"].get("replied_user")
    for channel in server.world.channels.values():
        assert not any(message.pings for message in channel.messages_from_bot)
    for interaction in server.interactions:
        assert interaction.original is None or not interaction.original.pings


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    gateway = discord.gateway.DiscordWebSocket
    monkeypatch.setattr(gateway, "DEFAULT_GATEWAY", gateway.DEFAULT_GATEWAY)
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session", autouse=True)
def _one_reader_for_all_tests() -> Iterator[None]:
    """Loading the reader takes longer than most tests; it holds nothing of the bots that use it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finder, "Reader", cache(Reader))
        yield


@pytest.fixture(scope="session")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the shipped stories in its shared library; tests copy it."""
    archive = tmp_path_factory.mktemp("samples") / "quotidian.db"
    with Library.open(archive) as library, shipped("stories.jsonl").open("rb") as lines:
        for _ in imported(library, SHARED, lines):
            pass
    return archive


@pytest.fixture
def archive(sample_archive: Path, tmp_path: Path) -> Path:
    """An archive of this test's own with the shipped stories."""
    return Path(shutil.copy(sample_archive, tmp_path / "quotidian.db"))


@pytest.fixture
async def town(archive: Path) -> AsyncIterator[Town]:
    """A town whose shared library holds the shipped stories."""
    async with town_with(archive) as town:
        yield town


@pytest.fixture
async def new_town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose archive is empty."""
    async with town_with(tmp_path / "quotidian.db") as town:
        yield town
