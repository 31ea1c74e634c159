"""What counts as worse; measuring itself takes too long for a test."""

import json
import sys
from pathlib import Path

import pytest

from tests.benchmarks import regress
from tests.benchmarks.regress import beside, main, worse

BEFORE = {"n": 200, "answer_em": 50.0, "answer_f1": 60.0, "p50_ms": 10.0}


@pytest.fixture
def figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the figures are kept; measuring gives those of BEFORE."""
    monkeypatch.setattr(regress, "FIGURES", tmp_path / "figures.json")
    monkeypatch.setattr(regress, "measured", lambda _: {"answers": BEFORE})
    monkeypatch.setattr(sys, "argv", ["regress"])
    return tmp_path / "figures.json"


def test_a_figure_that_is_more_than_a_point_lower_is_worse() -> None:
    assert worse(BEFORE, {**BEFORE, "answer_em": 48.9}) == ["answer_em was 50 and is 48.9"]


@pytest.mark.parametrize("changed", [{"answer_em": 49.0}, {"answer_em": 70.0}, {"p50_ms": 900.0}])
def test_a_point_and_the_time_do_not_count(changed: dict[str, float]) -> None:
    assert worse(BEFORE, {**BEFORE, **changed}) == []


def test_a_figure_that_is_gone_is_worse() -> None:
    today = {name: figure for name, figure in BEFORE.items() if name != "answer_f1"}
    assert worse(BEFORE, today) == ["answer_f1 was 60 and is –"]


def test_other_questions_cannot_be_compared() -> None:
    assert "other questions" in worse(BEFORE, {**BEFORE, "n": 201})[0]


def test_both_figures_stand_beside_each_other() -> None:
    lines = beside({"answer_em": 50.0}, {"answer_em": 48.9, "new": 1.0}).splitlines()
    assert [line.split() for line in lines] == [["answer_em", "50", "48.9"], ["new", "–", "1"]]


def test_without_figures_there_is_nothing_to_compare_with(figures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 2
    assert "write it with --write" in capsys.readouterr().err
    assert not figures.exists()


def test_what_was_written_is_no_worse(figures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["regress", "--write"])
    assert main() == 0
    assert json.loads(figures.read_text("utf-8")) == {"answers": BEFORE}
    monkeypatch.setattr(sys, "argv", ["regress"])
    assert main() == 0


def test_worse_figures_are_named_and_the_exit_code_is_1(figures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures.write_text(json.dumps({"answers": {**BEFORE, "answer_f1": 62.0}}), "utf-8")
    assert main() == 1
    assert "answers: answer_f1 was 62 and is 60" in capsys.readouterr().out
