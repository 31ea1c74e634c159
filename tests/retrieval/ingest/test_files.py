"""Text files by their names."""

import pytest

from retrieval.ingest.files import read_file
from retrieval.ingest.reading import Unreadable

STORY = b"Kestria rejects patrols\n\nKestria has rejected the plan, it said on Thursday."


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.md", "a.text", "story"])
def test_text_files_are_read(name: str) -> None:
    assert read_file(name, STORY).article.title == "Kestria rejects patrols"


@pytest.mark.parametrize("name", ["a.pdf", "a.html", "a.docx", "a.txt.exe"])
def test_other_files_are_refused_with_the_names_that_are_accepted(name: str) -> None:
    with pytest.raises(Unreadable, match=r"\.txt.*\.md.*paste the article's text"):
        read_file(name, STORY)


def test_replaced_characters_are_reported() -> None:
    assert read_file("a.txt", STORY + b"\x07").warnings == ("1 character that cannot be shown was replaced by \ufffd.",)
