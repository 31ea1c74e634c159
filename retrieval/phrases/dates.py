"""When: dates, days, times of day and words for a time, as they stand in a sentence."""

import re
from collections.abc import Iterator

from retrieval.article import Span
from retrieval.text.vocabulary import words

_MONTH_NAMES = "|".join(sorted((month.capitalize() for month in words("months")), key=len, reverse=True))
_MONTH = rf"(?:{_MONTH_NAMES}|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\b\.?"
_WEEKDAY = rf"(?:{'|'.join(day.capitalize() for day in sorted(words('weekdays')))})s?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_CLOCK = r"(?:\d{1,2}[.:]\d\d\s?(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\b\.?|noon|midnight|midday)"
_PART_OF_DAY = r"(?:morning|afternoon|evening|night|lunchtime)"
_STRETCH = rf"(?:{'|'.join(sorted(words('stretches')))}|{_WEEKDAY})"
_COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|many)"
_UNIT = r"(?:minute|hour|day|week|month|year|decade)s?"
_FORMS = (
    rf"(?:{_WEEKDAY},?\s)?{_NUMBER}(?:\sof)?\s{_MONTH}(?:,?\s{_YEAR})?",  # Tuesday 3 March 2024
    rf"(?:{_WEEKDAY},?\s)?{_MONTH}\s{_NUMBER}\b(?!\d)(?:,?\s{_YEAR})?",  # March 3, 2024
    rf"(?:(?:early|late|mid)[ -])?{_MONTH}\s{_YEAR}",  # late March 2024
    rf"(?:early|late|mid)[ -]{_MONTH}",
    rf"(?:the\send\sof\s){_MONTH}(?:\s{_YEAR})?",
    rf"(?:(?:earlier|later)\sthis|early\snext|late\slast|last|next|this|the\sprevious|the\sfollowing)\s{_STRETCH}\b",
    rf"(?:the\s)?(?:early\s|late\s|mid-)?{_YEAR}s\b",  # the 1990s
    rf"{_CLOCK}(?:\son\s{_WEEKDAY})?",
    rf"(?:early|late)\s(?:on\s)?{_WEEKDAY}",
    rf"{_WEEKDAY}(?:\s{_PART_OF_DAY})?\b",
    rf"{_COUNT}\s{_UNIT}\s(?:ago|earlier|later)",
    r"(?:yesterday|today|tonight|tomorrow|overnight)\b",
    rf"(?<![\d£$€,.]){_YEAR}(?![\d,]|\.\d)",
    *(rf"(?<=\b{preposition}\s){_MONTH}(?!\s[A-Z])" for preposition in ("in", "since", "until", "by", "last", "from")),
)
_DATE = re.compile(rf"(?<!\w)(?:{'|'.join(_FORMS)})(?:\s(?:on\s)?{_WEEKDAY})?(?!\w)")
_ABBREVIATED = re.compile(r"[ap]\.m\.$")


def dates(text: str, sentence: Span) -> Iterator[Span]:
    """Yield the expressions of time, without the preposition before them and the full stop behind."""
    for match in _DATE.finditer(text, sentence.start, sentence.end):
        stop = match[0].endswith(".") and not _ABBREVIATED.search(match[0])
        yield Span(match.start(), match.end() - stop)
