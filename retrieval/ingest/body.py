"""The body of a page: which of the lines among the paragraphs belong to the story."""

import re
from itertools import pairwise

from retrieval.ingest.forms import Form, Line
from retrieval.ingest.stories import opened_section

_FACT = re.compile(r"\d.*[,:–—-]|[,:–—-].*\d|,.*,")

_VERSE = 60
"""Characters of a line of verse at most."""

_VERSE_STOPS = (",", ";", ":", "–", "—", "-")
_SHORT = 8
_FEW = 3


def label_repeats(page: list[Line], start: int, headline: str | None) -> None:
    """Drop lines that stand above already, and the headline wherever it comes again."""
    seen: set[str] = set()
    for line in page[start:]:
        if headline is not None and line.folded.partition(" | ")[0] in (headline, headline.partition(" | ")[0]):
            line.drop("repeated headline")
        if line.why is None and _may_be_repetition(line):
            if line.folded in seen:
                line.drop("repeated line")
            seen.add(line.folded)


def _may_be_repetition(line: Line) -> bool:
    """Questions put to several people, items of lists and short sentences come again without being copies."""
    return line.words >= _SHORT if line.form is Form.PROSE and not line.text.endswith("?") else _is_loose(line)


def _is_loose(line: Line) -> bool:
    return line.form is Form.FRAGMENT and line.words > _FEW


def mark_lists(page: list[Line], start: int) -> None:
    """Make items of the lines that a colon announces, and of four facts in a row: "Ann Lee, Sergeant, 3 May"."""
    run: list[Line] = []
    announced = False
    for line in [*page[start:], None]:
        if line is not None and line.why is not None:
            continue
        is_fragment = line is not None and line.form in (Form.FRAGMENT, Form.ITEM) and opened_section(line) is None
        if line is not None and is_fragment:
            run.append(line)
            continue
        facts = sum(_FACT.search(member.text) is not None for member in run)
        if announced or (len(run) > 3 and facts * 5 >= len(run) * 4):
            for member in run:
                member.form = Form.ITEM
        run = []
        announced = line is not None and (line.form is Form.INTRODUCTION or line.text.endswith(":"))


def label_fragments(page: list[Line], start: int) -> None:
    """Drop what stands between paragraphs and is none: subheadings, questions that serve as such, stray headlines.

    What belongs to the story though no line of it is a sentence stays: verse, lists that a colon announces, items of
    a list, questions with their answers.
    """
    lines = [line for line in page[start:] if line.why is None]
    kept = _verse(lines) | _answered_questions(lines)
    for place, line in enumerate(lines):
        announces = line.form is Form.INTRODUCTION and place + 1 < len(lines)
        if line.form in (Form.PROSE, Form.ITEM) or place in kept or announces:
            continue
        line.drop("subheading" if line.words <= _SHORT else "line that is no sentence")


def _verse(lines: list[Line]) -> set[int]:
    """Three short lines or more, one in three of which ends within a sentence."""
    found: set[int] = set()
    run: list[int] = []
    for place, line in enumerate([*lines, None]):
        if line is not None and len(line.text) <= _VERSE:
            run.append(place)
            continue
        open_ends = sum(lines[at].text.endswith(_VERSE_STOPS) for at in run)
        if len(run) > 2 and open_ends * 3 >= len(run):
            found.update(run)
        run = []
    return found


def _answered_questions(lines: list[Line]) -> set[int]:
    """Questions of an interview: marked as such, or each with an answer of a paragraph or two."""
    questions = [place for place, line in enumerate(lines) if line.form is Form.QUESTION]
    marked = {place for place in questions if lines[place].folded.startswith(("q:", "q.", "q ", "question"))}
    gaps = sorted(b - a - 1 for a, b in pairwise(questions))
    if len(gaps) > 1 and 0 < gaps[len(gaps) // 2] <= 2:
        return set(questions)
    return marked
