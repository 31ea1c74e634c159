"""The program as a process of its own, as it is run in earnest."""

import asyncio
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from retrieval.ingest.jsonl import write_line
from retrieval.library import Library
from tests.bot.feeds.outlet import outlet, story
from tests.bot.fetching.sites import page
from tests.bot.stories import CHAIR, PASTED, numbered, stock, titles
from tests.discord_server import Channel, DiscordServer, Guild, Permission, Person

PROGRAM = (sys.executable, "-m", "bot")
ROOT = Path(__file__).parents[2]
PATIENCE = 15.0


def environment(server: DiscordServer, archive: Path, **others: str) -> Mapping[str, str]:
    return {
        **os.environ,
        "DISCORD_TOKEN": server.token,
        "QUOTIDIAN_DISCORD__API_BASE": server.api_base,
        "QUOTIDIAN_DISCORD__GATEWAY_URL": server.gateway_url,
        "QUOTIDIAN_DISCORD__READY_AFTER": "0.1",
        "QUOTIDIAN_ARCHIVE__PATH": str(archive),
        **others,
    }


@asynccontextmanager
async def child(server: DiscordServer, archive: Path, **others: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as a child process, which does not outlive this."""
    process = await asyncio.create_subprocess_exec(
        *PROGRAM, "run", cwd=ROOT, env=environment(server, archive, **others), stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    """Wait for the end; the exit code and all that was written to standard error."""
    _, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, errors.decode()


def town(server: DiscordServer) -> tuple[Guild, Channel, Person]:
    guild = server.add_guild("Penhallow")
    grace = server.add_user("grace")
    guild.add_member(grace, Permission.MANAGE_GUILD)
    return guild, guild.add_channel("general"), grace


@pytest.mark.parametrize("written", ["text", "json"])
async def test_it_answers_survives_what_kills_its_client_and_stops_cleanly_without_logging_a_secret(
    archive: Path, written: str
) -> None:
    async with DiscordServer(patience=PATIENCE) as server:
        _, channel, grace = town(server)
        logging = {"QUOTIDIAN_LOGGING__LEVEL": "debug", "QUOTIDIAN_LOGGING__FORMAT": written}
        async with child(server, archive, **logging) as process:
            await server.connected()
            (first,) = server.sessions
            await server.dispatch_raw("MESSAGE_CREATE", {"nothing": "of it"})
            await server.until(lambda: first not in server.sessions or None, "give up the client")
            await server.connected()
            await grace.says(channel, f"{server.bot_user.mention} {CHAIR}")
            assert "**" in (await channel.next_message_from_bot()).text
            process.send_signal(signal.SIGTERM)
            code, errors = await ended(process)
        assert code == 0
        assert server.sessions == []
        assert server.refusals == []
    assert "client stopped; a new one follows" in errors
    assert "KeyError" in errors
    for kept in (server.token, server.token.rpartition(".")[2], "chair of the harbour", CHAIR):
        assert kept not in errors


async def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    archive = tmp_path / "quotidian.db"
    async with DiscordServer(patience=PATIENCE) as server:
        guild, channel, grace = town(server)
        async with child(server, archive) as process:
            await server.connected()
            await server.commands_registered()
            added = await grace.invokes("article add", {"file": ("f.txt", PASTED.encode())}, channel=channel)
            assert "Added as article 1" in (await added.answered()).text
            process.kill()
            assert (await ended(process))[0] == -signal.SIGKILL
        assert titles(archive, guild.id) == ["Ferry to Sandholm sold"]
        async with child(server, archive) as process:
            question = f"{server.bot_user.mention} Who is the captain of the Sandholm ferry?"
            await server.until(lambda: len(server.sessions) > 1 or None, "connect again")
            await grace.says(channel, question)
            assert "Elin Marsh" in (await channel.next_message_from_bot()).text
            process.terminate()
            assert (await ended(process))[0] == 0


async def test_a_command_line_change_is_seen_by_the_running_bot_at_its_next_question(tmp_path: Path) -> None:
    archive = tmp_path / "quotidian.db"
    question = "Who is the captain of the Sandholm ferry?"
    async with DiscordServer(patience=PATIENCE) as server:
        guild, channel, grace = town(server)
        async with child(server, archive) as process:
            await server.connected()
            await grace.says(channel, f"{server.bot_user.mention} {question}")
            assert "holds no articles yet" in (await channel.next_message_from_bot()).text
            options = ("--archive", str(archive), "--guild", str(guild.id))
            for command, given, words in (("add", "-", "Elin Marsh"), ("remove", "1", "holds no articles yet")):
                await run(command, given, *options, stdin=PASTED.encode())
                await grace.says(channel, f"{server.bot_user.mention} {question}")
                assert words in (await channel.next_message_from_bot()).text
            process.terminate()
            assert (await ended(process))[0] == 0


async def run(*arguments: str, stdin: bytes) -> None:
    """Run a command to its end, which must be a good one."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*PROGRAM, *arguments, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe)
    await asyncio.wait_for(process.communicate(stdin), PATIENCE)
    assert process.returncode == 0


async def test_a_wrong_token_is_2_and_a_last_line_that_says_where_to_look(tmp_path: Path) -> None:
    archive = tmp_path / "quotidian.db"
    async with DiscordServer() as server, child(server, archive, DISCORD_TOKEN="wrong") as process:
        code, errors = await ended(process)
    assert code == 2
    assert errors.splitlines()[-1].startswith("quotidian: Discord refused the token. Check DISCORD_TOKEN")
    assert "Traceback" not in errors


async def test_a_token_that_is_none_is_2_and_one_line(tmp_path: Path) -> None:
    async with DiscordServer() as server:
        async with child(server, tmp_path / "quotidian.db", DISCORD_TOKEN="") as process:
            code, errors = await ended(process)
        assert server.calls == []
    assert code == 2
    assert len(errors.splitlines()) == 1


def test_each_question_is_answered_before_the_next_is_asked(archive: Path) -> None:
    arguments = (*PROGRAM, "ask", "-", "--json", "--archive", str(archive))
    with subprocess.Popen(arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        for question in (CHAIR, "Who won the chess cup in Reykjavik?"):
            process.stdin.write(f"{question}\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["question"] == question
        process.stdin.close()
        assert process.wait(PATIENCE) == 0


def test_output_that_nobody_reads_to_its_end_ends_the_program_without_a_word(archive: Path) -> None:
    arguments = (*PROGRAM, "list", "--archive", str(archive))
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.wait(PATIENCE) != 0
        assert process.stderr.read() == ""


def test_json_goes_whole_to_its_pipe_while_a_terminal_shows_how_far_the_reading_is(tmp_path: Path) -> None:
    archive = tmp_path / "quotidian.db"
    stock(archive, 0, *numbered(500))
    master, terminal = pty.openpty()
    arguments = (*PROGRAM, "ask", "--json", "Where was notice 7 put up?", "--archive", str(archive))
    done = subprocess.run(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=terminal, check=False)
    os.close(terminal)
    shown = os.read(master, 100_000)
    os.close(master)
    assert json.loads(done.stdout)["question"] == "Where was notice 7 put up?"
    assert b"Reading the archive: 500 articles" in shown
    assert b'"question"' not in shown


def test_text_is_utf8_wherever_it_runs(archive: Path) -> None:
    arguments = (*PROGRAM, "ask", "How much was the barrier?", "--json", "--archive", str(archive))
    plain = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(arguments, cwd=ROOT, env=plain, capture_output=True, check=False)
    assert "£" in done.stdout.decode("utf-8")
    assert done.stderr == b""


async def test_a_reading_that_ends_with_the_program_goes_on_after_the_next_start(tmp_path: Path) -> None:
    archive = tmp_path / "quotidian.db"
    begun, over = asyncio.Event(), asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        begun.set()
        await over.wait()
        return web.Response()

    async with DiscordServer(patience=PATIENCE) as server, outlet() as velm:
        guild, channel, grace = town(server)
        velm.lists(1, 2)
        velm.site.pages["/1"] = slow
        allowing = {"QUOTIDIAN_WEB__ALSO_ALLOW": '["127.0.0.1/32"]'}
        async with child(server, archive, **allowing) as process:
            await server.connected()
            await server.commands_registered()
            added = await grace.invokes("feed add", {"link": velm.link}, channel=channel)
            assert "Added as feed 1" in (await added.answered()).text
            await asyncio.wait_for(begun.wait(), PATIENCE)
            process.send_signal(signal.SIGTERM)
            code, errors = await ended(process)
        over.set()
        assert (code, "Traceback" in errors) == (0, False)
        assert titles(archive, guild.id) == ["Pier 2 of Velm2 closes"]
        velm.lists(1)
        velm.site.pages["/1"] = page(story(1))
        with Library.open(archive) as library:
            library.feeds.resume(guild.id, 1, datetime.now(UTC))
        async with child(server, archive, **allowing) as process:
            await server.until(lambda: "/1" in velm.pages_fetched()[2:] or None, "read the feed")
            process.terminate()
            assert (await ended(process))[0] == 0
        assert velm.pages_fetched() == ["/2", "/1", "/1"]


def test_an_import_that_is_stopped_says_how_far_it_came_and_goes_on_from_there(tmp_path: Path) -> None:
    archive, lines = tmp_path / "quotidian.db", [write_line(each, each.key, None) for each in numbered(150)]
    command = [*PROGRAM, "add", "-", "--archive", str(archive)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        process.stdin.write("\n".join(lines) + "\n")
        process.stdin.flush()
        wait_until(lambda: archive.exists() and len(titles(archive)) == 100)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert [line for line in errors.splitlines() if line] == [
        "quotidian: standard input: stored as far as line 100; the same command goes on from there.",
        "quotidian: Stopped.",
    ]
    again = subprocess.run(command, cwd=ROOT, input="\n".join(lines), capture_output=True, text=True, check=True)
    assert again.stdout == "50 articles added, 100 there already.\n"


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)
