"""The wheel: what is installed answers from another folder, without the checkout."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]


def pip(*words: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *words], check=True)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the package is installed to."""
    wheels, site = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("site")
    pip("wheel", CHECKOUT, "--no-deps", "--no-build-isolation", "--wheel-dir", wheels)
    (wheel,) = wheels.glob("quotidian-*.whl")
    pip("install", wheel, "--no-deps", "--target", site)
    return site


def run(site: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_an_installed_quotidian_answers_from_the_sample_stories(installed: Path, tmp_path: Path) -> None:
    asked = run(installed, tmp_path, "-m", "bot", "try", "Who rejected joint patrols, and why?")
    assert asked.returncode == 0, asked.stderr
    assert "compromise the nation's sovereignty" in " ".join(asked.stdout.split())
    assert not list(tmp_path.iterdir())


def test_an_installed_quotidian_has_its_files_beside_it(installed: Path, tmp_path: Path) -> None:
    where = "import bot, retrieval.shipped as s; print(bot.__file__); print(s.shipped('stories.jsonl'))"
    files = run(installed, tmp_path, "-c", where).stdout.splitlines()
    assert len(files) == 2
    assert all(Path(file).is_relative_to(installed) for file in files)


def test_tests_and_data_are_not_installed_as_packages(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if path.suffix != ".dist-info"} == {"bin", "bot", "retrieval"}
