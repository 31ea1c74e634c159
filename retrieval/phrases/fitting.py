"""Which phrases of a sentence can answer a question of a given kind."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import TypeAlias

from retrieval.article import Span
from retrieval.asking.question import Kind, Part
from retrieval.phrases.dates import dates
from retrieval.phrases.names import agents, names, people
from retrieval.phrases.places import places, settings
from retrieval.phrases.quantities import ages, durations, measurements, money, quantities, shares
from retrieval.phrases.quoted import quoted
from retrieval.phrases.reasons import strong_reasons, weak_reasons
from retrieval.text.terms import terms, tokens
from retrieval.text.vocabulary import words

_YEAR = re.compile(r"\b\d{3,4}\b")
_DIGIT = re.compile(r"\d")
_REACH = 4
"""From how many words on, the number's own among them, something counts as far from it."""
_Finder: TypeAlias = Callable[[str, Span], Iterator[Span]]


def fitting(part: Part, text: str, sentence: Span) -> list[Span]:
    """Return the phrases that can answer the part; those that only repeat its own words cannot.

    Where there are phrases of the better sort for this kind of question, the lesser sort is left out. Kinds that call
    for no certain sort of words have none: the sentence is the answer.
    """
    for find in _sorts(part):
        asked = {*part.terms, *part.wanted}
        phrases = [
            phrase for phrase in find(text, sentence) if not asked.issuperset(terms(phrase.within(text)) or [""])
        ]
        if phrases:
            return phrases
    return []


def fitness(part: Part, text: str, sentence: Span) -> float:
    """How well the sentence's phrases fit: 1 for the better sort, ½ for the lesser, 0 for none.

    A name that has a word of the question in it, such as *Judge* Gill where a judge is asked for, fits twice as well.
    """
    asked = {*part.terms, *part.wanted}
    for rank, find in enumerate(_sorts(part)):
        phrases = list(find(text, sentence))
        if part.kind is Kind.HOW_MANY:
            return max((1.0 if counts_asked(part, text, sentence, phrase) else 0.4 for phrase in phrases), default=0.0)
        found = [set(terms(phrase.within(text))) for phrase in phrases]
        others = [phrase for phrase in found if not _repeats(part, phrase)]
        if others:
            titled = part.kind in _NAMED and any(phrase & asked - part.names for phrase in others)
            return 2.0 if titled else 1 / (1 + rank)
    return 0.0


def counts_asked(part: Part, text: str, sentence: Span, phrase: Span) -> bool:
    """Whether one of the things that are to be counted stands within a few words after a number."""
    reach = _REACH + phrase.within(text).count(" ")
    following = [token.term for token in tokens(text[phrase.start : sentence.end])][:reach]
    return any(term in following for term in part.terms[:2])


def needs_fit(part: Part) -> bool:
    """Whether nothing but a phrase of the right sort can answer: an age, a number, a date."""
    return part.kind in _NEEDED


def can_answer(part: Part, words_: str) -> bool:
    """Whether words are of the sort that is asked for, where nothing else will do: a number, or something of time."""
    if part.kind not in _NEEDED or not words_:
        return True
    span = Span(0, len(words_))
    said = {word.lower() for word in re.findall(r"\w+", words_)}
    in_time = any(dates(words_, span)) or _YEAR.search(words_) or not said.isdisjoint(words("of_time"))
    counted = any(quantities(words_, span)) or _DIGIT.search(words_) or not said.isdisjoint(words("no_number"))
    return bool((part.kind in _IN_TIME and in_time) or (part.kind is not Kind.WHEN and counted))


def _sorts(part: Part) -> tuple[_Finder, ...]:
    """What to look for, the better sort first; "how much" and "how long" mean one thing or another by other words."""
    asked = set(part.text.lower().rstrip("?").split())
    if part.kind is Kind.HOW_MUCH:
        if asked & words("share"):
            return (shares,)
        return (_counts,) if asked & words("size") or not asked & words("money") else (money,)
    if part.kind is Kind.HOW_LONG and not asked & words("lasting"):
        return (measurements, durations)
    return _SORTS.get(part.kind, ())


def _repeats(part: Part, found: Collection[str]) -> bool:
    """Whether a phrase's terms are all of them the question's own; a phrase without terms says something new."""
    return bool(found) and {*part.terms, *part.wanted}.issuperset(found)


def _counts(text: str, sentence: Span) -> Iterator[Span]:
    """Quantities that are not part of a date, an age or a length of time."""
    taken = [*dates(text, sentence), *ages(text, sentence), *durations(text, sentence)]
    for quantity in quantities(text, sentence):
        if not any(quantity.overlaps(other) for other in taken):
            yield quantity


_SORTS: dict[Kind, tuple[_Finder, ...]] = {
    Kind.WHO: (people, agents),
    Kind.WHEN: (dates,),
    Kind.WHERE: (places, settings),
    Kind.WHY: (strong_reasons, weak_reasons),
    Kind.HOW_MANY: (_counts,),
    Kind.HOW_LONG: (durations,),
    Kind.HOW_OLD: (ages,),
    Kind.WHICH: (names,),
    Kind.QUOTE: (quoted,),
}
_NAMED = {Kind.WHO, Kind.WHICH, Kind.WHERE}
_NEEDED = {Kind.HOW_OLD, Kind.HOW_MANY, Kind.HOW_MUCH, Kind.HOW_LONG, Kind.WHEN}
_IN_TIME = {Kind.WHEN, Kind.HOW_LONG}
