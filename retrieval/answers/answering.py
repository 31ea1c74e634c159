"""Answering: from a question, and what was asked before, to its answer, part by part."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from retrieval.answers.answer import Answer, AnswerPart, Refusal, Why
from retrieval.answers.contrary import contradicts
from retrieval.answers.evidence import NEAREST, evidence_for, nearest, quoting, verified
from retrieval.archive.conversations import KeptPart
from retrieval.article import Guild
from retrieval.asking.follow_ups import Turn
from retrieval.asking.question import Kind, Part
from retrieval.asking.small_talk import small_talk
from retrieval.asking.understanding import part_of, take_apart
from retrieval.finding.finding import Finder, Finding
from retrieval.finding.sentence_choice import Candidate
from retrieval.library import Library
from retrieval.search.search import Found, is_written, search
from retrieval.search.spelling import respelt
from retrieval.shelf import Shelf

_TAKES_NOTHING_FOR_GRANTED = {Kind.YES_NO, Kind.QUOTE}


def answer(
    library: Library, guild: Guild, asked: str, finder: Finder, today: date | None = None, earlier: Sequence[Turn] = ()
) -> Answer:
    """Answer a question from what the guild may see; a part is refused where the finder is not sure enough.

    `today` is the day that “last week” counts from; where it is not known, no article is preferred for being new.
    `earlier` is what was asked before, the newest first.
    """
    if said := small_talk(asked):
        part = part_of(asked, "", (), today)
        return Answer(take_apart(asked).text, (AnswerPart(part, 0.0, refusal=Refusal(Why.SMALL_TALK, (said,))),))
    turns = [*earlier]
    given: list[AnswerPart] = []
    with library.unchanging():
        shelf = library.shelf(guild)
        typed = take_apart(asked, lambda name: is_written(library.index, shelf, name))
        for clause in typed.clauses:
            given.append(_answer_part(library, shelf, part_of(clause, typed.told, turns, today), finder))
            turns.insert(0, given[-1].turn)
    return Answer(typed.text, tuple(given), typed.shortened)


def converse(
    library: Library, guild: Guild, questions: Sequence[str], finder: Finder, today: date | None = None
) -> Answer:
    """Answer the last of several questions that are asked one after another."""
    turns: list[Turn] = []
    for asked in questions:
        given = answer(library, guild, asked, finder, today, turns)
        turns = [*given.turns, *turns]
    return given


def keep(library: Library, guild: Guild, given: Answer, after: str | None = None) -> str:
    """Keep an answer, which followed the one with the key `after`, for later questions; return its key."""
    asked = () if given.small_talk else given.parts
    parts = [KeptPart(part.turn, tuple(each.quotation for each in part.evidence)) for part in asked]
    return library.conversations.keep(guild, given.question, parts, after)


def _answer_part(library: Library, shelf: Shelf, part: Part, finder: Finder) -> AnswerPart:
    """Answer a part; one that may as well stand by itself is taken as what has the surer answer."""
    following = _answer_following(library, shelf, part, finder)
    if part.alone:
        alone = _answer_part(library, shelf, part.alone, finder)
        return following if following and following.confidence >= alone.confidence else alone
    return following or _answer_told(library, shelf, part, finder)


def _answer_following(library: Library, shelf: Shelf, part: Part, finder: Finder) -> AnswerPart | None:
    """Answer a part from the articles that answered the question before it; None where they do not."""
    if not part.articles:
        return None
    by_itself = _answer_from(library, shelf, part, finder, part.articles)
    if by_itself.answered:
        return by_itself
    told = _answer_told(library, shelf, part, finder, part.articles)
    return told if told.answered else None


def _answer_told(
    library: Library, shelf: Shelf, part: Part, finder: Finder, among: Collection[int] | None = None
) -> AnswerPart:
    """Answer a part in the light of what is told beside it, the question before among that."""
    return _answer_from(library, shelf, replace(part, articles=frozenset()), finder, among)


def _answer_from(
    library: Library, shelf: Shelf, part: Part, finder: Finder, among: Collection[int] | None = None
) -> AnswerPart:
    """Answer from the shelf, or from those of its articles that are `among` these."""
    part, found = respelt(library.index, shelf, part, search(library.index, shelf, part, among=among), among)
    findings = finder.find(part, found)
    refusal = _refusal(shelf, part, found, findings, finder.threshold)
    contrary = _contrary(part, findings if refusal else findings[:1])
    if contrary and not found.unknown & part.names:
        return AnswerPart(part, 0.0, refusal=Refusal(Why.CONTRARY), nearest=verified(shelf, [quoting(contrary)]))
    if refusal is None:
        evidence = verified(shelf, evidence_for(shelf, part, findings, finder.threshold))
        if evidence:
            return AnswerPart(part, round(findings[0].confidence, 2), evidence)
        refusal = Refusal(Why.NO_ANSWER)
    return AnswerPart(part, 0.0, refusal=refusal, nearest=verified(shelf, nearest(findings)))


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
    best = findings[0].candidate if findings else None
    if best and best.is_about_it:
        return Refusal(Why.NO_ANSWER, part.words_of(best.missing(part)))
    return Refusal(Why.UNKNOWN_WORDS, part.words_of(found.unknown)) if found.unknown else Refusal(Why.NO_PASSAGE)


def _contrary(part: Part, findings: Sequence[Finding]) -> Candidate | None:
    """The best sentence that says the opposite of what the question takes for granted; None where none is seen."""
    if part.kind in _TAKES_NOTHING_FOR_GRANTED:
        return None
    sentences = {(each.candidate.version.article_id, each.candidate.sentence): each.candidate for each in findings}
    near = sorted(sentences.values(), key=lambda each: -each.score)[:NEAREST]
    about_it = (each for each in near if each.is_about_it and not each.missing(part))
    return next((each for each in about_it if contradicts(part, each)), None)
