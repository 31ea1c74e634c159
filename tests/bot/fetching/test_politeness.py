"""A site gets one call at a time, rest, and what it asks for in its robots.txt."""

import asyncio
from dataclasses import replace

import pytest

from bot.fetching.errors import ComeBackLater, FetchError, ForbiddenByRobots, HttpStatus, RefusedAddress
from bot.fetching.fetcher import Fetcher
from bot.fetching.formats import ARTICLES, FEEDS
from bot.fetching.robots import LARGEST
from tests.bot.fetching.sites import HARBOUR, LIMITS, PUBLIC, Site, fetcher, page, redirect


async def test_a_host_is_called_once_at_a_time_with_a_rest_between(public: Site) -> None:
    public.pages["/"] = page()
    async with fetcher(replace(LIMITS, pause=0.05)) as agent:
        await asyncio.gather(*(agent.fetch(public.link(), ARTICLES) for _ in range(3)))
    first, second, third = public.calls
    assert second.began - first.ended >= 0.045
    assert third.began - second.ended >= 0.045


async def test_redirects_on_the_same_host_rest_as_well(public: Site) -> None:
    public.pages["/old"] = redirect("/new")
    public.pages["/new"] = page()
    async with fetcher(replace(LIMITS, pause=0.05)) as agent:
        await agent.fetch(public.link("/old"), ARTICLES)
    first, second = public.calls
    assert second.began - first.ended >= 0.045


async def test_hosts_do_not_wait_for_each_other(public: Site) -> None:
    public.pages["/"] = page()
    async with fetcher(replace(LIMITS, pause=60), news=[PUBLIC], other=[PUBLIC]) as agent, asyncio.timeout(10):
        await agent.fetch(public.link("/", "news.example"), ARTICLES)
        await agent.fetch(public.link("/", "other.example"), ARTICLES)


def forbid(public: Site, path: str = "/") -> None:
    public.pages["/robots.txt"] = page(f"User-agent: *\nDisallow: {path}\n", kind="text/plain")


async def test_what_robots_txt_forbids_is_not_crawled(agent: Fetcher, public: Site) -> None:
    forbid(public)
    with pytest.raises(ForbiddenByRobots, match=r"robots\.txt"):
        await agent.crawl(public.link("/feed"), FEEDS)
    assert public.paths() == ["/robots.txt"]


async def test_what_robots_txt_does_not_forbid_is_crawled(agent: Fetcher, public: Site) -> None:
    forbid(public, "/private/")
    public.pages["/"] = page()
    assert (await agent.crawl(public.link(), ARTICLES)).body == HARBOUR.encode()


async def test_what_a_person_gives_the_link_of_is_fetched_all_the_same(agent: Fetcher, public: Site) -> None:
    forbid(public)
    public.pages["/"] = page()
    assert (await agent.fetch(public.link(), ARTICLES)).body == HARBOUR.encode()
    assert public.paths() == ["/"]


async def test_robots_txt_counts_for_the_page_that_a_link_leads_on_to(agent: Fetcher, public: Site) -> None:
    forbid(public, "/private/")
    public.pages["/"] = redirect("/private/")
    with pytest.raises(ForbiddenByRobots):
        await agent.crawl(public.link(), ARTICLES)
    assert public.paths() == ["/robots.txt", "/"]


async def test_robots_txt_is_asked_for_once_by_all_who_wait_for_it(agent: Fetcher, public: Site) -> None:
    forbid(public, "/private/")
    public.pages["/"] = page()
    await asyncio.gather(*(agent.crawl(public.link(), ARTICLES) for _ in range(3)))
    assert public.paths() == ["/robots.txt", "/", "/", "/"]


async def test_robots_txt_is_asked_for_again_when_its_day_is_over(public: Site) -> None:
    forbid(public, "/private/")
    public.pages["/"] = page()
    async with fetcher(replace(LIMITS, robots=0.05)) as agent:
        await agent.crawl(public.link(), ARTICLES)
        await asyncio.sleep(0.1)
        await agent.crawl(public.link(), ARTICLES)
    assert public.paths() == ["/robots.txt", "/", "/robots.txt", "/"]


async def test_each_site_has_its_own_robots_txt(agent: Fetcher, public: Site) -> None:
    public.pages["/"] = page()
    for host in ("news.example", "other.example"):
        await agent.crawl(public.link("/", host), ARTICLES)
    assert public.paths() == ["/robots.txt", "/"] * 2


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_where_there_is_no_robots_txt_nothing_is_forbidden(agent: Fetcher, public: Site, status: int) -> None:
    public.pages |= {"/": page(), "/robots.txt": page(status=status)}
    assert (await agent.crawl(public.link(), ARTICLES)).body == HARBOUR.encode()


@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream"])
async def test_robots_txt_counts_whatever_it_is_called(agent: Fetcher, public: Site, kind: str) -> None:
    public.pages |= {"/": page(), "/robots.txt": page("User-agent: *\nDisallow: /\n", kind=kind)}
    with pytest.raises(ForbiddenByRobots):
        await agent.crawl(public.link(), ARTICLES)


@pytest.mark.parametrize("kind", ["text/html", "image/png"])
async def test_a_page_in_place_of_robots_txt_forbids_nothing(agent: Fetcher, public: Site, kind: str) -> None:
    public.pages |= {"/": page(), "/robots.txt": page(kind=kind)}
    assert (await agent.crawl(public.link(), ARTICLES)).body == HARBOUR.encode()


@pytest.mark.parametrize(("status", "error"), [(500, HttpStatus), (503, ComeBackLater), (429, ComeBackLater)])
async def test_while_a_site_cannot_tell_nothing_is_crawled(
    agent: Fetcher, public: Site, status: int, error: type[FetchError]
) -> None:
    public.pages |= {"/": page(), "/robots.txt": page(status=status)}
    with pytest.raises(error):
        await agent.crawl(public.link(), ARTICLES)
    public.pages["/robots.txt"] = page("", kind="text/plain")
    assert (await agent.crawl(public.link(), ARTICLES)).body == HARBOUR.encode()


async def test_of_an_endless_robots_txt_no_more_counts_than_is_kept(public: Site) -> None:
    late = b"#" * LARGEST + b"\nUser-agent: *\nDisallow: /\n"
    public.pages |= {"/": page(), "/robots.txt": page(late, kind="text/plain")}
    async with fetcher(replace(LIMITS, sent=2 * LARGEST, unpacked=2 * LARGEST)) as agent:
        assert (await agent.crawl(public.link(), ARTICLES)).body == HARBOUR.encode()


async def test_robots_txt_is_fetched_under_the_same_guard(agent: Fetcher, public: Site, private: Site) -> None:
    private.pages["/robots.txt"] = page("", kind="text/plain")
    public.pages["/robots.txt"] = redirect(private.link("/robots.txt"))
    with pytest.raises(RefusedAddress):
        await agent.crawl(public.link(), ARTICLES)
    assert private.calls == []
