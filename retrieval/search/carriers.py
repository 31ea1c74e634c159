"""Carriers: the articles that carry the same words, of which search finds one and an answer names the others."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from retrieval.article import Version
from retrieval.index import Ranked
from retrieval.shelf import Shelf
from retrieval.text.folding import fold

Pairs: TypeAlias = frozenset[tuple[str, str]]
"""The words of a text by twos, whatever their case, accents and punctuation."""

_NEARLY = 0.6
"""The share of a sentence's pairs that a lightly edited copy keeps; other sentences of the story have fewer."""

_WORD = re.compile(r"\w+")


def carriers(shelf: Shelf, version: Version, words: str) -> list[Version]:
    """Return the copies of an article on the shelf that carry these words of it, perhaps lightly edited."""
    copies = map(shelf.newest, shelf.copies([version.article_id])[version.article_id])
    return [copy for copy in copies if _are_in(_pairs(words), _pairs(copy.article.text))]


def told_once(shelf: Shelf, ranked: Sequence[Ranked]) -> list[Ranked]:
    """Leave out each passage whose words stand in those before it that are of copies of its article."""
    copies = shelf.copies({each.passage.article_id for each in ranked})
    told: defaultdict[int, Pairs] = defaultdict(frozenset)
    kept = []
    for each in ranked:
        article_id = each.passage.article_id
        others = _told_by(copies[article_id], told)
        if copies[article_id]:
            words = _pairs(each.passage.span.within(shelf.newest(article_id).article.text))
            if others and _are_in(words, others):
                continue
            told[article_id] |= words
        kept.append(each)
    return kept


def _told_by(articles: Collection[int], told: Mapping[int, Pairs]) -> Pairs:
    return frozenset().union(*(told[article] for article in articles if article in told))


def _are_in(words: Pairs, text: Pairs) -> bool:
    return len(words & text) >= max(1, _NEARLY * len(words))


def _pairs(text: str) -> Pairs:
    words = [fold(word) for word in _WORD.findall(text)]
    return frozenset(pairwise(words))
