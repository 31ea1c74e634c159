"""Whether answers got worse: the figures of today beside those in figures.json.

    python -m tests.benchmarks.regress [--write]

Measured are the answers from the sample stories, to plain questions and to such as people ask, and the reader alone.
With --write, figures.json gets the figures of today. Without, every figure that is more than a point worse is named,
and the exit code is 1. Times are shown and not judged: they belong to a machine.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from bot.finder import finder, model_folder
from bot.settings import Settings
from retrieval.answers.answer import Answer
from retrieval.answers.answering import converse
from retrieval.article import SHARED
from retrieval.evaluation import answering, reading
from retrieval.evaluation.answering import AskedQuestion
from retrieval.finding.confidence import Calibration
from retrieval.finding.reader import Reader
from retrieval.ingest.lines import open_lines
from tests.retrieval.world import TESTS, library_holding, sample_stories

Figures: TypeAlias = Mapping[str, float]

FIGURES = Path(__file__).with_name("figures.json")
TOLERATED = 1.0
"""Points of a percentage."""
_QUESTIONS = TESTS / "questions"
_NOT_JUDGED = ("n", "p50_ms", "p95_ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="make today's figures those to compare with")
    write = parser.parse_args().write
    if not write and not FIGURES.exists():
        print(f"{FIGURES.name} is missing; write it with --write.", file=sys.stderr)
        return 2
    before = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    today = measured(Settings())
    for name, figures in today.items():
        print(f"{name}\n{beside(before.get(name, {}), figures)}\n")
    if write:
        FIGURES.write_text(json.dumps(today, indent=2) + "\n", "utf-8")
        return 0
    faults = [f"{name}: {fault}" for name, figures in today.items() for fault in worse(before.get(name, {}), figures)]
    print("\n".join(faults) or "Nothing got worse.")
    return 1 if faults else 0


def measured(settings: Settings) -> dict[str, dict[str, float]]:
    """Measure the answers as people get them, and the reader alone."""
    return {
        "answers from the sample stories": _answers(settings, _QUESTIONS / "stories.jsonl"),
        "the same to questions as people ask them": _answers(settings, _QUESTIONS / "as_asked.jsonl"),
        "the reader alone": _reader(settings),
    }


def beside(before: Figures, today: Figures) -> str:
    """Show each figure as it was and as it is."""
    return "\n".join(f"  {name:22} {_shown(before.get(name)):>8} {_shown(figure):>8}" for name, figure in today.items())


def worse(before: Figures, today: Figures) -> list[str]:
    """Say which figures are more than `TOLERATED` lower, or gone, and whether other questions were asked."""
    faults = []
    if before.get("n") != today["n"]:
        faults.append("these are other questions; look at the figures, and write them with --write")
    for name, figure in before.items():
        if name not in _NOT_JUDGED and today.get(name, 0.0) < figure - TOLERATED:
            faults.append(f"{name} was {_shown(figure)} and is {_shown(today.get(name))}")
    return faults


def _answers(settings: Settings, file: Path) -> dict[str, float]:
    chosen = finder(settings)
    questions = list(answering.read_questions(open_lines(file)))
    with library_holding(*((SHARED, article) for article in sample_stories())) as library:

        def ask(question: AskedQuestion) -> Answer:
            return converse(library, SHARED, [*question.after, question.question], chosen, question.asked)

        asked = answering.ask_all(library, SHARED, questions, ask)
        return answering.figures(list(asked))


def _reader(settings: Settings) -> dict[str, float]:
    folder = model_folder(settings)
    files = (_QUESTIONS / "reader_a.jsonl", _QUESTIONS / "reader_b.jsonl")
    questions = [question for file in files for question in reading.read_questions(open_lines(file))]
    read = reading.read_all(Reader(folder, settings.reader.threads), questions)
    return reading.figures(list(read), Calibration.beside(folder).no_answer)


def _shown(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:g}"


if __name__ == "__main__":
    sys.exit(main())
