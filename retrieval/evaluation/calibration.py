"""The reliability curve: of the answers that were shown with such a confidence, how many were right."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from retrieval.evaluation.answering import Answered, holds
from retrieval.evaluation.squad import f1

BINS = 10
_MOSTLY = 0.5
"""The least F1 of words that count as right: they name what is asked, with a word too many or too few."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose confidence is at least `least`, and below `most` but for 1 itself.

    `confidence` is their mean confidence and `right` the share of them that is right, both from 0 to 1.
    """

    least: float
    most: float
    shown: int
    confidence: float
    right: float


def reliability(answered: Sequence[Answered]) -> list[Bin]:
    """Return the bins that hold an answer, the least sure first; questions that were refused are in none."""
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for each in answered:
        if each.shown is not None:
            sure = each.shown.confidence
            bins[min(BINS - 1, int(sure * BINS))].append((sure, is_right(each)))
    return [_bin(place, bins[place]) for place in sorted(bins)]


def calibration_error(bins: Sequence[Bin]) -> float:
    """How far confidence is from the truth in the mean, from 0 to 1 (Naeini et al., 2015: the expected error)."""
    shown = sum(each.shown for each in bins)
    return sum(each.shown * abs(each.confidence - each.right) for each in bins) / shown if shown else 0.0


def is_right(answered: Answered) -> bool:
    """Whether the first answer that was shown is right: its words, or the quotation where no words are marked."""
    if answered.shown is None:
        return not answered.question.answers
    if not answered.question.answers:
        return False
    if answered.shown.text is None:
        return holds(answered.quotation, answered.question.answers)
    return f1(answered.shown.text, answered.question.answers) >= _MOSTLY


def _bin(place: int, held: Sequence[tuple[float, bool]]) -> Bin:
    sure, right = zip(*held, strict=True)
    return Bin(place / BINS, (place + 1) / BINS, len(held), mean(sure), mean(map(float, right)))
