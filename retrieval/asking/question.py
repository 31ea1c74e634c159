"""Questions: what is asked, part by part.

"Who rejected joint patrols, and why?" asks two things; each becomes a `Part` that is answered or refused on its own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from retrieval.asking.period import Period
from retrieval.text.terms import tokens

LONGEST = 500
"""The most characters of a question that are read."""
MOST_PARTS = 5
"""The most things that are answered of those one question asks."""


class Kind(StrEnum):
    """The sort of words that can answer a question."""

    WHO = "who"
    WHAT = "what"
    WHEN = "when"
    WHERE = "where"
    WHY = "why"
    HOW = "how"
    HOW_MANY = "how many"
    HOW_MUCH = "how much"
    HOW_LONG = "how long"
    HOW_OLD = "how old"
    WHICH = "which"
    QUOTE = "quote"
    YES_NO = "yes or no"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is asked, as it is meant: what it leaves out is filled in."""

    text: str
    kind: Kind
    terms: tuple[str, ...]
    """What an answer's surroundings should mention."""
    names: frozenset[str]
    """Those of the terms that are names or numbers, which nothing else can stand for."""
    wanted: tuple[str, ...] = ()
    """Terms that name the sort of answer (which *country*); "many" and "old" in "how many" and "how old" are none."""
    several: bool = False
    """Whether all of several things are asked for: which countries."""
    told: str = ""
    """What is told beside the question, by whoever asks or by earlier answers."""
    asked: date | None = None
    """The day of the question, where it is known."""
    period: Period | None = None
    """The time that it is about."""
    follows: str | None = None
    """The earlier question that it takes up."""
    articles: frozenset[int] = frozenset()
    """The articles that answered that one, while the answer is looked for in these."""
    alone: "Part | None" = None
    """The same by itself, where it is not sure that it takes up an earlier one."""
    respelt: tuple[str, ...] = ()
    """Words that were misspelt, as the shelf spells them."""

    @property
    def shown(self) -> str:
        """The question as a person is shown it: with the one that it takes up, where it is not clear without."""
        if self.follows and self.told:
            return f"{self.text.rstrip('?')} ({self.follows.rstrip('?')})?"
        return self.text

    @property
    def in_full(self) -> str:
        """The question with what is told beside it: “31 men were held. Where was that?”."""
        return f"{self.told} {self.text}" if self.told else self.text

    def as_told_on(self, day: date | None) -> str:
        """The question in full, without what an article of that day need not say.

        A story of today does not say “today”, nor one of 2021 “in 2021”. To the articles that answered the question
        before, nothing needs to be told of it.
        """
        if self.articles:
            return self.text
        time = self.period
        untold = time and (time.relative or (day is not None and not time.days_from(day)))
        return " ".join(self.in_full.replace(time.words, "").split()) if time and untold else self.in_full

    @property
    def surnames(self) -> dict[str, str]:
        """For each first word of a name of several, the next: a story that says Mr Johnson means Boris Johnson."""
        pairs = pairwise(self.terms)
        return {first: second for first, second in pairs if first in self.names and second in self.names}

    def words_of(self, chosen: Collection[str]) -> tuple[str, ...]:
        """Return the words that the question, or what is told beside it, has for some of its terms."""
        return tuple(dict.fromkeys(token.words for token in tokens(self.in_full) if token.term in chosen))


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked, and its parts in their order.

    `shortened` says that it was longer, or asked more things, than are read.
    """

    text: str
    parts: tuple[Part, ...]
    shortened: bool = False
