"""Questions with the context they were asked about, as the sets hold them.

The public sets are in SQuAD's terms, one question a line: {id, title, context, question, answers: [{text, start}],
is_impossible}. The project's own are one story a line: {id, title, context, questions: [{question, answers, kind}]}.
"""

import json
import lzma
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.article import Span


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of a file; no answers where the context holds none.

    Contexts of the same `group` are about much the same: those of one article, or stories of one sort.
    """

    question: str
    title: str
    context: str
    answers: tuple[Span, ...]
    group: str


def read_questions(path: Path) -> list[Asked]:
    """Read a file of the public sets, .jsonl or .jsonl.xz: one question a line, in SQuAD's terms.

    Answers whose offset does not hold their words are left out.
    """
    content = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    lines = map(json.loads, content.splitlines())
    return [_asked(line, line["context"], line.get("title", "").replace("_", " ")) for line in lines]


def read_stories(path: Path) -> list[Asked]:
    """Read a file of the project's own stories: one story a line, with its questions."""
    stories = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        _asked(question, story["context"], story["title"], group=path.stem)
        for story in stories
        for question in story["questions"]
    ]


def _asked(fields: dict[str, Any], context: str, title: str, group: str = "") -> Asked:
    spans = [
        Span(answer["start"], answer["start"] + len(answer["text"]))
        for answer in fields["answers"]
        if answer["text"] and context.startswith(answer["text"], answer["start"])
    ]
    answers = () if fields.get("is_impossible") else tuple(spans)
    return Asked(fields["question"].strip(), title, context, answers, group or title)
