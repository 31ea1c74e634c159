"""Words that somebody is quoted with: what stands between quotation marks."""

import re
from collections.abc import Iterator

from retrieval.article import Span

_QUOTED = re.compile(
    r"“([^“”]+)(?:”|$)|(?<!\w)\"([^\"]+)(?:\"|$)|(?<!\w)‘((?:[^‘’]|’(?=\w))+)’(?!\w)|(?<!\w)'((?:[^']|'(?=\w))+)'(?!\w)"
)


def quoted(text: str, sentence: Span) -> Iterator[Span]:
    """Yield the words between quotation marks, marks left out; a quotation that runs on ends with the sentence."""
    for match in _QUOTED.finditer(text, sentence.start, sentence.end):
        group = match.lastindex or 1
        start, end = match.span(group)
        end -= len(match[group]) - len(match[group].rstrip(" ,"))
        if end > start:
            yield Span(start, end)
