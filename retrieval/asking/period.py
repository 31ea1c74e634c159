"""A period: the days that a question is about."""

from dataclasses import dataclass
from datetime import date, timedelta

from retrieval.text.vocabulary import phrases

_WEEK = timedelta(days=7)
_OF_THE_PRESENT = tuple(phrases("present_times"))
"""Said of what is still news, or of how things are; in an old archive, of its own time."""


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included; `words` are those that mean it.

    `relative` says that the days count from the one on which the question is asked, so that a story would not have the
    same words: “last week”, but not “on Monday”.
    """

    first: date
    last: date
    words: str
    relative: bool

    @property
    def reported_until(self) -> date:
        """The last day on which a story may be expected to report what happened: a period later, at most a week."""
        return self.last + min(self.last - self.first + timedelta(days=1), _WEEK)

    @property
    def short(self) -> bool:
        """Whether it is reported when it happens; a month or a year is often told of later."""
        return self.relative and self.last - self.first < 2 * _WEEK

    @property
    def strict(self) -> bool:
        """Whether what was reported at another time cannot be meant, even where nothing was reported in it."""
        return self.short and not self.words.lower().endswith(_OF_THE_PRESENT)

    def days_from(self, day: date) -> int:
        """How many days a story of that day lies outside those on which what happened may be reported."""
        return max(0, (self.first - day).days, (day - self.reported_until).days)
