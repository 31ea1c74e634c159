"""What reading a source gives: an article, and what was left out of it.

Unreadable       the source holds no article; its message is one sentence for a person
"""

from dataclasses import dataclass

from retrieval.article import Article


class Unreadable(ValueError):
    """There is no article in what was given. The message says why, and what to do instead."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of the source that are not part of the article, and why: "caption", "newsletter", "other headlines", …."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it was read from a source, what was dropped, and what the reader should know about it."""

    article: Article
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()
