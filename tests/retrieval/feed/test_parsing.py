"""RSS, Atom and JSON Feed, and what is none of them."""

import json
from xml.sax.saxutils import escape

import pytest

from retrieval.feed.entries import MOST_ENTRIES, Entry, Feed, NoFeed
from retrieval.feed.parsing import parse_feed

URL = "https://velm.example/feeds/all.xml"

BRIDGE = Entry(
    key="tag:velm.example,2024:1",
    link="https://velm.example/bridge",
    title="Velm closes its bridge & quay",
    author="Ann Lee",
    published="2024-05-04T08:12:00+00:00",
    summary="For three years, the mayor said.",
)

RSS_2 = """<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Velm Post</title><link>https://velm.example/</link><ttl>45</ttl>
<item><title>Velm closes its bridge &amp;amp; quay</title><link>/bridge</link>
<guid isPermaLink="false">tag:velm.example,2024:1</guid><pubDate>Sat, 04 May 2024 10:12:00 +0200</pubDate>
<dc:creator>Ann Lee</dc:creator><description>&lt;p&gt;For three years, the mayor said.&lt;/p&gt;</description></item>
</channel></rss>"""

RSS_1 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="https://velm.example/"><title>The Velm Post</title><link>https://velm.example/</link>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel>
<item rdf:about="tag:velm.example,2024:1"><title>Velm closes its bridge &amp;amp; quay</title>
<link>https://velm.example/bridge</link><dc:date>2024-05-04T10:12:00+02:00</dc:date><dc:creator>Ann Lee</dc:creator>
<description>For three years, the mayor said.</description></item>
</rdf:RDF>"""

ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://velm.example/">
<title type="html">The &lt;b&gt;Velm&lt;/b&gt; Post</title><link href="/"/><link rel="self" href="feeds/all.xml"/>
<entry><id>tag:velm.example,2024:1</id><title>Velm closes its bridge &amp; quay</title>
<link rel="edit" href="edit/1"/><link rel="alternate" href="bridge"/><published>2024-05-04T08:12:00Z</published>
<updated>2024-05-05T08:12:00Z</updated><author><name>Ann Lee</name><email>ann@velm.example</email></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>For three years, the mayor said.</p></div></content>
</entry></feed>"""

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Velm Post",
        "home_page_url": "https://velm.example/",
        "items": [
            {
                "id": "tag:velm.example,2024:1",
                "url": "/bridge",
                "title": "Velm closes its bridge & quay",
                "authors": [{"name": "Ann Lee"}],
                "date_published": "2024-05-04T10:12:00+02:00",
                "content_html": "<p>For three years, the mayor said.</p>",
            }
        ],
    }
)


def parsed(text: str) -> Feed:
    return parse_feed(text.encode(), URL, None)


def refusal(source: str | bytes) -> NoFeed:
    with pytest.raises(NoFeed) as refused:
        parse_feed(source.encode() if isinstance(source, str) else source, URL, None)
    return refused.value


def rss(*items: str, head: str = "", end: str = "</channel></rss>") -> str:
    return f'{head}<rss version="2.0"><channel><title>Velm</title>{"".join(items)}{end}'


def item(number: int, inside: str = "") -> str:
    day = f"Sat, 04 May 2024 {number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02} GMT"
    return f"<item><link>https://velm.example/{number}</link><pubDate>{day}</pubDate>{inside}</item>"


# What is read


@pytest.mark.parametrize(
    ("text", "minutes"), [(RSS_2, 45), (RSS_1, 30), (ATOM, None), (JSON, None)], ids=["RSS 2", "RSS 1", "Atom", "JSON"]
)
def test_every_format_says_the_same(text: str, minutes: int | None) -> None:
    assert parsed(text) == Feed("The Velm Post", "https://velm.example/", (BRIDGE,), minutes)


def test_the_oldest_rss_is_read() -> None:
    old = (
        '<rss version="0.91"><channel><title>Velm</title><item><title>One</title><link>/1</link></item></channel></rss>'
    )
    assert parsed(old).entries == (Entry("https://velm.example/1", "https://velm.example/1", "One"),)


def test_the_first_version_of_json_feed_is_read() -> None:
    old = json.loads(JSON)
    old |= {"version": "https://jsonfeed.org/version/1"}
    old["items"][0] |= {"authors": None, "author": {"name": "Ann Lee"}}
    del old["items"][0]["authors"]
    assert parsed(json.dumps(old)).entries == (BRIDGE,)


def test_a_permanent_guid_is_the_link_where_there_is_no_other() -> None:
    (entry,) = parsed(rss("<item><title>One</title><guid>https://velm.example/1</guid></item>")).entries
    assert entry.link == "https://velm.example/1"


@pytest.mark.parametrize(
    "inside",
    ["<link></link>", "<link>javascript:alert(1)</link>", "<link>mailto:ann@velm.example</link>", "<title>One</title>"],
)
def test_an_entry_without_an_address_on_the_web_is_left_out(inside: str) -> None:
    assert [entry.link for entry in parsed(rss(f"<item>{inside}</item>", item(2))).entries] == [
        "https://velm.example/2"
    ]


@pytest.mark.parametrize("day", ["", "tomorrow", "Sat, 99 May 2024 10:12:00 GMT"])
def test_a_day_that_cannot_be_read_is_none(day: str) -> None:
    (entry,) = parsed(rss(f"<item><link>/1</link><pubDate>{day}</pubDate></item>")).entries
    assert entry.published is None


def test_a_feed_of_no_entries_is_a_feed() -> None:
    assert parsed(rss()) == Feed("Velm", None, ())


@pytest.mark.parametrize(
    ("broken", "titles"),
    [
        (rss(item(1, "<title>One &nbsp; two</title>")), ["One two"]),
        (rss(item(1, "<title>Lee&Reed & Brown&lt;</title>")), ["Lee&Reed & Brown<"]),
        (rss(item(1, "<title><![CDATA[Lee&Reed & Brown&#8217;s]]></title>")), ["Lee&Reed & Brown’s"]),
        (rss(item(1, "<title>One</title>"), end=""), ["One"]),
        (rss(item(1, "<title>One</title>"), head='\n <?xml version="1.0"?>'), ["One"]),
        (rss(item(1, "<title>One</title>"), head="<!-- made by <b>hand</b> -->"), ["One"]),
        (rss(item(2, "<title>Two</title>"), item(1, "<title><b>One</title>")), ["Two", "One"]),
        (rss(item(1, "<title>One&#99999999999;&#x110000;</title>")), ["One\ufffd\ufffd"]),
        (rss(item(1, "<title>A smile &#128512;</title>")), ["A smile 😀"]),
        (rss(item(1, "<title>One \x0b</title>")), ["One"]),
    ],
)
def test_broken_xml_is_read_as_far_as_it_goes(broken: str, titles: list[str]) -> None:
    assert [entry.title for entry in parsed(broken).entries] == titles


def test_titles_hold_no_markup_and_no_script() -> None:
    title = escape("<script>alert(1)</script><b>Velm</b> closes &quot;its&quot; bridge")
    (entry,) = parsed(rss(item(1, f"<title>{title}</title>"))).entries
    assert entry.title == 'Velm closes "its" bridge'


def test_lines_have_bounds() -> None:
    words = "word " * 2_000
    inside = f"<title>{words}</title><author>{words}</author><description>{words}</description>"
    (entry,) = parsed(rss(item(1, inside))).entries
    assert [len(text or "") for text in (entry.title, entry.author, entry.summary)] == [495, 195, 1_995]


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_a_long_feed_the_newest_are_kept_wherever_they_stand(newest_first: bool) -> None:
    items = [item(number) for number in range(5_000)]
    feed = parsed(rss(*(reversed(items) if newest_first else items)))
    assert [entry.link for entry in feed.entries] == [
        f"https://velm.example/{number}" for number in range(4_999, 4_999 - MOST_ENTRIES, -1)
    ]


def test_entries_that_are_only_quoted_are_not_counted() -> None:
    quoted = f"<description><![CDATA[{'<item>' * 3_000}]]></description><!-- {'<item>' * 3_000} -->"
    assert len(parsed(rss(item(1, quoted), item(2))).entries) == 2


def test_entities_of_its_own_are_not_known() -> None:
    declared = '<!DOCTYPE rss [<!ENTITY paper "The Velm Post"><!ENTITY dash "&#8212;">]>'
    (entry,) = parsed(rss(item(1, "<title>&paper; &eacute;</title>"), head=declared)).entries
    assert entry.title == "&paper; é"


# What is refused


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">',
        "<!ENTITY b '&a;&a;'>",
        '<!ENTITY b SYSTEM "file:///etc/passwd">',
        '<!ENTITY b PUBLIC "x" "https://velm.example/b">',
        '<!ENTITY % b "c">',
    ],
)
def test_entities_that_stand_for_others_or_for_files_are_refused(declared: str) -> None:
    bomb = rss(item(1, "<title>&b;</title>"), head=f"<!DOCTYPE rss [{declared}]>")
    assert "entities" in str(refusal(bomb))


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", "The feed is empty"),
        (" \n", "The feed is empty"),
        (b"%PDF-1.7", "This is not text"),
        ("/etc/passwd", "This is neither RSS nor Atom nor JSON Feed"),
        ("Velm closes its bridge", "This is neither RSS nor Atom nor JSON Feed"),
        ("<urlset><url><loc>https://velm.example/1</loc></url></urlset>", "This is neither RSS nor Atom nor JSON Feed"),
        ('{"version": 1}', "This is JSON, but not a JSON Feed"),
        ('{"version": "https://jsonfeed.org/version/1"', "This is not JSON"),
        ("{" * 100_000, "This is not JSON"),
    ],
)
def test_what_is_no_feed_is_refused(source: str | bytes, sentence: str) -> None:
    assert str(refusal(source)).startswith(sentence)


@pytest.mark.parametrize("items", [None, "one", [None, 7, "one", [], {}, {"url": 7}, {"url": "mailto:a"}]])
def test_json_of_other_kinds_is_no_entry(items: object) -> None:
    assert parsed(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})).entries == ()


@pytest.mark.parametrize(
    "begin", ["<!DOCTYPE html>", "<!doctype  HTML PUBLIC 'x'>", "<html lang=en>", "\n<!-- a --><head>"]
)
def test_a_page_is_refused_with_the_feeds_that_it_names(begin: str) -> None:
    page = f"""{begin}<link rel="stylesheet" href="a.css">
        <link href="/rss.xml" title="News" type="application/rss+xml" rel="alternate">
        <link rel=alternate type=application/atom+xml href=atom.xml><link rel="alternate" hreflang="de" href="/de">
        <link rel="alternate" type="application/rss+xml" href="/rss.xml"><p>Velm closes its bridge"""
    refused = refusal(page)
    assert refused.feeds == ("https://velm.example/rss.xml", "https://velm.example/feeds/atom.xml")
    assert str(refused) == (
        "This is a web page, not a feed, but it names https://velm.example/rss.xml; add that instead."
    )


def test_a_page_that_names_no_feed_is_refused_too() -> None:
    refused = refusal("<!doctype html><title>Velm</title>")
    assert refused.feeds == ()
    assert str(refused).startswith("This is a web page, not a feed, and it names none")
