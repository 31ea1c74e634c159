"""No link reaches a private network. Each of these leads to a site that would answer, where no call may arrive."""

import pytest

from bot.fetching.errors import BadUrl, FetchError, HttpStatus, RefusedAddress, TooManyRedirects
from bot.fetching.fetcher import Fetcher
from bot.fetching.formats import ARTICLES
from tests.bot.fetching.sites import ABOUT, HARBOUR, LIMITS, PRIVATE, PUBLIC, Site, fetcher, page, redirect, saying


async def refuse(private: Site, link: str, agent: Fetcher) -> None:
    with pytest.raises(RefusedAddress, match="private or reserved network"):
        await agent.fetch(link, ARTICLES)
    assert private.calls == []


async def test_an_address_is_refused(agent: Fetcher, private: Site) -> None:
    await refuse(private, private.link(), agent)


async def test_a_name_for_it_is_refused(agent: Fetcher, private: Site) -> None:
    await refuse(private, private.link("/", "inside.example"), agent)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_to_it_is_refused(agent: Fetcher, public: Site, private: Site, status: int) -> None:
    public.pages["/"] = redirect(private.link("/", "inside.example"), status)
    await refuse(private, public.link("/", "news.example"), agent)
    assert public.paths() == ["/"]


async def test_a_redirect_that_is_not_the_first_is_refused(agent: Fetcher, public: Site, private: Site) -> None:
    public.pages["/"] = redirect("/on")
    public.pages["/on"] = redirect(private.link())
    await refuse(private, public.link(), agent)
    assert public.paths() == ["/", "/on"]


async def test_a_robots_txt_there_is_not_asked_for(agent: Fetcher, private: Site) -> None:
    with pytest.raises(RefusedAddress):
        await agent.crawl(private.link(), ARTICLES)
    assert private.calls == []


@pytest.mark.parametrize("host", ["0x7f000002", "0x7f.0.0.2", "0x7f.2"])
async def test_an_address_in_hexadecimal_is_refused(private: Site, host: str) -> None:
    async with Fetcher(ABOUT, LIMITS) as agent:
        await refuse(private, private.link("/", host), agent)


@pytest.mark.parametrize("host", ["2130706434", "127.2", "0177.0.0.2", "017700000002", "127.0.0.02"])
async def test_an_address_in_decimal_or_octal_is_no_link(private: Site, host: str) -> None:
    async with Fetcher(ABOUT, LIMITS) as agent:
        with pytest.raises(BadUrl, match="no usual way"):
            await agent.fetch(private.link("/", host), ARTICLES)
    assert private.calls == []


@pytest.mark.parametrize("host", ["[::ffff:127.0.0.2]", "[::ffff:7f00:2]", "[::127.0.0.2]", "①②⑦.0.0.2"])
async def test_another_form_of_the_address_is_refused(agent: Fetcher, private: Site, host: str) -> None:
    await refuse(private, private.link("/", host), agent)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST"])
async def test_this_machine_is_refused_by_name(public: Site, host: str) -> None:
    async with Fetcher(ABOUT, LIMITS) as agent:
        await refuse(public, public.link("/", host), agent)


async def test_nothing_that_is_not_public_is_allowed_unless_said(public: Site) -> None:
    async with Fetcher(ABOUT, LIMITS) as agent:
        await refuse(public, public.link(), agent)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104  # not listened on
        "10.0.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.8",
        "192.168.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:169.254.169.254",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "2001:0:a00:1::1",
        "2002:a00:1::1",
        "fd00:ec2::254",
        "fe80::1",
        "ff02::1",
    ],
)
async def test_special_addresses_are_refused_literal_and_resolved(address: str) -> None:
    literal = f"[{address}]" if ":" in address else address
    async with fetcher(metadata=[address]) as agent:
        for host in (literal, "metadata.example"):
            with pytest.raises(RefusedAddress):
                await agent.fetch(f"http://{host}/", ARTICLES)


async def test_a_name_with_several_private_addresses_is_refused() -> None:
    async with fetcher(inside=["10.0.0.1", "fd00::1", PRIVATE]) as agent:
        with pytest.raises(RefusedAddress):
            await agent.fetch("http://inside.example/", ARTICLES)


async def test_of_a_private_and_a_public_address_the_public_one_is_called(public: Site, private: Site) -> None:
    public.pages["/"] = page()
    async with fetcher(mixed=[PRIVATE, PUBLIC]) as agent:
        assert (await agent.fetch(public.link("/", "mixed.example"), ARTICLES)).body == HARBOUR.encode()
    assert private.calls == []


async def test_a_page_is_fetched_from_where_it_has_moved(agent: Fetcher, public: Site) -> None:
    public.pages["/old"] = redirect("/new?from=old#top")
    public.pages["/new"] = page()
    fetched = await agent.fetch(public.link("/old", "news.example"), ARTICLES)
    assert fetched.body == HARBOUR.encode()
    assert fetched.asked == public.link("/old", "news.example")
    assert fetched.url == public.link("/new?from=old", "news.example")


async def test_a_link_that_leads_on_for_ever_is_given_up(agent: Fetcher, public: Site) -> None:
    public.pages["/a"] = redirect("/b")
    public.pages["/b"] = redirect("/a")
    with pytest.raises(TooManyRedirects, match="more than 3 times"):
        await agent.fetch(public.link("/a"), ARTICLES)
    assert public.paths() == ["/a", "/b", "/a", "/b"]


@pytest.mark.parametrize(
    "to",
    ["file:///etc/passwd", "ftp://news.example/", "http://ann:secret@news.example/", "http://news.example:22/"],
)
async def test_a_link_leads_to_nothing_that_would_not_be_opened(agent: Fetcher, public: Site, to: str) -> None:
    public.pages["/"] = redirect(to)
    with pytest.raises(BadUrl):
        await agent.fetch(public.link(), ARTICLES)


async def test_a_redirect_to_nowhere_is_an_error(agent: Fetcher, public: Site) -> None:
    public.pages["/"] = page("", 302)
    with pytest.raises(HttpStatus, match="302"):
        await agent.fetch(public.link(), ARTICLES)


async def test_a_redirect_in_no_known_encoding_is_an_error(agent: Fetcher) -> None:
    async with saying([b"HTTP/1.1 302 Found\r\nLocation: /\xff\xfe\r\nContent-Length: 0\r\n\r\n"]) as link:
        with pytest.raises(FetchError):
            await agent.fetch(link, ARTICLES)
