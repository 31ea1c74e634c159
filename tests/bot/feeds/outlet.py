"""An outlet on this machine: a site with a feed, and a page for each story."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from aiohttp import web

from tests.bot.fetching.sites import Site, page, site
from tests.retrieval.ingest.web.pages import meta
from tests.retrieval.ingest.web.pages import page as story_page

FEED = "/feed.xml"
_DAY = datetime(2024, 5, 4, 10, 12, tzinfo=UTC)


def story(number: int) -> bytes:
    """A page whose words are those of no other story."""
    town = f"Velm{number}"
    return story_page(
        f"The harbour board of {town} said on Monday that pier {number} closes for {number + 2} weeks.",
        f"Its chair, Ida Holm of {town}, blamed the storm that had broken {number + 40} of the {town} piles in March.",
        f"Crews in {town} are to land their catch at the northern quay, where there is room for {number} boats.",
        head=meta("og:title", f"Pier {number} of {town} closes"),
    )


def item(number: int, link: str, title: str | None = None) -> str:
    """An entry of a feed; the greater its number, the newer."""
    day = format_datetime(_DAY + timedelta(minutes=number))
    headline = escape(title or f"Pier {number} closes")
    return f"<item><title>{headline}</title><link>{link}</link><guid>{number}</guid><pubDate>{day}</pubDate></item>"


def rss(*items: str, title: str = "Velm News") -> str:
    return f'<rss version="2.0"><channel><title>{escape(title)}</title>{"".join(items)}</channel></rss>'


class Outlet:
    """Its feed is at `link`; a server that is told the state of the feed does not send it again."""

    def __init__(self, served: Site) -> None:
        self.site = served
        self.title = "Velm News"
        self.lists()

    @property
    def link(self) -> str:
        return self.site.link(FEED)

    def lists(self, *numbers: int, titled: str | None = None) -> None:
        """List these stories in the feed; there is a page of each."""
        for number in numbers:
            self.site.pages.setdefault(f"/{number}", page(story(number)))
        self.sends(rss(*(item(number, f"/{number}", titled) for number in numbers), title=self.title))

    def sends(self, feed: str) -> None:
        """Send this as the feed."""
        state = f'"{hash(feed)}"'

        async def answer(request: web.Request) -> web.Response:
            if request.headers.get("If-None-Match") == state:
                return web.Response(status=304)
            return web.Response(text=feed, content_type="text/xml", headers={"ETag": state})

        self.site.pages[FEED] = answer

    def fails(self, status: int, path: str = FEED, **headers: str) -> None:
        """Answer with a status."""
        self.site.pages[path] = page(status=status, **headers)

    def pages_fetched(self) -> list[str]:
        """The paths of the stories that were asked for, in that order."""
        return [path for path in self.site.paths() if path not in (FEED, "/robots.txt")]


@asynccontextmanager
async def outlet() -> AsyncIterator[Outlet]:
    async with site() as served:
        yield Outlet(served)
