"""reindex."""

from pathlib import Path

import pytest

from retrieval.article import SHARED
from retrieval.index import partition, upkeep
from retrieval.index.snapshot import Snapshots
from tests.bot.cli.conftest import Terminal


def test_the_index_is_made_anew(stocked: Terminal) -> None:
    before = stocked("ask", "Who chairs the harbour board?", "--json").objects
    passages = stocked("reindex", "--json").objects
    assert passages == [{"passages": passages[0]["passages"]}]
    assert passages[0]["passages"] > 20
    after = stocked("ask", "Who chairs the harbour board?", "--json").objects
    assert [{**each, "id": ""} for each in after] == [{**each, "id": ""} for each in before]


def test_a_person_is_told_how_many_passages_there_are(stocked: Terminal) -> None:
    ran = stocked("reindex")
    assert ran.code == 0
    assert ran.out.startswith("Indexed ")
    assert "Indexing" in ran.err


def test_an_empty_archive_has_an_empty_index(quotidian: Terminal) -> None:
    assert quotidian("reindex", "--json").objects == [{"passages": 0}]


def test_what_is_damaged_is_made_anew(stocked: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(partition, "GROWN", 8)
    stocked("reindex")
    (manifest,) = tmp_path.rglob("manifest.json")
    held = manifest.read_bytes()
    manifest.write_bytes(held[:-1])
    stocked("reindex")
    assert len(manifest.read_bytes()) == len(held)


def test_an_index_that_is_not_stored_is_a_failure_in_one_line(
    stocked: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(partition, "GROWN", 8)
    monkeypatch.setattr(upkeep, "_PATIENCE_S", 0.1)
    with Snapshots(tmp_path / "data/archive/quotidian.index" / str(SHARED)).writing():
        ran = stocked("reindex")
    assert ran.code == 3
    assert ran.out == ""
    (line,) = (line for line in ran.err.splitlines() if line.startswith("quotidian: "))
    assert "another process is storing it" in line
    assert "try again in a few minutes" in line


def test_a_folder_that_cannot_be_written_is_a_failure(
    stocked: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(partition, "GROWN", 8)
    (tmp_path / "data/archive/quotidian.index").write_text("a file where the folder should be")
    ran = stocked("reindex")
    assert ran.code == 3
    assert "quotidian.index" in ran.err
