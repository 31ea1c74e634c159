"""Questions: what is asked, part by part.

"Who rejected joint patrols, and why?" asks two things; each becomes a `Part` that is answered or refused on its own.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from retrieval.text.sentences import sentences
from retrieval.text.terms import Token, terms, tokens
from retrieval.text.vocabulary import words

LONGEST = 500
"""The most characters of a question that are read."""
MOST_PARTS = 5
"""The most things that are answered of those one question asks."""

_ASKING = r"(?:who|whom|whose|what|when|where|why|which|how)"
_JOINT = re.compile(
    rf"\s*(?:[,;]\s*(?:and\s+)?|\s+and\s+)(?=(?:(?:by|for|to|from|in|at|on|with)\s+)?{_ASKING}\b)", re.IGNORECASE
)
_SEVERAL = re.compile(rf"^\s*((?:{_ASKING}\s*(?:,|&|and\b)\s*(?:and\s+)?)+{_ASKING})\s+(?=\w)", re.IGNORECASE)
_BARE = re.compile(
    rf"^(?:(?:by|for|to|from|in|at|on|with)\s+)?{_ASKING}(?:\s+(?:many|much|long|old|far|often|come|so|not|else))?$",
    re.IGNORECASE,
)
_LEAD = re.compile(rf"^(?:(?:by|for|to|from|in|at|on|with|of)\s+)?({_ASKING})\b\s*(.*)$", re.IGNORECASE | re.DOTALL)
_LATER_LEAD = re.compile(
    rf"(?:,\s+|\b(?:at|by|for|from|in|of|on|to|with)\s+)({_ASKING})\b\s*(.*)$", re.IGNORECASE | re.DOTALL
)
_AUXILIARY = re.compile(
    r"(?:did|does|do|has|have|had|was|were|is|are|will|would|can|could|should|might|must)\b", re.IGNORECASE
)
_PRONOUN = re.compile(rf"\b(?:{'|'.join(words('referring'))})\b", re.IGNORECASE)


class Kind(StrEnum):
    """The sort of words that can answer a question."""

    WHO = "who"
    WHAT = "what"
    WHEN = "when"
    WHERE = "where"
    WHY = "why"
    HOW = "how"
    HOW_MANY = "how many"
    HOW_MUCH = "how much"
    HOW_LONG = "how long"
    HOW_OLD = "how old"
    WHICH = "which"
    QUOTE = "quote"
    OTHER = "other"


_OPENINGS = {
    Kind.HOW_OLD: words("keywords_how_old"),
    Kind.HOW_MANY: words("keywords_how_many"),
    Kind.HOW_MUCH: words("keywords_how_much"),
    Kind.WHEN: words("keywords_when"),
    Kind.WHERE: words("keywords_where"),
    Kind.WHY: words("keywords_why"),
}
"""First words by which a question without a question word says what it asks for."""
_NO_NAMES = words("months") | words("weekdays") | words("demonyms") | words("name_openers")
_LEFT_OUT = " … "
"""Stands in a part's text for the subject that an earlier part's answer gives."""

_HOW = {
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


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked.

    `terms` are what an answer's surroundings should mention; `names` are those of them that are names or numbers, which
    nothing else can stand for. `wanted` are the terms that name the sort of answer ("which *country*"); "many" and
    "old" in "how many" and "how old" are neither. `told` is what is said beside the question. `refers` says whether it
    names something by a pronoun alone: “Why did she sell it?”. `respelt` are words that were misspelt, as the shelf
    spells them. `asked` is the day of the question, where it is known.
    """

    text: str
    kind: Kind
    terms: tuple[str, ...]
    names: frozenset[str]
    wanted: tuple[str, ...] = ()
    told: str = ""
    refers: bool = False
    respelt: tuple[str, ...] = ()
    asked: date | None = None

    @property
    def in_full(self) -> str:
        """The question with what is told beside it: “31 men were held. Where was that?”."""
        return f"{self.told} {self.text}" if self.told else self.text

    @property
    def surnames(self) -> dict[str, str]:
        """For each first word of a name of several, the next: a story that says Mr Johnson means Boris Johnson."""
        pairs = pairwise(self.terms)
        return {first: second for first, second in pairs if first in self.names and second in self.names}

    def words_of(self, chosen: Collection[str]) -> tuple[str, ...]:
        """Return the words that the question, or what is told beside it, has for some of its terms."""
        return tuple(dict.fromkeys(token.words for token in tokens(self.in_full) if token.term in chosen))


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked, and its parts in their order.

    `shortened` says that it was longer, or asked more things, than are read.
    """

    text: str
    parts: tuple[Part, ...]
    shortened: bool = False


def understand(text: str, today: date | None = None) -> Question:
    """Take a question apart that is asked `today`, where that is known.

    Only its first `LONGEST` characters, and there the first `MOST_PARTS` parts, are read.
    """
    asked = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    read = asked if len(asked) <= LONGEST else asked[: LONGEST + 1].rsplit(" ", 1)[0][:LONGEST]
    clauses, told = _clauses(read.lower() if read.isupper() else read)
    parts: list[Part] = []
    for clause in clauses[:MOST_PARTS]:
        parts.append(replace(_inheriting(_part(clause, told), parts), asked=today))
    return Question(read, tuple(parts), shortened=read != asked or len(clauses) > MOST_PARTS)


def resolved(part: Part, subject: str) -> Part:
    """Fill in who is meant, as an earlier part's answer has it, in a part that leaves it out; others stay as they are.

    “Why … rejected joint patrols?” has a gap for it; “Why did she sell it?” is told it beside the question.
    """
    if _LEFT_OUT in part.text:
        named = subject[0].lower() + subject[1:] if subject.startswith(("The ", "A ", "An ")) else subject
        text = part.text.replace(_LEFT_OUT, f" {named}, " if "," in named else f" {named} ", 1)
        return replace(part, text=text, terms=_together(part.terms, terms(subject)))
    if part.refers:
        return replace(part, told=f"{part.told} {subject.rstrip('.')}.", terms=_together(part.terms, terms(subject)))
    return part


def _clauses(text: str) -> tuple[list[str], str]:
    """Return the questions in a text, and what is told beside them: “31 men were held. Where was that?”."""
    stretches = [span.within(line) for line in re.split(r"(?<=\?)\s+", text) for span in sentences(line)]
    questions = [stretch for stretch in stretches if stretch.endswith("?") or _LEAD.match(stretch)]
    told = " ".join(stretch for stretch in stretches if stretch not in questions) if questions else ""
    clauses = [clause for question in questions or [text] for clause in _several(question) or _joined(question)]
    return [clause for clause in clauses if re.search(r"\w", clause)] or [text], told


def _several(sentence: str) -> list[str]:
    """When and where did it happen → when did it happen, where did it happen."""
    match = _SEVERAL.match(sentence)
    asked = re.findall(rf"\b{_ASKING}\b", match[1], re.IGNORECASE) if match else []
    return [f"{asking} {sentence[match.end() :]}" for asking in asked] if match else []


def _joined(sentence: str) -> list[str]:
    """Take the clauses of a question apart; in “the man who … and who …” they are none."""
    return _JOINT.split(sentence) if _LEAD.match(sentence) else [sentence]


def _part(clause: str, told: str) -> Part:
    clause = clause.strip(" ,;")
    kind, wanted = _kind(clause)
    measured = _HOW.keys() if clause.lower().startswith("how") else frozenset()
    asked = [token for token in tokens(clause) if token.term is not None]
    subject = [token for token in asked if token.words.lower() not in wanted]
    about = [token.term for token in subject if token.term]
    names = _names(clause, subject)
    return Part(
        text=_as_question(clause),
        kind=kind,
        terms=_together(about, terms(told)),
        names=names,
        wanted=tuple(token.term for token in asked if token.term and token.words.lower() in wanted - measured),
        told=told,
        refers=not names and _PRONOUN.search(clause) is not None,
    )


def _inheriting(part: Part, earlier: list[Part]) -> Part:
    """A part that names nothing itself ("and why?"), or by a pronoun, asks about what the part before it did."""
    if not earlier or (part.terms and not part.refers):
        return part
    before = earlier[-1]
    about = replace(part, terms=_together(part.terms, before.terms), names=part.names | before.names)
    lead = _LEAD.match(before.text.rstrip("?"))
    if not _BARE.match(part.text.rstrip("?")) or lead is None:
        return replace(about, told=before.in_full)
    follows = lead[2] if _AUXILIARY.match(lead[2]) else f"{_LEFT_OUT.strip()} {lead[2].removeprefix('… ')}"
    return replace(about, text=f"{part.text.rstrip('?')} {follows}?")


def _kind(clause: str) -> tuple[Kind, frozenset[str]]:
    """Return the kind, and the words of the clause that only say so."""
    lead = _LEAD.match(clause) or _LATER_LEAD.search(clause)
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
            return _HOW.get(first, Kind.HOW), frozenset({first} if first in _HOW else ())
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
    if verbs and _AUXILIARY.match(rest):
        return Kind.QUOTE, verbs
    if asking == "which" or not _AUXILIARY.match(rest):
        return Kind.WHICH, frozenset({first})
    return Kind.WHAT, frozenset()


def _names(clause: str, found: list[Token]) -> frozenset[str]:
    """Numbers, and capitalised words other than the first, days, months, titles and peoples."""
    return frozenset(
        token.term
        for token in found
        if token.term
        and token.words.lower() not in _NO_NAMES
        and (token.words[0].isdigit() or (token.words[0].isupper() and token.start > 0))
    )


def _together(own: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*own, *others]))


def _as_question(clause: str) -> str:
    clause = clause.rstrip(" ?.!,;")
    return clause[:1].upper() + clause[1:] + "?"
