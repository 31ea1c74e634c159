"""Follow-ups: questions that leave out what was asked just before.

“And why?” is put in full with the earlier question and its answer; a question that names what it is about is left as it
is. What was asked is looked through newest first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.asking.clauses import ASKING, AUXILIARY, LEAD, MEASURE, PREPOSITION
from retrieval.asking.ellipsis import is_fragment, set_against
from retrieval.asking.rewording import as_subject, asked_again, stated
from retrieval.text.terms import terms, tokens
from retrieval.text.vocabulary import any_of, words

_AND = re.compile(rf"^{any_of('and_then')}[\s,]+", re.IGNORECASE)
_THIS = any_of("this")
_HAPPENED = rf"(?:{any_of('happening')}|(?:do|did)\s+{_THIS})"
_BARE = re.compile(
    rf"^((?:{PREPOSITION}\s+)?{ASKING}(?:\s+{MEASURE})?)"
    rf"(?:\s+{any_of('before_subjects')}(?:\s+{_THIS})?(?:\s+{_HAPPENED})?)?$",
    re.IGNORECASE,
)
_OF_THE_DEED = re.compile(any_of("of_the_deed"), re.IGNORECASE)
_TRUE = re.compile(rf"^(?:is|was)\s+{_THIS}\s+{any_of('true')}$", re.IGNORECASE)
_WHAT_ABOUT = re.compile(rf"^(?:{any_of('and_then')}\s+)?{any_of('about_it')}\s+(.+)$", re.IGNORECASE)
_SO = re.compile(rf"\b{any_of('saying_so')}\s+(?:so|that)$", re.IGNORECASE)
_EXPLETIVE = re.compile(
    rf"\bit\s+{any_of('nothing_takes')}\b.*\bto\b|\b{any_of('before_subjects')}\s+it\s+{any_of('nothing_is')}\b",
    re.IGNORECASE,
)
_ASKED_OF = re.compile(rf"\b{any_of('before_subjects')}\s+$", re.IGNORECASE)
"""What stands before the one who is asked about: when *was* she elected; not: who said he would leave."""
_HE_OR_SHE = words("he_or_she")
_DETERMINERS = words("determiners")
_PERSONS = words("person")
_PRONOUN = re.compile(rf"\b(?:{any_of('referring')}|{any_of('one_of_them')}|there$)\b", re.IGNORECASE)
_OWNING = re.compile(rf"{any_of('his_or_hers')}\b|her\s+\w", re.IGNORECASE)
_TOLD_AT_MOST = 300
"""Characters of what was told before; in a long conversation the oldest of it goes."""
_SAYS_ENOUGH = 4
"""A question with more terms of its own than these says what “it” is."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What was asked, put in full, and what came of it.

    `told` is what was told beside it. `answer` is the words that answered, None where none did; `people` are persons
    whom the answer or its evidence names, the likeliest to be meant first. `articles` are the ids of those quoted.
    """

    question: str
    told: str = ""
    answer: str | None = None
    people: tuple[str, ...] = ()
    articles: frozenset[int] = frozenset()

    @property
    def in_full(self) -> str:
        """What was asked and answered, as something to be told: “Marta Lindgren sold the ferry.”."""
        told = self.told if len(self.told) <= _TOLD_AT_MOST else ""
        if self.answer is None:
            return " ".join(filter(None, (told, self.question)))
        answered = stated(self.question, self.answer) or f"{self.question} {self.answer.rstrip('.')}."
        return " ".join(filter(None, (told, answered)))


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as it is meant; `follows` is the turn it takes up, None where it stands by itself.

    `told` is what is told beside it, what was asked before where that is needed still. `surely` is False for one that
    may as well stand by itself: “Did anyone object?”.
    """

    text: str
    told: str = ""
    follows: Turn | None = None
    surely: bool = True


def put_in_full(clause: str, told: str, turns: Sequence[Turn]) -> Clause:
    """Put a clause in full with the turns before it, the newest first."""
    typed = clause.strip(" ,;?!.")
    bare = _AND.sub("", typed)
    if not turns or told not in turns[0].told:
        return Clause(clause, told)
    turns = _from_one_that_says_enough(turns)
    if about := _WHAT_ABOUT.match(typed):
        return _exchanged(clause, about[1], turns[0])
    if asking := _BARE.match(bare):
        return _once_more(bare, asking[1], turns)
    if (bare != typed or LEAD.match(bare)) and is_fragment(bare):
        return _exchanged(clause, bare, turns[0])
    if _TRUE.match(bare):
        return _once_more(bare, "", turns)
    if _refers(bare) or (_SO.search(bare) and LEAD.match(bare)):
        return _about(bare, turns)
    if turns[0].articles and _says_little(bare, turns[0]):
        return Clause(bare, turns[0].in_full, turns[0], surely=False)
    return Clause(clause, told)


def _from_one_that_says_enough(turns: Sequence[Turn]) -> Sequence[Turn]:
    """Leave out the newest turns as far as they could not be put in full and were not answered either."""
    first = next((place for place, turn in enumerate(turns) if turn.answer or not turn.told), 0)
    return turns[first:]


def _says_little(clause: str, turn: Turn) -> bool:
    """Whether a question names nothing new, and has few words that say what it is about."""
    own = [token for token in tokens(clause) if token.term]
    asks = LEAD.match(clause) or AUXILIARY.match(clause)
    return asks is not None and len(own) <= _SAYS_ENOUGH and _names(clause) <= set(terms(turn.in_full))


def _names(clause: str) -> set[str]:
    return {token.term for token in tokens(clause) if token.term and token.words[0].isupper() and token.start > 0}


def _about(clause: str, turns: Sequence[Turn]) -> Clause:
    named = _with_person(clause, turns)
    needs_more = named == clause or _PRONOUN.search(named)
    return Clause(named, turns[0].in_full if needs_more else turns[0].told, turns[0])


def _once_more(clause: str, asking: str, turns: Sequence[Turn]) -> Clause:
    """Why? → Why did France reject joint patrols?"""
    newest = turns[0]
    if asking and not _OF_THE_DEED.fullmatch(asking):
        return _about(clause, turns)
    again = asked_again("why" if asking.lower() == "how come" else asking, newest.question, newest.answer)
    return Clause(again, newest.told, newest) if again else _about(clause, turns)


def _exchanged(clause: str, other: str, turn: Turn) -> Clause:
    """What about the UK? → Why did the UK reject joint patrols?"""
    asked = set_against(other, turn.question)
    return Clause(asked, turn.told, turn) if asked else _about(clause, [turn])


def _refers(clause: str) -> bool:
    """Whether it names something by a pronoun alone, or nothing at all."""
    own = [token for token in tokens(clause) if token.term]
    pronoun = _PRONOUN.search(clause)
    if pronoun is None or _EXPLETIVE.search(clause):
        return not own and bool(clause)
    before = clause[: pronoun.start()]
    if pronoun[0].lower() not in _HE_OR_SHE:
        return not _names(clause) and len(own) <= _SAYS_ENOUGH
    if _PERSONS.intersection(re.findall(r"\w+", before.lower())) or _names(before):
        return False
    return not _names(clause) or _ASKED_OF.search(before) is not None


def _with_person(clause: str, turns: Sequence[Turn]) -> str:
    """What did she say? → What did Imelda Rooke say?"""
    person = next((person for turn in turns for person in turn.people), None)
    pronoun = next((match for match in _PRONOUN.finditer(clause) if match[0].lower() in _HE_OR_SHE), None)
    if person is None or pronoun is None:
        return clause
    who = as_subject(person).rstrip(",")
    if who.partition(" ")[0] not in _DETERMINERS and not any(letter.isupper() for letter in who):
        who = f"the {who}"
    owning = "’s" if _OWNING.match(clause, pronoun.start()) else ""
    return f"{clause[: pronoun.start()]}{who}{owning}{clause[pronoun.end() :]}"
