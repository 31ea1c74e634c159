"""Contrary evidence: sentences that say the opposite of what a question takes for granted.

“Why did France accept joint patrols?” meets “France turned down …” and “France could not accept …”.
"""

import re
from collections.abc import Iterator, Sequence

from retrieval.asking.question import Part
from retrieval.finding.sentence_choice import Candidate
from retrieval.text.lexicon import base_form, is_verb
from retrieval.text.terms import Token, terms, tokens
from retrieval.text.vocabulary import opposite_deeds, words

_REACH = 3
"""How many words before a verb may deny it."""
_ABOUT_IT = 0.5
"""The least share of what else is asked about that the sentence itself must mention."""
_CLAUSE_END = re.compile(r"[,;:—]")
_DENIALS = words("denials")


def contradicts(part: Part, candidate: Candidate) -> bool:
    """Whether the candidate's sentence denies a deed that is asked about, or tells of its opposite instead."""
    said = candidate.sentence.within(candidate.version.article.text)
    asked = list(tokens(part.text))
    deeds = dict(_deeds(part, asked))
    others = {token.term for token in asked if token.term} - deeds.keys()
    if len(others.intersection(terms(said))) < _ABOUT_IT * len(others):
        return False
    return any(_is_denied(deed, said) for deed in deeds.values() if not _is_denied(deed, part.text))


def _deeds(part: Part, asked: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield the terms of the verbs that are asked about, each with the verb's base form."""
    for token in asked:
        if token.term and token.term not in part.names and is_verb(token.words):
            yield token.term, base_form(token.words)


def _is_denied(deed: str, said: str) -> bool:
    """Whether a deed is said not to be done: everywhere it is told of, or by its opposite where it is not."""
    told = [verb for clause in _CLAUSE_END.split(said) for verb in _verbs(list(tokens(clause)))]
    done = {verb for verb, is_denied in told if not is_denied}
    if deed in {verb for verb, _ in told}:
        return deed not in done
    return not done.isdisjoint(opposite_deeds().get(deed, ()))


def _verbs(said: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    """Yield each word as a verb, alone and with the one after it (turn, turn down), and whether it is denied."""
    for place, token in enumerate(said):
        is_denied = any(word.words.lower() in _DENIALS for word in said[max(0, place - _REACH) : place])
        yield base_form(token.words), is_denied
        for following in said[place + 1 : place + 2]:
            yield f"{base_form(token.words)} {following.words.lower()}", is_denied
