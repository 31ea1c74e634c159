"""Answers: for each part of a question, the words of the archive that answer it, or why there are none."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from retrieval.article import Guild, Span, Version
from retrieval.asking.follow_ups import Turn
from retrieval.asking.small_talk import SmallTalk, small_talk
from retrieval.asking.understanding import part_of, take_apart
from retrieval.contrary import contradicts
from retrieval.conversations import KeptPart
from retrieval.finding import Finder, Finding
from retrieval.library import Library
from retrieval.phrases.names import names, people
from retrieval.question import Kind, Part
from retrieval.quotation import Altered, Quotation, verify
from retrieval.search import Found, is_written, search
from retrieval.sentence_choice import Candidate
from retrieval.shelf import Shelf
from retrieval.spelling import respelt

EVIDENCE = 3
"""The most quotations that are given for one answer."""
NEAREST = 3
"""How many of the nearest sentences are given where there is no answer."""

_TAKES_NOTHING_FOR_GRANTED = {Kind.YES_NO, Kind.QUOTE}

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
    SMALL_TALK = "that asks nothing"
    NOTHING_ASKED = "the question names nothing to look for"
    UNKNOWN_WORDS = "no article in the archive mentions what is asked about"
    NO_PASSAGE = "no article in the archive covers what is asked"
    NOT_THEN = "no article in the archive from then answers it"
    CONTRARY = "the archive says otherwise"
    NO_ANSWER = "the nearest article does not answer it"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a part has no answer; `words` are those of the question that are the reason, as they were asked."""

    why: Why
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        match self.why:
            case Why.UNKNOWN_WORDS:
                return f"No article in the archive mentions {_listed(self.words)}."
            case Why.NOT_THEN:
                return f"No article of that time (“{self.words[0]}”) answers it."
            case Why.NO_ANSWER if self.words:
                return f"The nearest article does not mention {_listed(self.words)}."
            case _:
                return f"{self.why.capitalize()}."


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """The answer to one part: evidence, the best first; or none, the reason, and the nearest passages.

    `part` is as it was understood; `confidence` is the finder's, between 0 and 1.
    """

    part: Part
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

    @property
    def question(self) -> str:
        """The part as it was understood."""
        return self.part.shown

    @property
    def turn(self) -> Turn:
        """What a later question can take up of it."""
        return Turn(
            self.part.text,
            self.part.told,
            self.text,
            self._people,
            frozenset(each.version.article_id for each in self.evidence),
        )

    @property
    def _people(self) -> tuple[str, ...]:
        """Persons in the answer, then in the question, then in the quotations; a surname stands for a full name."""
        quoted = [
            person.within(each.version.article.text)
            for each in self.evidence
            for person in people(each.version.article.text, each.quotation.span)
        ]
        asked = [name.within(self.part.text) for name in names(self.part.text, Span(0, len(self.part.text)))]
        in_question = [
            next((person for person in quoted if person.endswith(f" {name}")), name if " " in name else "")
            for name in asked
        ]
        in_answer = [person for person in quoted if person in (self.text or "")]
        if not in_answer and self.part.kind is Kind.WHO and self.text:
            in_answer = [self.text]
        return tuple(dict.fromkeys(filter(None, [*in_answer, *in_question, *quoted])))


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a question, part by part.

    `question` is as it was asked; `shortened` says that it was longer, or asked more things, than are read.
    """

    question: str
    parts: tuple[AnswerPart, ...]
    shortened: bool = False

    @property
    def answered(self) -> bool:
        """Whether any part is."""
        return any(part.answered for part in self.parts)

    @property
    def turns(self) -> list[Turn]:
        """What a later question can take up, the newest first."""
        return [] if self.small_talk else [part.turn for part in reversed(self.parts)]

    @property
    def small_talk(self) -> SmallTalk | None:
        """What was said instead of a question."""
        refusals = (part.refusal for part in self.parts if part.refusal and part.refusal.why is Why.SMALL_TALK)
        return next((SmallTalk(refusal.words[0]) for refusal in refusals), None)

    @property
    def as_of(self) -> str | None:
        """The publication date of the newest evidence, as YYYY-MM-DD; None where no evidence is dated."""
        evidence = (each for part in self.parts for each in part.evidence)
        return max((day for each in evidence if (day := (each.version.article.published or "")[:10])), default=None)


def answer(
    library: Library, guild: Guild, asked: str, finder: Finder, today: date | None = None, earlier: Sequence[Turn] = ()
) -> Answer:
    """Answer a question from what the guild may see; a part is refused where the finder is not sure enough.

    `today` is the day that “last week” counts from; where it is not known, no article is preferred for being new.
    `earlier` is what was asked before, the newest first.
    """
    if said := small_talk(asked):
        return _no_question(asked, said)
    turns = [*earlier]
    given: list[AnswerPart] = []
    with library.unchanging():
        shelf = library.shelf(guild)
        typed = take_apart(asked, lambda name: is_written(library.index, shelf, name))
        for clause in typed.clauses:
            given.append(_answer_part(library, shelf, part_of(clause, typed.told, turns, today), finder))
            turns.insert(0, given[-1].turn)
    return Answer(typed.text, tuple(given), typed.shortened)


def _no_question(asked: str, said: SmallTalk) -> Answer:
    part = part_of(asked, "", (), None)
    return Answer(asked, (AnswerPart(part, 0.0, refusal=Refusal(Why.SMALL_TALK, (said,))),))


def keep(library: Library, guild: Guild, given: Answer, after: str | None = None) -> str:
    """Keep an answer, which followed the one with the key `after`, for later questions; return its key."""
    asked = () if given.small_talk else given.parts
    parts = [KeptPart(part.turn, tuple(each.quotation for each in part.evidence)) for part in asked]
    return library.conversations.keep(guild, given.question, parts, after)


def converse(
    library: Library, guild: Guild, questions: Sequence[str], finder: Finder, today: date | None = None
) -> Answer:
    """Answer the last of several questions that are asked one after another."""
    turns: list[Turn] = []
    for asked in questions:
        given = answer(library, guild, asked, finder, today, turns)
        turns = [*given.turns, *turns]
    return given


def is_verified(shelf: Shelf, given: Answer) -> bool:
    """Whether every quotation of an answer is still, character for character, what the archive holds."""
    evidence = (each for part in given.parts for each in (*part.evidence, *part.nearest))
    return all(_holds(shelf, each.quotation) for each in evidence)


def _answer_part(library: Library, shelf: Shelf, part: Part, finder: Finder) -> AnswerPart:
    """Answer a part, from the articles of the question that it takes up if they do.

    Where it may as well stand by itself, it is taken as what has the surer answer.
    """
    if part.alone:
        alone = _answer_part(library, shelf, part.alone, finder)
        following = _answer_from(library, shelf, part, finder, part.articles)
        return following if following.confidence > alone.confidence else alone
    if part.articles:
        first = _answer_from(library, shelf, part, finder, part.articles)
        if first.answered:
            return first
    return _answer_from(library, shelf, part, finder)


def _answer_from(
    library: Library, shelf: Shelf, part: Part, finder: Finder, among: Collection[int] | None = None
) -> AnswerPart:
    """Answer from the shelf, or from those of its articles that are `among` these."""
    part, found = respelt(library.index, shelf, part, search(library.index, shelf, part, among=among), among)
    findings = finder.find(part, found)
    refusal = _refusal(shelf, part, found, findings, finder.threshold)
    if not found.unknown & part.names and (contrary := _contrary(part, findings, answered=refusal is None)):
        return AnswerPart(part, 0.0, refusal=Refusal(Why.CONTRARY), nearest=_verified(shelf, [_quoting(contrary)]))
    if refusal is None:
        evidence = _verified(shelf, _evidence(part, findings, finder.threshold))
        if evidence:
            return AnswerPart(part, round(findings[0].confidence, 2), evidence)
        refusal = Refusal(Why.NO_ANSWER)
    nearest = _verified(shelf, _nearest(findings))
    return AnswerPart(part, 0.0, refusal=refusal, nearest=nearest)


def _refusal(shelf: Shelf, part: Part, found: Found, findings: Sequence[Finding], threshold: float) -> Refusal | None:
    """Why the part has no answer, or None where the best finding carries it."""
    if not len(shelf):
        return Refusal(Why.EMPTY_SHELF)
    if not part.terms and not part.wanted:
        return Refusal(Why.NOTHING_ASKED)
    if found.unknown & part.names:
        return Refusal(Why.UNKNOWN_WORDS, part.words_of(found.unknown & part.names))
    if findings and findings[0].confidence >= threshold:
        return None
    if part.period and part.period.strict:
        return Refusal(Why.NOT_THEN, (part.period.words,))
    nearest = findings[0].candidate if findings else None
    if nearest and nearest.is_about_it:
        return Refusal(Why.NO_ANSWER, part.words_of(nearest.missing(part)))
    return Refusal(Why.UNKNOWN_WORDS, part.words_of(found.unknown)) if found.unknown else Refusal(Why.NO_PASSAGE)


def _contrary(part: Part, findings: Sequence[Finding], *, answered: bool) -> Candidate | None:
    """The sentence that says the opposite of what the question takes for granted; None where none is seen."""
    if part.kind in _TAKES_NOTHING_FOR_GRANTED:
        return None
    near = [each.candidate for each in findings[: 1 if answered else NEAREST]]
    return next(
        (each for each in near if each.is_about_it and not each.missing(part) and contradicts(part, each)), None
    )


def _evidence(part: Part, findings: Sequence[Finding], threshold: float) -> list[Evidence]:
    """The best finding, and those of other articles that give the same words as the answer.

    Where several things are asked for, those of other sentences that give other words as well.
    """
    best = findings[0]
    first = _quoting(best.candidate, best.answer)
    carriers = dict.fromkeys(each.candidate.version.article_id for each in findings[1:] if _words(each) == _words(best))
    carriers.pop(best.candidate.version.article_id, None)
    evidence = [replace(first, also_in=tuple(carriers))]
    seen = {best.candidate.version.article_id, *carriers}
    for finding in findings[1:]:
        other = _quoting(finding.candidate, finding.answer)
        agrees = finding.answer and finding.said == best.said and finding.confidence >= threshold
        if agrees and finding.candidate.version.article_id not in seen:
            evidence.append(other)
            seen.add(finding.candidate.version.article_id)
        if part.several and not agrees and finding.confidence >= threshold:
            evidence.append(other)
    return evidence[:EVIDENCE]


def _nearest(findings: Sequence[Finding]) -> list[Evidence]:
    """The first few sentences, each once, whatever was found in them."""
    return list(dict.fromkeys(_quoting(finding.candidate) for finding in findings))[:NEAREST]


def _words(finding: Finding) -> str:
    return finding.candidate.sentence.within(finding.candidate.version.article.text)


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
