"""How these tests say what a finder finds."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from retrieval.article import Span

Finder: TypeAlias = Callable[[str, Span], Iterable[Span]]

_BEFORE, _AFTER = "🙂 On Monday 7 Kings paid £9 “now”. ", " In Rome 8 Queens, 30, left because of “rain”."


def found(find: Finder, sentence: str) -> list[str]:
    """The phrases of a sentence that stands between others."""
    text = _BEFORE + sentence + _AFTER
    return [span.within(text) for span in find(text, Span(len(_BEFORE), len(_BEFORE) + len(sentence)))]
