"""What a page says of its article: headline, outlet, authors, day and address."""

import pytest

from retrieval.article import Article
from retrieval.ingest.page import read_page
from tests.retrieval.ingest.web.pages import STORY, URL, html, linked, meta, page, paragraphs


def article(head: str = "", *above: str, url: str | None = URL) -> Article:
    return read_page(page(*above, *STORY, head=head), url).article


# Headline


def test_the_headline_told_to_search_engines_comes_before_others() -> None:
    told = linked('{"@type": "NewsArticle", "headline": "Kestria says no &amp; means it"}')
    assert article(told + meta("og:title", "Kestria: no")).title == "Kestria says no & means it"


def test_the_headline_of_shared_links_comes_without_the_outlet() -> None:
    head = meta("og:title", "Kestria says no - The Sentinel") + meta("og:site_name", "The Sentinel")
    assert article(head).title == "Kestria says no"


def test_the_only_main_heading_is_the_headline_where_nothing_is_told() -> None:
    assert article("", "<h1>Kestria <em>says</em> no</h1>").title == "Kestria says no"


@pytest.mark.parametrize(
    "title",
    [
        "Kestria says no to patrols | World | BBC News",
        "BBC News - Kestria says no to patrols",
        "Kestria says no to patrols",
    ],
)
def test_the_windows_title_comes_without_outlet_and_section(title: str) -> None:
    source = html(paragraphs(*STORY)).replace("Kestria rejects patrols", title)
    assert read_page(source.encode(), URL).article.title == "Kestria says no to patrols"


def test_a_shortened_headline_gives_way_to_the_whole_one() -> None:
    head = meta("og:title", "Kestria says no to…")
    assert article(head, "<h1>Kestria says no to patrols in its harbour</h1>").title == (
        "Kestria says no to patrols in its harbour"
    )


def test_a_page_without_a_headline_is_titled_with_its_first_words() -> None:
    assert read_page(f"<html><body>{paragraphs(*STORY)}</body></html>".encode(), URL).article.title == STORY[0]


# Outlet


def test_a_known_host_names_the_outlet_whatever_the_page_calls_itself() -> None:
    assert article(meta("og:site_name", "BBC"), url="https://www.bbc.co.uk/news/1").source == "BBC News"


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (linked('{"@type": "NewsArticle", "publisher": {"name": "The Sentinel"}}'), "The Sentinel"),
        (linked('[{"@type": "Article", "publisher": {"@id": "#p"}}, {"@id": "#p", "name": "Velm Post"}]'), "Velm Post"),
        (linked('[{"@type": "WebSite", "name": "Velm Today"}]'), "Velm Today"),
        (meta("og:site_name", "Velm Echo | News from the harbour"), "Velm Echo"),
        (meta("article:publisher", "https://facebook.com/velm"), "sentinel.example"),
        ("", "sentinel.example"),
    ],
)  # fmt: skip
def test_the_outlet_is_told_in_one_of_many_places_or_is_the_host(head: str, outlet: str) -> None:
    assert article(head).source == outlet


def test_the_outlet_before_the_headline_in_the_windows_title_is_known_by_the_host() -> None:
    source = html(f"<article>{paragraphs(*STORY)}</article>").replace("<title>", "<title>Birds of Velm: ")
    read = read_page(source.encode(), "https://birdsofvelm.blogs.example/patrols").article
    assert (read.source, read.title) == ("Birds of Velm", "Kestria rejects patrols")


def test_the_line_of_rights_names_the_outlet() -> None:
    source = html(f"<article>{paragraphs(*STORY)}</article><footer>© 2024 Harbour Gazette Ltd.</footer>")
    assert read_page(source.encode(), URL).article.source == "Harbour Gazette"


# Authors


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('"Ann Lee"', "Ann Lee"),
        ('{"@type": "Person", "name": "Ann Lee"}', "Ann Lee"),
        ('[{"name": "Ann Lee"}, {"name": "Bo Karr in Velm"}]', "Ann Lee, Bo Karr"),
        ('{"name": ["Ann Lee", "Bo Karr"]}', "Ann Lee, Bo Karr"),
        ('"By Ann Lee and Bo Karr, Political Editor"', "Ann Lee, Bo Karr"),
        ('{"@type": "Organization", "name": "The Sentinel"}', None),
        ('"Reuters"', None),
        ('"admin"', None),
        ('"https://a.example/ann"', None),
        ('"newsdesk@a.example"', None),
        ('{"name": {"nested": "oddly"}}', None),
        ("7", None),
    ],
)
def test_authors_are_persons_by_name(author: str, names: str | None) -> None:
    assert article(linked(f'{{"@type": "NewsArticle", "author": {author}}}')).author == names


def test_an_author_that_a_reference_stands_for_is_looked_up() -> None:
    told = '{"@graph": [{"@type": "Article", "author": {"@id": "#a"}}, {"@id": "#a", "name": "Ann Lee"}]}'
    assert article(linked(told)).author == "Ann Lee"


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="byline">By Ann Lee</p>',
        '<address><a rel="author" href="/ann">Ann Lee</a></address>',
        "<h1>Kestria rejects patrols</h1><p>By Ann Lee</p>",
    ],
)
def test_a_printed_byline_names_the_author_and_is_not_in_the_text(byline: str) -> None:
    read = article("", byline)
    assert read.author == "Ann Lee"
    assert read.text == "\n\n".join(STORY)


def test_what_opens_a_list_of_headlines_is_no_name() -> None:
    assert article("", "<h1>Kestria rejects patrols</h1><p>You May Like</p>").author is None


def test_a_name_within_the_story_is_no_author() -> None:
    assert article("", f"<h1>Kestria rejects patrols</h1>{paragraphs(*STORY, 'Group Alpha')}").author is None


# Day


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2024-05-02T20:55:00+01:00", "2024-05-02T20:55:00+01:00"),
        ("2024-05-02T20:55:00.000Z", "2024-05-02T20:55:00+00:00"),
        ("2024-05-02", "2024-05-02"),
        ("May 2, 2024", "2024-05-02"),
        ("0001-01-01T00:00:00", None),
        ("1970-01-01T00:00:00Z", None),
        ("soon", None),
    ],
)
def test_the_day_is_told_in_many_forms(written: str, published: str | None) -> None:
    assert article(linked(f'{{"@type": "NewsArticle", "datePublished": "{written}"}}')).published == published
    assert article(meta("article:published_time", written)).published == published


@pytest.mark.parametrize(
    "printed",
    [
        '<time datetime="2024-05-02">2 May</time>',
        '<p class="timestamp">2 May 2024</p>',
        "<h1>Kestria rejects patrols</h1><p>Published 2 May 2024, 10.15 BST</p>",
    ],
)
def test_a_printed_day_is_found_and_is_not_in_the_text(printed: str) -> None:
    read = article("", printed)
    assert read.published == "2024-05-02"
    assert read.text == "\n\n".join(STORY)


@pytest.mark.parametrize("path", ["2024/may/02/patrols", "2024/0502/patrols.htm", "20240502/patrols"])
def test_the_day_may_stand_in_the_address(path: str) -> None:
    assert article(url=f"https://www.sentinel.example/{path}").published == "2024-05-02"


def test_other_numbers_in_the_address_are_no_day() -> None:
    assert article(url="https://www.sentinel.example/20249902/patrols").published is None


# Address


def canonical(address: str) -> str:
    return f'<link rel="canonical" href="{address}">'


@pytest.mark.parametrize(
    ("address", "found_at", "url"),
    [
        ("https://www.sentinel.example/a", "https://www.sentinel.example/a?utm_source=x", "https://www.sentinel.example/a"),
        ("https://www.sentinel.example/a", "https://amp.sentinel.example/a", "https://www.sentinel.example/a"),
        ("/a", "https://www.sentinel.example/b", "https://www.sentinel.example/a"),
        ("https://www.other.example/a", "https://www.sentinel.example/b", "https://www.sentinel.example/b"),
        ("https://www.bbc.co.uk/a", "https://evil.co.uk/b", "https://evil.co.uk/b"),
        ("https://www.sentinel.example/", "https://www.sentinel.example/b", "https://www.sentinel.example/b"),
        ("javascript:alert(1)", "https://www.sentinel.example/b", "https://www.sentinel.example/b"),
        ("http://[broken", "https://www.sentinel.example/b", "https://www.sentinel.example/b"),
        ("https://www.sentinel.example/a", None, "https://www.sentinel.example/a"),
        ("/a", None, None),
    ],
)  # fmt: skip
def test_a_page_is_believed_about_its_address_within_its_own_site(
    address: str, found_at: str | None, url: str | None
) -> None:
    assert article(canonical(address), url=found_at).url == url
