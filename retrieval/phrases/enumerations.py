"""Enumerations: names or things that a sentence lists, such as Belgium, Germany and the Netherlands."""

import re

from retrieval.article import Span

_NAME = r"(?:the\s)?[A-Z][\w’'&-]*(?:\s(?:of\s|the\s)?[A-Z][\w’'&-]*){0,4}"
_THING = r"(?:(?:an?|the|its|his|her|their|\d+)\s)?[a-z][\w’'-]*(?:\s[a-z][\w’'-]*){0,2}"
_LISTS = tuple(re.compile(rf"(?<![\w’'-]){item}(?:,\s{item})*,?\sand\s{item}(?![\w’'-])") for item in (_NAME, _THING))


def enumeration(text: str, sentence: Span, marked: Span) -> Span:
    """Widen words of which a person would name all that stand with them; those that stand alone stay as they are.

    Things are only told from other words where the marked ones begin or end their list.
    """
    for pattern in _LISTS:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            found = Span(*match.span())
            if marked in found and (pattern is _LISTS[0] or marked.start == found.start or marked.end == found.end):
                return found
    return marked
