"""Running headers, footers and page numbers are taken away, and said to be."""

import pytest

from retrieval.ingest.pdf.lines import Line
from retrieval.ingest.pdf.margins import without_margins
from retrieval.ingest.reading import Dropped

BODY = ("The bridge is shut.", "Nobody knows for how long.", "The mayor is away.", "Her deputy is not.", "Ferries run.")


def page(number: int, *, head: str = "", foot: str = "", body: tuple[str, ...] = BODY) -> list[Line]:
    """Five lines of a story, which differ from page to page, between a head and a foot."""
    texts = [f"{text} {'Again. ' * number}".strip() for text in body]
    lines = [Line(text, number, 72, 700 - 14 * at, 11) for at, text in enumerate(texts)]
    ends = [Line(head, number, 72, 800, 8), Line(foot, number, 72, 40, 8)]
    return [*lines, *(line for line in ends if line.text)]


def dropped(*pages: list[Line]) -> list[tuple[str, str]]:
    return [(part.text, part.why) for part in without_margins(pages).dropped]


def test_what_stands_at_the_ends_of_several_pages_is_dropped_and_told_once() -> None:
    pages = [page(number, head="The Velm Courier 4 May 2024", foot="News") for number in (1, 2, 3)]
    margins = without_margins(pages)
    assert margins.dropped == (
        Dropped("The Velm Courier 4 May 2024", "running header"),
        Dropped("News", "running footer"),
    )
    assert [line for line in margins.lines if line.size == 8] == []
    assert margins.running == ["The Velm Courier 4 May 2024", "News"]


def test_the_lines_of_the_story_stay_in_their_order() -> None:
    pages = [page(number, head="The Velm Courier") for number in (1, 2)]
    assert list(without_margins(pages).lines) == [*page(1), *page(2)]


def test_a_header_whose_number_counts_the_pages_is_the_same_header() -> None:
    pages = [page(number, head=f"The Velm Courier | {number}") for number in (1, 2)]
    assert dropped(*pages) == [("The Velm Courier | 1", "running header")]


@pytest.mark.parametrize("number", ["1", "- 1 -", "Page 1", "Page 1 of 3", "1/3", "Seite 1"])
def test_a_page_number_is_known_on_a_single_page(number: str) -> None:
    assert dropped(page(1, foot=number)) == [(number, "page number")]


def test_the_headline_stays_though_later_pages_repeat_it_above() -> None:
    headline = Line("Velm closes its bridge", 1, 72, 760, 24)
    pages = [[headline, *page(1)], *(page(number, head="Velm closes its bridge") for number in (2, 3))]
    assert headline in without_margins(pages).lines
    assert dropped(*pages) == [("Velm closes its bridge", "running header")]


def test_a_refrain_within_the_pages_stays() -> None:
    pages = [page(number, body=(*BODY[:3], "Who will pay?", *BODY[3:], *BODY)) for number in (1, 2)]
    refrain = [line for part in pages for line in part if line.text.startswith("Who")]
    assert [line for line in without_margins(pages).lines if line in refrain] == refrain


def test_an_end_of_a_single_page_stays() -> None:
    assert dropped(page(1, head="The Velm Courier", foot="The mayor is away")) == []


def test_what_browsers_print_is_dropped_and_gives_the_address() -> None:
    address = "https://courier.example/2024/bridge"
    margins = without_margins([page(1, head="04/05/2024, 10:12 Velm closes its bridge", foot=f"{address} 1/1")])
    assert margins.address == address
    assert margins.dropped == (
        Dropped("04/05/2024, 10:12 Velm closes its bridge", "print mark"),
        Dropped(f"{address} 1/1", "page number"),
    )
    assert margins.running == []


@pytest.mark.parametrize("foot", ["https://courier.example", "https://courier.example/2024/br… 1/1"])
def test_the_address_of_a_site_or_half_an_address_is_not_the_articles(foot: str) -> None:
    assert without_margins([page(1, foot=foot)]).address is None


def test_no_pages_have_no_margins() -> None:
    assert without_margins([]).lines == ()
    assert without_margins([[]]).lines == ()
