"""evaluate and evaluate-reader."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.bot.cli.conftest import Terminal
from tests.bot.stories import CHAIR
from tests.retrieval.marking import model_beside

FIGURES = [
    *("n", "passage_recall_at_1", "passage_recall_at_5", "passage_recall_at_10", "source_at_1", "quote_has_answer"),
    *("answer_em", "answer_f1", "refused_unanswerable", "answered", "p50_ms", "p95_ms"),
]
READING = [
    *("n", "em", "f1", "has_answer_em", "has_answer_f1", "no_answer_accuracy"),
    *("always_em", "always_f1", "sentence_accuracy", "p50_ms"),
]
ERROR = ["id", "question", "answer", "gold", "evidence"]
REYKJAVIK = "Who won the chess cup in Reykjavik?"
QUESTIONS: list[dict[str, Any]] = [
    {"id": "1", "question": CHAIR, "answers": ["Imelda Rooke", "Dr Imelda Rooke"], "gold_article_ids": ["a"]},
    {"id": "2", "question": REYKJAVIK, "answers": [], "gold_article_ids": []},
    {"id": "3", "question": CHAIR, "answers": ["a wrong answer"], "gold_article_ids": ["a"], "kind": "trap"},
]
CONTEXT = "Marta Lindgren sold the ferry on Monday. The crew wept."
CONTEXTS: list[dict[str, Any]] = [
    {
        "id": "1",
        "context": CONTEXT,
        "question": "Who sold the ferry?",
        "answers": [{"text": "Marta Lindgren", "start": 0}],
        "is_impossible": False,
    },
    {"id": "2", "context": CONTEXT, "question": "Who bought the mine?", "answers": [], "is_impossible": True},
]
COMMANDS = ["evaluate", "evaluate-reader"]


def lines(rows: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def objects(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


@pytest.fixture
def asking(stocked: Terminal, tmp_path: Path) -> Terminal:
    """The program with the shipped stories, and questions on them."""
    (tmp_path / "questions.jsonl").write_bytes(lines(QUESTIONS))
    return stocked


@pytest.fixture
def reading(quotidian: Terminal, tmp_path: Path) -> Terminal:
    """The program with questions for the reader, in contexts.jsonl."""
    (tmp_path / "contexts.jsonl").write_bytes(lines(CONTEXTS))
    return quotidian


# evaluate


def test_evaluate_prints_the_contracts_figures_as_one_object(asking: Terminal) -> None:
    ran = asking("evaluate", "questions.jsonl", "--json")
    (figures,) = ran.objects
    assert (ran.code, list(figures), figures["n"]) == (0, FIGURES, 3)
    assert all(0 <= figures[name] <= 100 for name in FIGURES[1:-2])
    assert figures["refused_unanswerable"] == 100


def test_evaluate_shows_people_a_table_and_how_far_it_is(asking: Terminal) -> None:
    ran = asking("evaluate", "questions.jsonl")
    assert ran.code == 0
    for said in ("questions", "short answer: F1, %", "unanswerable ones refused, %", "time, 95th percentile, ms"):
        assert said in ran.out
    assert "How sure, and how many were right: answers" in ran.out
    assert "3/3" in ran.err
    assert "Asking" not in ran.out


def test_evaluate_compares_the_reader_with_rules(asking: Terminal) -> None:
    (told,) = asking("evaluate", "questions.jsonl", "--compare", "--json").objects
    assert list(told) == ["reader", "rules"]
    assert list(told["reader"]) == list(told["rules"]) == FIGURES
    heading = asking("evaluate", "questions.jsonl", "--compare").out.splitlines()[0]
    assert heading.split() == ["reader", "rules"]


@pytest.mark.parametrize("model", ["none", "missing"])
def test_there_must_be_a_reader_to_compare_with(asking: Terminal, monkeypatch: pytest.MonkeyPatch, model: str) -> None:
    monkeypatch.setenv("QUOTIDIAN_READER__MODEL", model)
    ran = asking("evaluate", "questions.jsonl", "--compare")
    assert ran.code == 2
    assert "There is no reader to compare with" in ran.err


def test_evaluate_needs_no_reader(asking: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = asking("evaluate", "questions.jsonl", "--compare", "--json").objects[0]["rules"]
    monkeypatch.setenv("QUOTIDIAN_READER__MODEL", "none")
    (alone,) = asking("evaluate", "questions.jsonl", "--json").objects
    times = ("p50_ms", "p95_ms")
    assert {name: alone[name] for name in FIGURES if name not in times} == {
        name: compared[name] for name in FIGURES if name not in times
    }


def test_evaluate_shows_the_figures_of_each_kind(asking: Terminal) -> None:
    (told,) = asking("evaluate", "questions.jsonl", "--by-kind", "--json").objects
    assert list(told) == [*FIGURES, "by_kind"]
    assert {kind: figures["n"] for kind, figures in told["by_kind"].items()} == {"trap": 1, "who": 2}
    assert all(list(figures) == FIGURES for figures in told["by_kind"].values())
    table = asking("evaluate", "questions.jsonl", "--by-kind").out
    assert "By kind of question: answers" in table
    assert any(line.split()[0] == "trap" and line.split()[-1] == "–" for line in table.splitlines() if line.strip())


def test_evaluate_lists_the_wrong_answers(asking: Terminal, tmp_path: Path) -> None:
    asking("evaluate", "questions.jsonl", "--errors", "wrong.jsonl")
    wrong = objects(tmp_path / "wrong.jsonl")
    assert all(list(each) == ERROR for each in wrong)
    (trap,) = (each for each in wrong if each["id"] == "3")
    assert (trap["question"], trap["gold"]) == (CHAIR, ["a wrong answer"])
    assert "harbour board" in trap["evidence"]
    assert "2" not in {each["id"] for each in wrong}


def test_of_an_answer_that_was_refused_the_nearest_sentence_is_listed(
    asking: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTIDIAN_ANSWERS__THRESHOLD", "1")
    asking("evaluate", "questions.jsonl", "--errors", "wrong.jsonl")
    wrong = objects(tmp_path / "wrong.jsonl")
    assert [(each["id"], each["answer"]) for each in wrong] == [("1", None), ("3", None)]
    assert all(each["evidence"] for each in wrong)


def test_evaluate_asks_a_guilds_own_archive(asking: Terminal) -> None:
    assert asking("evaluate", "questions.jsonl", "--guild", 7, "--json").objects[0]["n"] == 3


def test_an_empty_archive_is_1_and_a_sentence(quotidian: Terminal, tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_bytes(lines(QUESTIONS))
    ran = quotidian("evaluate", "questions.jsonl", "--json", "--errors", "wrong.jsonl")
    assert (ran.code, ran.out) == (1, "")
    assert "The archive holds no articles yet." in ran.err
    assert not (tmp_path / "wrong.jsonl").exists()


# evaluate-reader


def test_evaluate_reader_prints_the_contracts_figures_as_one_object(reading: Terminal) -> None:
    ran = reading("evaluate-reader", "contexts.jsonl", "--json")
    (figures,) = ran.objects
    assert (ran.code, list(figures), figures["n"]) == (0, READING, 2)
    assert all(0 <= figures[name] <= 100 for name in READING[1:-1])


def test_evaluate_reader_shows_people_a_table_and_how_far_it_is(reading: Terminal) -> None:
    ran = reading("evaluate-reader", "contexts.jsonl")
    assert ran.code == 0
    assert "always answering: right sentence, %" in ran.out
    assert "2/2" in ran.err


def test_the_threshold_on_the_margin_is_the_one_beside_the_model(
    reading: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for threshold, refused in ((1e6, 100.0), (-1e6, 0.0)):
        model_beside(tmp_path / f"model{refused}", no_answer=threshold)
        monkeypatch.setenv("QUOTIDIAN_READER__MODEL", f"model{refused}")
        (figures,) = reading("evaluate-reader", "contexts.jsonl", "--json").objects
        assert figures["no_answer_accuracy"] == refused
        assert figures["sentence_accuracy"] in {0.0, 100.0}


def test_evaluate_reader_lists_the_wrong_answers(
    reading: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model_beside(tmp_path / "model", no_answer=1e6)
    monkeypatch.setenv("QUOTIDIAN_READER__MODEL", "model")
    reading("evaluate-reader", "contexts.jsonl", "--errors", "wrong.jsonl")
    (wrong,) = objects(tmp_path / "wrong.jsonl")
    assert list(wrong) == ERROR
    assert (wrong["id"], wrong["answer"], wrong["gold"]) == ("1", None, ["Marta Lindgren"])
    assert wrong["evidence"] in CONTEXT


def test_evaluate_reader_without_a_reader_is_2(reading: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTIDIAN_READER__MODEL", "none")
    ran = reading("evaluate-reader", "contexts.jsonl")
    assert (ran.code, ran.out) == (2, "")
    assert "There is no reader to measure" in ran.complaint


@pytest.mark.parametrize("damage", ["missing", "empty", "damaged"])
def test_a_broken_model_is_2_and_its_sentence(reading: Terminal, tmp_path: Path, damage: str) -> None:
    (tmp_path / "other.toml").write_text('[reader]\nmodel = "model"', "utf-8")
    if damage != "missing":
        shutil.copytree(model_beside(tmp_path / "whole"), tmp_path / "model")
        (tmp_path / "model/model.onnx").write_bytes(b"" if damage == "empty" else b"no model")
    ran = reading("evaluate-reader", "contexts.jsonl", "--config", "other.toml")
    assert (ran.code, ran.out) == (2, "")
    assert f"The reader in {tmp_path / 'model'} " in ran.complaint


# Both


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no json\n", "Line 1 is no question: it is not JSON."),
        (b"\xff\xfe\n", "Line 1 is no question: it is not UTF-8."),
        (b'\n\n["a"]\n', "Line 3 is no question: it is not a JSON object."),
        (b'{"id": "a"}\n', "Line 1 is no question: its field "),
        (b"", "bad.jsonl holds no questions."),
        (b"\n \n", "bad.jsonl holds no questions."),
    ],
)
def test_a_bad_file_is_2_and_one_line(
    quotidian: Terminal, tmp_path: Path, command: str, content: bytes, said: str
) -> None:
    (tmp_path / "bad.jsonl").write_bytes(content)
    ran = quotidian(command, "bad.jsonl")
    assert (ran.code, ran.out) == (2, "")
    assert "bad.jsonl" in ran.complaint
    assert said in ran.complaint


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_does_not_unpack_is_2(quotidian: Terminal, tmp_path: Path, command: str) -> None:
    (tmp_path / "bad.jsonl.gz").write_bytes(b"no gzip")
    ran = quotidian(command, "bad.jsonl.gz")
    assert ran.code == 2
    assert "bad.jsonl.gz is damaged" in ran.complaint


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_missing_or_a_folder_is_3(quotidian: Terminal, tmp_path: Path, command: str) -> None:
    (tmp_path / "folder").mkdir()
    for file in ("missing.jsonl", "folder"):
        ran = quotidian(command, file)
        assert (ran.code, ran.out) == (3, "")
        assert file in ran.complaint


@pytest.mark.parametrize(("command", "file"), [("evaluate", "questions.jsonl"), ("evaluate-reader", "contexts.jsonl")])
def test_wrong_answers_that_cannot_be_written_are_3_before_anything_is_asked(
    asking: Terminal, tmp_path: Path, command: str, file: str
) -> None:
    (tmp_path / "contexts.jsonl").write_bytes(lines(CONTEXTS))
    ran = asking(command, file, "--errors", "missing/wrong.jsonl")
    assert (ran.code, ran.out) == (3, "")
    assert ran.complaint
