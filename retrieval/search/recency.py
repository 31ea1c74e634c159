"""Recency: of two passages that match alike, the one of the newer article goes first.

People ask about news when it is new. The weight was chosen on questions of news quizzes whose day is known, so that the
first passages hold an answer most often. An archive of old articles is ranked much as if there were none. A question
about a certain time prefers the articles of that time instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from retrieval.asking.question import Part
from retrieval.index import Ranked

_WEIGHT = 0.3
"""How much more a passage of today scores than an undated one, as a share."""
_HALF_DAYS = 14
"""After so many days half of that is left."""


def newer_first(ranked: Sequence[Ranked], published: Mapping[int, str | None], part: Part) -> list[Ranked]:
    """Rank anew with each score raised by its article's recency; `published` holds the dates of the articles."""
    raised = (
        replace(each, score=each.score * (1 + _WEIGHT * recency(published[each.passage.article_id], part)))
        for each in ranked
    )
    return sorted(raised, key=lambda each: (-each.score, each.passage))


def recency(published: str | None, part: Part) -> float:
    """Return 1 for what was published in the part's period, or else on the day it is asked on; less for other days.

    The more days between, before or after, the less it is; 0 where a day is unknown.
    """
    day = day_of(published)
    if day is None:
        return 0.0
    if part.period:
        return 1 / (1 + part.period.days_from(day) / _HALF_DAYS)
    return 1 / (1 + abs((part.asked - day).days) / _HALF_DAYS) if part.asked else 0.0


def day_of(published: str | None) -> date | None:
    """2021-12-02T10:00:00Z → 2 December 2021; None for what is no date."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
