"""Passages: a text cut into runs of consecutive sentences, each long enough to be found and short enough to be read."""

from collections.abc import Iterator

from retrieval.article import Passage, Span, Version
from retrieval.text.sentences import sentences

WORDS_A_PASSAGE = 70
"""A passage is closed with the sentence that brings it to this many words."""


def passages(version: Version) -> Iterator[Passage]:
    """Yield the version's passages in their order; together they hold each of its sentences once."""
    text = version.article.text
    for run in _runs(text, sentences(text)):
        yield Passage(version.article_id, version.number, Span(run[0].start, run[-1].end))


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
