"""Which words the reader marks, among the sentences that the search found.

The chance that a marked sentence is right is logistic in the reader's margin and in what speaks for the sentence
without it. The coefficients were fitted on questions that the reader had not learnt from; they lie beside the model.
"""

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, Self

from retrieval.article import Passage, Span
from retrieval.finding import Finding
from retrieval.phrase_choice import answering_words
from retrieval.question import Part
from retrieval.reader import BrokenModel, Marked, Reader
from retrieval.search import Found
from retrieval.sentence_choice import Candidate
from retrieval.text.terms import terms

PASSAGES_READ = 5
"""The most passages that are read for one part."""
CERTAIN = 0.97
"""Reading stops after a passage that holds an answer as sure as this."""
_MOST_LOG_ODDS = 30.0


class Signs(NamedTuple):
    """What the chance depends on that marked words are right."""

    margin: float  # how much higher the reader scores them than "no answer"
    behind: float  # how far the sentence's own score is above (never) or below the best one's
    support: float  # the share of the part's terms that the surroundings mention
    agrees: float  # whether the rules for this kind of question choose these words as well


@dataclass(frozen=True, slots=True)
class Calibration:
    """The coefficients of that chance, on the log-odds scale.

    `no_answer` is the margin below which the reader alone, without a search, gives no answer.
    """

    constant: float = -1.0
    margin: float = 0.5
    behind: float = 0.5
    support: float = 1.0
    agrees: float = 0.5
    no_answer: float = 0.0

    @classmethod
    def beside(cls, model: Path) -> Self:
        """Read them from `calibration.toml` in the model's folder; a model that has none gets cautious defaults.

        Raises `BrokenModel` for a file that cannot be used.
        """
        file = model / "calibration.toml"
        try:
            return cls(**tomllib.loads(file.read_text("utf-8"))) if file.exists() else cls()
        except (OSError, ValueError, TypeError) as error:
            raise BrokenModel(f"The reader's {file} cannot be used: {error}.") from error

    def chance(self, signs: Signs) -> float:
        """The chance, between 0 and 1."""
        weights = (self.margin, self.behind, self.support, self.agrees)
        log_odds = self.constant + sum(weight * sign for weight, sign in zip(weights, signs, strict=True))
        return 1 / (1 + math.exp(-max(-_MOST_LOG_ODDS, min(_MOST_LOG_ODDS, log_odds))))


def read_spans(
    reader: Reader, calibration: Calibration, part: Part, found: Found, candidates: Sequence[Candidate]
) -> list[Finding]:
    """Let the reader mark the words of the most promising passages; return the findings, the likeliest first."""
    findings: list[Finding] = []
    best = candidates[0].score if candidates else 0.0
    for group in _promising(found, candidates):
        for candidate, marked in _marked(reader, part, group):
            chance = calibration.chance(signs(part, candidate, marked, best))
            findings.append(Finding(candidate, marked.answer, chance))
        if any(finding.confidence >= CERTAIN for finding in findings):
            break
    return sorted(_agreeing(findings), key=lambda each: (-each.confidence, -each.candidate.score))


def signs(part: Part, candidate: Candidate, marked: Marked, best: float) -> Signs:
    """Measure what speaks for the marked words; `best` is the highest score of any candidate."""
    ruled = answering_words(part, candidate)
    agrees = ruled is not None and ruled.overlaps(marked.answer)
    return Signs(marked.margin, candidate.score - best, candidate.support, float(agrees))


def _agreeing(findings: Sequence[Finding]) -> list[Finding]:
    """Let articles vote: words that several of them give are right unless each of them is wrong.

    An article has one vote for the same words, the strongest. What the others say counts as if it were independent.
    """
    votes: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for finding in findings:
        article_id = finding.candidate.version.article_id
        strongest = max(finding.confidence, votes[_said(finding)].get(article_id, 0.0))
        votes[_said(finding)][article_id] = strongest
    agreed = []
    for finding in findings:
        own = finding.candidate.version.article_id
        others = (1 - chance for article_id, chance in votes[_said(finding)].items() if article_id != own)
        agreed.append(replace(finding, confidence=1 - (1 - finding.confidence) * math.prod(others)))
    return agreed


def _said(finding: Finding) -> str:
    """What two answers have in common that say the same: *the Tony Awards*, Tony Awards."""
    answer = finding.answer or finding.candidate.sentence
    words = answer.within(finding.candidate.version.article.text)
    return " ".join(terms(words)) or words.casefold()


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
    read = reader.read(part.text, version.article.title, text, list(of_sentence), offered)
    return [
        (of_sentence[each.sentence], Marked(_moved(each.sentence, start), _moved(each.answer, start), each.margin))
        for each in read
    ]


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
