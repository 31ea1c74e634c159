"""add: links, files, standard input and files of one article a line."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from retrieval.shipped import shipped
from tests.bot.cli.conftest import Terminal
from tests.bot.stories import PASTED
from tests.retrieval.ingest.pdf.printing import column, pdf
from tests.retrieval.ingest.web.pages import STORY, page

RECEIPT = ["id", "version", "title", "published", "source", "sentences", "dropped", "duplicate_of"]
WORDS = "The ferry to Sandholm was sold on Monday. Its new owner is Nordwater, a shipping company from Oslo."


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


# Several at once


def test_each_broken_source_is_named_and_the_rest_goes_in(quotidian: Terminal, story: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "broken.jsonl.gz").write_bytes(b"neither packed nor readable")
    ran = quotidian("add", "missing.txt", "empty.txt", "broken.jsonl.gz", story)
    assert (ran.code, ran.out) == (3, "1\n")
    assert ran.err.splitlines()[:2] == [
        "quotidian: missing.txt: No such file or directory.",
        "quotidian: empty.txt: The text is empty; paste the article's text.",
    ]
    assert "quotidian: broken.jsonl.gz: broken.jsonl.gz is damaged" in ran.err


@pytest.mark.parametrize("sources", [1, 2])
def test_where_standard_error_is_a_terminal_a_bar_shows_how_far_several_sources_are(
    quotidian: Terminal, story: str, monkeypatch: pytest.MonkeyPatch, sources: int
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    ran = quotidian("add", *[story] * sources)
    assert ("Adding" in ran.err and "2/2" in ran.err) == (sources == 2)
    assert ran.out == "1\n" * sources


def test_a_file_of_lines_has_a_bar_of_its_own(quotidian: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    ran = quotidian("add", shipped("stories.jsonl"))
    assert "Importing" in ran.err
    assert "18/18" in ran.err
    assert ran.out == "18 articles added.\n"


def test_elsewhere_there_is_no_bar(quotidian: Terminal, story: str) -> None:
    assert "Adding" not in quotidian("add", story, story).err
    assert quotidian("add", shipped("stories.jsonl")).err == ""


# Lines from standard input


def test_standard_input_may_be_of_one_article_a_line(quotidian: Terminal) -> None:
    lines = shipped("stories.jsonl").read_bytes()
    assert quotidian("add", "-", "--json", given=b"\n \n" + lines).objects[0]["added"] == 18
    assert len(quotidian("list", "--json").objects) == 18


def test_a_bad_line_of_standard_input_is_named(quotidian: Terminal) -> None:
    ran = quotidian("add", "-", given=b'\n{"text": "The ferry was sold."}\nno JSON\n')
    assert (ran.code, ran.out) == (0, "1 article added, 1 line left out.\n")
    assert ran.complaint.startswith("quotidian: standard input, line 3: The line is not JSON")


@pytest.mark.parametrize("start", ["{The ferry} ", '{"title": "Ferry"}\n', '["text"]\n', "\n\n"])
def test_what_does_not_begin_as_such_a_line_is_a_text(quotidian: Terminal, start: str) -> None:
    assert quotidian("add", "-", given=f"{start}{WORDS}".encode()).out == "1\n"
    assert WORDS in quotidian("show", 1, "--json").objects[0]["text"]


def test_a_text_from_standard_input_is_read_after_its_first_line(quotidian: Terminal) -> None:
    quotidian("add", "-", given=b"\n\n" + PASTED.encode())
    assert quotidian("show", 1, "--json").objects[0]["title"] == "Ferry to Sandholm sold"
