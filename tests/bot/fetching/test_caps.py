"""No page takes more memory or time than it may, however it is sent."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from itertools import chain, repeat

import pytest
from aiohttp import web

from bot.fetching.errors import BrokenResponse, TooLarge, TooSlow, WrongType
from bot.fetching.fetcher import Fetcher
from bot.fetching.formats import ARTICLES
from tests.bot.fetching.sites import HARBOUR, LIMITS, OK, PACK, Site, fetcher, page, saying


async def test_a_page_of_just_the_limit_comes(agent: Fetcher, public: Site) -> None:
    public.pages["/"] = page(b"x" * LIMITS.sent)
    assert len((await agent.fetch(public.link(), ARTICLES)).body) == LIMITS.sent


async def test_a_page_that_says_that_it_is_too_large_is_not_read(agent: Fetcher) -> None:
    async with saying([OK + b"Content-Length: 100001\r\n\r\n"], every=60) as link:
        with pytest.raises(TooLarge, match=r"more than 0\.1 MB"):
            await agent.fetch(link, ARTICLES)


async def test_a_page_that_does_not_say_so_is_given_up_at_the_limit(agent: Fetcher) -> None:
    async with saying([OK + b"\r\n", b"x" * (LIMITS.sent + 1)], every=0.01) as link:
        with pytest.raises(TooLarge):
            await agent.fetch(link, ARTICLES)


@pytest.mark.parametrize("head", [OK + b"\r\n", OK + b"Transfer-Encoding: chunked\r\n\r\n"])
async def test_an_endless_page_is_given_up(agent: Fetcher, head: bytes) -> None:
    async with saying(chain([head], repeat(b"400\r\n" + b"x" * 1_024 + b"\r\n"))) as link:
        with pytest.raises(TooLarge):
            await agent.fetch(link, ARTICLES)


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
async def test_a_small_page_that_unpacks_to_a_huge_one_is_given_up(agent: Fetcher, public: Site, packing: str) -> None:
    packed = PACK[packing](bytes(50_000_000))
    assert len(packed) < LIMITS.sent
    public.pages["/"] = page(packed, Content_Encoding=packing)
    with pytest.raises(TooLarge, match=r"more than 0\.3 MB"):
        await agent.fetch(public.link(), ARTICLES)


async def test_a_page_of_many_packed_parts_is_given_up(agent: Fetcher) -> None:
    part = gzip.compress(bytes(1_000))
    async with saying(chain([OK + b"Content-Encoding: gzip\r\n\r\n"], repeat(part))) as link:
        with pytest.raises((TooLarge, BrokenResponse)):
            await agent.fetch(link, ARTICLES)


@pytest.mark.parametrize("packing", ["gzip, gzip", "gzip, identity", "br, gzip", "compress", "x"])
async def test_a_page_packed_twice_or_oddly_is_refused(agent: Fetcher, public: Site, packing: str) -> None:
    public.pages["/"] = page(gzip.compress(gzip.compress(HARBOUR.encode())), Content_Encoding=packing)
    with pytest.raises(WrongType, match="packed in a way"):
        await agent.fetch(public.link(), ARTICLES)


@pytest.mark.parametrize(
    "header", [b"X-Long: " + b"x" * (LIMITS.header + 1) + b"\r\n", b"X: y\r\n" * 1_000, b"X" * 50_000 + b": y\r\n"]
)
async def test_endless_headers_are_given_up(agent: Fetcher, header: bytes) -> None:
    async with saying([OK + header + b"Content-Length: 1\r\n\r\nx"]) as link:
        with pytest.raises(BrokenResponse):
            await agent.fetch(link, ARTICLES)


async def test_a_long_header_within_the_limit_is_no_hindrance(agent: Fetcher, public: Site) -> None:
    public.pages["/"] = page(Content_Security_Policy="x" * 20_000)
    assert (await agent.fetch(public.link(), ARTICLES)).body == HARBOUR.encode()


@pytest.fixture
async def hasty() -> AsyncIterator[Fetcher]:
    async with fetcher(replace(LIMITS, seconds=0.2)) as opened:
        yield opened


@pytest.mark.parametrize(
    "pieces",
    [
        repeat(b""),
        chain([b"HTTP/1.1 200 OK\r\n"], repeat(b"X: y\r\n")),
        chain([OK + b"Content-Length: 90000\r\n\r\n"], repeat(b"x")),
        repeat(b"HTTP/1.1 100 Continue\r\n\r\n"),
        chain([OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"")[:10]], repeat(b"\x00\x00\x00\xff\xff")),
    ],
    ids=["says nothing", "never ends its headers", "a letter at a time", "wait, wait", "unpacks to nothing"],
)
async def test_a_server_that_takes_its_time_is_given_up(hasty: Fetcher, pieces: Iterable[bytes]) -> None:
    async with saying(pieces, every=0.05) as link:
        with pytest.raises(TooSlow, match=r"longer than 0\.2 seconds"):
            await hasty.fetch(link, ARTICLES)


async def test_all_redirects_share_the_time(hasty: Fetcher, public: Site) -> None:
    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(0.09)
        return web.Response(status=302, headers={"Location": "/"})

    public.pages["/"] = slow
    with pytest.raises(TooSlow):
        await hasty.fetch(public.link(), ARTICLES)


async def test_waiting_for_a_turn_takes_none_of_it(public: Site) -> None:
    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(0.2)
        return web.Response(text=HARBOUR, content_type="text/html")

    public.pages["/"] = slow
    async with fetcher(replace(LIMITS, seconds=0.5)) as agent:
        await asyncio.gather(*(agent.fetch(public.link(), ARTICLES) for _ in range(4)))
    assert len(public.calls) == 4
