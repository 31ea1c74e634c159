"""Exact match and F1 as SQuAD defines them (Rajpurkar et al., 2016 and 2018)."""

import re
import string
from collections import Counter
from collections.abc import Iterable

_ARTICLES = re.compile(r"\b(a|an|the)\b")


def normalised(text: str) -> str:
    """Lower case, without punctuation and articles, white space single."""
    bare = "".join(letter for letter in text.lower() if letter not in string.punctuation)
    return " ".join(_ARTICLES.sub(" ", bare).split())


def exact(answer: str, golds: Iterable[str]) -> float:
    """1 where the answer is one of the gold answers, 0 elsewhere; no gold answer means that none should be given."""
    return float(normalised(answer) in _told(golds))


def f1(answer: str, golds: Iterable[str]) -> float:
    """The best harmonic mean of precision and recall over the words shared with a gold answer."""
    return max(_overlap(normalised(answer).split(), gold.split()) for gold in _told(golds))


def _told(golds: Iterable[str]) -> set[str]:
    """The gold answers that say anything; the empty one where there are none, as SQuAD 2.0's own script has it."""
    return {normalised(gold) for gold in golds} - {""} or {""}


def _overlap(ours: list[str], theirs: list[str]) -> float:
    if not ours or not theirs:
        return float(ours == theirs)
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * shared / (len(ours) + len(theirs))
