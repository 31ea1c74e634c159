from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from retrieval.archive import Archive
from retrieval.article import SHARED
from retrieval.finding.reader import Reader
from retrieval.library import Library
from retrieval.shipped import shipped
from tests.retrieval.world import library_holding, sample_stories

settings.register_profile(
    "retrieval",
    derandomize=True,  # the same examples in every run
    deadline=None,  # a busy machine is no failure
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],  # whole archives are large examples
)
settings.load_profile("retrieval")


@pytest.fixture(scope="session")
def stories() -> Iterator[Library]:
    """A library with the sample stories, shared by all guilds; tests only read it."""
    with library_holding(*((SHARED, article) for article in sample_stories())) as library:
        yield library


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The shipped reader."""
    return Reader(shipped("reader"), 1)


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.throw_away() as library:
        yield library


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where an archive may be made."""
    return tmp_path / "archive.db"


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive.throw_away() as archive:
        yield archive


@pytest.fixture
def stored(path: Path) -> Iterator[Archive]:
    """An archive in the file at `path`."""
    with Archive.open(path) as archive:
        yield archive
