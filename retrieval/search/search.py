"""Search: from a part of a question to the passages of a shelf that may answer it."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from retrieval.article import Version
from retrieval.asking.question import Part
from retrieval.index import PassageIndex, Ranked
from retrieval.search.carriers import told_once
from retrieval.search.recency import newer_first
from retrieval.shelf import Shelf
from retrieval.text.terms import terms

PASSAGES = 10
"""How many passages are found for one part."""
_DEEP = 5
"""How many times as many are ranked, for newer ones may come before better ones."""


@dataclass(frozen=True, slots=True)
class Found:
    """The passages that a shelf ranks highest for a part, the articles they stand in, and the part's term weights.

    A passage's score is the index's, raised where its article is recent; what copies of one story have in common
    is found once. `weights` holds each of the part's terms with its idf on this shelf, 0 for a term that no passage
    holds.
    """

    ranked: tuple[Ranked, ...]
    versions: dict[int, Version]
    weights: dict[str, float]
    passages: int

    @property
    def unknown(self) -> frozenset[str]:
        """The part's terms that no passage of the shelf holds."""
        return frozenset(term for term, weight in self.weights.items() if not weight)


def is_written(index: PassageIndex, shelf: Shelf, words: str) -> bool:
    """Whether one of the passages that match best has exactly these words, be “and” written out or not."""
    written = re.compile(re.escape(words).replace(r"\ and\ ", r" (?:and|&) "), re.IGNORECASE)
    for each in index.rank(shelf, terms(words), PASSAGES):
        text = shelf.newest(each.passage.article_id).article.text
        if written.search(text, each.passage.span.start, each.passage.span.end):
            return True
    return False


def search(
    index: PassageIndex, shelf: Shelf, part: Part, at_most: int = PASSAGES, among: Collection[int] | None = None
) -> Found:
    """Rank the shelf's passages for one part; `among` are the ids of the articles to look in, None for all.

    Where the part is about a certain week or day, only what was published then is found.
    """
    if part.period and part.period.short:
        then = shelf.published_between(part.period.first, part.period.reported_until)
        if then or part.period.strict:
            among = then if among is None else then & {*among}
    matching = index.rank(shelf, [*part.terms, *part.wanted], _DEEP * at_most, among)
    published = shelf.published({each.passage.article_id for each in matching})
    ranked = tuple(told_once(shelf, newer_first(matching, published, part))[:at_most])
    idf = index.idf(shelf, part.terms)
    return Found(
        ranked=ranked,
        versions={each.passage.article_id: shelf.newest(each.passage.article_id) for each in ranked},
        weights={term: idf.get(term, 0.0) for term in part.terms},
        passages=index.size(shelf),
    )
