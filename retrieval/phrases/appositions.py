"""Appositions: what a sentence says somebody or something is, beside the name."""

import re
from collections.abc import Collection, Iterator

from retrieval.article import Span
from retrieval.phrases.names import names
from retrieval.text.terms import terms

_DETERMINER = r"(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w’'-]*(?:['’]s))"
_BEFORE = re.compile(rf"({_DETERMINER}\s[^,.;:“”]{{3,80}}),\s(?:[A-Z][a-z]+\s)?$")
_AFTER = re.compile(rf"(?:,\s|\s(?:is|was)\s)({_DETERMINER}\s[^,.;:“”]{{3,80}})(?=[,.;:])")


def appositions(text: str, sentence: Span, name: Collection[str]) -> Iterator[Span]:
    """Yield what stands beside a name that has these terms: the French prime minister, Jean Castex."""
    for found in names(text, sentence):
        if not set(name) <= set(terms(found.within(text))):
            continue
        before = _BEFORE.search(text[sentence.start : found.start])
        if before:
            yield Span(sentence.start + before.start(1), sentence.start + before.end(1))
        after = _AFTER.match(text, found.end, sentence.end)
        if after:
            yield Span(*after.span(1))
