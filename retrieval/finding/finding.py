"""Findings: sentences that may answer a part of a question, each with the words that do and how sure that is."""

from dataclasses import dataclass
from typing import Protocol

from retrieval.article import Span
from retrieval.asking.question import Part
from retrieval.finding.sentence_choice import Candidate
from retrieval.search.search import Found
from retrieval.text.terms import terms


@dataclass(frozen=True, slots=True)
class Finding:
    """A candidate sentence, the words that answer, and how sure they are.

    `answer` is a span of the version's text; None where the whole sentence is the answer. `confidence` is between 0
    and 1.
    """

    candidate: Candidate
    answer: Span | None
    confidence: float

    @property
    def said(self) -> str:
        """What two answers have in common that say the same: *the Tony Awards*, Tony Awards."""
        words = (self.answer or self.candidate.sentence).within(self.candidate.version.article.text)
        return " ".join(terms(words)) or words.casefold()


class Finder(Protocol):
    """A way from the passages that were found to the words that answer."""

    @property
    def threshold(self) -> float:
        """The least confidence of a finding that is shown as an answer."""

    def find(self, part: Part, found: Found) -> list[Finding]:
        """Return findings, the likeliest first; none where no passage was found."""
