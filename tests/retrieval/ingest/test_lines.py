"""Files of lines, plain and compressed."""

import gzip
import lzma
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from retrieval.ingest import lines
from retrieval.ingest.lines import create_lines, is_lines, open_lines, unpacked_lines
from retrieval.ingest.reading import Unreadable

NAMES = ["a.jsonl", "a.jsonl.gz", "a.jsonl.xz"]


@pytest.mark.parametrize("name", NAMES)
def test_lines_written_are_read_again(tmp_path: Path, name: str) -> None:
    with create_lines(tmp_path / name) as write:
        write("one")
        write("zwei é")
    assert list(open_lines(tmp_path / name)) == [b"one", "zwei é".encode()]


def test_a_file_that_is_not_finished_never_appears_and_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("old\n")
    writing = create_lines(path)
    writing.__enter__()("new")
    writing.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert [file.read_text() for file in tmp_path.iterdir()] == ["old\n"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl.gz", b"not compressed at all"),
        ("a.jsonl.xz", b"not compressed at all"),
        ("a.jsonl.gz", gzip.compress(b"one\n" * 1000)[:30]),
        ("a.jsonl.xz", lzma.compress(b"one\n" * 1000)[:60]),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable, match=rf"{name} is damaged"):
        list(open_lines(tmp_path / name))


def test_an_over_long_line_is_refused_by_its_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 1_000_000)
    (tmp_path / "a.jsonl.xz").write_bytes(lzma.compress(b"one\n" + b"a" * 3_000_000))
    with pytest.raises(Unreadable, match=r"Line 2 .* longer than 1 MB"):
        list(open_lines(tmp_path / "a.jsonl.xz"))


def test_a_missing_file_is_an_error_of_the_file_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(open_lines(tmp_path / "none.jsonl"))


@pytest.mark.parametrize(("name", "pack"), [("a.jsonl", bytes), ("a.jsonl.gz", gzip.compress)])
def test_what_unpacks_to_more_than_is_allowed_is_refused(name: str, pack: Callable[[bytes], bytes]) -> None:
    lines = pack(b"one\n" * 500_000)
    with pytest.raises(Unreadable, match=rf"{name} holds more than 1\.5 MB"):
        list(unpacked_lines(BytesIO(lines), name, limit=1_500_000))
    assert len(list(unpacked_lines(BytesIO(lines), name, limit=2_000_000))) == 500_000


@pytest.mark.parametrize("name", ["a.jsonl", "A.JSONL.GZ", "a.b.jsonl.xz"])
def test_a_file_of_lines_is_known_by_its_name(name: str) -> None:
    assert is_lines(name)


@pytest.mark.parametrize("name", ["a.json", "a.txt.gz", "jsonl"])
def test_other_files_are_not_taken_for_files_of_lines(name: str) -> None:
    assert not is_lines(name)
