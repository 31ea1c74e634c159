"""Files of questions in SQuAD's terms."""

import json
import lzma
from pathlib import Path

import pytest

from retrieval.training.asked import read_questions

SOLD = "It rained all day. In 2011 Marta Lindgren sold the ferry to Nordwater for £2m. The crew wept."


@pytest.mark.parametrize("name", ["some.jsonl", "some.jsonl.xz"])
def test_a_file_may_be_packed(tmp_path: Path, name: str) -> None:
    line = {
        "id": "q1",
        "title": "The_Ferry",
        "context": SOLD,
        "question": " Who sold it? ",
        "answers": [
            {"text": "Marta Lindgren", "start": SOLD.index("Marta")},
            {"text": "Marta Lindgren", "start": 3},
            {"text": "", "start": 0},
        ],
        "is_impossible": False,
    }
    content = f"{json.dumps(line)}\n{json.dumps({**line, 'is_impossible': True})}\n".encode()
    (tmp_path / name).write_bytes(lzma.compress(content) if name.endswith(".xz") else content)
    answerable, impossible = read_questions(tmp_path / name)
    assert (answerable.question, answerable.title, answerable.context) == ("Who sold it?", "The Ferry", SOLD)
    assert [span.within(SOLD) for span in answerable.answers] == ["Marta Lindgren"]
    assert impossible.answers == ()
