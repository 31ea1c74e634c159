"""Files by their names."""

import pytest

from retrieval.ingest.files import read_file
from retrieval.ingest.reading import Unreadable
from tests.retrieval.ingest.pdf.printing import column, pdf
from tests.retrieval.ingest.web.pages import STORY as PAGE
from tests.retrieval.ingest.web.pages import page

STORY = b"Kestria rejects patrols\n\nKestria has rejected the plan, it said on Thursday."


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "story"])
def test_text_files_are_read(name: str) -> None:
    assert read_file(name, STORY).article.title == "Kestria rejects patrols"


def test_markdown_loses_its_markup() -> None:
    article = read_file("a.md", b"# Kestria rejects patrols\n\nKestria has *rejected* the plan, it said.").article
    assert (article.title, article.text) == ("Kestria rejects patrols", "Kestria has rejected the plan, it said.")


@pytest.mark.parametrize("name", ["a.html", "a.HTM"])
def test_a_saved_page_is_read_as_one(name: str) -> None:
    article = read_file(name, page(*PAGE)).article
    assert (article.title, article.text) == ("Kestria rejects patrols", "\n\n".join(PAGE))


@pytest.mark.parametrize("name", ["a.pdf", "A.PDF", ""])
def test_a_pdf_is_read_by_its_name_or_its_beginning(name: str) -> None:
    printed = pdf(column(["Kestria has rejected the plan, it said on Thursday."]), Title="Kestria rejects patrols")
    article = read_file(name, printed).article
    assert (article.title, article.text) == (
        "Kestria rejects patrols",
        "Kestria has rejected the plan, it said on Thursday.",
    )


def test_a_pdf_may_be_no_larger_than_a_text() -> None:
    with pytest.raises(Unreadable, match="larger than"):
        read_file("a.pdf", pdf(column(["The board met."])), 100)


def test_what_is_named_a_pdf_and_is_none_is_refused() -> None:
    with pytest.raises(Unreadable, match="not a PDF"):
        read_file("a.pdf", STORY)


@pytest.mark.parametrize("name", ["a.odt", "a.docx", "a.txt.exe"])
def test_other_files_are_refused_with_the_names_that_are_accepted(name: str) -> None:
    with pytest.raises(Unreadable, match=r"\.txt.*\.md.*paste the article's text"):
        read_file(name, STORY)


def test_replaced_characters_are_reported() -> None:
    assert read_file("a.txt", STORY + b"\x07").warnings == ("1 character that cannot be shown was replaced by \ufffd.",)
