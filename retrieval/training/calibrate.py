"""Fit the chance that marked words are right, and the margin below which the reader alone gives no answer.

    python -m retrieval.training.calibrate --model FOLDER --data FOLDER

Both are fitted on questions that the reader has not learnt from: the public ones that were kept apart, each title an
article of its own, and those on the project's stories for calibration. Writes `calibration.toml` beside the model.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.article import SHARED, Article
from retrieval.evaluation.reading import Read, ReadingQuestion, figures, read_all
from retrieval.evaluation.squad import f1
from retrieval.library import Library
from retrieval.question import understand
from retrieval.reader import Reader
from retrieval.search import search
from retrieval.sentence_choice import choose
from retrieval.span_choice import marked_sentences, signs
from retrieval.training.asked import Asked
from retrieval.training.split import own_questions, public_questions

_PUBLIC_A_TITLE = 12
"""How many questions of each public title are asked."""
_OWN_WEIGH = 3
"""How much more a question on the project's stories counts: news is what the reader is for."""
_RIGHT = 0.5
"""The F1 from which marked words count as right."""
_RIDGE = 1e-3
_ROUNDS = 60
_MARGINS = np.arange(-4, 8, 0.1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    reader = Reader(arguments.model, threads=2)
    _, held_out = public_questions(arguments.data)
    own = own_questions("calibration")
    rows = [*_public_rows(reader, held_out), *(_rows(reader, own) * _OWN_WEIGH)]
    weights = _logistic(np.array([row[:-1] for row in rows]), np.array([row[-1] for row in rows]))
    names = ("constant", "margin", "behind", "support", "agrees")
    lines = [f"{name} = {weight:.3f}" for name, weight in zip(names, weights, strict=True)]
    lines.append(f"no_answer = {_no_answer(reader, [*held_out, *own]):.2f}")
    head = "# Fitted by retrieval.training.calibrate; what they mean stands in retrieval/span_choice.py.\n"
    (arguments.model / "calibration.toml").write_text(head + "\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


def _public_rows(reader: Reader, questions: Sequence[Asked]) -> Iterator[tuple[float, ...]]:
    for title in sorted({asked.title for asked in questions}):
        of_title = [asked for asked in questions if asked.title == title]
        together = Article(title, "\n\n".join(dict.fromkeys(asked.context for asked in of_title)))
        yield from _rows(reader, of_title[:_PUBLIC_A_TITLE], [together])


def _rows(reader: Reader, questions: Sequence[Asked], articles: Iterable[Article] = ()) -> list[tuple[float, ...]]:
    """For each sentence that is read: 1, the signs, and whether its marked words are right."""
    rows: list[tuple[float, ...]] = []
    with Library.throw_away() as library:
        for article in articles or {asked.context: Article(asked.title, asked.context) for asked in questions}.values():
            library.add(SHARED, article)
        for asked in questions:
            part = understand(asked.question).parts[-1]
            found = search(library.index, library.shelf(SHARED), part)
            candidates = choose(part, found)
            golds = [span.within(asked.context) for span in asked.answers]
            for candidate, marked in marked_sentences(reader, part, found, candidates):
                words = marked.answer.within(candidate.version.article.text)
                right = bool(golds) and f1(words, golds) >= _RIGHT
                rows.append((1.0, *signs(part, candidate, marked, candidates[0].score), float(right)))
    return rows


def _logistic(measures: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic regression with a little ridge, by Newton's method."""
    weights = np.zeros(measures.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-measures @ weights))
        slope = measures.T @ (chance - right) / len(right) + _RIDGE * weights
        curve = (measures.T * (chance * (1 - chance))) @ measures / len(right) + _RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return weights


def _no_answer(reader: Reader, questions: Sequence[Asked]) -> float:
    """The margin with the best F1 where as many questions can be answered as cannot, as in SQuAD 2.0."""
    impossible = [asked for asked in questions if not asked.answers]
    contexts = {asked.context for asked in impossible}
    answerable = [asked for asked in questions if asked.answers and asked.context in contexts]
    can, cannot = _read(reader, answerable), _read(reader, impossible)
    scores = [
        figures(can, margin)["f1"] + figures(cannot, margin)["f1"] for margin in (float(each) for each in _MARGINS)
    ]
    return float(_MARGINS[int(np.argmax(scores))])


def _read(reader: Reader, questions: Sequence[Asked]) -> list[Read]:
    asked = (ReadingQuestion("", each.context, each.question, each.answers) for each in questions)
    return list(read_all(reader, asked))


if __name__ == "__main__":
    main()
