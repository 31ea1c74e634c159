from collections.abc import AsyncIterator

import pytest

from bot.fetching.fetcher import Fetcher
from tests.bot.fetching.sites import PRIVATE, PUBLIC, Site, fetcher, page, site


@pytest.fixture
async def public() -> AsyncIterator[Site]:
    """A site that may be called."""
    async with site(PUBLIC) as served:
        yield served


@pytest.fixture
async def private() -> AsyncIterator[Site]:
    """A site in a private network, with a page that nobody may see."""
    async with site(PRIVATE) as served:
        served.pages["/"] = page("<p>The keys of the house.</p>")
        yield served


@pytest.fixture
async def agent() -> AsyncIterator[Fetcher]:
    """A fetcher that knows the sites news, other and inside."""
    async with fetcher(news=[PUBLIC], other=[PUBLIC], inside=[PRIVATE]) as opened:
        yield opened
