"""Which words the reader marks, among the sentences that the search found."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from retrieval.article import Passage, Span
from retrieval.asking.question import Part
from retrieval.finding.confidence import Calibration, Signs, chances
from retrieval.finding.finding import Finding
from retrieval.finding.phrase_choice import answering_words
from retrieval.finding.reader import Marked, Reader
from retrieval.finding.sentence_choice import Candidate
from retrieval.phrases.enumerations import enumeration
from retrieval.phrases.fitting import can_answer
from retrieval.phrases.whole import whole
from retrieval.search.recency import day_of
from retrieval.search.search import Found
from retrieval.text.terms import terms

PASSAGES_READ = 5
"""The most passages that are read for one part."""
CERTAIN = 0.97
"""Reading stops after a passage that holds an answer as sure as this."""


class _Read(NamedTuple):
    """Words that the reader marked, and their log odds against "no answer"."""

    finding: Finding
    log_odds: float


def read_spans(
    reader: Reader, calibration: Calibration, part: Part, found: Found, candidates: Sequence[Candidate]
) -> list[Finding]:
    """Let the reader mark the words of the most promising passages; return the findings, the likeliest first."""
    read: list[_Read] = []
    findings: list[Finding] = []
    for group in _promising(found, candidates):
        for candidate, marked in _marked(reader, part, group):
            if _is_told(part, candidate, marked) or not _can_answer(part, candidate, marked):
                continue
            if part.several:
                marked = replace(marked, answer=_listed(candidate, marked))
            log_odds = calibration.log_odds(signs(part, candidate, marked, candidates[0].score))
            read.append(_Read(Finding(candidate, marked.answer, 0.0), log_odds))
        findings = _weighed(read)
        if findings and findings[0].confidence >= CERTAIN:
            break
    return findings


def _is_told(part: Part, candidate: Candidate, marked: Marked) -> bool:
    """Whether the words only repeat what is told beside the question."""
    said = terms(marked.answer.within(candidate.version.article.text))
    return bool(said and part.told) and set(said) <= set(terms(part.told))


def _can_answer(part: Part, candidate: Candidate, marked: Marked) -> bool:
    return can_answer(part, marked.answer.within(candidate.version.article.text))


def _listed(candidate: Candidate, marked: Marked) -> Span:
    """All that the sentence lists of which the reader marked one."""
    return enumeration(candidate.version.article.text, candidate.sentence, marked.answer)


def signs(part: Part, candidate: Candidate, marked: Marked, best: float) -> Signs:
    """Measure what speaks for the marked words; `best` is the highest score of any candidate."""
    ruled = answering_words(part, candidate)
    agrees = ruled is not None and ruled.overlaps(marked.answer)
    missing = len(part.names & candidate.absent) / len(part.names) if part.names else 0.0
    return Signs(marked.margin, candidate.score - best, candidate.support, float(agrees), missing)


def _weighed(read: Sequence[_Read]) -> list[Finding]:
    """Give each finding the chance that its words are right, wherever they are said; the likeliest come first.

    So sentences and articles vote for the same words; of these findings, the likeliest by itself comes first.
    """
    alone = chances([each.log_odds for each in read])
    together: defaultdict[str, float] = defaultdict(float)
    for each, chance in zip(read, alone, strict=True):
        together[each.finding.said] += chance
    ordered = sorted(read, key=lambda each: (-together[each.finding.said], -each.log_odds))
    return [replace(each.finding, confidence=min(1.0, together[each.finding.said])) for each in ordered]


def marked_sentences(
    reader: Reader, part: Part, found: Found, candidates: Sequence[Candidate]
) -> Iterator[tuple[Candidate, Marked]]:
    """Yield every sentence of the most promising passages with the words that the reader marks in it."""
    for group in _promising(found, candidates):
        yield from _marked(reader, part, group)


def _promising(found: Found, candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """The sentences of the few passages that hold the best ones, passage by passage, in the order of the text."""
    passages: dict[Passage, list[Candidate]] = {}
    for candidate in candidates:
        inside = (
            ranked.passage
            for ranked in found.ranked
            if ranked.passage.article_id == candidate.version.article_id and candidate.sentence in ranked.passage.span
        )
        passages.setdefault(next(inside), []).append(candidate)
    chosen = list(passages.values())[:PASSAGES_READ]
    return [sorted(group, key=lambda each: each.sentence) for group in chosen]


def _marked(reader: Reader, part: Part, group: Sequence[Candidate]) -> list[tuple[Candidate, Marked]]:
    """Read one passage, the words that the rules choose offered; offsets come back as those of the version's text."""
    version = group[0].version
    start, end = group[0].sentence.start, group[-1].sentence.end
    of_sentence = {_moved(each.sentence, -start): each for each in group}
    ruled = (answering_words(part, candidate) for candidate in group)
    offered = {_moved(span, -start) for span in ruled if span and start <= span.start and span.end <= end}
    text = version.article.text[start:end]
    read = reader.read(
        part.as_told_on(day_of(version.article.published)), version.article.title, text, list(of_sentence), offered
    )
    return [(of_sentence[each.sentence], _in_version(each, text, start)) for each in read]


def _in_version(marked: Marked, text: str, start: int) -> Marked:
    """The whole phrase, with offsets that count in the version's text; `text` begins there at `start`."""
    phrase = whole(text, marked.sentence, marked.answer)
    return Marked(_moved(marked.sentence, start), _moved(phrase, start), marked.margin)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
