"""A feed is read within bounds, whatever it holds."""

import time

import pytest

from retrieval.confined import Confines
from retrieval.feed import NoFeed, read_feed, reading
from retrieval.feed.parsing import parse_feed

URL = "https://velm.example/feeds/all.xml"
HEAD = b'<rss version="2.0"><channel><title>Velm</title><item><link>/1</link>'
END = b"</item></channel></rss>"


def test_a_feed_is_the_same_as_without_bounds() -> None:
    source = HEAD + b"<title>Caf\xc3\xa9</title><ttl>9</ttl>" + END
    assert read_feed(source, URL, "text/xml") == parse_feed(source, URL, "text/xml")


def test_a_page_is_refused_with_the_feeds_that_it_names() -> None:
    with pytest.raises(NoFeed, match="web page") as refused:
        read_feed(b"<html><link rel=alternate type=application/rss+xml href=/rss.xml>", URL, "text/html")
    assert refused.value.feeds == ("https://velm.example/rss.xml",)


def test_a_hundred_thousand_entries_are_read_soon() -> None:
    entries = b"".join(b"<item><link>/%d</link></item>" % number for number in range(100_000))
    begun = time.monotonic()
    assert len(read_feed(b'<rss version="2.0"><channel>' + entries + b"</channel></rss>", URL, None).entries) == 500
    assert time.monotonic() - begun < 5


def test_a_feed_beyond_the_limit_is_refused_unread() -> None:
    with pytest.raises(NoFeed, match="larger than 10 MB"):
        read_feed(b" " * (reading.LIMIT + 1), URL, None)


def test_a_feed_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_CONFINES", Confines(seconds=1, memory=500_000_000))
    with pytest.raises(NoFeed, match="takes longer than 1 s to read"):
        read_feed(HEAD + b"<author>" + b"a" * 2_000_000 + b"</author>" + END, URL, None)


@pytest.mark.parametrize(
    "endless",
    [b"\n" * 100_000, b"<!--" * 30_000, b"<![CDATA[" * 30_000, b"&lol;" * 30_000, b"<" * 50_000, b"<b>" * 9_000],
    ids=["lines", "comments", "quotes", "entities", "brackets", "elements"],
)
def test_what_never_ends_costs_nothing_but_itself(endless: bytes) -> None:
    begun = time.monotonic()
    assert [entry.link for entry in read_feed(HEAD + endless, URL, None).entries] == ["https://velm.example/1"]
    assert time.monotonic() - begun < 5
