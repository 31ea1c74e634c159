"""What an address gives: a feed, the feed that its page names, or one sentence that says why there is none."""

from collections.abc import AsyncIterator

import pytest

from bot.feeds.asking import ask, failure, look_up
from bot.fetching.errors import ComeBackLater, FetchError, TooLarge
from bot.fetching.fetcher import Fetcher
from bot.fetching.response import Validators
from retrieval.feed import NoFeed
from retrieval.feed.subscription import Kind
from retrieval.ingest.reading import Unreadable
from tests.bot.feeds.outlet import Outlet, item, rss
from tests.bot.fetching.sites import LIMITS, OK, fetcher, page, saying


@pytest.fixture
async def web() -> AsyncIterator[Fetcher]:
    async with fetcher(LIMITS) as web:
        yield web


def naming(*feeds: str) -> str:
    """A page that names feeds in its head."""
    links = (f'<link rel="alternate" type="application/rss+xml" href="{feed}">' for feed in feeds)
    return f"<!doctype html><html><head>{''.join(links)}</head><body><p>Velm.</p></body></html>"


async def test_a_feed_comes_with_what_its_server_names_its_state_by(web: Fetcher, velm: Outlet) -> None:
    velm.lists(1)
    told = await ask(web, f" {velm.link}#top")
    assert told is not None
    assert (told.url, told.title) == (velm.link, "Velm News")
    assert [entry.link for entry in told.feed.entries] == [velm.site.link("/1")]
    assert told.validators.etag
    assert await ask(web, velm.link, told.validators) is None
    velm.lists(1, 2)
    assert await ask(web, velm.link, told.validators) is not None


async def test_a_feed_without_a_title_is_called_by_its_site(web: Fetcher, velm: Outlet) -> None:
    velm.title = ""
    velm.lists(1)
    assert (await look_up(web, velm.link)).title == "127.0.0.1"


async def test_a_page_leads_to_the_one_feed_that_it_names(web: Fetcher, velm: Outlet) -> None:
    velm.lists(1)
    velm.site.pages["/"] = page(naming("/feed.xml"))
    assert (await look_up(web, velm.site.link("/"))).url == velm.link


async def test_a_page_that_names_several_feeds_is_refused_with_their_addresses(web: Fetcher, velm: Outlet) -> None:
    velm.site.pages["/"] = page(naming("/feed.xml", "/sport.xml"))
    with pytest.raises(NoFeed, match="names several feeds") as refused:
        await look_up(web, velm.site.link("/"))
    assert f"{velm.link}, {velm.site.link('/sport.xml')}" in str(refused.value)


async def test_a_page_that_names_a_page_is_refused(web: Fetcher, velm: Outlet) -> None:
    velm.site.pages["/"] = page(naming("/"))
    with pytest.raises(NoFeed, match="web page"):
        await look_up(web, velm.site.link("/"))


async def test_the_encoding_that_a_server_names_is_believed(web: Fetcher, velm: Outlet) -> None:
    feed = rss(item(1, "/1"), title="Café Velm").encode("latin-1")
    velm.site.pages["/feed.xml"] = page(feed, kind="text/xml; charset=ISO-8859-1")
    assert (await look_up(web, velm.link)).title == "Café Velm"


async def test_a_site_that_asks_programs_to_stay_away_is_left_alone(web: Fetcher, velm: Outlet) -> None:
    velm.lists(1)
    velm.site.pages["/robots.txt"] = page("User-agent: Quotidian\nDisallow: /", kind="text/plain")
    with pytest.raises(FetchError, match=r"robots\.txt") as refused:
        await look_up(web, velm.link)
    assert failure(refused.value).kind is Kind.LASTING
    assert "/feed.xml" not in velm.site.paths()


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
HOSTILE = {
    "nested entities": (f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]>{rss(item(1, "&l8;"))}', "entities"),
    "a file of ours": (f'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>{rss()}', "entities"),
    "no feed": ("Good morning!", "neither RSS nor Atom nor JSON Feed"),
    "nothing": ("", "The feed is empty"),
    "binary": ("\x00\x01\x02" * 1_000, "no feed"),
    "too many": (rss(*(item(n, f"/{n}") for n in range(100_000))), "more than"),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_feed_ends_in_one_clear_sentence(web: Fetcher, velm: Outlet, name: str) -> None:
    sent, reason = HOSTILE[name]
    velm.sends(sent)
    with pytest.raises((NoFeed, TooLarge)) as refused:
        await look_up(web, velm.link)
    assert reason in str(refused.value)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


async def test_an_endless_feed_ends_in_one_clear_sentence(web: Fetcher) -> None:
    pieces = [OK.replace(b"text/html", b"text/xml") + b"\r\n", *([b"<item>" * 10_000] * 100)]
    async with saying(pieces) as link:
        with pytest.raises(TooLarge, match=r"more than 0\.1 MB"):
            await look_up(web, link)


async def test_what_to_do_instead_is_what_one_can_do_about_a_feed(web: Fetcher, velm: Outlet) -> None:
    velm.fails(403)
    with pytest.raises(FetchError, match="if it opens for you, add its articles by their links instead"):
        await look_up(web, velm.link)


async def test_script_in_titles_is_text_or_nothing(web: Fetcher, velm: Outlet) -> None:
    velm.title = "Velm <script>alert(1)</script><b>News</b> \x1b[31m"
    velm.lists(1, titled="<img src=x onerror=alert(1)>Pier <script>x</script>closes")
    told = await look_up(web, velm.link)
    assert "<" not in f"{told.title}{told.feed.entries[0].title}"
    assert "\x1b" not in told.title


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, Kind.LASTING),
        (403, Kind.LASTING),
        (410, Kind.GONE),
        (500, Kind.PASSING),
        (503, Kind.BUSY),
        (429, Kind.BUSY),
    ],
)
async def test_a_status_says_whether_to_ask_again(web: Fetcher, velm: Outlet, status: int, kind: Kind) -> None:
    velm.fails(status)
    with pytest.raises(FetchError) as refused:
        await ask(web, velm.link, Validators())
    assert failure(refused.value).kind is kind


async def test_a_busy_site_says_when_to_ask_again(web: Fetcher, velm: Outlet) -> None:
    velm.fails(503, Retry_After="600")
    with pytest.raises(ComeBackLater) as refused:
        await ask(web, velm.link)
    assert failure(refused.value).not_before == refused.value.not_before is not None


def test_a_page_without_an_article_stays_so() -> None:
    assert failure(Unreadable("This is a page of headlines.")).kind is Kind.LASTING
