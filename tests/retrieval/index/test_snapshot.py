from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.index import columns, snapshot
from retrieval.index.change import Change
from retrieval.index.partition import Partition
from retrieval.index.ranking import best
from retrieval.index.snapshot import Manifest, Snapshots

QUERY = ["fish", "harbour", "7"]


def store(snapshots: Snapshots, partition: Partition) -> None:
    """Store a partition, whatever its size."""
    merger = partition.everything()
    assert merger is not None
    with snapshots.writing() as allowed:
        assert allowed
        with snapshots.begin() as columns:
            made = merger.run(columns)
        partition.put(made, snapshots.store(columns))
        snapshots.save(Manifest.of(partition.stored()))


def some(passages: int = 20) -> Partition:
    partition = Partition()
    for number in range(passages):
        partition.add(number, [(number, ["fish", "harbour"] * number + [f"{number}"])])
    partition.change = Change(passages, 77)
    return partition


@pytest.fixture(params=[1 << 22, 1], ids=["read", "mapped"])
def snapshots(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Snapshots:
    monkeypatch.setattr(columns, "_MAPPED_FROM", request.param)
    return Snapshots(tmp_path / "index")


def files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and file.name != "lock" and file.stat().st_size)


def test_what_is_opened_is_what_was_stored(snapshots: Snapshots, tmp_path: Path) -> None:
    partition = some()
    partition.remove(3)
    store(snapshots, partition)
    partition.remove(5)
    with snapshots.writing():
        snapshots.save(Manifest.of(partition.stored()))
    opened = Snapshots(tmp_path / "index").open()
    assert opened is not None
    assert opened.change == Change(20, 77)
    assert best(opened.parts, QUERY, 100) == best(partition.parts, QUERY, 100)
    assert len(Partition(opened)) == 18


def test_what_was_added_since_is_no_part_of_a_snapshot(snapshots: Snapshots) -> None:
    partition = some()
    store(snapshots, partition)
    partition.change = Change(30, 78)
    assert partition.stored().change == Change(30, 78)
    partition.close_growing()
    partition.add(30, [(30, ["fish"])])
    partition.change = Change(31, 79)
    assert partition.stored().change.number <= 30


def test_there_is_nothing_to_open_where_nothing_was_stored(snapshots: Snapshots) -> None:
    assert snapshots.open() is None


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def flip_a_bit(file: Path) -> None:
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 4
    file.write_bytes(held)


@pytest.mark.parametrize("damage", [cut_short, flip_a_bit, Path.unlink])
def test_no_damaged_file_is_taken_for_a_snapshot(
    snapshots: Snapshots, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    store(snapshots, some())
    for file in files(tmp_path):
        held = file.read_bytes()
        damage(file)
        assert Snapshots(tmp_path / "index").open() is None, file
        file.write_bytes(held)
    assert Snapshots(tmp_path / "index").open() is not None


def test_a_snapshot_of_another_format_is_not_opened(
    snapshots: Snapshots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(snapshots, some())
    monkeypatch.setattr(snapshot, "FORMAT", snapshot.FORMAT + 1)
    assert Snapshots(tmp_path / "index").open() is None


def test_only_one_writes_at_a_time(snapshots: Snapshots, tmp_path: Path) -> None:
    with snapshots.writing() as one, Snapshots(tmp_path / "index").writing() as other:
        assert (one, other) == (True, False)


def test_nobody_writes_over_a_snapshot_that_is_not_open_here(snapshots: Snapshots, tmp_path: Path) -> None:
    store(snapshots, some())
    other = Snapshots(tmp_path / "index")
    with other.writing() as allowed:
        assert not allowed
    assert other.superseded
    other.open()
    with other.writing() as allowed:
        assert allowed


def test_a_new_snapshot_takes_the_place_of_the_old_one_and_of_what_was_begun(
    snapshots: Snapshots, tmp_path: Path
) -> None:
    partition = some()
    store(snapshots, partition)
    snapshots.begin()
    before = best(partition.parts, QUERY, 100)
    partition.add(99, [(99, ["vote"])])
    store(snapshots, partition)
    assert len([folder for folder in (tmp_path / "index").iterdir() if folder.is_dir()]) == 1
    partition.remove(99)
    assert best(partition.parts, QUERY, 100) == before
