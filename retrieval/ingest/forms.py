"""The form of a line: whether it reads as prose, a question, an item of a list or a mere fragment."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from retrieval.ingest.vocabulary import fold

_ENDS = frozenset(".!?…。！？؟।։።။។")
_CLOSERS = " \u00a0\ufffd\"'”’»›)]*_"
_OPENERS = "\"'“‘«‹(["
_BULLET = re.compile(r"\s*(?:[-–—*•●▪◦‣·►▶■✔✓→]\s+|[•●▪◦‣►▶■✔✓]|\(?\d{1,2}[.)]\s)")
_BOUNDARY = re.compile(r"[^\W\d_]{3}[.!?]['\"”’»)]{0,2}\s+['\"“‘«(]{0,2}[A-ZÀ-ÞА-Я0-9]")
_SIGNED_QUOTE = re.compile(r"[“\"][^”\"]{3,400}[.!?…][”\"]\s")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

LONG_LINE = 25
"""Words: a line as long is prose even where it ends without a stop."""

_TWO_SENTENCES = 12
_SHORT_QUESTION = 15


class Form(Enum):
    """What a line looks like, whatever it says."""

    PROSE = auto()
    QUESTION = auto()
    ITEM = auto()
    INTRODUCTION = auto()
    FRAGMENT = auto()


@dataclass(slots=True)
class Line:
    """One line or paragraph of a page, and why it is dropped once that is known.

    `folded` is the text as the vocabulary compares it; `words` counts two letters as a word in scripts without spaces.
    """

    text: str
    folded: str
    form: Form
    words: int
    why: str | None = None

    @property
    def is_story(self) -> bool:
        """Whether this is a paragraph that nothing has been found against."""
        return self.why is None and self.form is Form.PROSE

    def drop(self, why: str) -> None:
        """Give the reason, unless there is one already."""
        if self.why is None:
            self.why = why


def line(text: str) -> Line:
    """Look at a line."""
    words = count_words(text)
    return Line(text, fold(text), _form(text, words), words)


def count_words(text: str) -> int:
    """Words between spaces, or half the letters of a script that sets none."""
    return max(len(text.split()), len(_UNSPACED.findall(text)) // 2)


def ends_sentence(text: str) -> bool:
    """Whether the last sign, closing quotes and brackets aside, ends a sentence."""
    return text.rstrip(_CLOSERS)[-1:] in _ENDS


def sentences_in(text: str) -> int:
    """How many sentences a line seems to hold; at least one."""
    return 1 + len(_BOUNDARY.findall(text))


def _form(text: str, words: int) -> Form:
    several = _BOUNDARY.search(text) is not None
    if text.rstrip(_CLOSERS)[-1:] in "?？؟" and not several and words <= _SHORT_QUESTION and text[:1] not in _OPENERS:
        return Form.QUESTION
    if ends_sentence(text) and (words > 2 or text[:1] in _OPENERS):
        return Form.PROSE
    if _SIGNED_QUOTE.match(text):
        return Form.PROSE
    if words >= LONG_LINE or (several and words >= _TWO_SENTENCES):
        return Form.PROSE
    if text.endswith((":", "：")):
        return Form.INTRODUCTION
    return Form.ITEM if _BULLET.match(text) and words > 2 else Form.FRAGMENT
