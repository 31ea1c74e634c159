"""Recency: of two passages that match alike, the one of the newer article goes first.

People ask about news when it is new. The weight was chosen on questions of news quizzes whose day is known, so that the
first passages hold an answer most often. An archive of old articles is ranked much as if there were none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from retrieval.index import Ranked

_WEIGHT = 0.3
"""How much more a passage of today scores than an undated one, as a share."""
_HALF_DAYS = 14
"""After so many days half of that is left."""


def recency(published: str | None, today: date | None) -> float:
    """Return 1 for what was published today, less the longer ago it was, 0 where a day is unknown.

    What is dated after today counts as if it were as many days old.
    """
    day = day_of(published)
    if day is None or today is None:
        return 0.0
    return 1 / (1 + abs((today - day).days) / _HALF_DAYS)


def newer_first(ranked: Sequence[Ranked], published: Mapping[int, str | None], today: date | None) -> list[Ranked]:
    """Rank anew with each score raised by its article's recency; `published` holds the dates of the articles."""
    raised = (
        replace(each, score=each.score * (1 + _WEIGHT * recency(published[each.passage.article_id], today)))
        for each in ranked
    )
    return sorted(raised, key=lambda each: (-each.score, each.passage))


def day_of(published: str | None) -> date | None:
    """2021-12-02T10:00:00Z → 2 December 2021; None for what is no date."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
