"""Feeds in every encoding, and their lines without markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.feed.text import decoded, line

FEED = '<?xml version="1.0" encoding="{}"?><rss><title>Die Brücke – geschlossen</title></rss>'
RSS = "application/rss+xml"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_feed_is_read_as_it_declares_itself(encoding: str) -> None:
    text = FEED.format(encoding)
    assert decoded(text.encode(encoding), RSS) == text


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("utf-8", "application/rss+xml; charset=utf-8"),
        ("cp1252", 'text/xml; Charset="windows-1252"'),
        ("koi8-r", "text/xml;charset=koi8-r"),
    ],
)
def test_the_servers_word_counts_more(encoding: str, content_type: str) -> None:
    text = "<rss><title>Мост</title></rss>" if encoding == "koi8-r" else FEED.format("iso-8859-5")
    assert decoded(text.encode(encoding), content_type) == text


@pytest.mark.parametrize(
    "content_type", ["text/xml; charset=utf-16", "text/xml; charset=no-such", "text/xml; charset=zip"]
)
def test_a_server_that_is_wrong_is_not_believed(content_type: str) -> None:
    text = FEED.format("utf-8")
    assert decoded(text.encode(), content_type) == text


def test_a_feed_that_calls_itself_latin_is_read_as_windows_has_it() -> None:
    text = FEED.format("iso-8859-1")
    assert decoded(text.encode("cp1252"), RSS) == text


def test_a_broken_byte_costs_one_letter() -> None:
    source = FEED.format("utf-8").encode().replace("–".encode(), "–".encode() + b"\xe2")
    assert "Die Brücke –\ufffd geschlossen" in (decoded(source, RSS) or "")


@pytest.mark.parametrize("source", [b"%PDF-1.7 ...", b"\x89PNG\r\n", b"\x1f\x8b\x08"])
def test_what_is_no_text_is_none(source: bytes) -> None:
    assert decoded(source, RSS) is None


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Velm closes its bridge", "Velm closes its bridge"),
        ("<p>Velm <b>closes</b></p><p>its&nbsp;bridge</p>", "Velm closes its bridge"),
        ("Anna&#8217;s b<em>ridg</em>e &amp; quay", "Anna’s bridge & quay"),
        ("Two < three and five > four", "Two < three and five > four"),
        ("<script>alert(1)</script>Velm<style>p{}</style>", "Velm"),
        ("  Velm\r\n\t closes ", "Velm closes"),
        ("Velm\x07", "Velm\ufffd"),
        ("**Velm** @everyone <@123>", "**Velm** @everyone <@123>"),
    ],
)
def test_a_line_is_what_a_browser_shows(markup: str, text: str) -> None:
    assert line(markup, 100) == text


@pytest.mark.parametrize("markup", [None, 7, "", "   ", "<br>", "<img src=x>"])
def test_nothing_to_show_is_none(markup: object) -> None:
    assert line(markup, 100) is None


def test_a_long_line_ends_at_a_word() -> None:
    assert line("Velm closes its bridge, for years", 25) == "Velm closes its bridge…"


@given(st.text(alphabet="ab <>&;/!-='\"x\x00\n", max_size=200), st.integers(2, 50))
def test_a_line_is_one_line_of_at_most_so_many_characters(markup: str, longest: int) -> None:
    text = line(markup, longest) or ""
    assert len(text) <= longest
    assert text == " ".join(text.split())
