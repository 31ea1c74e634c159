"""Passages: a text cut into runs of consecutive sentences, each long enough to be found and short enough to be read."""

from collections.abc import Iterator

from retrieval.article import Span
from retrieval.text.sentences import sentences

WORDS_A_PASSAGE = 70
"""A passage is closed with the sentence that brings it to this many words."""


def cut(text: str) -> Iterator[Span]:
    """Yield where the text's passages stand, in their order; together they hold each of its sentences once."""
    for run in _runs(text, sentences(text)):
        yield Span(run[0].start, run[-1].end)


def _runs(text: str, spans: list[Span]) -> Iterator[list[Span]]:
    run: list[Span] = []
    words = 0
    for span in spans:
        run.append(span)
        words += len(span.within(text).split())
        if words >= WORDS_A_PASSAGE:
            yield run
            run, words = [], 0
    if run:
        yield run
