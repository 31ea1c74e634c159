"""Logs name events and ids, and give nothing away."""

import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from bot import logs
from bot.settings import LoggingSettings

Format = Literal["text", "json"]
SECRET = "the-token-that-nobody-may-see"


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root, library = logging.getLogger(), logging.getLogger("discord")
    before = root.handlers, root.level, library.level
    yield
    root.handlers, root.level, library.level = before


def logs_in(token: str) -> None:
    raise IndexError(len(token))


def logged_failure(written: Format, capsys: pytest.CaptureFixture[str]) -> str:
    logs.configure(LoggingSettings(format=written))
    try:
        logs_in(SECRET)
    except IndexError:
        structlog.get_logger("bot").exception("it broke")
    return capsys.readouterr().err


@pytest.mark.parametrize("written", ["text", "json"])
def test_a_traceback_is_logged_without_the_values_of_variables(
    written: Format, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = logged_failure(written, capsys)
    assert "it broke" in printed
    assert "logs_in" in printed
    assert SECRET not in printed


def test_json_logs_are_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    entry = json.loads(logged_failure("json", capsys))
    assert (entry["event"], entry["level"], entry["logger"]) == ("it broke", "error", "bot")
    assert entry["timestamp"].endswith("Z")


@pytest.mark.parametrize("written", ["text", "json"])
def test_libraries_log_through_the_same_chain(written: Format, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LoggingSettings(format=written))
    logging.getLogger("somewhere").warning("the %s is late", "tide")
    assert "the tide is late" in capsys.readouterr().err


@pytest.mark.parametrize("level", ["debug", "info"])
def test_discord_py_is_kept_from_logging_whole_events(
    level: Literal["debug", "info"], capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(LoggingSettings(level=level))
    logging.getLogger("discord.gateway").debug("WebSocket Event: %s", SECRET)
    logging.getLogger("bot").debug("a detail")
    printed = capsys.readouterr().err
    assert SECRET not in printed
    assert ("a detail" in printed) == (level == "debug")


def test_a_quieter_level_is_for_discord_py_too(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(LoggingSettings(level="error"))
    logging.getLogger("discord.client").warning("no voice")
    assert capsys.readouterr().err == ""
