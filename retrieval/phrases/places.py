"""Where something is or happens: a name after a word of place."""

import re
from collections.abc import Iterator

from retrieval.article import Span
from retrieval.phrases.names import names
from retrieval.text.vocabulary import words

_PREPOSITION = "|".join(sorted(words("place_prepositions"), key=len, reverse=True))
_LEADS_TO_A_PLACE = re.compile(rf"\b(?:{_PREPOSITION})\s+(?:the\s+)?(?:[a-z][\w’'-]*\s+){{0,3}}$")
_OWNER = r"(?:the|an?|his|her|their|its|[\w.-]+['’]s?)"
_FOLLOWING = "|".join(sorted(words("after_a_place")))
_SETTING = re.compile(
    rf"\b(?:in|at|near|outside|inside|behind|beneath|under|beside|off|from) "
    rf"({_OWNER} (?:[a-z][\w’'-]* ){{0,3}}?[a-z][\w'-]*)(?=[,.;:”]|\s(?:\w+ed|{_FOLLOWING})\b)"
)


def places(text: str, sentence: Span) -> Iterator[Span]:
    """Yield names after a preposition of place, with up to three plain words between: in the village of *Thornby*."""
    for name in names(text, sentence):
        if _LEADS_TO_A_PLACE.search(text[sentence.start : name.start]):
            yield name


def settings(text: str, sentence: Span) -> Iterator[Span]:
    """Yield places without a name: *the cricket pavilion*, *a refrigerated lorry*."""
    for match in _SETTING.finditer(text, sentence.start, sentence.end):
        yield Span(*match.span(1))
