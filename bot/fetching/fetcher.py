"""The fetcher: the one way from the bot to the web."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Self

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from aiohttp.abc import AbstractResolver
from async_lru import alru_cache
from yarl import URL

from bot.fetching.addresses import guarded, is_public
from bot.fetching.errors import ForbiddenByRobots, HttpStatus, OwnFault, TooManyRedirects, WrongType
from bot.fetching.explaining import explained
from bot.fetching.formats import Formats
from bot.fetching.limits import Limits
from bot.fetching.links import lead_on, read_link
from bot.fetching.pace import Pace
from bot.fetching.response import Fetched, Validators, read_response
from bot.fetching.robots import LARGEST, ROBOTS, permits

AGENT = "Quotidian"
"""The name that rules in a robots.txt are for."""

_REDIRECTS = (301, 302, 303, 307, 308)
_SITES = 100
"""How many sites' robots.txt are remembered at once."""

_NOTHING_KNOWN = Validators()


class Fetcher:
    """Use it as `async with Fetcher(about, limits) as fetcher`. It belongs to one event loop.

    `about` tells the people of a site what calls on it, or where to turn. `allows` says to which IP
    addresses connections are made, and `resolver` what addresses a name has; both are there for tests.
    """

    def __init__(
        self,
        about: str,
        limits: Limits,
        *,
        allows: Callable[[str], bool] = is_public,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._about = about
        self._limits = limits
        self._allows = allows
        self._resolver = resolver
        self._pace = Pace(limits.pause)
        self._robots = alru_cache(maxsize=_SITES, ttl=limits.robots)(self._fetch_robots)
        self._session: ClientSession

    async def __aenter__(self) -> Self:
        self._session = ClientSession(
            connector=TCPConnector(socket_factory=guarded(self._allows), resolver=self._resolver),
            cookie_jar=DummyCookieJar(),
            headers={"User-Agent": f"{AGENT}/{version('quotidian')} ({self._about})"},
            max_field_size=self._limits.header,
            max_line_size=self._limits.header,
            timeout=ClientTimeout(),
            trust_env=False,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._robots.cache_close()
        await self._session.close()

    async def fetch(self, link: str, accept: Formats, known: Validators = _NOTHING_KNOWN) -> Fetched:
        """Fetch what a person gave the link of; raise `FetchError`.

        When the page is still the one that the validators in `known` are of, it is not sent again.
        """
        return await self._follow(link, accept, known, _permit)

    async def crawl(self, link: str, accept: Formats, known: Validators = _NOTHING_KNOWN) -> Fetched:
        """Fetch what no person asked for, such as a feed when its time has come: only what robots.txt permits."""
        return await self._follow(link, accept, known, self._check_robots)

    async def _follow(
        self, link: str, accept: Formats, known: Validators, check: Callable[[URL], Awaitable[None]]
    ) -> Fetched:
        url = read_link(link)
        clock = asyncio.get_running_loop().time
        left = self._limits.seconds
        for _ in range(self._limits.redirects + 1):
            await check(url)
            async with self._pace.at(url.raw_host or ""):
                started = clock()
                came = await self._call(link, url, accept, known, left)
                left -= clock() - started
            if isinstance(came, Fetched):
                return came
            url = came
        raise TooManyRedirects(
            f"The link led on more than {self._limits.redirects} times; open it in a browser, and give the link of the"
            " page that you arrive at."
        )

    async def _call(self, asked: str, url: URL, accept: Formats, known: Validators, seconds: float) -> Fetched | URL:
        """Ask one server for one page, which gives the page or where else it is."""
        headers = {"Accept": ", ".join(accept.types), **known.headers()}
        with explained(url.raw_host or "", self._limits.seconds, accept.otherwise):
            async with (
                asyncio.timeout(seconds),
                self._session.get(url, headers=headers, allow_redirects=False) as response,
            ):
                if response.status in _REDIRECTS and "Location" in response.headers:
                    return lead_on(url, response.headers["Location"])
                return await read_response(asked, response, accept, known, self._limits)

    async def _check_robots(self, url: URL) -> None:
        robots = await self._robots(url.origin())
        if not await asyncio.to_thread(permits, robots, AGENT, str(url)):
            raise ForbiddenByRobots(
                f"{url.raw_host} asks programs not to fetch this page (in its robots.txt); add the article by its link"
                " or its text instead."
            )

    async def _fetch_robots(self, site: URL) -> bytes:
        """Fetch a site's rules; where there are none it has none (RFC 9309, 2.3.1)."""
        try:
            fetched = await self.fetch(str(site / "robots.txt"), ROBOTS)
        except WrongType:
            return b""
        except OwnFault:
            raise
        except HttpStatus:
            return b""
        return fetched.body[:LARGEST]


async def _permit(_: URL) -> None:
    """A person gave the link, so robots.txt, which speaks to programs, is not asked."""
