"""Questions with the context they were asked about, as the sets hold them.

Files are in SQuAD's terms, one question a line: {id, title, context, question, answers: [{text, start}],
is_impossible}.
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
    """Read a .jsonl or .jsonl.xz file; answers whose offset does not hold their words are left out."""
    content = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    return [_asked(json.loads(line)) for line in content.splitlines()]


def _asked(fields: dict[str, Any]) -> Asked:
    context = fields["context"]
    spans = [
        Span(answer["start"], answer["start"] + len(answer["text"]))
        for answer in fields["answers"]
        if answer["text"] and context.startswith(answer["text"], answer["start"])
    ]
    title = fields.get("title", "").replace("_", " ")
    answers = () if fields.get("is_impossible") else tuple(spans)
    return Asked(fields["question"].strip(), title, context, answers, title)
