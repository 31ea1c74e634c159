"""What holds for every command: help, settings, the archive's place, and one line for whatever goes wrong."""

import re
import tomllib
from pathlib import Path

import click
import pytest

from bot.cli.main import quotidian as program
from tests.bot.cli.conftest import Terminal
from tests.bot.stories import PASTED

ROOT = Path(__file__).parents[3]
COMMANDS = sorted(program.commands)
ON_AN_ARCHIVE = {
    "add": ("-",),
    "ask": ("who?",),
    "chat": (),
    "evaluate": (ROOT / "tests/questions/stories.jsonl",),
    "export": ("a.jsonl",),
    "feed": ("list",),
    "history": (1,),
    "import": (ROOT / "data/stories.jsonl",),
    "list": (),
    "reindex": (),
    "remove": (1,),
    "show": (1,),
    "summary": (1,),
    "verify": (),
}


def test_these_are_the_commands() -> None:
    assert sorted([*ON_AN_ARCHIVE, "check-config", "evaluate-reader", "run", "try"]) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_its_options(quotidian: Terminal, command: str) -> None:
    ran = quotidian(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    found = program.commands[command]
    assert found.help
    for option in found.params:
        if isinstance(option, click.Option):
            assert option.help or option.name == "sentences", option.name


@pytest.mark.parametrize("asked", ["--help", "-h"])
def test_help_names_every_command(quotidian: Terminal, asked: str) -> None:
    ran = quotidian(asked)
    assert ran.code == 0
    for command in COMMANDS:
        assert f"  {command} " in ran.out


def test_without_a_command_the_help_is_shown_and_it_is_wrong_use(quotidian: Terminal) -> None:
    ran = quotidian()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: quotidian")
    assert len(ran.err.splitlines()) > len(COMMANDS)


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in COMMANDS:
        assert re.search(rf"(?:`|`quotidian |, `){command}\b", readme), command


def test_the_version_is_the_packages(quotidian: Terminal) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert quotidian("--version").out == f"quotidian {version}\n"


@pytest.mark.parametrize(
    "arguments",
    [("aks", "who?"), ("ask",), ("ask", "who?", "--colour"), ("ask", "who?", "why?"), ("add",), ("show", "x")],
)
def test_wrong_use_is_2_and_one_line(quotidian: Terminal, arguments: tuple[str, ...]) -> None:
    ran = quotidian(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.complaint


@pytest.mark.parametrize("command", ON_AN_ARCHIVE)
def test_a_damaged_archive_is_3_and_one_line(quotidian: Terminal, tmp_path: Path, command: str) -> None:
    (tmp_path / "bad.db").write_bytes(b"no database " * 1_000)
    ran = quotidian(command, *ON_AN_ARCHIVE[command], "--archive", "bad.db", given=PASTED.encode())
    assert (ran.code, ran.out) == (3, "")
    assert "it is not an archive of this program, or it is damaged" in ran.err
    assert "Traceback" not in ran.err
    assert (tmp_path / "bad.db").read_bytes() == b"no database " * 1_000


@pytest.mark.parametrize("command", ON_AN_ARCHIVE)
def test_an_archive_that_cannot_be_made_is_3_and_one_line(quotidian: Terminal, tmp_path: Path, command: str) -> None:
    (tmp_path / "file").touch()
    ran = quotidian(command, *ON_AN_ARCHIVE[command], "--archive", "file/a.db", given=PASTED.encode())
    assert (ran.code, ran.out) == (3, "")
    assert "file/a.db cannot be used" in ran.err
    assert "Traceback" not in ran.err


def test_a_folder_is_no_archive(quotidian: Terminal, tmp_path: Path) -> None:
    assert quotidian("list", "--archive", tmp_path).code == 3


@pytest.mark.parametrize("command", [*ON_AN_ARCHIVE, "run", "check-config"])
def test_a_wrong_setting_is_2_and_one_line(quotidian: Terminal, tmp_path: Path, command: str) -> None:
    (tmp_path / "config.toml").write_text("[answers]\nthreshold = 7", "utf-8")
    ran = quotidian(command, *ON_AN_ARCHIVE.get(command, ()))
    assert (ran.code, ran.out) == (2, "")
    assert ran.complaint.startswith("quotidian: [answers] threshold is wrong")


def test_a_settings_file_that_is_missing_is_2(quotidian: Terminal) -> None:
    assert "missing.toml cannot be read" in quotidian("list", "--config", "missing.toml").complaint


def test_the_archive_of_the_command_line_wins_over_the_environment_and_that_over_the_file(
    stocked: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other.toml").write_text('[archive]\npath = "file.db"', "utf-8")
    stocked("list", "--config", "other.toml")
    monkeypatch.setenv("QUOTIDIAN_ARCHIVE__PATH", "environment.db")
    stocked("list", "--config", "other.toml")
    stocked("list", "--config", "other.toml", "--archive", "argument.db")
    assert {file.name for file in tmp_path.glob("*.db")} == {"file.db", "environment.db", "argument.db"}


def test_the_threshold_of_the_settings_decides_what_is_answered(
    stocked: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Who is the chair of the harbour board in the rainy month of May?"
    monkeypatch.setenv("QUOTIDIAN_ANSWERS__THRESHOLD", "0")
    lenient = stocked("ask", question, "--json").objects[0]["parts"][0]["confidence"]
    monkeypatch.setenv("QUOTIDIAN_ANSWERS__THRESHOLD", "1")
    assert lenient < 1
    assert stocked("ask", question).code == 1


def test_check_config_says_every_setting_with_its_value_and_meaning(
    quotidian: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTIDIAN_LOGGING__FORMAT", "json")
    ran = quotidian("check-config", "--config", ROOT / "config.toml")
    assert (ran.code, ran.err) == (0, "")
    assert "  format = json    # how a log line is written" in ran.out
    for section, values in tomllib.loads((ROOT / "config.toml").read_text("utf-8")).items():
        assert f"[{section}]" in ran.out
        for name in values:
            assert re.search(rf"^  {name} = .+ {{4}}# .+$", ran.out, re.MULTILINE), name


@pytest.mark.parametrize("token", [None, "", "  "])
def test_the_bot_without_a_token_is_2_and_says_where_to_get_one(
    quotidian: Terminal, monkeypatch: pytest.MonkeyPatch, token: str | None
) -> None:
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    if token is not None:
        monkeypatch.setenv("DISCORD_TOKEN", token)
    ran = quotidian("run")
    assert (ran.code, ran.out) == (2, "")
    assert "DISCORD_TOKEN is not set." in ran.complaint
    assert "Developer Portal" in ran.complaint
