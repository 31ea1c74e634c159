"""Which finder the settings lead to."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.finder import finder, model_folder
from bot.settings import AnswerSettings, ReaderSettings, Settings
from retrieval.finding.confidence import Calibration
from retrieval.finding.finders import ReaderFinder, RuleFinder
from retrieval.finding.reader import BrokenModel
from retrieval.shipped import shipped
from tests.retrieval.marking import model_beside


def settings(model: str, threshold: float = 0.5) -> Settings:
    return Settings(reader=ReaderSettings(model=model), answers=AnswerSettings(threshold=threshold))


def test_the_shipped_reader_is_the_default() -> None:
    with capture_logs() as logged:
        chosen = finder(Settings())
    assert isinstance(chosen, ReaderFinder)
    assert chosen.calibration == Calibration.beside(shipped("reader"))
    assert logged == []


def test_none_is_no_reader() -> None:
    with capture_logs() as logged:
        assert finder(settings("none", 0.7)) == RuleFinder(0.7)
    assert logged == []


def test_a_folder_is_a_model_with_the_calibration_beside_it(tmp_path: Path) -> None:
    folder = model_beside(tmp_path / "model", margin=0.125)
    chosen = finder(settings(str(folder), 0.25))
    assert isinstance(chosen, ReaderFinder)
    assert (chosen.threshold, chosen.calibration) == (0.25, Calibration(margin=0.125))


def test_without_a_model_in_the_folder_answers_go_on_by_rules_and_the_log_says_so_once(tmp_path: Path) -> None:
    with capture_logs() as logged:
        assert finder(settings(str(tmp_path), 0.7)) == RuleFinder(0.7)
    (entry,) = logged
    assert entry["log_level"] == "warning"
    assert str(tmp_path) in entry["why"]


def test_a_shipped_model_that_is_missing_is_a_broken_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Path:
        raise FileNotFoundError(f"{name} is missing from this installation")

    monkeypatch.setattr("bot.finder.shipped", missing)
    with pytest.raises(BrokenModel, match=r"^The shipped reader cannot be loaded: reader is missing .+\.$"):
        model_folder(Settings())
    with capture_logs() as logged:
        assert isinstance(finder(Settings()), RuleFinder)
    assert len(logged) == 1
