from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.finding.confidence import Calibration, Signs, chances
from retrieval.finding.reader import BrokenModel

FLAT = Calibration(constant=0.0, margin=1.0, behind=0.0, support=0.0, agrees=0.0, missing=0.0)
NOTHING = Signs(*[0.0] * len(Signs._fields))
measures = st.floats(-1e6, 1e6)
calibrations = st.builds(Calibration, *[measures] * (1 + len(Signs._fields)))


@given(calibrations, st.lists(st.builds(Signs, *[measures] * len(Signs._fields))))
def test_chances_are_shares_of_what_may_be_or_may_not(calibration: Calibration, signs: list[Signs]) -> None:
    found = chances([calibration.log_odds(each) for each in signs])
    assert all(chance > 0 for chance in found)
    assert sum(found) < 1 + 1e-9


def test_odds_of_one_are_an_even_chance() -> None:
    assert chances([0.0]) == [0.5]
    assert chances([0.0, 0.0]) == [pytest.approx(1 / 3)] * 2
    assert chances([]) == []


def test_the_odds_rise_with_the_margin() -> None:
    odds = [FLAT.log_odds(NOTHING._replace(margin=margin)) for margin in (-8.0, -1.0, 0.0, 1.0, 5.0)]
    assert odds == [-8.0, -1.0, 0.0, 1.0, 5.0]


def test_a_model_without_a_calibration_has_the_cautious_one(tmp_path: Path) -> None:
    assert Calibration.beside(tmp_path) == Calibration()


def test_a_calibration_lies_beside_its_model(tmp_path: Path) -> None:
    (tmp_path / "calibration.toml").write_text("margin = 0.25\nno_answer = -1.5\n", "utf-8")
    assert Calibration.beside(tmp_path) == Calibration(margin=0.25, no_answer=-1.5)


@pytest.mark.parametrize("content", ["margin", "unheard_of = 1.0"])
def test_a_calibration_that_cannot_be_used_breaks_the_model(tmp_path: Path, content: str) -> None:
    (tmp_path / "calibration.toml").write_text(content, "utf-8")
    with pytest.raises(BrokenModel, match="calibration"):
        Calibration.beside(tmp_path)
