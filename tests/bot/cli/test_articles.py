"""add, list, show, remove, import, export and summary."""

import gzip
import json
import lzma
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from retrieval.shipped import shipped
from tests.bot.cli.conftest import Terminal
from tests.bot.stories import CHAIR, PASTED
from tests.retrieval.ingest.pdf.printing import column, pdf
from tests.retrieval.ingest.web.pages import STORY, page

ARTICLE = ["id", "version", "title", "source", "url", "author", "published", "added", "language", "guild"]
RECEIPT = ["id", "version", "title", "published", "source", "sentences", "dropped", "duplicate_of"]
LINE = ["id", "title", "url", "source", "author", "published", "text"]
WORDS = "The ferry to Sandholm was sold on Monday. Its new owner is Nordwater, a shipping company from Oslo."


@pytest.fixture
def story(tmp_path: Path) -> str:
    (tmp_path / "ferry.txt").write_text(PASTED, "utf-8")
    return "ferry.txt"


def lines_of(file: Path) -> list[dict[str, Any]]:
    opened = {".gz": gzip.open, ".xz": lzma.open}.get(file.suffix, open)
    with opened(file, "rt", encoding="utf-8") as lines:  # type: ignore[operator]
        return [json.loads(line) for line in lines]


# add


def test_add_prints_the_id_and_says_on_standard_error_how_the_file_was_read(quotidian: Terminal, story: str) -> None:
    ran = quotidian("add", story)
    assert (ran.code, ran.out) == (0, "1\n")
    assert "Added as article 1\n\nFerry to Sandholm sold\n" in ran.err
    assert "sentences kept." in ran.err


def test_add_prints_json_as_the_contract_has_it(quotidian: Terminal, story: str) -> None:
    first, second = (quotidian("add", story, "--json").objects[0] for _ in range(2))
    assert list(first) == RECEIPT
    assert (first["id"], first["version"], first["title"], first["duplicate_of"]) == (
        1,
        1,
        "Ferry to Sandholm sold",
        None,
    )
    assert (second["id"], second["duplicate_of"]) == (1, 1)
    assert first["sentences"] == 4


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a folder on the web, which this machine may call."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "patrols.html").write_bytes(page(*STORY))
    (folder / "patrols.pdf").write_bytes(pdf(column(STORY), Title="Kestria rejects patrols"))
    monkeypatch.setenv("QUOTIDIAN_WEB__ALSO_ALLOW", '["127.0.0.1/32"]')
    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Standard error is the program's."""


@pytest.mark.parametrize("file", ["patrols.html", "patrols.pdf"])
def test_add_reads_what_a_link_leads_to(quotidian: Terminal, served: str, file: str) -> None:
    link = f"{served}/{file}"
    assert quotidian("add", link).out == "1\n"
    (article,) = quotidian("list", "--json").objects
    assert (article["title"], article["url"]) == ("Kestria rejects patrols", link)
    assert STORY[0] in quotidian("show", 1, "--json").objects[0]["text"]


def test_a_link_that_fails_is_a_failure_and_the_rest_goes_in(quotidian: Terminal, served: str, story: str) -> None:
    ran = quotidian("add", f"{served}/nothing", story)
    assert (ran.code, ran.out) == (3, "1\n")
    assert "has no page at this address (status 404)" in ran.err


def test_a_link_into_a_private_network_is_not_followed(quotidian: Terminal) -> None:
    ran = quotidian("add", "http://127.0.0.1:8009/")
    assert ran.code == 3
    assert "private or reserved network" in ran.complaint


def test_add_names_what_it_dropped_and_why(quotidian: Terminal) -> None:
    receipt = quotidian("add", "-", "--json", given=f"{PASTED}\n\nSign up for our newsletter\n".encode()).objects[0]
    assert [each["text"] for each in receipt["dropped"]] == ["Sign up for our newsletter"]
    assert receipt["dropped"][0]["why"]


def test_add_reads_standard_input(quotidian: Terminal) -> None:
    assert quotidian("add", "-", given=PASTED.encode()).out == "1\n"


def test_add_reads_several_files_and_goes_on_past_a_bad_one(quotidian: Terminal, story: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "other.txt").write_text(WORDS, "utf-8")
    ran = quotidian("add", story, "empty.txt", "other.txt", "--json")
    assert (ran.code, [receipt["id"] for receipt in ran.objects]) == (2, [1, 2])
    assert ran.complaint == "quotidian: empty.txt: The text is empty; paste the article's text."


def test_what_the_command_line_says_of_an_article_wins(quotidian: Terminal, story: str) -> None:
    said = ("--title", "A\x1b ferry \n sold", "--source", "The Bell", "--url", "https://bell.example/1")
    quotidian("add", story, *said, "--published", "2024/3/5")
    (article,) = quotidian("list", "--json").objects
    assert (article["title"], article["source"], article["url"], article["published"]) == (
        "A\ufffd ferry sold",
        "The Bell",
        "https://bell.example/1",
        "2024-03-05",
    )


def test_a_title_that_is_no_utf8_is_no_catastrophe(quotidian: Terminal, story: str) -> None:
    assert quotidian("add", story, "--title", "Ferry \udcff").code == 0
    assert quotidian("list", "--json").objects[0]["title"] == "Ferry \ufffd"


def test_a_date_that_is_none_is_refused(quotidian: Terminal, story: str) -> None:
    ran = quotidian("add", story, "--published", "yesterday")
    assert ran.code == 2
    assert "yesterday is no date; write it as YYYY-MM-DD." in ran.complaint


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "The text is empty"),
        (b" \n\t\n", "The text is empty"),
        (b"\xef\xbb\xbf", "The text is empty"),
        (b"x" * 10_000_000, "longer than 5 MB"),
        (bytes(range(256)) * 100, "not a text file"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04...", "an office document"),
        (b"https://news.example/1\nwww.news.example/2\n", "only a link"),
        (b"<html><body><p>The ferry was sold.</p></body></html>", "the source of a web page"),
        (b"1234 5678\n----\n", "no words"),
    ],
    ids=lambda each: each[:20] if isinstance(each, str) else None,
)
def test_a_file_without_an_article_is_refused_in_one_line(
    quotidian: Terminal, tmp_path: Path, body: bytes, reason: str
) -> None:
    (tmp_path / "bad.txt").write_bytes(body)
    for source, given in (("bad.txt", b""), ("-", body)):
        ran = quotidian("add", source, given=given)
        assert (ran.code, ran.out) == (2, "")
        assert reason in ran.complaint
    assert quotidian("list", "--json").out == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_file_in_any_usual_encoding_holds_the_same_words(quotidian: Terminal, tmp_path: Path, encoding: str) -> None:
    words = f"{WORDS} “It was sold for £2m,” said Zoë Brönte – the captain."
    (tmp_path / "a.txt").write_bytes(words.encode(encoding))
    quotidian("add", "a.txt")
    assert quotidian("show", 1, "--json").objects[0]["text"] == words


def test_control_characters_are_replaced_and_marks_of_direction_kept(quotidian: Terminal, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{WORDS} Its name\x07 is \u200fאסתר\u200f. \u202eIt sails.", "utf-8")
    assert "replaced by" in quotidian("add", "a.txt").err
    text = quotidian("show", 1, "--json").objects[0]["text"]
    assert text == f"{WORDS} Its name\ufffd is \u200fאסתר\u200f. \ufffdIt sails."


@pytest.mark.parametrize("source", ["story.pdf", "story.docx"])
def test_what_cannot_be_read_says_what_to_do_instead(quotidian: Terminal, tmp_path: Path, source: str) -> None:
    (tmp_path / source).write_bytes(WORDS.encode())
    ran = quotidian("add", source)
    assert ran.code == 2
    assert "paste" in ran.complaint


@pytest.mark.parametrize("command", ["add", "import"])
def test_a_file_that_is_missing_or_a_folder_is_3(quotidian: Terminal, tmp_path: Path, command: str) -> None:
    (tmp_path / "folder.txt").mkdir()
    for source in ("missing.txt", "folder.txt", "missing.jsonl"):
        ran = quotidian(command, source)
        assert ran.code == 3
        assert source in ran.complaint


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


@pytest.mark.parametrize("command", ["show", "remove", "summary"])
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
