"""Which sentence answers best: rank-bm25 over the candidate sentences, and what surrounds them.

A candidate's score is a weighted sum of the measures in `Measures`. The weights were fitted as a conditional logit (the
chance that a candidate holds the answer is the softmax of the scores) on the SQuAD articles of the training set.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rank_bm25 import BM25Plus

from retrieval.article import Span, Version
from retrieval.asking.question import Kind, Part
from retrieval.finding.understandable import ends_a_quotation, leaves_a_quotation_open, resumes
from retrieval.phrases.fitting import fitness
from retrieval.phrases.reasons import strong_reasons
from retrieval.search.recency import day_of
from retrieval.search.search import Found
from retrieval.text.sentences import sentences
from retrieval.text.terms import terms
from retrieval.text.thesaurus import related

_ABOUT = 0.5
"""The least share of what is asked that must be mentioned around a sentence for its article to be about it."""
_NAME_WEIGHS = 1.25
_UNKNOWN_WORD_WEIGHS = 0.6
_NO_TERM = "\0"
"""Stands in for the terms of a sentence that has none: rank-bm25 divides by the mean length."""


class Measures(NamedTuple):
    """What speaks for a sentence, each from 0 to 1.

    Shares of the part's terms are weighted by idf; a term counts at the nearest place that holds it.
    """

    covered: float  # the share of the part's terms in the sentence itself
    related: float  # … of which the sentence holds a related term
    beside: float  # … in the sentence before or after it
    in_title: float  # … in the article's title
    in_article: float  # … elsewhere in the article
    bm25: float  # rank-bm25's score of the sentence among the candidates, against the best one's
    passage: float  # the score of its passage, against the best one's
    pairs: float  # the share of the part's neighbouring terms that stand together here as well
    length: float  # its characters against 500, both as logarithms
    opens: float  # 1 for the first sentence of an article, 1/2 for the second, …
    asks: float  # whether it is itself a question
    resumes: float  # the share of terms in the sentence before, where this one opens with a pronoun
    fits: float  # how well its phrases fit this kind of question; up to 2
    states: float  # whether it says outright that it gives a reason, where a reason is asked for


_WEIGHTS = Measures(
    covered=1.3,
    related=1.2,
    beside=0.4,
    in_title=0.6,
    in_article=0.0,
    bm25=2.0,
    passage=3.1,
    pairs=1.1,
    length=1.7,
    opens=0.3,
    asks=-0.9,
    resumes=1.0,
    fits=1.0,
    states=1.0,
)
_FITS = {
    Kind.WHO: 1.2,
    Kind.WHY: 1.2,
    Kind.WHEN: 2.2,
    Kind.HOW_MANY: 3.0,
    Kind.HOW_MUCH: 3.0,
    Kind.HOW_LONG: 3.0,
    Kind.HOW_OLD: 5.0,
    Kind.WHERE: 1.4,
    Kind.WHICH: 0.5,
    Kind.QUOTE: 0.5,
}
"""How much more a sentence is worth that holds fitting words, by kind of question."""

_CREDIT = Measures(1.0, 0.7, 0.8, 0.8, 0.4, 0, 0, 0, 0, 0, 0, 0, 0, 0)
"""How far a term at each place counts as support."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a found passage and how well it fits the part.

    `support`, from 0 to 1, is the share of the part's terms that the sentence and its surroundings mention, with less
    credit the farther away a term stands; `absent` are the terms that its article does not mention at all. `before` and
    `after` are the sentences beside it, where it cannot be understood without (“He said so”).
    """

    version: Version
    sentence: Span
    before: Span | None
    after: Span | None
    measures: Measures
    score: float
    support: float
    absent: frozenset[str]

    @property
    def quoted(self) -> Span:
        """The span that is shown: the sentence, with its neighbours where they are needed."""
        return Span((self.before or self.sentence).start, (self.after or self.sentence).end)

    @property
    def is_about_it(self) -> bool:
        """Whether its article seems to be about what is asked."""
        return self.support >= _ABOUT

    def missing(self, part: Part) -> frozenset[str]:
        """What its article would have to mention and does not: names, or all that is said of them."""
        said = frozenset(part.terms) - part.names
        return part.names & self.absent or (said if said <= self.absent else frozenset())


@dataclass(frozen=True, slots=True)
class _Place:
    """A candidate sentence in its surroundings: the terms of the sentence, its neighbours, the title, the article."""

    version: Version
    sentence: Span
    before: Span | None
    after: Span | None
    nth: int
    passage_score: float
    words: list[str]
    words_before: list[str]
    around: tuple[frozenset[str], ...]

    @property
    def resumes(self) -> bool:
        return resumes(self.version.article.text, self.sentence)

    @property
    def needs_before(self) -> bool:
        """Whether it cannot be understood without the sentence before it."""
        text = self.version.article.text
        return self.resumes or (ends_a_quotation(text, self.sentence) and _together(text, self.before, self.sentence))

    @property
    def needs_after(self) -> bool:
        """Whether it cannot be understood without the sentence after it."""
        text = self.version.article.text
        return leaves_a_quotation_open(text, self.sentence) and _together(text, self.sentence, self.after)


def _together(text: str, first: Span | None, second: Span | None) -> bool:
    """Whether two sentences stand in one paragraph."""
    return first is not None and second is not None and "\n" not in text[first.end : second.start]


def choose(part: Part, found: Found) -> list[Candidate]:
    """Return the sentences of the found passages, the best first."""
    places = list(_places(part, found))
    if not places:
        return []
    weights = _weights(part, found)
    best = found.ranked[0].score
    candidates = []
    for place, bm25 in zip(places, _bm25([place.words for place in places], [*part.terms, *part.wanted]), strict=True):
        measures = _measures(part, place, weights, bm25, place.passage_score / best)
        score = _sum(_WEIGHTS, measures) + (_FITS.get(part.kind, 0) - _WEIGHTS.fits) * measures.fits
        support = _sum(_CREDIT, measures)
        before = place.before if place.needs_before else None
        after = place.after if place.needs_after else None
        absent = frozenset(part.terms).difference(*place.around)
        candidates.append(Candidate(place.version, place.sentence, before, after, measures, score, support, absent))
    return sorted(candidates, key=lambda each: (-each.score, each.version.article_id, each.sentence))


def _places(part: Part, found: Found) -> Iterator[_Place]:
    read = {article_id: _read(part, version) for article_id, version in found.versions.items()}
    for ranked in found.ranked:
        version = found.versions[ranked.passage.article_id]
        spans, words, title, article = read[version.article_id]
        for nth, span in enumerate(spans):
            if span in ranked.passage.span:
                beside = frozenset().union(*words[max(0, nth - 1) : nth], *words[nth + 1 : nth + 2])
                own = frozenset(words[nth])
                around = (own, frozenset().union(*map(related, own)), beside, title, article)
                before, words_before = (spans[nth - 1], words[nth - 1]) if nth else (None, [])
                after = next(iter(spans[nth + 1 : nth + 2]), None)
                yield _Place(version, span, before, after, nth, ranked.score, words[nth], words_before, around)


def _read(part: Part, version: Version) -> tuple[list[Span], list[list[str]], frozenset[str], frozenset[str]]:
    """The sentences of an article, and their terms, those of the title, and all; an article of 2021 says “in 2021”."""
    text = version.article.text
    spans = sentences(text)
    words = [terms(span.within(text)) for span in spans]
    day = day_of(version.article.published)
    then = terms(part.period.words) if part.period and day and not part.period.days_from(day) else []
    return spans, words, frozenset([*terms(version.article.title), *then]), frozenset().union(*words)


def _weights(part: Part, found: Found) -> dict[str, float]:
    """Each term's share of the part. A name that the shelf lacks weighs as much as the rarest term, other words less.

    People put things in their own words, so that a plain word may be missing where the answer is not.
    """
    rarest = math.log(found.passages + 1)
    known = [idf for idf in found.weights.values() if idf]
    unknown = _UNKNOWN_WORD_WEIGHS * (sum(known) / len(known) if known else rarest)
    weights = {}
    for term, idf in found.weights.items():
        weights[term] = _NAME_WEIGHS * (idf or rarest) if term in part.names else idf or unknown
    total = sum(weights.values()) or 1.0
    return {term: weight / total for term, weight in weights.items()}


def _bm25(corpus: list[list[str]], query: Sequence[str]) -> list[float]:
    scores = BM25Plus([words or [_NO_TERM] for words in corpus]).get_scores(query)
    highest, least = float(scores.max()), float(scores.min())
    return [(float(score) - least) / (highest - least or 1.0) for score in scores]


def _measures(part: Part, place: _Place, weights: dict[str, float], bm25: float, passage: float) -> Measures:
    text = place.version.article.text
    shares = [0.0] * len(place.around)
    surnames = part.surnames
    for term, weight in weights.items():
        nearest = next((at for at, held in enumerate(place.around) if term in held), None)
        if nearest and surnames.get(term) in place.around[0]:
            nearest = 1  # as good as a related term
        if nearest is not None:
            shares[nearest] += weight
    covered, related_, beside, in_title, in_article = shares
    return Measures(
        covered,
        related_,
        beside,
        in_title,
        in_article,
        bm25=bm25,
        passage=passage,
        pairs=_pairs(part.terms, place.words),
        length=math.log(len(place.sentence)) / math.log(500),
        opens=1 / (1 + place.nth),
        asks=text[place.sentence.end - 1] == "?",
        resumes=place.resumes * sum(weights[term] for term in weights.keys() & set(place.words_before)),
        fits=fitness(part, text, place.sentence),
        states=part.kind is Kind.WHY and any(strong_reasons(text, place.sentence)),
    )


def _pairs(asked: Sequence[str], words: list[str]) -> float:
    """The share of neighbouring terms of the part that stand at most two terms apart in the sentence."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word, []).append(place)
    together = sum(
        any(abs(one - other) <= 2 for one in places.get(first, ()) for other in places.get(second, ()))
        for first, second in pairwise(asked)
    )
    return together / max(1, len(asked) - 1)


def _sum(weights: Measures, measures: Measures) -> float:
    return sum(weight * measure for weight, measure in zip(weights, measures, strict=True))
