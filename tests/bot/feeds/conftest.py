from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.feeds.subscriptions import Subscriptions
from bot.settings import ArchiveSettings, FeedSettings, Settings
from retrieval.library import Library
from tests.bot.feeds.outlet import Outlet, outlet
from tests.bot.fetching.sites import LIMITS, fetcher

Opened = Callable[..., AbstractAsyncContextManager[Subscriptions]]


@pytest.fixture
async def velm() -> AsyncIterator[Outlet]:
    """An outlet whose feed lists nothing yet."""
    async with outlet() as velm:
        yield velm


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the archive is."""
    return tmp_path / "quotidian.db"


@pytest.fixture
def opened(path: Path) -> Opened:
    """Opens the door to the archive's feeds, as a process does."""

    @asynccontextmanager
    async def open_(most_articles: int = 50) -> AsyncIterator[Subscriptions]:
        settings = Settings(archive=ArchiveSettings(path=path), feeds=FeedSettings(most_articles=most_articles))
        desk = Desk("feeds")
        await desk.open(path)
        async with fetcher(LIMITS) as web:
            yield Subscriptions(desk, web, settings)
        await desk.close()

    return open_


@pytest.fixture
async def feeds(opened: Opened) -> AsyncIterator[Subscriptions]:
    async with opened() as feeds:
        yield feeds


@pytest.fixture
def library(path: Path) -> Callable[[], Library]:
    """Opens the archive beside whoever else uses it."""
    return lambda: Library.open(path)
