"""How many, how much, how long, how old: numbers in figures or words, with what qualifies them and their unit."""

import re
from collections.abc import Iterator

from retrieval.article import Span
from retrieval.text.vocabulary import any_of

_QUALIFIER = rf"(?:{any_of('qualifiers')}\s+)"
_FIGURES = r"\d+(?:[.,]\d+)*"
_IN_WORDS = rf"{any_of('numbers')}(?:(?:[ -]|\sand\s){any_of('numbers')})*"
_NUMBER = rf"(?:{_FIGURES}|{_IN_WORDS})"
SCALE = r"(?:\s?(?:bn|tn|mn|m|k|million|billion|trillion|thousand|hundred|dozen)\b)"
"""What multiplies the number before it, as a pattern."""
_PERCENT = r"(?:\s?%|\s?per\s?cent\b|\s+percentage points?\b)"
_SHORT_UNIT = r"(?:\s?(?:km|kg|cm|mm|mph|kph|ft|lb|lbs|GW|MW|kW)\b|\s?°[CF]?)"
_LONG_UNIT = rf"(?:[ -](?:(?:square|cubic)\s)?{any_of('units')}s?\b)"
_TIME_UNIT = r"(?:[ -](?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies))\b)"
_VAGUE = r"(?:hundreds|thousands|millions|billions|dozens|scores|tens)(?:\sof\s(?:thousands|millions|billions))?"
_FRACTION = (
    rf"(?:{_NUMBER}\s(?:in|out of)\s(?:every\s)?{_NUMBER}"
    r"|(?:a|one|two|three)[ -](?:half|thirds?|quarters?|fifths?)|half|double|twice)"
)
_SUM = rf"(?:[£$€¥]\s?{_FIGURES}{SCALE}?|{_NUMBER}{SCALE}?\s(?:pounds|dollars|euros|pence|cents|yen))"
_AMOUNT = rf"(?:[£$€¥]\s?{_FIGURES}|{_NUMBER}){SCALE}?(?:{_PERCENT}|{_SHORT_UNIT})?"


def _amounts(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{_QUALIFIER}?(?<![\w.])(?:{pattern})(?!\w)", re.IGNORECASE)


_QUANTITY = _amounts(rf"{_FRACTION}|{_VAGUE}|{_AMOUNT}{_LONG_UNIT}?")
_MONEY = _amounts(_SUM)
_SHARE = _amounts(rf"{_FRACTION}|{_NUMBER}{_PERCENT}")
_MEASUREMENT = _amounts(rf"{_NUMBER}{SCALE}?(?:{_SHORT_UNIT}|{_LONG_UNIT})")
_DURATION = _amounts(rf"{_NUMBER}{_TIME_UNIT}(?:\s(?:and\s)?{_NUMBER}{_TIME_UNIT})*(?![ -]old)")
_AGE = re.compile(
    rf"(?:\b(?:aged?|turned|turns)\s)(?P<aged>{_NUMBER})(?!\w)"
    rf"|(?<![\w.£$€])(?P<old>{_NUMBER}[- ](?:years?|months?)[- ]old)"
    rf"|(?<=, )(?P<comma>\d{{1,3}})(?=,|\.(?:\s|$))"
    rf"|(?<=\bis )(?P<plain>\d{{1,3}})(?=[.,](?:\s|$))|(?<=\bwas )(?P<past>\d{{1,3}})(?=[.,](?:\s|$))",
    re.IGNORECASE,
)


def quantities(text: str, sentence: Span) -> Iterator[Span]:
    """Yield amounts of every sort: more than 700, £4.2m, 27 per cent, one in five, hundreds, 12 miles."""
    return _found(_QUANTITY, text, sentence)


def money(text: str, sentence: Span) -> Iterator[Span]:
    """Yield sums of money: £4.2m, more than $500, 20 euros."""
    return _found(_MONEY, text, sentence)


def shares(text: str, sentence: Span) -> Iterator[Span]:
    """Yield percentages and fractions: 27 per cent, one in five, a third."""
    return _found(_SHARE, text, sentence)


def measurements(text: str, sentence: Span) -> Iterator[Span]:
    """Yield amounts with a unit of length, weight, area and the like: 12 miles, 26-foot, 91 decibels."""
    return _found(_MEASUREMENT, text, sentence)


def durations(text: str, sentence: Span) -> Iterator[Span]:
    """Yield lengths of time: nearly three weeks, 41-day, 11 hours and 20 minutes."""
    return _found(_DURATION, text, sentence)


def ages(text: str, sentence: Span) -> Iterator[Span]:
    """Yield ages: 47-year-old, aged *12*, and a number between commas as newspapers put it."""
    for match in _AGE.finditer(text, sentence.start, sentence.end):
        yield Span(*match.span(match.lastgroup or 0))


def _found(pattern: re.Pattern[str], text: str, sentence: Span) -> Iterator[Span]:
    for match in pattern.finditer(text, sentence.start, sentence.end):
        yield Span(match.start(), match.end())
