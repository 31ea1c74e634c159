"""Fit the chance that marked words are right, and the margin below which the reader alone gives no answer.

    python -m retrieval.training.calibrate --model FOLDER --data FOLDER

Both are fitted on questions that the reader has not learnt from: the public ones that were kept apart, each title an
article of its own, and those on the project's stories for calibration. Each set is asked of an archive that holds all
its articles, and of two that hold half of them and not the one that is asked about. Writes `calibration.toml` beside
the model.
"""

import argparse
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from retrieval.article import SHARED, Article
from retrieval.asking.understanding import understand
from retrieval.evaluation.reading import Read, ReadingQuestion, figures, read_all
from retrieval.evaluation.squad import f1
from retrieval.finding.confidence import Signs
from retrieval.finding.reader import Reader
from retrieval.finding.sentence_choice import choose
from retrieval.finding.span_choice import marked_sentences, signs
from retrieval.library import Library
from retrieval.search.search import search
from retrieval.training.asked import Asked
from retrieval.training.split import contested, own_questions, public_questions

_A_TITLE = 14
"""How many questions of each public title are asked that it answers; of those that it does not, a third more."""
_OWN_WEIGH = 3.0
"""How much more a question on the project's stories counts: news is what the reader is for."""
_UNANSWERABLE = 0.3
"""The share of questions without an answer that people are taken to ask."""
_RIGHT = 0.5
"""The F1 from which marked words count as right."""
_RIDGE = 2e-3
_ROUNDS = 60
_MARGINS = np.arange(-4, 8, 0.1)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What was read for a question: the signs of all marked words, which of them are right, and how much it counts."""

    signs: list[Signs]
    right: list[bool]
    answerable: bool
    counts: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    reader = Reader(arguments.model, threads=2)
    _, held_out = public_questions(arguments.data)
    own = own_questions("calibration")
    weights = _fitted([*_public(reader, held_out), *_own(reader, own)])
    names = ("constant", *Signs._fields)
    lines = [f"{name} = {weight:.3f}" for name, weight in zip(names, weights, strict=True)]
    lines.append(f"no_answer = {_no_answer(reader, contested(held_out)):.2f}")
    head = "# Fitted by retrieval.training.calibrate; what they mean stands in retrieval/finding/confidence.py.\n"
    (arguments.model / "calibration.toml").write_text(head + "\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


def _public(reader: Reader, questions: Sequence[Asked]) -> Iterator[_Weighed]:
    """Each title is an article of all its contexts."""
    contexts: dict[str, dict[str, None]] = {}
    chosen: dict[str, list[Asked]] = {}
    for asked in questions:
        contexts.setdefault(asked.title, {})[asked.context] = None
        of_title = chosen.setdefault(asked.title, [])
        alike = sum(bool(each.answers) is bool(asked.answers) for each in of_title)
        if alike < (_A_TITLE if asked.answers else _A_TITLE * 4 // 3):
            of_title.append(asked)
    articles = {title: Article(title, "\n\n".join(of_title)) for title, of_title in contexts.items()}
    asked_of = [(title, asked) for title, of_title in chosen.items() for asked in of_title]
    yield from _asked_everywhere(reader, asked_of, articles, 1.0)


def _own(reader: Reader, questions: Sequence[Asked]) -> Iterator[_Weighed]:
    """Each context is an article."""
    articles = {asked.context: Article(asked.title, asked.context) for asked in questions}
    yield from _asked_everywhere(reader, [(asked.context, asked) for asked in questions], articles, _OWN_WEIGH)


def _asked_everywhere(
    reader: Reader, questions: Sequence[tuple[str, Asked]], articles: Mapping[str, Article], counts: float
) -> Iterator[_Weighed]:
    """Ask of all the articles, and of those halves that lack the one that the question is about."""
    names = sorted(articles)
    random.Random(3).shuffle(names)  # noqa: S311  # a split, not a secret
    for held in (set(names), set(names[::2]), set(names[1::2])):
        everything = len(held) == len(names)
        with Library.throw_away() as library:
            for name in held:
                library.add(SHARED, articles[name])
            for name, asked in questions:
                if everything or name not in held:
                    golds = [span.within(asked.context) for span in asked.answers] if everything else []
                    read, right = _read_for(reader, library, asked.question, golds)
                    yield _Weighed(read, right, bool(golds), counts)


def _read_for(reader: Reader, library: Library, question: str, golds: Sequence[str]) -> tuple[list[Signs], list[bool]]:
    part = understand(question).parts[-1]
    found = search(library.index, library.shelf(SHARED), part)
    candidates = choose(part, found)
    read: list[Signs] = []
    right: list[bool] = []
    for candidate, marked in marked_sentences(reader, part, found, candidates):
        read.append(signs(part, candidate, marked, candidates[0].score))
        words = marked.answer.within(candidate.version.article.text)
        right.append(bool(golds) and f1(words, golds) >= _RIGHT)
    return read, right


def _fitted(asked: Sequence[_Weighed]) -> list[float]:
    """The coefficients under which what is right is likeliest: an answer, or none where nothing right was read.

    Questions without an answer count together as much as `_UNANSWERABLE` says.
    """
    longest = max(len(each.signs) for each in asked)
    signs_ = torch.zeros(len(asked), longest, 1 + len(Signs._fields), dtype=torch.float64)
    shut = torch.full((len(asked), longest), -torch.inf, dtype=torch.float64)
    right = torch.zeros(len(asked), longest, dtype=torch.bool)
    for row, each in enumerate(asked):
        if each.signs:
            signs_[row, : len(each.signs), 0] = 1.0
            signs_[row, : len(each.signs), 1:] = torch.tensor(each.signs)
            shut[row, : len(each.signs)] = 0.0
            right[row, : len(each.signs)] = torch.tensor(each.right)
    answerable = torch.tensor([each.answerable for each in asked])
    counts = torch.tensor([each.counts for each in asked], dtype=torch.float64)
    counts[answerable] *= (1 - _UNANSWERABLE) / counts[answerable].sum()
    counts[~answerable] *= _UNANSWERABLE / counts[~answerable].sum()
    return _likeliest(signs_, shut, right, counts)


def _likeliest(signs_: Tensor, shut: Tensor, right: Tensor, counts: Tensor) -> list[float]:
    weights = torch.zeros(signs_.shape[-1], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=_ROUNDS, line_search_fn="strong_wolfe")
    nothing = torch.zeros(len(signs_), 1, dtype=torch.float64)

    def loss() -> float:
        optimiser.zero_grad()
        chances = torch.cat([signs_ @ weights + shut, nothing], dim=1).log_softmax(dim=1)
        wanted = torch.cat([right, ~right.any(dim=1, keepdim=True)], dim=1)
        likelihood = chances.masked_fill(~wanted, -torch.inf).logsumexp(dim=1)
        value = -(likelihood * counts).sum() + _RIDGE * (weights[1:] ** 2).sum() / 2
        value.backward()
        return float(value.detach())

    optimiser.step(loss)
    fitted: list[float] = weights.detach().tolist()
    return fitted


def _no_answer(reader: Reader, questions: Sequence[Asked]) -> float:
    """The margin with the best F1 for as many questions that can be answered as cannot, as in SQuAD 2.0."""
    can = _read(reader, [asked for asked in questions if asked.answers])
    cannot = _read(reader, [asked for asked in questions if not asked.answers])
    scores = [figures(can, float(margin))["f1"] + figures(cannot, float(margin))["f1"] for margin in _MARGINS]
    return float(_MARGINS[int(np.argmax(scores))])


def _read(reader: Reader, questions: Sequence[Asked]) -> list[Read]:
    asked = (ReadingQuestion("", each.context, each.question, each.answers) for each in questions)
    return list(read_all(reader, asked))


if __name__ == "__main__":
    main()
