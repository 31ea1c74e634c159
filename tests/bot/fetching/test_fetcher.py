"""What comes of a link: a page with what its server says of it, the news that it is the same, or a reason."""

from importlib.metadata import version

import pytest
from aiohttp import web

from bot.errors import Refused
from bot.fetching.errors import BrokenResponse, ComeBackLater, HttpStatus, NotFound, TooLarge, Unreachable, WrongType
from bot.fetching.fetcher import Fetcher
from bot.fetching.formats import ARTICLES, FEEDS
from bot.fetching.response import Validators
from tests.bot.fetching.sites import ABOUT, HARBOUR, LIMITS, OK, PACK, PUBLIC, Site, fetcher, page, saying, site


async def test_a_page_comes_with_what_its_server_says_of_it(agent: Fetcher, public: Site) -> None:
    public.pages["/harbour"] = page(
        kind="Text/HTML; charset=ISO-8859-1", ETag='"a1"', Last_Modified="Mon, 23 Nov 2026 08:00:00 GMT"
    )
    fetched = await agent.fetch(public.link("/harbour#top", "news.example"), ARTICLES)
    assert fetched.body == HARBOUR.encode()
    assert (fetched.content_type, fetched.charset) == ("text/html", "iso8859-1")
    assert fetched.validators == Validators('"a1"', "Mon, 23 Nov 2026 08:00:00 GMT")
    assert fetched.asked == public.link("/harbour#top", "news.example")
    assert fetched.url == public.link("/harbour", "news.example")
    assert not fetched.not_modified


async def test_a_server_learns_who_asks_and_what_is_wanted(agent: Fetcher, public: Site) -> None:
    public.pages["/"] = page()
    await agent.fetch(public.link(), ARTICLES)
    (call,) = public.calls
    assert call.headers["User-Agent"] == f"Quotidian/{version('quotidian')} ({ABOUT})"
    assert call.headers["Accept"].startswith("text/html, application/xhtml+xml")


async def test_cookies_are_not_kept(agent: Fetcher, public: Site) -> None:
    public.pages["/"] = page(Set_Cookie="reader=7; Path=/")
    await agent.fetch(public.link("/", "news.example"), ARTICLES)
    await agent.fetch(public.link("/", "news.example"), ARTICLES)
    assert all("Cookie" not in call.headers for call in public.calls)


async def test_no_proxy_of_the_environment_is_used(
    public: Site, private: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", private.link())
    public.pages["/"] = page()
    async with fetcher() as agent:
        assert (await agent.fetch(public.link(), ARTICLES)).body == HARBOUR.encode()


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
async def test_a_packed_page_is_unpacked(agent: Fetcher, public: Site, packing: str) -> None:
    packed = PACK[packing](HARBOUR.encode())
    public.pages["/"] = page(packed, Content_Encoding=packing)
    assert (await agent.fetch(public.link(), ARTICLES)).body == HARBOUR.encode()


async def test_the_second_in_which_a_page_was_sent_names_no_state_of_it(agent: Fetcher, public: Site) -> None:
    date = "Mon, 23 Nov 2026 08:00:00 GMT"
    public.pages["/"] = page(Last_Modified=date, Date=date)
    assert (await agent.fetch(public.link(), ARTICLES)).validators == Validators()


@pytest.mark.parametrize("etag", ["é", "x" * 1_001])
async def test_a_validator_that_could_not_be_sent_back_is_left_out(agent: Fetcher, public: Site, etag: str) -> None:
    public.pages["/"] = page(ETag=etag)
    assert (await agent.fetch(public.link(), ARTICLES)).validators == Validators()


async def test_a_page_that_is_the_same_is_not_sent_again(agent: Fetcher, public: Site) -> None:
    async def feed(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"a1"':
            return web.Response(status=304)
        return web.Response(text="<rss/>", content_type="text/xml", headers={"ETag": '"a1"'})

    public.pages["/feed"] = feed
    first = await agent.fetch(public.link("/feed"), FEEDS)
    second = await agent.fetch(public.link("/feed"), FEEDS, first.validators)
    assert (first.not_modified, second.not_modified) == (False, True)
    assert (second.body, second.content_type) == (b"", "")
    assert second.validators == first.validators


async def test_a_date_asks_as_well(agent: Fetcher, public: Site) -> None:
    public.pages["/feed"] = page("", 304)
    date = "Mon, 23 Nov 2026 08:00:00 GMT"
    assert (await agent.fetch(public.link("/feed"), FEEDS, Validators(last_modified=date))).not_modified
    (call,) = public.calls
    assert call.headers["If-Modified-Since"] == date
    assert "If-None-Match" not in call.headers


async def test_nothing_can_be_unchanged_that_was_not_known(agent: Fetcher, public: Site) -> None:
    public.pages["/feed"] = page("", 304)
    with pytest.raises(HttpStatus, match="304"):
        await agent.fetch(public.link("/feed"), FEEDS)


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "application/rss+xml", "application/octet-stream"])
async def test_what_is_no_article_is_refused_before_it_is_read(agent: Fetcher, kind: str) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: 90000\r\n\r\n"
    async with saying([head.encode()], every=60) as link:
        with pytest.raises(WrongType):
            await agent.fetch(link, ARTICLES)


async def test_what_is_not_named_is_refused(agent: Fetcher) -> None:
    async with saying([b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"]) as link:
        with pytest.raises(WrongType, match="a file of an unknown type"):
            await agent.fetch(link, ARTICLES)


@pytest.mark.parametrize("status", [404, 410])
async def test_a_page_that_is_not_there_is_not_found(agent: Fetcher, public: Site, status: int) -> None:
    public.pages["/"] = page(status=status)
    with pytest.raises(NotFound, match="no page at this address") as error:
        await agent.fetch(public.link(), ARTICLES)
    assert error.value.status == status


@pytest.mark.parametrize(
    ("status", "says"),
    [(401, "to everyone"), (403, "to everyone"), (451, "to everyone"), (500, "a fault of its own"), (204, "204")],
)
async def test_any_other_status_is_said(agent: Fetcher, public: Site, status: int, says: str) -> None:
    public.pages["/"] = page(status=status)
    with pytest.raises(HttpStatus, match=says) as error:
        await agent.fetch(public.link(), ARTICLES)
    assert error.value.status == status


@pytest.mark.parametrize("status", [429, 503])
async def test_a_busy_site_says_when_to_come_back(agent: Fetcher, public: Site, status: int) -> None:
    public.pages["/"] = page(status=status, Retry_After="Wed, 01 Jan 2020 00:00:00 GMT")
    with pytest.raises(ComeBackLater, match="UTC; try again then") as error:
        await agent.fetch(public.link(), ARTICLES)
    assert error.value.not_before is not None


async def test_a_busy_site_need_not_say_when(agent: Fetcher, public: Site) -> None:
    public.pages["/"] = page(status=503)
    with pytest.raises(ComeBackLater, match="too busy to answer; try again later") as error:
        await agent.fetch(public.link(), ARTICLES)
    assert error.value.not_before is None


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"220 mail.example ready\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        OK + b"Content-Length: 10\r\n\r\nbroken",
        OK + b"Content-Encoding: gzip\r\n\r\nno gzip at all",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=["nothing", "another protocol", "odd length", "too short", "not packed", "bad chunk"],
)
async def test_a_broken_answer_is_called_broken(agent: Fetcher, said: bytes) -> None:
    async with saying([said]) as link:
        with pytest.raises(BrokenResponse, match=PUBLIC):
            await agent.fetch(link, ARTICLES)


async def test_a_name_that_does_not_exist_is_said(agent: Fetcher) -> None:
    with pytest.raises(Unreachable, match=r"No site called nowhere\.example was found"):
        await agent.fetch("http://nowhere.example/", ARTICLES)


async def test_a_site_where_nobody_answers_is_said(agent: Fetcher, public: Site) -> None:
    async with site() as closed:
        link = closed.link()
    with pytest.raises(Unreachable, match="Nobody answers"):
        await agent.fetch(link, ARTICLES)


async def test_a_site_without_a_secure_connection_is_said(agent: Fetcher, public: Site) -> None:
    with pytest.raises(Unreachable, match="No secure connection"):
        await agent.fetch(public.link().replace("http:", "https:"), ARTICLES)


async def test_every_error_is_one_for_a_person(agent: Fetcher, public: Site) -> None:
    with pytest.raises(Refused):
        await agent.fetch(public.link("/nothing"), ARTICLES)


async def test_the_next_page_comes_after_an_error(agent: Fetcher, public: Site) -> None:
    public.pages["/large"] = page(b"x" * (LIMITS.sent + 1))
    public.pages["/"] = page()
    with pytest.raises(TooLarge):
        await agent.fetch(public.link("/large"), ARTICLES)
    assert (await agent.fetch(public.link(), ARTICLES)).body == HARBOUR.encode()
