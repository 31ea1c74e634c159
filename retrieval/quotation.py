"""Quotations: words of an article, shown exactly as they stand in it.

Altered      the stored text no longer holds the words at that place
"""

from dataclasses import dataclass

from retrieval.article import Span
from retrieval.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of one version of one article.

    `span` counts Unicode code points in that version's text; `words` is exactly what stands there.
    """

    article_id: int
    version: int
    span: Span
    words: str


class Altered(Exception):
    """A quotation that must not be shown, because its words are not what the archive holds."""

    def __init__(self, quotation: Quotation) -> None:
        span = quotation.span
        super().__init__(
            f"article {quotation.article_id} version {quotation.version} holds other words at {span.start}:{span.end}"
        )


def quote(shelf: Shelf, article_id: int, version: int, span: Span) -> Quotation:
    """Read the words at `span` from the shelf.

    Raises `NoSuchVersion` when the shelf does not hold that version, `ValueError` when the span reaches past its text.
    """
    text = shelf.text(article_id, version)
    if span.end > len(text):
        raise ValueError(f"{span} reaches past the text's {len(text)} characters")
    return Quotation(article_id, version, span, span.within(text))


def verify(shelf: Shelf, quotation: Quotation) -> None:
    """Compare a quotation with what is stored, character for character; raise `Altered` where they differ."""
    if quote(shelf, quotation.article_id, quotation.version, quotation.span) != quotation:
        raise Altered(quotation)
