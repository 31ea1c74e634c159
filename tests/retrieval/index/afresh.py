"""What an index ranks that reads the whole archive, for comparison."""

from pathlib import Path

from retrieval.archive import Archive
from retrieval.article import SHARED
from retrieval.index import PassageIndex, Ranked


def afresh(path: Path, *query: str) -> list[Ranked]:
    with Archive.open(path) as archive:
        return PassageIndex(archive).rank(archive.shelf(SHARED), query or ("harbour", "met", "pier", "7"), 1000)
