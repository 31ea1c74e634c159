import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from bot.cli import main
from tests.bot.stories import PASTED


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[Any]:
        """The JSON that was printed, one object a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaint(self) -> str:
        """The one line in which the program says what is wrong."""
        (line,) = self.err.splitlines()
        assert line.startswith("quotidian: ")
        return line


Terminal: TypeAlias = Callable[..., Ran]
"""Run a command with these arguments, and `given` as standard input."""


@pytest.fixture
def quotidian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """The program, in a folder of its own with neither settings nor an archive."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object, given: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["quotidian", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        with pytest.raises(SystemExit) as exited:
            main()
        assert isinstance(exited.value.code, int)
        return Ran(exited.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def stocked(quotidian: Terminal, sample_archive: Path, tmp_path: Path) -> Terminal:
    """The program, in a folder whose archive holds the shipped stories."""
    folder = tmp_path / "data/archive"
    folder.mkdir(parents=True)
    shutil.copy(sample_archive, folder / "quotidian.db")
    return quotidian


@pytest.fixture
def story(tmp_path: Path) -> str:
    (tmp_path / "ferry.txt").write_text(PASTED, "utf-8")
    return "ferry.txt"
