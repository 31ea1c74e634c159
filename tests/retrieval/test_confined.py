"""A confined program answers, or is ended; it never takes more than it is given."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.confined import Confines, Crashed, OutOfMemory, OutOfTime, Told, tell

CONFINES = Confines(seconds=10, memory=200_000_000)


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., Told]:
    """Runs a program whose work is given by its statements."""

    def run(*work: str, source: bytes = b"", confines: Confines = CONFINES, **asked: object) -> Told:
        program = tmp_path / "program.py"
        lines = "".join(f"    {statement}\n" for statement in work)
        program.write_text(
            f"import os\nfrom retrieval.confined import answer\ndef work(source, asked):\n{lines}answer(work)\n"
        )
        return tell(program, source, asked, confines)

    return run


def test_the_work_is_done_on_the_bytes_and_what_is_asked(told: Callable[..., Told]) -> None:
    work = 'return {"size": len(source), "often": asked["often"], "word": "caf\\u00e9"}'
    assert told(work, source=b"\x00\xff" * 500_000, often=3) == {"size": 1_000_000, "often": 3, "word": "café"}


def test_a_program_that_does_not_end_is_ended(told: Callable[..., Told]) -> None:
    begun = time.monotonic()
    with pytest.raises(OutOfTime):
        told("while True: pass", confines=Confines(seconds=1, memory=200_000_000))
    assert time.monotonic() - begun < 5


def test_a_program_that_asks_for_too_much_memory_does_not_get_it(told: Callable[..., Told]) -> None:
    with pytest.raises(OutOfMemory):
        told('return {"size": len(bytes(300_000_000))}')


@pytest.mark.parametrize("work", ["raise ValueError", "os._exit(7)", "os.abort()"])
def test_a_program_that_fails_is_told_from_one_that_answers(told: Callable[..., Told], work: str) -> None:
    with pytest.raises(Crashed):
        told(work)


def test_the_program_is_not_told_what_stands_in_the_environment(
    told: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a secret")
    assert told('return {"token": os.environ.get("DISCORD_TOKEN")}') == {"token": None}
