"""The client's life: starting, registering commands, losing connections, dying and coming back, stopping."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.client import serve
from bot.cogs.guide import Guide
from bot.errors import Fatal
from bot.settings import Settings
from retrieval.archive import Unusable
from tests.bot.conftest import Town, running, settings_for
from tests.bot.stories import CHAIR
from tests.discord_server import DiscordServer


def registrations(server: DiscordServer) -> int:
    return sum(call.method == "PUT" and call.path.endswith("/commands") for call in server.calls)


async def test_commands_are_registered_at_the_first_start_and_not_at_the_next(tmp_path: Path) -> None:
    async with DiscordServer() as server:
        for _ in range(2):
            async with running(server, settings_for(server, tmp_path / "quotidian.db")):
                assert registrations(server) == 1


async def test_commands_that_changed_are_registered_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with DiscordServer() as server:
        async with running(server, settings_for(server, tmp_path / "quotidian.db")):
            pass
        monkeypatch.setattr(Guide.help, "description", "What I do, and how to ask me nicely")
        async with running(server, settings_for(server, tmp_path / "quotidian.db")):
            (guide,) = (command for command in server.commands() if command["name"] == "help")
            assert guide["description"] == "What I do, and how to ask me nicely"
        assert registrations(server) == 2


async def test_another_application_gets_its_commands_registered_from_the_same_folder(tmp_path: Path) -> None:
    for _ in range(2):
        async with DiscordServer() as server, running(server, settings_for(server, tmp_path / "quotidian.db")):
            assert registrations(server) == 1


async def test_the_bot_asks_for_no_privileged_intent(town: Town) -> None:
    (session,) = town.discord.sessions
    privileged = (1 << 1) | (1 << 8) | (1 << 15)
    assert not int(session.intents) & privileged


async def test_a_dropped_connection_loses_no_question(town: Town) -> None:
    await town.discord.drop_connections()
    assert "**" in (await town.asked(CHAIR)).text


async def test_a_lost_session_is_opened_anew(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(shard_id: int | None, *, initial: bool = False) -> None:
        """Leave out discord.py's five seconds between logins."""

    monkeypatch.setattr(town.client, "before_identify_hook", at_once)
    await town.discord.drop_connections(resumable=False)
    await town.discord.connected()
    assert "**" in (await town.asked(CHAIR)).text


async def test_a_guild_that_invites_the_bot_while_it_runs_is_served(town: Town) -> None:
    late = town.discord.add_guild("Late")
    place = late.add_channel("news")
    late.add_member(town.ada)
    assert "**" in (await town.asked(CHAIR, place)).text


@asynccontextmanager
async def served(settings: Settings, token: str) -> AsyncIterator[asyncio.Task[None]]:
    """Serve as `quotidian run` does, until the process is told to stop."""
    serving = asyncio.create_task(serve(settings, token))
    yield serving
    if not serving.done():
        signal.raise_signal(signal.SIGTERM)
        await asyncio.wait_for(serving, 5)


async def test_the_supervisor_follows_a_client_that_died_of_an_event_with_a_new_one(archive: Path) -> None:
    async with DiscordServer() as server:
        ada = server.add_user("ada")
        server.add_guild("Penhallow").add_member(ada)
        with capture_logs() as logged:
            async with served(settings_for(server, archive), server.token):
                await server.connected()
                (first,) = server.sessions
                await server.dispatch_raw("MESSAGE_CREATE", {"nothing": "of it"})
                await server.until(lambda: first not in server.sessions or None, "give up the client")
                await server.connected()
                await ada.sends_dm(CHAIR)
                assert "**" in (await ada.dm.next_message_from_bot()).text
        assert "client stopped; a new one follows" in [entry["event"] for entry in logged]
        assert server.refusals == []


async def test_sigterm_ends_it_with_the_session(archive: Path) -> None:
    async with DiscordServer() as server:
        async with served(settings_for(server, archive), server.token) as serving:
            await server.connected()
        assert serving.exception() is None
        assert server.sessions == []


async def test_a_wrong_token_is_fatal_and_says_where_to_look(archive: Path) -> None:
    async with DiscordServer() as server:
        with pytest.raises(Fatal, match="Check DISCORD_TOKEN"):
            await serve(settings_for(server, archive), "wrong")
        assert [refusal.status for refusal in server.refusals] == [401]


async def test_an_archive_that_cannot_be_used_ends_it_before_it_logs_in(tmp_path: Path) -> None:
    (tmp_path / "quotidian.db").write_bytes(b"no database " * 1_000)
    async with DiscordServer() as server:
        with pytest.raises(Unusable):
            await serve(settings_for(server, tmp_path / "quotidian.db"), server.token)
        assert server.calls == []
