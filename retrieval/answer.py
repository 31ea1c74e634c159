"""Answers: for each part of a question, the words of the archive that answer it, or why there are none."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import compress
from operator import not_

from retrieval.article import Guild, Span, Version
from retrieval.library import Library
from retrieval.phrase_choice import answering_words
from retrieval.phrases.fitting import needs_fit
from retrieval.question import Kind, Part, Question, resolved, understand
from retrieval.quotation import Altered, Quotation, verify
from retrieval.search import Found, search
from retrieval.sentence_choice import Candidate, choose
from retrieval.shelf import Shelf

EVIDENCE = 3
"""The most quotations that are given for one answer."""
NEAREST = 3
"""How many of the nearest sentences are given where there is no answer."""
_WORTH_A_REASON = 1.0
"""How far a sentence that states a reason may be below the best one, where a reason is asked for."""
_CLOSE = 2.0
"""Another article's sentence supports an answer when its score is no farther than this below the best one's."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation that supports an answer, with the article it stands in.

    `answer` is the span of the words inside the quotation that answer; None where the whole quotation does.
    `also_in` are the ids of other articles that carry the same words.
    """

    version: Version
    quotation: Quotation
    answer: Span | None = None
    also_in: tuple[int, ...] = ()

    @property
    def answer_words(self) -> str | None:
        """The words that answer, or None where the whole quotation does."""
        return None if self.answer is None else self.answer.within(self.version.article.text)


class Why(StrEnum):
    """Why a part has no answer."""

    EMPTY_SHELF = "the archive holds no articles yet"
    NOTHING_ASKED = "the question names nothing to look for"
    UNKNOWN_WORDS = "no article in the archive mentions what is asked about"
    NO_PASSAGE = "no article in the archive covers what is asked"
    NO_ANSWER = "the nearest article does not answer it"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a part has no answer; `words` are those of the question that no article has, as they were asked."""

    why: Why
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        match self.why:
            case Why.UNKNOWN_WORDS:
                return f"No article in the archive mentions {_listed(self.words)}."
            case Why.NO_ANSWER if self.words:
                return f"The nearest article does not mention {_listed(self.words)}."
            case _:
                return f"{self.why.capitalize()}."


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """The answer to one part: evidence, the best first; or none, the reason, and the nearest passages.

    `confidence` is between 0 and 1: how much of what is asked the surroundings of the best sentence mention.
    """

    question: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    refusal: Refusal | None = None
    nearest: tuple[Evidence, ...] = ()

    @property
    def answered(self) -> bool:
        return bool(self.evidence)

    @property
    def text(self) -> str | None:
        """The words that answer; None where there are none, or where the whole quotation answers."""
        return self.evidence[0].answer_words if self.evidence else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a question, part by part."""

    question: Question
    parts: tuple[AnswerPart, ...]

    @property
    def answered(self) -> bool:
        """Whether any part is."""
        return any(part.answered for part in self.parts)

    @property
    def as_of(self) -> str | None:
        """The publication date of the newest evidence, as YYYY-MM-DD; None where no evidence is dated."""
        evidence = (each for part in self.parts for each in part.evidence)
        return max((day for each in evidence if (day := (each.version.article.published or "")[:10])), default=None)


def answer(library: Library, guild: Guild, asked: str, threshold: float) -> Answer:
    """Answer a question from what the guild may see.

    A part is refused where less than `threshold` (from 0 to 1) of what it asks about is mentioned near the best
    sentence.
    """
    question = understand(asked)
    with library.unchanging():
        shelf = library.shelf(guild)
        parts: list[AnswerPart] = []
        for part in question.parts:
            subject = next((given.text for given in parts if given.text), None)
            parts.append(_answer_part(library, shelf, resolved(part, subject) if subject else part, threshold))
        return Answer(question, tuple(parts))


def _answer_part(library: Library, shelf: Shelf, part: Part, threshold: float) -> AnswerPart:
    found = search(library.index, shelf, part)
    candidates = _preferring_fit(part, choose(part, found), threshold)
    refusal = _refusal(shelf, part, found, candidates, threshold)
    if refusal is None:
        evidence = _verified(shelf, _evidence(part, candidates, threshold))
        if evidence:
            return AnswerPart(part.text, round(candidates[0].support, 2), evidence)
        refusal = Refusal(Why.NO_ANSWER)
    nearest = _verified(shelf, [_quoting(candidate) for candidate in candidates[:NEAREST]])
    return AnswerPart(part.text, 0.0, refusal=refusal, nearest=nearest)


def _refusal(
    shelf: Shelf, part: Part, found: Found, candidates: Sequence[Candidate], threshold: float
) -> Refusal | None:
    """Why the part has no answer, or None where the best candidate carries it."""
    if not len(shelf):
        return Refusal(Why.EMPTY_SHELF)
    if not part.terms and not part.wanted:
        return Refusal(Why.NOTHING_ASKED)
    unknown = {term for term, weight in found.weights.items() if not weight}
    carried = bool(candidates) and candidates[0].support >= threshold
    if unknown & part.names or (unknown and not carried):
        return Refusal(Why.UNKNOWN_WORDS, part.words_of(unknown & part.names or unknown))
    if not carried:
        return Refusal(Why.NO_PASSAGE)
    if needs_fit(part) and not candidates[0].measures.fits:
        return Refusal(Why.NO_ANSWER)
    if missing := _missing(part, candidates[0]):
        return Refusal(Why.NO_ANSWER, part.words_of(missing))
    return None


def _missing(part: Part, candidate: Candidate) -> frozenset[str]:
    """What the candidate's article would have to mention and does not: names, or all that is said of them."""
    said = frozenset(part.terms) - part.names
    return part.names & candidate.absent or (said if said <= candidate.absent else frozenset())


def _preferring_fit(part: Part, candidates: list[Candidate], threshold: float) -> list[Candidate]:
    """Put those first that hold the sort of words that is asked for, where there are any that carry the part.

    An age, a number or a date is asked for and nothing else will do; a reason may be given without saying so, and only
    goes before a sentence that is little better otherwise.
    """
    if part.kind is Kind.WHY and candidates:
        least = candidates[0].score - _WORTH_A_REASON
        first = [each.support >= threshold and each.measures.states > 0 and each.score > least for each in candidates]
    elif needs_fit(part):
        first = [each.support >= threshold and each.measures.fits > 0 for each in candidates]
    else:
        return candidates
    return [*compress(candidates, first), *compress(candidates, map(not_, first))]


def _evidence(part: Part, candidates: Sequence[Candidate], threshold: float) -> list[Evidence]:
    """The best candidate, and those of other articles that give the same words as the answer."""
    best = candidates[0]
    first = _quoting(best, answering_words(part, best))
    carriers = dict.fromkeys(each.version.article_id for each in candidates[1:] if _words(each) == _words(best))
    carriers.pop(best.version.article_id, None)
    evidence = [replace(first, also_in=tuple(carriers))]
    seen = {best.version.article_id, *carriers}
    for candidate in candidates[1:]:
        close = candidate.score > best.score - _CLOSE and candidate.support >= threshold
        if close and candidate.version.article_id not in seen and first.answer_words:
            other = _quoting(candidate, answering_words(part, candidate))
            if (other.answer_words or "").casefold() == first.answer_words.casefold():
                evidence.append(other)
                seen.add(candidate.version.article_id)
    return evidence[:EVIDENCE]


def _words(candidate: Candidate) -> str:
    return candidate.sentence.within(candidate.version.article.text)


def _quoting(candidate: Candidate, words: Span | None = None) -> Evidence:
    """Quote the candidate's sentence, with the one before it where it needs that to be understood."""
    version, span = candidate.version, candidate.quoted
    return Evidence(
        version, Quotation(version.article_id, version.number, span, span.within(version.article.text)), words
    )


def _verified(shelf: Shelf, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Leave out what is not, character for character, what the archive holds."""
    return tuple(each for each in evidence if _holds(shelf, each.quotation))


def _holds(shelf: Shelf, quotation: Quotation) -> bool:
    try:
        verify(shelf, quotation)
    except Altered as altered:
        _log.error("quotation refused: %s", altered)
        return False
    return True


def _listed(words: Sequence[str]) -> str:
    """“a”, “b” or “c”."""
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
