"""Which of the public questions are learnt from, and which are kept apart to measure and calibrate on."""

import random
from collections.abc import Sequence
from pathlib import Path

from retrieval.training.asked import Asked, read_questions, read_stories

_PUBLIC = ("squad_v1_train.jsonl.xz", "span_questions_train.jsonl.xz")
_APART = 20
"""One title in so many of the second set is kept apart."""
_OWN = Path(__file__).parent / "questions"


def public_questions(data: Path) -> tuple[list[Asked], list[Asked]]:
    """Return the questions to learn from and those kept apart; no title and no context is in both."""
    first, second = (read_questions(data / name) for name in _PUBLIC)
    titles = sorted({asked.title for asked in second})
    random.Random(1).shuffle(titles)  # noqa: S311  # a split, not a secret
    apart = set(titles[::_APART])
    held_out = [asked for asked in second if asked.title in apart]
    random.Random(2).shuffle(held_out)  # noqa: S311  # the same
    contexts = {asked.context for asked in held_out}
    learnt = [each for each in [*first, *second] if each.title not in apart and each.context not in contexts]
    return learnt, held_out


def own_questions(use: str) -> list[Asked]:
    """Questions on stories written for this project: `use` is "train" or "calibration", each on stories of its own."""
    return [asked for file in sorted(_OWN.glob(f"{use}*.jsonl")) for asked in read_stories(file)]


def contested(questions: Sequence[Asked]) -> list[Asked]:
    """Return the questions about contexts of which people asked unanswerable ones too, made to look answerable."""
    contexts = {asked.context for asked in questions if not asked.answers}
    return [asked for asked in questions if asked.context in contexts]
