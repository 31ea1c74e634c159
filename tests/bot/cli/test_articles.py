"""list, show, history, remove, import, export and summary."""

import gzip
import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from retrieval.shipped import shipped
from tests.bot.cli.conftest import Terminal
from tests.bot.stories import CHAIR

ARTICLE = ["id", "version", "title", "source", "url", "author", "published", "added", "language", "guild"]
LINE = ["id", "title", "url", "source", "author", "published", "text"]
WORDS = "The ferry to Sandholm was sold on Monday. Its new owner is Nordwater, a shipping company from Oslo."


def lines_of(file: Path) -> list[dict[str, Any]]:
    opened = {".gz": gzip.open, ".xz": lzma.open}.get(file.suffix, open)
    with opened(file, "rt", encoding="utf-8") as lines:  # type: ignore[operator]
        return [json.loads(line) for line in lines]


# list, show, remove


def test_list_says_nothing_but_what_the_archive_holds(stocked: Terminal) -> None:
    ran = stocked("list")
    assert (ran.code, ran.err, len(ran.out.splitlines())) == (0, "", 18)
    assert "2024-03-06  The Penhallow Packet  Harbour board scraps £4.2m tidal barrier" in ran.out.splitlines()[0]
    listed = stocked("list", "--json").objects
    assert all(list(each) == ARTICLE for each in listed)
    assert [each["id"] for each in listed] == list(range(1, 19))
    assert {each["guild"] for each in listed} == {None}


def test_an_empty_list_says_how_to_add_an_article(quotidian: Terminal) -> None:
    assert "quotidian add LINK or FILE" in quotidian("list").out
    assert quotidian("list", "--json").out == ""


def test_show_has_the_text_as_it_is_stored(stocked: Terminal) -> None:
    stories = [json.loads(line) for line in shipped("stories.jsonl").read_text("utf-8").splitlines()]
    (shown,) = stocked("show", 1, "--json").objects
    assert list(shown) == [*ARTICLE, "text"]
    assert shown["text"] == stories[0]["text"]
    assert stocked("show", 1).out.endswith(f"\n\n{stories[0]['text']}\n")


def test_a_removed_article_answers_no_more(stocked: Terminal) -> None:
    (before,) = stocked("ask", CHAIR, "--json").objects
    removed = {each["article_id"] for each in before["parts"][0]["evidence"]}
    for article_id in sorted(removed):
        assert stocked("remove", article_id, "--json").objects == [{"id": article_id, "removed": True}]
    (after,) = stocked("ask", CHAIR, "--json").objects
    left = [each["article_id"] for part in after["parts"] for each in part["evidence"] + part["nearest"]]
    assert not removed & set(left)


@pytest.mark.parametrize("command", ["show", "remove", "summary", "history"])
def test_an_article_that_is_not_there_is_1(stocked: Terminal, command: str) -> None:
    for article_id in (4711, 0, 2**63, 10**30):
        ran = stocked(command, article_id)
        assert ran.code == 1
        assert f"There is no article {article_id} here." in ran.complaint
    assert stocked(command, "--", -1).code == 1
    assert stocked(command, "one").code == 2


def test_removing_nothing_says_so_as_json_too(stocked: Terminal) -> None:
    ran = stocked("remove", 4711, "--json")
    assert (ran.code, ran.objects) == (1, [{"id": 4711, "removed": False}])


def test_ids_are_never_used_again(quotidian: Terminal, story: str) -> None:
    quotidian("add", story)
    quotidian("remove", 1)
    assert quotidian("add", story).out == "2\n"


def test_a_guild_reads_the_shared_library_and_changes_only_its_own(stocked: Terminal, story: str) -> None:
    stocked("add", story, "--guild", 7)
    assert [each["guild"] for each in stocked("list", "--json", "--guild", 7).objects][-2:] == [None, 7]
    assert len(stocked("list", "--json").objects) == len(stocked("list", "--json", "--guild", 8).objects) == 18
    for guild in ((), ("--guild", 8)):
        assert stocked("show", 19, *guild).code == stocked("remove", 19, *guild).code == 1
    ran = stocked("remove", 1, "--guild", 7)
    assert ran.code == 2
    assert "belongs to the shared library" in ran.complaint
    assert stocked("remove", 19, "--guild", 7).code == 0


@pytest.mark.parametrize("guild", ["0", "-3", "none", str(2**64)])
def test_what_is_no_guild_is_refused(stocked: Terminal, guild: str) -> None:
    assert stocked("list", "--guild", guild).code == 2


# history


@pytest.fixture
def corrected(quotidian: Terminal, tmp_path: Path) -> Terminal:
    """The program, with an article that was corrected."""
    for number, words in enumerate((WORDS, WORDS.replace("Monday", "Tuesday, at last"))):
        (tmp_path / "ferry.txt").write_text(words, "utf-8")
        quotidian("add", "ferry.txt", "--url", "https://bell.example/ferry", "--title", f"Ferry {number}")
    return quotidian


def test_history_has_a_line_for_each_version_and_below_it_what_changed(corrected: Terminal) -> None:
    newest, change, first = corrected("history", 1).out.splitlines()
    assert newest.startswith("     2  added ")
    assert newest.endswith("  Ferry 1")
    assert change == (
        "  │ The ferry to Sandholm was sold on ~~Monday~~**Tuesday, at last**. Its new owner is Nordwater, a shipping "
        "company from Oslo."
    )
    assert first.startswith("     1  added ")


def test_history_as_json_has_the_changes_of_each_version(corrected: Terminal) -> None:
    newest, first = corrected("history", 1, "--json").objects
    assert list(newest) == [*ARTICLE, "changes"]
    assert (newest["version"], newest["title"], newest["url"]) == (2, "Ferry 1", "https://bell.example/ferry")
    assert newest["changes"] == [{"removed": "Monday", "added": "Tuesday, at last"}]
    assert (first["version"], first["changes"]) == (1, [])


def test_an_old_version_can_be_shown(corrected: Terminal) -> None:
    assert corrected("show", 1, "--version", 1, "--json").objects[0]["text"] == WORDS
    assert "Tuesday" in corrected("show", 1).out
    ran = corrected("show", 1, "--version", 3)
    assert (ran.code, ran.complaint) == (1, "quotidian: There is no version 3 of article 1 here.")


# import, export


@pytest.mark.parametrize("name", ["all.jsonl", "all.jsonl.gz", "all.jsonl.xz"])
def test_what_is_exported_and_imported_is_exported_the_same(stocked: Terminal, tmp_path: Path, name: str) -> None:
    assert stocked("export", name).out == f"Exported 18 lines to {name}.\n"
    exported = lines_of(tmp_path / name)
    assert exported == [json.loads(line) for line in shipped("stories.jsonl").read_text("utf-8").splitlines()]
    assert all(list(line) == LINE for line in exported)
    assert stocked("import", name, "--archive", "new.db").code == 0
    stocked("export", "again.jsonl", "--archive", "new.db")
    assert lines_of(tmp_path / "again.jsonl") == exported


def test_importing_twice_adds_nothing(stocked: Terminal) -> None:
    ran = stocked("import", shipped("stories.jsonl"), "--json")
    assert ran.objects == [{"lines": 18, "added": 0, "known": 18, "corrected": 0, "bad": [], "warnings": []}]


def test_a_bad_line_is_named_and_the_rest_goes_in(quotidian: Terminal, tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "title": "Ferry", "text": WORDS, "published": "last week"})
    (tmp_path / "some.jsonl").write_text(f'{good}\n\nnot json\n["list"]\n{{"title": "No text"}}\n', "utf-8")
    ran = quotidian("import", "some.jsonl", "--json")
    (result,) = ran.objects
    assert (ran.code, result["added"], result["lines"]) == (0, 1, 5)
    assert [each["line"] for each in result["bad"]] == [3, 4, 5]
    assert [each["line"] for each in result["warnings"]] == [1]
    for number in (1, 3, 4, 5):
        assert f"quotidian: some.jsonl, line {number}: " in ran.err


@pytest.mark.parametrize(
    "body", [b"not json\n", b"not json\n\n\n", b"\x00\x01\x02" * 100, b"[" * 100_000, b'{"text": 1e999}\n']
)
def test_a_file_without_one_good_line_is_2(quotidian: Terminal, tmp_path: Path, body: bytes) -> None:
    (tmp_path / "bad.jsonl").write_bytes(body)
    assert quotidian("import", "bad.jsonl").code == 2


@pytest.mark.parametrize("name", ["bad.jsonl.gz", "bad.jsonl.xz"])
def test_a_damaged_file_is_refused_in_one_line(quotidian: Terminal, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"neither packed nor readable")
    ran = quotidian("import", name)
    assert ran.code == 2
    assert "damaged" in ran.complaint


def test_add_takes_files_of_lines_too(quotidian: Terminal) -> None:
    assert quotidian("add", shipped("stories.jsonl"), "--json").objects[0]["added"] == 18


@pytest.mark.parametrize("target", ["no/such/folder.jsonl", "."])
def test_an_export_that_cannot_be_written_is_3(stocked: Terminal, target: str) -> None:
    ran = stocked("export", target)
    assert ran.code == 3
    assert ran.complaint


def test_a_guilds_export_holds_its_own_articles_alone(stocked: Terminal, story: str, tmp_path: Path) -> None:
    stocked("add", story, "--guild", 7)
    assert stocked("export", "own.jsonl", "--guild", 7, "--json").objects == [{"exported": 1}]
    assert [line["title"] for line in lines_of(tmp_path / "own.jsonl")] == ["Ferry to Sandholm sold"]


# summary


def test_a_summary_quotes_the_article_at_its_offsets(stocked: Terminal) -> None:
    (article,) = stocked("show", 1, "--json").objects
    (told,) = stocked("summary", 1, "--sentences", 4, "--json").objects
    assert len(told["sentences"]) == 4
    assert [each["quote"] for each in told["sentences"]] == [
        article["text"][each["start"] : each["end"]] for each in told["sentences"]
    ]
    assert [each["start"] for each in told["sentences"]] == sorted(each["start"] for each in told["sentences"])
    assert told["title"] == article["title"]


def test_a_summary_for_people_has_title_quotations_and_source(stocked: Terminal) -> None:
    lines = stocked("summary", 1).out.splitlines()
    assert lines[0] == "Harbour board scraps £4.2m tidal barrier"
    assert sum(line.startswith("  │ ") for line in lines) == 3
    assert lines[-1] == "In the article's own sentences"


@pytest.mark.parametrize("sentences", [0, 11, "many"])
def test_a_summary_has_one_to_ten_sentences(stocked: Terminal, sentences: object) -> None:
    assert stocked("summary", 1, "--sentences", sentences).code == 2
