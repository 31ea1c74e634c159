"""Kinds: what sort of words a clause asks for."""

import re
from itertools import takewhile

from retrieval.asking.clauses import ASKING, AUXILIARY, LEAD
from retrieval.asking.question import Kind
from retrieval.text.lexicon import is_past, is_plural
from retrieval.text.vocabulary import words

_LATER_LEAD = re.compile(
    rf"(?:,\s+|\b(?:at|by|for|from|in|of|on|to|with)\s+)({ASKING})\b\s*(.*)$", re.IGNORECASE | re.DOTALL
)
_OPENINGS = {
    Kind.HOW_OLD: words("keywords_how_old"),
    Kind.HOW_MANY: words("keywords_how_many"),
    Kind.HOW_MUCH: words("keywords_how_much"),
    Kind.WHEN: words("keywords_when"),
    Kind.WHERE: words("keywords_where"),
    Kind.WHY: words("keywords_why"),
}
"""First words by which a question without a question word says what it asks for."""
HOW = {
    "many": Kind.HOW_MANY,
    "much": Kind.HOW_MUCH,
    "far": Kind.HOW_MUCH,
    "tall": Kind.HOW_MUCH,
    "high": Kind.HOW_MUCH,
    "big": Kind.HOW_MUCH,
    "large": Kind.HOW_MUCH,
    "fast": Kind.HOW_MUCH,
    "heavy": Kind.HOW_MUCH,
    "deep": Kind.HOW_MUCH,
    "loud": Kind.HOW_MUCH,
    "wide": Kind.HOW_MUCH,
    "hot": Kind.HOW_MUCH,
    "cold": Kind.HOW_MUCH,
    "often": Kind.HOW_MUCH,
    "long": Kind.HOW_LONG,
    "old": Kind.HOW_OLD,
    "come": Kind.WHY,
}
"""What is asked for by the word after "how"."""


def asks_for_several(clause: str) -> bool:
    """Whether all of several things are asked for: which countries, who are, name the."""
    words_ = re.findall(r"[\w'’]+", clause)
    match [word.lower() for word in words_[:2]]:
        case ["who" | "what", "are" | "were"] | ["name" | "list", _]:
            return True
        case ["which" | "what", _]:
            noun = takewhile(lambda word: not AUXILIARY.fullmatch(word) and not is_past(word), words_[1:5])
            return any(is_plural(word) for word in noun)
        case _:
            return False


def kind_of(clause: str) -> tuple[Kind, frozenset[str]]:
    """Return the kind, and the words of the clause that only say so, in lower case."""
    lead = LEAD.match(clause) or _LATER_LEAD.search(clause)
    if AUXILIARY.match(clause):
        return Kind.YES_NO, frozenset()
    if lead is None:
        return _kind_of_keywords(clause)
    asking, rest = lead[1].lower(), lead[2].lower()
    first = next(iter(re.findall(r"[\w'’]+", rest)), "")
    match asking:
        case "who" | "whom" | "whose":
            return Kind.WHO, frozenset()
        case "when":
            return Kind.WHEN, frozenset()
        case "where":
            return Kind.WHERE, frozenset()
        case "why":
            return Kind.WHY, frozenset()
        case "how":
            return HOW.get(first, Kind.HOW), frozenset({first} if first in HOW else ())
        case _:
            return _kind_of_what(asking, first, rest)


def _kind_of_keywords(clause: str) -> tuple[Kind, frozenset[str]]:
    """What a question without a question word asks for: number of fish killed, age of the driver."""
    first = next(iter(re.findall(r"\w+", clause.lower())), "")
    for kind, opening in _OPENINGS.items():
        if first in opening:
            return kind, frozenset({first})
    return Kind.OTHER, frozenset()


def _kind_of_what(asking: str, first: str, rest: str) -> tuple[Kind, frozenset[str]]:
    if first in words("when"):
        return Kind.WHEN, frozenset({first})
    if first in words("where"):
        return Kind.WHERE, frozenset({first})
    if first in words("person"):
        return Kind.WHO, frozenset()
    if why := words("why").intersection(re.findall(r"\w+", rest)):
        return Kind.WHY, why
    if re.match(r"(?:is|was|are|were)\s+(?:\S+\s+){0,4}(?:price|cost|value|fine|percentage|proportion|share)\b", rest):
        return Kind.HOW_MUCH, frozenset()
    if first in {"percentage", "proportion", "share"}:
        return Kind.HOW_MUCH, frozenset({first})
    verbs = words("quote").intersection(re.findall(r"\w+(?! (?:on|for|off)\b)", rest))
    if verbs and AUXILIARY.match(rest):
        return Kind.QUOTE, verbs
    if asking == "which" or not AUXILIARY.match(rest):
        return Kind.WHICH, frozenset({first})
    return Kind.WHAT, frozenset()
