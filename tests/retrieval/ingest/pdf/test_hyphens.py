"""Words that a typesetter divided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ingest.pdf.hyphens import Hyphens


def joined(above: str, below: str, *elsewhere: str) -> str:
    return Hyphens([above, below, *elsewhere]).before(above, below) + below


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("The bridge", "is shut.", "The bridge is shut."),
        ("They asked the govern-", "ment to pay.", "They asked the government to pay."),
        ("She is a well-", "known pilot.", "She is a well-known pilot."),
        ("After a three-", "year delay.", "After a three-year delay."),
        ("A Velm-", "based ferry.", "A Velm-based ferry."),
        ("The Anglo-", "Kestrian treaty.", "The Anglo-Kestrian treaty."),
        ("In Penn-", "sylvania too.", "In Pennsylvania too."),
        ("A 35-", "mile walk.", "A 35-mile walk."),
        ("Two-", "and three-year terms.", "Two- and three-year terms."),
        ("Pictures by Lee/", "Velm Press.", "Pictures by Lee/Velm Press."),
        ("They left the quay —", "and the town.", "They left the quay — and the town."),
        ("They left the quay—", "and the town.", "They left the quay—and the town."),
    ],
)
def test_lines_are_joined_as_the_words_are_written(above: str, below: str, whole: str) -> None:
    assert joined(above, below) == whole


def test_a_word_is_written_as_elsewhere_in_the_text() -> None:
    assert joined("The ferry-", "man left.", "A ferry-man is a man.") == "The ferry-man left."
    assert joined("The quay-", "lights went out.", "The quaylights were old.") == "The quaylights went out."


@given(st.text(), st.text())
def test_nothing_but_a_hyphen_is_ever_lost(above: str, below: str) -> None:
    front = Hyphens([above, below]).before(above, below)
    assert front in (above, f"{above} ", above.removesuffix("-"))
