"""Two ways from the passages that were found to the words that answer: by rules, and with a trained reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from operator import not_

from retrieval.asking.question import Kind, Part
from retrieval.finding.confidence import Calibration
from retrieval.finding.finding import Finding
from retrieval.finding.phrase_choice import answering_words
from retrieval.finding.reader import Reader
from retrieval.finding.sentence_choice import Candidate, choose
from retrieval.finding.span_choice import read_spans
from retrieval.phrases.fitting import needs_fit
from retrieval.search.search import Found

_WORTH_A_REASON = 1.0
"""How far a sentence that states a reason may be below the best one, where a reason is asked for."""
_CLOSE = 2.0
"""A sentence farther than this below the best one is not searched for words that answer."""


@dataclass(frozen=True, slots=True)
class RuleFinder:
    """Chooses the sentence by rank-bm25 and its surroundings, and the words in it by the kind of question.

    The confidence is the share of what is asked that the sentence and its surroundings mention; none where the article
    is about something else, or lacks a name that is asked about.
    """

    threshold: float

    def find(self, part: Part, found: Found) -> list[Finding]:
        candidates = self._preferring_fit(part, choose(part, found))
        findings = [self._finding(part, candidate, candidates[0]) for candidate in candidates]
        return sorted(findings, key=lambda finding: not finding.candidate.is_about_it)

    def _finding(self, part: Part, candidate: Candidate, best: Candidate) -> Finding:
        if needs_fit(part) and not candidate.measures.fits:
            return Finding(candidate, None, 0.0)
        close = candidate.score > best.score - _CLOSE
        sure = candidate.is_about_it and not candidate.missing(part)
        answer = answering_words(part, candidate) if close else None
        return Finding(candidate, answer, candidate.support if sure else 0.0)

    def _preferring_fit(self, part: Part, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Put those first that hold the sort of words that is asked for, where there are any that carry the part.

        An age, a number or a date is asked for and nothing else will do; a reason may be given without saying so, and
        only goes before a sentence that is little better otherwise.
        """
        carried = [each.support >= self.threshold for each in candidates]
        if part.kind is Kind.WHY and candidates:
            least = candidates[0].score - _WORTH_A_REASON
            fits = [each.measures.states > 0 and each.score > least for each in candidates]
        else:
            fits = [not needs_fit(part) or each.measures.fits > 0 for each in candidates]
        first = [carries and fit for carries, fit in zip(carried, fits, strict=True)]
        return [*compress(candidates, first), *compress(candidates, map(not_, first))] if any(fits) else [*candidates]


@dataclass(frozen=True, slots=True)
class ReaderFinder:
    """Lets a trained reader mark the words; the confidence is the chance that they are right."""

    threshold: float
    reader: Reader
    calibration: Calibration

    def find(self, part: Part, found: Found) -> list[Finding]:
        return read_spans(self.reader, self.calibration, part, found, choose(part, found))
