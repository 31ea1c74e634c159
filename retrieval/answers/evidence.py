"""Evidence: from what was found to the quotations that are given, each verified."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answers.answer import Answer, Evidence
from retrieval.article import Span, Version
from retrieval.asking.question import Part
from retrieval.finding.finding import Finding
from retrieval.finding.sentence_choice import Candidate
from retrieval.quotation import Altered, Quotation, verify
from retrieval.search.carriers import carriers
from retrieval.shelf import Shelf

EVIDENCE = 3
"""The most quotations that are given for one answer."""
NEAREST = 3
"""How many of the nearest sentences are given where there is no answer."""

_log = logging.getLogger(__name__)


def evidence_for(shelf: Shelf, part: Part, findings: Sequence[Finding], threshold: float) -> list[Evidence]:
    """The best finding, and those of other articles that give the same words as the answer.

    Where several things are asked for, those of other sentences that give other words as well.
    """
    best = findings[0]
    first = quoting(best.candidate, best.answer)
    alike = [each.candidate.version for each in findings[1:] if _words(each) == _words(best)]
    evidence = [_with_carriers(shelf, first, alike)]
    seen = {version.article_id for version in (first.version, *evidence[0].also_in)}
    for finding in findings[1:]:
        other = quoting(finding.candidate, finding.answer)
        agrees = finding.answer and finding.said == best.said and finding.confidence >= threshold
        if agrees and finding.candidate.version.article_id not in seen:
            evidence.append(_with_carriers(shelf, other))
            seen |= {version.article_id for version in (other.version, *evidence[-1].also_in)}
        if part.several and not agrees and finding.confidence >= threshold and other not in evidence:
            evidence.append(other)
    return evidence[:EVIDENCE]


def nearest(findings: Sequence[Finding]) -> list[Evidence]:
    """The first few sentences, each once, whatever was found in them."""
    return list(dict.fromkeys(quoting(finding.candidate) for finding in findings))[:NEAREST]


def quoting(candidate: Candidate, words: Span | None = None) -> Evidence:
    """Quote the candidate's sentence, with the one before it where it needs that to be understood."""
    version, span = candidate.version, candidate.quoted
    return Evidence(
        version, Quotation(version.article_id, version.number, span, span.within(version.article.text)), words
    )


def verified(shelf: Shelf, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Leave out what is not, character for character, what the archive holds."""
    return tuple(each for each in evidence if _holds(shelf, each.quotation))


def is_verified(shelf: Shelf, given: Answer) -> bool:
    """Whether every quotation of an answer is still, character for character, what the archive holds."""
    evidence = (each for part in given.parts for each in (*part.evidence, *part.nearest))
    return all(_holds(shelf, each.quotation) for each in evidence)


def _with_carriers(shelf: Shelf, evidence: Evidence, alike: Sequence[Version] = ()) -> Evidence:
    """Name the articles that carry the quotation as well: copies of its story, and those with a like sentence."""
    copies = carriers(shelf, evidence.version, evidence.quotation.words)
    others = {version.article_id: version for version in (*copies, *alike)}
    others.pop(evidence.version.article_id, None)
    return replace(evidence, also_in=tuple(others.values()))


def _words(finding: Finding) -> str:
    return finding.candidate.sentence.within(finding.candidate.version.article.text)


def _holds(shelf: Shelf, quotation: Quotation) -> bool:
    try:
        verify(shelf, quotation)
    except Altered as altered:
        _log.error("quotation refused: %s", altered)
        return False
    return True
