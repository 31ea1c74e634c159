"""Sentences with exact offsets.

Every line break ends a sentence, then `sentencex` finds the ends within a line. Together the sentences hold every
character of the text that is not white space, once and in order.
"""

import re
from collections.abc import Iterator

from sentencex import get_sentence_boundaries

from retrieval.article import Span
from retrieval.text.vocabulary import words

_LINE = re.compile(r"\S[^\n]*")
_CLOCK = re.compile(r"\b[ap]\.m\.\s*$")
_DAY = re.compile(rf"\s*(?:{'|'.join(sorted(words('weekdays') | words('months')))})\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*[a-z,;)\]”’]")


def sentences(text: str) -> list[Span]:
    """Return the sentences' spans, without the white space around them."""
    return [span for line in _LINE.finditer(text) for span in _in_line(text, line.start(), line.end())]


def paragraph_of(text: str, span: Span) -> Span:
    """Return the line that the span's first character stands in."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    return Span(start, len(text) if end < 0 else end)


def _in_line(text: str, start: int, end: int) -> Iterator[Span]:
    line = text[start:end]
    for begin, finish in _pieces(line):
        piece = line[begin:finish]
        left = len(piece) - len(piece.lstrip())
        if words_length := len(piece.strip()):
            yield Span(start + begin + left, start + begin + left + words_length)


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    """The boundaries sentencex sees, less those inside “9 a.m. Tuesday” or before a word in lower case."""
    begin = 0
    ends = [boundary["end_index"] for boundary in get_sentence_boundaries("en", line)]
    for end in ends[:-1]:
        if not _runs_on(line, begin, end):
            yield begin, end
            begin = end
    if begin < len(line):
        yield begin, len(line)


def _runs_on(line: str, begin: int, end: int) -> bool:
    return bool(_GOES_ON.match(line, end) or (_CLOCK.search(line, begin, end) and _DAY.match(line, end)))
