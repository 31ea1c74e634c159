"""The clauses of a text that ask something each, and what it tells beside them."""

import re
from collections.abc import Callable

from retrieval.text.sentences import sentences
from retrieval.text.vocabulary import any_of, phrases

ASKING = any_of("asking")
PREPOSITION = any_of("before_asking")
MEASURE = any_of("after_how")
LEAD = re.compile(rf"^(?:{PREPOSITION}\s+)?({ASKING})\b\s*(.*)$", re.IGNORECASE | re.DOTALL)
"""A clause that begins with a question word: the word, and what follows it."""
AUXILIARY = re.compile(rf"{any_of('before_subjects')}\b", re.IGNORECASE)
_BEFORE = re.compile(rf"^(?:{any_of('before_questions')}\b[\s,:]*)+(?=\w)", re.IGNORECASE)
_CONTRACTED = re.compile(rf"\b({ASKING})['’]?s(?=\s)", re.IGNORECASE)
_AND = r"(?:and|&|plus)"
_PRONOUN = r"(?:he|she|it|they|we|you|there|this|that|any|anyone|anybody|anything)"
_JOINT = re.compile(
    rf"\s*(?:[,;]\s*(?:{_AND}\s+)?|\s{_AND}\s+)(?:also\s+|then\s+)?(?=(?:{PREPOSITION}\s+)?{ASKING}\b)"
    rf"|\s*,?\s{_AND}\s+(?={AUXILIARY.pattern}\s+{_PRONOUN}\b)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(rf"^\s*((?:{ASKING}\s*(?:,|{_AND})\s*(?:and\s+)?)+{ASKING})\s+(?=\w)", re.IGNORECASE)
_NAME = r"(?:the\s+)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3}"
_ONE_NAME = phrases("one_name")
_TWO_SPEAKERS = re.compile(rf"^(.*\b(?:did|do|does|has|have))\s+({_NAME})\s+and\s+({_NAME})\s+({any_of('quote')}\b.*)$")


def clauses(text: str, is_one_name: Callable[[str], bool] = lambda _: False) -> tuple[list[str], str]:
    """Return the questions in a text, and what is told beside them: “31 men were held. Where was that?”.

    `is_one_name` says of words like “Harcourt and Lisle” whether they name one thing, which says one thing.
    """
    stretches = [_plain(span.within(line)) for line in re.split(r"(?<=\?)\s+", text) for span in sentences(line)]
    questions = [stretch for stretch in stretches if stretch.endswith("?") or LEAD.match(stretch)]
    told = " ".join(stretch for stretch in stretches if stretch not in questions) if questions else ""
    found = [clause for question in questions or [text] for clause in _several(question) or _joined(question)]
    asked = [clause for each in found for clause in _of_two(each, is_one_name)]
    return [clause for clause in asked if re.search(r"\w", clause)] or [text], told


def _plain(sentence: str) -> str:
    """So tell me, who's going to lead it? → who is going to lead it?"""
    asked = _BEFORE.sub("", sentence)
    return _CONTRACTED.sub(r"\1 is", asked) if LEAD.match(asked) or AUXILIARY.match(asked) else sentence


def _several(sentence: str) -> list[str]:
    """When and where did it happen → when did it happen, where did it happen."""
    match = _SEVERAL.match(sentence)
    asked = re.findall(rf"\b{ASKING}\b", match[1], re.IGNORECASE) if match else []
    return [f"{asking} {sentence[match.end() :]}" for asking in asked] if match else []


def _joined(sentence: str) -> list[str]:
    """Take the clauses of a question apart; in “the man who … and who …” they are none."""
    return _JOINT.split(sentence) if LEAD.match(sentence) else [sentence]


def _of_two(clause: str, is_one_name: Callable[[str], bool]) -> list[str]:
    """What did X and Y say about it → what did X say about it, what did Y say about it."""
    match = _TWO_SPEAKERS.match(clause)
    names = f"{match[2]} and {match[3]}" if match else ""
    if match is None or names.lower() in _ONE_NAME or is_one_name(names):
        return [clause]
    return [f"{match[1]} {name} {match[4]}" for name in (match[2], match[3])]
