"""Which phrases of a sentence can answer a question of a given kind."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TypeAlias

from retrieval.article import Span
from retrieval.phrases.dates import dates
from retrieval.phrases.names import agents, names
from retrieval.phrases.places import places
from retrieval.phrases.quantities import ages, durations, measurements, money, quantities, shares
from retrieval.phrases.quoted import quoted
from retrieval.phrases.reasons import strong_reasons, weak_reasons
from retrieval.question import Kind, Part
from retrieval.text.terms import terms
from retrieval.text.vocabulary import words

_Finder: TypeAlias = Callable[[str, Span], Iterator[Span]]


def fitting(part: Part, text: str, sentence: Span) -> list[Span]:
    """Return the phrases that can answer the part; those that only repeat its own words cannot.

    Kinds that call for no certain sort of words have none: the sentence is the answer.
    """
    find = _sort(part)
    if find is None:
        return []
    asked = {*part.terms, *part.wanted}
    return [phrase for phrase in find(text, sentence) if not asked.issuperset(terms(phrase.within(text)) or [""])]


def _sort(part: Part) -> _Finder | None:
    """What to look for; "how much" and "how long" mean money, a share or a size by their other words."""
    asked = set(part.text.lower().rstrip("?").split())
    if part.kind is Kind.HOW_MUCH:
        if asked & words("share"):
            return shares
        return _counts if asked & words("size") or not asked & words("money") else money
    return _SORTS.get(part.kind)


def _counts(text: str, sentence: Span) -> Iterator[Span]:
    """Quantities that are not part of a date, an age or a length of time."""
    taken = [*dates(text, sentence), *ages(text, sentence), *durations(text, sentence)]
    for quantity in quantities(text, sentence):
        if not any(quantity.overlaps(other) for other in taken):
            yield quantity


def _lengths(text: str, sentence: Span) -> Iterator[Span]:
    return chain(durations(text, sentence), measurements(text, sentence))


def _reasons(text: str, sentence: Span) -> Iterator[Span]:
    return chain(strong_reasons(text, sentence), weak_reasons(text, sentence))


_SORTS: dict[Kind, _Finder] = {
    Kind.WHO: agents,
    Kind.WHEN: dates,
    Kind.WHERE: places,
    Kind.WHY: _reasons,
    Kind.HOW_MANY: _counts,
    Kind.HOW_LONG: _lengths,
    Kind.HOW_OLD: ages,
    Kind.WHICH: names,
    Kind.QUOTE: quoted,
}
