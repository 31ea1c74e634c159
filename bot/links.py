"""Links: from what somebody links to, to the article that stands there."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_address

from bot.fetching.addresses import is_public
from bot.fetching.fetcher import Fetcher
from bot.fetching.formats import ARTICLES
from bot.fetching.limits import Limits
from bot.fetching.response import Fetched
from bot.settings import Settings, WebSettings
from retrieval.ingest.decoding import decode
from retrieval.ingest.markdown import read_markdown
from retrieval.ingest.page import read_page
from retrieval.ingest.pdf import Limits as PdfLimits
from retrieval.ingest.pdf import read_pdf
from retrieval.ingest.plain import read_plain
from retrieval.ingest.reading import Reading


def is_link(source: str) -> bool:
    """Whether it is meant as the address of a page, not as the name of a file."""
    return "://" in source or source.lower().startswith("www.")


def fetcher(settings: Settings) -> Fetcher:
    """A fetcher as the settings want it."""
    web, largest = settings.web, settings.articles.largest
    return Fetcher(web.contact, Limits(sent=largest, unpacked=largest, seconds=web.seconds), allows=_allowed(web))


async def read_link(web: Fetcher, link: str, largest: int) -> Reading:
    """Fetch what a person gave the link of, and read its article of at most `largest` bytes.

    Raises `FetchError` or `Unreadable`.
    """
    return await _article(await web.fetch(link, ARTICLES), largest)


async def crawl_link(web: Fetcher, link: str, largest: int) -> Reading:
    """The same for a link that a feed gave, which robots.txt may forbid; raises `FetchError` or `Unreadable`."""
    return await _article(await web.crawl(link, ARTICLES), largest)


async def _article(fetched: Fetched, largest: int) -> Reading:
    reading = await asyncio.to_thread(_read, fetched, largest)
    article = reading.article
    return replace(reading, article=replace(article, url=article.url or fetched.url))


def _allowed(web: WebSettings) -> Callable[[str], bool]:
    """The guard, which lets calls to public addresses through, and those to the networks in the settings."""
    return lambda address: is_public(address) or any(ip_address(address) in network for network in web.also_allow)


def _read(fetched: Fetched, largest: int) -> Reading:
    declared = (fetched.charset,) if fetched.charset else ()
    match fetched.content_type:
        case "application/pdf":
            return read_pdf(fetched.body, PdfLimits(size=largest))
        case "text/markdown" | "text/x-markdown":
            return read_markdown(decode(fetched.body, largest, declared).text)
        case "text/plain":
            return read_plain(decode(fetched.body, largest, declared).text)
        case _:
            return read_page(fetched.body, fetched.url, fetched.charset, largest)
