"""Paragraphs are whole again, however they were set."""

import textwrap
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ingest.pdf.lines import Line
from retrieval.ingest.pdf.paragraphs import paragraphs_of

STORY = """\
The council of Velm will close the old bridge for three years from the first of June, its mayor said on Friday, \
because two of the seven arches have moved by the width of a hand since the winter.
Nobody had asked the people who live beside it, said Anna Reed, who does. She keeps a shop on the quay and sells rope, \
lamps and tea to the crews of the ferries, of which there will now be more.
A wooden bridge was considered. It would have cost eleven million pounds and stood for thirty years at most, the \
engineers wrote in a report of ninety pages that the council has not made public.\
""".split("\n")


def texts(lines: Iterable[Line]) -> list[str]:
    return [paragraph.text for paragraph in paragraphs_of(list(lines))]


def typeset(paragraphs: Iterable[str], *, width: int = 50, indent: float = 0.0, gap: float = 0.0) -> list[Line]:
    """Set in one column: first lines moved right by `indent`, paragraphs apart by `gap`, in points."""
    lines: list[Line] = []
    y = 700.0
    for paragraph in paragraphs:
        y -= gap
        for number, text in enumerate(textwrap.wrap(paragraph, width, break_on_hyphens=False)):
            y -= 12
            lines.append(Line(text, 1, 72 + (0 if number else indent), y, 10))
    return lines


@pytest.mark.parametrize("width", [28, 40, 60, 90])
@pytest.mark.parametrize(("indent", "gap"), [(12, 0), (0, 8), (12, 8)])
def test_paragraphs_are_parted_by_indents_or_gaps(width: int, indent: float, gap: float) -> None:
    assert texts(typeset(STORY, width=width, indent=indent, gap=gap)) == STORY


def test_a_line_that_ends_early_ends_its_paragraph() -> None:
    short = [f"{text} It ended." for text in STORY]
    lines = typeset(short, width=60)
    assert [line.text for line in lines if len(line.text) < 40] != []
    assert texts(lines) == short


def test_short_paragraphs_that_are_all_indented_stay_apart() -> None:
    talk = ["“Who will pay?” asked Anna Reed.", "“We all shall,” said the mayor.", *STORY]
    assert texts(typeset(talk, indent=12)) == talk


def test_a_larger_line_is_a_paragraph_of_its_own() -> None:
    headline = [Line("Velm closes its bridge", 1, 72, 760, 24), Line("for three years", 1, 72, 732, 24)]
    assert texts([*headline, *typeset(STORY, indent=12)]) == ["Velm closes its bridge for three years", *STORY]


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    lines = typeset(STORY[:1])
    jump = len(lines) // 2
    beside = [Line(line.text, 1, 320, line.y + 200, 10) for line in lines[jump:]]
    behind = [Line(line.text, 2, 72, line.y + 200, 10) for line in lines[jump:]]
    assert texts([*lines[:jump], *beside]) == STORY[:1]
    assert texts([*lines[:jump], *behind]) == STORY[:1]


def test_a_paragraph_that_ended_with_the_page_is_followed_by_another() -> None:
    first, second = typeset(STORY[:1]), typeset(STORY[1:2])
    assert texts([*first, *(Line(line.text, 2, line.x, line.y, 10) for line in second)]) == STORY[:2]


def test_items_of_a_list_stay_apart() -> None:
    items = [
        "• The old bridge is closed to all, walkers too.",
        "• Ferries run every ten minutes, as long as it is light.",
    ]
    hanging = [
        line if line.text.startswith("•") else Line(line.text, 1, 80, line.y, 10) for line in typeset(items, width=30)
    ]
    assert texts([*typeset(STORY, gap=8), *hanging]) == [*STORY, *items]


def test_a_large_initial_belongs_to_its_word() -> None:
    lines = typeset([STORY[0][1:], *STORY[1:]], gap=8)
    initial = Line(STORY[0][0], 1, 60, lines[0].y - 12, 30)
    paragraphs = paragraphs_of([initial, *lines])
    assert [paragraph.text for paragraph in paragraphs] == STORY
    assert paragraphs[0].size == 10


def test_no_lines_are_no_paragraphs() -> None:
    assert texts([]) == []


LINES = st.builds(
    Line,
    st.text("Ab .-•\u00e9", min_size=1).map(lambda text: " ".join(text.split())).filter(bool),
    st.integers(1, 3),
    st.floats(-20_000, 20_000),
    st.floats(-20_000, 20_000),
    st.floats(1, 400),
)


@given(st.lists(LINES, max_size=30))
def test_no_letter_is_lost_or_made(lines: list[Line]) -> None:
    def letters(parts: Iterable[str]) -> str:
        return "".join(parts).replace(" ", "").replace("-", "")

    assert letters(texts(lines)) == letters(line.text for line in lines)
