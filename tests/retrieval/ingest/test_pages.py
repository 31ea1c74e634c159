"""Whole pages as people copy them, written for this project, against what a careful reader made of each."""

import json
from pathlib import Path
from typing import Any

import pytest

from retrieval.ingest.plain import read_plain
from retrieval.ingest.reading import Reading

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(page.stem for page in PAGES.glob("*.txt"))


def reading_of(name: str) -> Reading:
    return read_plain((PAGES / f"{name}.txt").read_text(encoding="utf-8"))


def gold_of(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return gold


@pytest.mark.parametrize("name", NAMES)
def test_the_text_is_the_pages_paragraphs_and_nothing_else(name: str) -> None:
    assert reading_of(name).article.text.split("\n\n") == gold_of(name)["body"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field", ["title", "source", "author", "published"])
def test_the_page_tells_its_headline_outlet_author_and_day(name: str, field: str) -> None:
    assert getattr(reading_of(name).article, field) == gold_of(name)[field]
