"""Ellipses: a follow-up that names only what is different, put in the place of what it is set against.

“And for children?” after “How much does it cost for adults?” asks “How much does it cost for children?”.
"""

import re
from itertools import takewhile

from retrieval.asking.clauses import AUXILIARY, LEAD, PREPOSITION
from retrieval.asking.rewording import done_by
from retrieval.text.lexicon import is_past, is_verb
from retrieval.text.terms import terms
from retrieval.text.vocabulary import any_of

_NAME = re.compile(r"\b(?:[Tt]he )?[A-Z][\w’'-]*(?:(?: (?:of|and|de|van|von))? [A-Z][\w’'-]*)*")
_NAMED = re.compile(r"^(?:the\s+)?[A-Z]\S*(?:\s\S+){0,3}$")
_PHRASE = re.compile(rf"^(?:{PREPOSITION}|{any_of('before_times')})\s+\S+(?:\s\S+){{0,3}}$", re.IGNORECASE)
_COUNTED = re.compile(r"^how\s+(?:many|much)\b", re.IGNORECASE)
_LOWER_CASE = re.compile(r"\b[a-z]+\b")
_LONGEST = 6
"""Words of a fragment at most."""


def is_fragment(clause: str) -> bool:
    """Whether a clause has no verb, so that it cannot be a question by itself."""
    words_ = clause.split()
    if LEAD.match(clause) and not _COUNTED.match(clause):
        return False
    return len(words_) <= _LONGEST and not AUXILIARY.search(clause) and not any(map(is_past, words_))


def set_against(fragment: str, question: str) -> str | None:
    """Ask the question of what the fragment names; None where it is not seen what that takes the place of."""
    question = question.rstrip("? ")
    asked: str | None
    if _PHRASE.match(fragment):
        asked = _after_preposition(fragment, question) or f"{question} {fragment}"
    elif _COUNTED.match(fragment):
        asked = _counting(fragment, question)
    else:
        asked = _sharing_a_word(fragment, question)
        if asked is None and _NAMED.match(fragment):
            asked = with_another(fragment, question) or done_by(fragment, question)
    return f"{asked.rstrip('?')}?" if asked else None


def with_another(name: str, question: str) -> str | None:
    """Put a name in the place of who does it, or else of the first name in the question; None where it has none."""
    subject = _subject(question)
    match = _NAME.search(question, question.find(" ") + 1)
    if match is None:
        return None
    start, end = subject or match.span()
    mark = "’s" if re.search(r"['’]s$", question[start:end]) else ""
    return f"{question[:start]}{name}{mark}{question[end:]}"


def _subject(question: str) -> tuple[int, int] | None:
    """Where those stand who do it, with what they are: why did *president Jean Castex* reject it."""
    auxiliary = re.search(rf"{AUXILIARY.pattern}\s+", question, re.IGNORECASE)
    start = auxiliary.end() if auxiliary else len(question)
    verb = next((word for word in _LOWER_CASE.finditer(question, start) if is_verb(word[0])), None)
    before = question[start : verb.start()].split() if verb else []
    return (start, start + len(" ".join(before))) if before and before[-1][0].isupper() else None


def _after_preposition(fragment: str, question: str) -> str | None:
    """How much is it for adults, for children → how much is it for children."""
    preposition = fragment.split()[0]
    match = re.search(rf"\b{preposition}\s+(?:\S+\s?){{1,3}}$", question, re.IGNORECASE)
    return f"{question[: match.start()]}{fragment}" if match else None


def _counting(fragment: str, question: str) -> str | None:
    """How many men drowned, how many women → how many women drowned."""
    match = _COUNTED.match(question)
    rest = question[match.end() :].split() if match else []
    counted = list(takewhile(lambda word: not AUXILIARY.fullmatch(word) and not is_past(word), rest))
    return " ".join([fragment, *rest[len(counted) :]]) if counted and len(counted) < len(rest) else None


def _sharing_a_word(fragment: str, question: str) -> str | None:
    """Who won best picture, best director → who won best director."""
    theirs, asked = fragment.split(), question.split()
    lowered = [word.lower() for word in asked]
    for place, word in enumerate(theirs):
        if word.lower() in lowered and terms(word):
            start = lowered.index(word.lower()) - place
            if start > 0 and start + len(theirs) <= len(asked):
                return " ".join([*asked[:start], *theirs, *asked[start + len(theirs) :]])
    return None
