"""What a PDF says of itself is believed as far as it makes sense."""

import pytest

from retrieval.ingest.pdf.document import Document
from retrieval.ingest.pdf.information import author_in, day_made, outlet_in, title_in


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Velm closes its bridge", "Velm closes its bridge"),
        ("Velm closes its bridge | The Guardian", "Velm closes its bridge"),
        ("  Velm  closes\nits bridge ", "Velm closes its bridge"),
    ],
)
def test_a_headline_is_a_title(title: str, headline: str) -> None:
    assert title_in(title) == headline


@pytest.mark.parametrize(
    "title",
    [
        None,
        "",
        "untitled",
        "Untitled document 3",
        "Microsoft Word - bridge final v2.doc",
        "bridge final version2.docx",
        "PowerPoint Presentation",
        "Layout 1 of 2",
        "velm_bridge_final",
        "https://courier.example/2024/velm bridge news",
        "about:blank in a window",
        "Velm closes",
        "Velm " * 60,
    ],
)
def test_names_of_files_and_what_programs_write_are_no_titles(title: str | None) -> None:
    assert title_in(title) is None


@pytest.mark.parametrize("author", ["Ann Lee", "Ann Lee and Tom Brown"])
def test_people_are_authors(author: str) -> None:
    assert author_in(author) == author


@pytest.mark.parametrize("author", [None, "", "alee", "Microsoft Office User", "Press Office", "Reuters", "Velm"])
def test_accounts_and_offices_are_none(author: str | None) -> None:
    assert author_in(author) is None


@pytest.mark.parametrize(
    ("title", "running", "outlet"),
    [
        ("Velm closes its bridge | The Guardian", ["Velm Post"], "The Guardian"),
        ("untitled", ["Velm Post", "News"], "Velm Post"),
        (None, ["The Velm Post 4 May 2024"], "The Velm Post"),
        (None, ["Local news | Velm Post"], "Velm Post"),
        (None, ["The bridge of Velm"], None),
    ],
)
def test_the_outlet_stands_in_the_title_or_at_the_head_of_pages(
    title: str | None, running: list[str], outlet: str | None
) -> None:
    assert outlet_in(title, running) == outlet


@pytest.mark.parametrize(
    ("maker", "made", "day"),
    [
        ("Adobe InDesign 19.0", "2024-05-04", "2024-05-04"),
        ("Mozilla/5.0 Chrome/120.0 Skia/PDF m120", "2024-05-04", None),
        ("Microsoft: Print To PDF", "2024-05-04", None),
        ("Adobe InDesign 19.0", "1970-01-01", None),
        ("Adobe InDesign 19.0", None, None),
    ],
)
def test_the_day_of_making_counts_unless_somebody_only_printed_a_page(
    maker: str, made: str | None, day: str | None
) -> None:
    assert day_made(Document((), maker=maker, made=made)) == day
