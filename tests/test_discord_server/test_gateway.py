"""Logging in, shards, lost connections, limits on demand."""

import asyncio
import sys
from pathlib import Path

import discord
import pytest

from tests.discord_server import DiscordServer, Intent, guild_snowflake, shard_of
from tests.test_discord_server.clerk import Clerk, quiet_intents
from tests.test_discord_server.conftest import Newsroom, connected


async def test_guilds_and_direct_messages_belong_to_shards() -> None:
    async with DiscordServer(shards=2) as server:
        guilds = [server.add_guild(name) for name in ("even", "odd")]
        clerk = Clerk()
        async with connected(server, clerk):
            await server.connected(shards=2)
            assert [shard_of(guild.id, 2) for guild in guilds] == [0, 1]
            assert {guild.id: guild.shard_id for guild in clerk.guilds} == {
                guild_snowflake(0): 0,
                guild_snowflake(1): 1,
            }
            ada = server.add_user("ada")
            guilds[1].add_member(ada)
            await ada.sends_dm("hello")
            assert (await ada.dm.next_message_from_bot()).content == "heard: hello"


async def test_the_bot_knows_of_members_only_itself(newsroom: Newsroom) -> None:
    guild = newsroom.clerk.get_guild(newsroom.guild.id)
    assert guild is not None
    assert guild.get_member(newsroom.ada.id) is None
    assert guild.me.guild_permissions.send_messages
    assert (await guild.fetch_member(newsroom.ada.id)).name == "ada"
    assert [member.name for member in await guild.query_members(user_ids=[newsroom.ada.id])] == ["ada"]


async def test_guilds_and_channels_come_and_go_while_it_runs(newsroom: Newsroom) -> None:
    late = newsroom.server.add_guild("Late")
    place = late.add_channel("news")
    await newsroom.server.until(lambda: late.id in newsroom.clerk.joined or None, "join")
    found = newsroom.clerk.get_channel(place.id)
    assert isinstance(found, discord.TextChannel)
    late.remove_channel(place)
    with pytest.raises(discord.NotFound):
        await found.send("too late")
    late.remove_bot()
    assert newsroom.server.take_refusals(10003)


async def test_a_dropped_connection_is_resumed_without_loss(newsroom: Newsroom) -> None:
    await newsroom.server.drop_connections()
    await newsroom.ada.sends_dm("meanwhile")
    assert (await newsroom.ada.dm.next_message_from_bot()).content == "heard: meanwhile"
    assert len(newsroom.server.sessions) == 1


async def test_a_lost_session_is_opened_anew(newsroom: Newsroom) -> None:
    before = newsroom.server.sessions[0].id
    await newsroom.server.drop_connections(resumable=False)
    await newsroom.server.connected()
    assert newsroom.server.sessions[0].id != before
    await newsroom.ada.sends_dm("again")
    assert (await newsroom.ada.dm.next_message_from_bot()).content == "heard: again"


async def test_a_bot_in_another_process_is_served_too() -> None:
    script = Path(__file__).with_name("child.py")
    async with DiscordServer() as server:
        arguments = (str(script), server.api_base, server.gateway_url, server.token)
        child = await asyncio.create_subprocess_exec(sys.executable, *arguments)
        try:
            await server.connected(within=10)
            ada = server.add_user("ada")
            await ada.sends_dm("hello")
            assert (await ada.dm.next_message_from_bot()).content == "child heard: hello"
        finally:
            child.terminate()
            await child.wait()
        assert server.refusals == []


async def test_heartbeats_and_presence_are_taken() -> None:
    async with DiscordServer(heartbeat_interval=0.02) as server:
        clerk = Clerk()
        async with connected(server, clerk):
            await clerk.change_presence(activity=discord.CustomActivity("reading"))
            presence = await server.until(lambda: server.sessions[0].presence, "show its presence")
            assert presence["activities"][0]["state"] == "reading"
            await server.until(lambda: clerk.latency < 1 or None, "beat")
        assert server.sessions == []


async def test_logins_in_too_quick_succession_are_invalid() -> None:
    began = asyncio.get_running_loop().time()
    async with DiscordServer(shards=2, identify_interval=0.3) as server, connected(server, Clerk()):
        await server.connected(shards=2)
        assert asyncio.get_running_loop().time() - began >= 0.3


async def test_a_malformed_event_ends_the_bot() -> None:
    async with DiscordServer() as server, connected(server, Clerk()) as running:
        await server.dispatch_raw("MESSAGE_CREATE", {"nothing": "of it"})
        with pytest.raises(KeyError):
            await asyncio.wait_for(running, 5)


async def test_a_wrong_token_is_refused() -> None:
    async with DiscordServer() as server:
        server.token = "wrong"
        async with connected(server, Clerk()) as running:
            with pytest.raises(discord.LoginFailure):
                await running
        assert [refusal.status for refusal in server.refusals] == [401]


@pytest.mark.parametrize(("granted", "refused"), [(Intent.NONE, [4014]), (Intent.MESSAGE_CONTENT, [])])
async def test_privileged_intents_must_be_granted(granted: Intent, refused: list[int]) -> None:
    intents = quiet_intents()
    intents.message_content = True
    async with DiscordServer(granted_intents=granted) as server:
        guild = server.add_guild("Newsroom")
        place = guild.add_channel("general")
        clerk = Clerk(intents)
        async with connected(server, clerk) as running:
            if refused:
                with pytest.raises(discord.PrivilegedIntentsRequired):
                    await running
            else:
                await server.world.users[guild.owner.id].says(place, "in the open")  # type: ignore[attr-defined]
                await server.until(lambda: clerk.heard or None, "hear")
                assert clerk.heard[0].content == "in the open"
        assert [refusal.code for refusal in server.refusals] == refused


async def test_a_rate_limit_on_demand_is_waited_out(newsroom: Newsroom) -> None:
    newsroom.server.fail_next("POST", r"/channels/\d+/messages", 429, retry_after=0.05)
    await newsroom.place.send("news")
    posts = [call for call in newsroom.server.calls if call.path.endswith("/messages")]
    assert [call.status for call in posts] == [429, 200]
    assert posts[1].body["content"] == "news"
    assert posts[1].at - posts[0].at >= 0.05


async def test_a_ban_is_not_waited_out(newsroom: Newsroom) -> None:
    newsroom.server.fail_next("POST", r"/channels/\d+/messages", 429, via=False)
    with pytest.raises(discord.HTTPException):
        await newsroom.place.send("news")


async def test_more_requests_a_second_than_discord_takes_are_refused(newsroom: Newsroom) -> None:
    newsroom.clerk.http.max_ratelimit_timeout = 0.5
    answers = await asyncio.gather(*(newsroom.place.typing() for _ in range(60)), return_exceptions=True)
    assert sum(isinstance(answer, discord.RateLimited) for answer in answers) >= 10
    assert len(newsroom.server.take_refusals(0)) >= 10
