"""Extractive summaries: the sentences of an article that stand for the rest, in the article's own order.

Sentences are ranked as LexRank does (Erkan and Radev, 2004): a sentence is central when it resembles many others, by
the cosine of their tf-idf terms. News puts first what matters most, so the rank leans towards the lead. Each next one
is chosen for its rank less its likeness to those chosen before (maximal marginal relevance, Carbonell and Goldstein,
1998).
"""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from retrieval.quotation import Quotation, quote
from retrieval.shelf import Shelf
from retrieval.text.sentences import sentences
from retrieval.text.terms import terms

SENTENCES = 3
"""How many sentences a summary has where nobody says otherwise."""
MOST_SENTENCES = 10

_DAMPING = 0.85
_LEAD_WEIGHS = 0.6
_NOVELTY_WEIGHS = 0.4
_FEWEST_TERMS = 4
_ROUNDS = 50


def summarise(shelf: Shelf, article_id: int, at_most: int = SENTENCES) -> list[Quotation]:
    """Return up to `at_most` sentences of an article, each a quotation; raise `NoSuchArticle`."""
    version = shelf.newest(article_id)
    text = version.article.text
    spans = sentences(text)
    words = [terms(span.within(text)) for span in spans]
    telling = [n for n, found in enumerate(words) if len(found) >= _FEWEST_TERMS and text[spans[n].end - 1] != "?"]
    chosen = _chosen([words[n] for n in telling], at_most) if telling else range(min(at_most, len(spans)))
    picked = [spans[telling[n]] if telling else spans[n] for n in sorted(chosen)]
    return [quote(shelf, article_id, version.number, span) for span in picked]


def _chosen(words: list[list[str]], at_most: int) -> list[int]:
    likeness = _likeness(words)
    rank = _centrality(likeness)
    lead = 1 / np.sqrt(1 + np.arange(len(words)))
    worth = (1 - _LEAD_WEIGHS) * rank / rank.max() + _LEAD_WEIGHS * lead
    chosen: list[int] = []
    while len(chosen) < min(at_most, len(words)):
        repeated = likeness[:, chosen].max(axis=1) if chosen else np.zeros(len(words))
        marginal = (1 - _NOVELTY_WEIGHS) * worth - _NOVELTY_WEIGHS * repeated
        marginal[chosen] = -np.inf
        chosen.append(int(marginal.argmax()))
    return chosen


def _likeness(words: list[list[str]]) -> NDArray[np.float64]:
    """The cosine of each two sentences' tf-idf vectors; a square of values from 0 to 1."""
    frequency = Counter(term for found in words for term in set(found))
    columns = {term: column for column, term in enumerate(frequency)}
    vectors = np.zeros((len(words), len(columns)))
    for row, found in enumerate(words):
        for term, count in Counter(found).items():
            vectors[row, columns[term]] = count * np.log((1 + len(words)) / frequency[term])
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(norms == 0, 1, norms)
    return np.asarray(vectors @ vectors.T)


def _centrality(likeness: NDArray[np.float64]) -> NDArray[np.float64]:
    """The stationary share of a walk that goes from sentence to like sentence, and anywhere with 1 − `_DAMPING`."""
    size = len(likeness)
    totals = likeness.sum(axis=1, keepdims=True)
    steps = np.where(totals > 0, likeness / np.where(totals == 0, 1, totals), 1 / size)
    rank = np.full(size, 1 / size)
    for _ in range(_ROUNDS):
        rank = (1 - _DAMPING) / size + _DAMPING * rank @ steps
    return rank
