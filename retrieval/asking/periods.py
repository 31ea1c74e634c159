"""Periods: the days that a question's words for a time mean, counted from the day it is asked on.

“Last week”, “since Monday” and “in March 2021” are such words; “before the election” is none, nor are the verb “may”, a
person called March, or the sun.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

from retrieval.asking.period import Period
from retrieval.text.vocabulary import sequence

_MONTHS = sequence("months")
_WEEKDAYS = sequence("weekdays")
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_NUMBERS = {"": 1, "a": 1, "an": 1, **{word: number for number, word in enumerate(sequence("small_numbers"), start=1)}}
_Days: TypeAlias = tuple[date, date]

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_NAMED_MONTH = rf"(?P<month>{'|'.join(month.capitalize() for month in _MONTHS)})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(word for word in _NUMBERS if word)})"
_UNIT = r"(?P<unit>day|week|month|year)"
_AT = r"(?:in|during|since|throughout|of|for|on|from|until|by|after|before)"


def period_in(text: str, today: date | None) -> Period | None:
    """Return what the first words for a time mean; None where there are none, or where they mean days to come.

    Without `today`, only what names its year is understood.
    """
    for pattern, days_of, relative in _FORMS:
        for match in pattern.finditer(text):
            days = _days(match, days_of, today)
            if days and (today is None or days[0] <= today):
                since = today is not None and re.match(r"since\b", match[0], re.IGNORECASE)
                return Period(days[0], today if since and today else days[1], match[0].strip(), relative)
    return None


def _days(match: re.Match[str], days_of: Callable[[re.Match[str], date], _Days], today: date | None) -> _Days | None:
    if today is None and not match.groupdict().get("year"):
        return None
    try:
        return days_of(match, today or date.min)
    except (ValueError, OverflowError):
        return None  # 31 April, or before the first year


def _year(match: re.Match[str], _: date) -> _Days:
    year = int(match["year"])
    return date(year, 1, 1), date(year, 12, 31)


def _month_of_year(match: re.Match[str], _: date) -> _Days:
    return _whole_month(int(match["year"]), 1 + _MONTHS.index(match["month"].lower()))


def _month_of_this_or_last_year(match: re.Match[str], today: date) -> _Days:
    year = today.year - (match["which"].lower() == "last")
    return _whole_month(year, 1 + _MONTHS.index(match["month"].lower()))


def _day_of_year(match: re.Match[str], _: date) -> _Days:
    day = date(int(match["year"]), 1 + _MONTHS.index(match["month"].lower()), int(match["day"]))
    return day, day


def _latest_month(match: re.Match[str], today: date) -> _Days:
    month = 1 + _MONTHS.index(match["month"].lower())
    return _whole_month(today.year - (month > today.month), month)


def _latest_day(match: re.Match[str], today: date) -> _Days:
    month = 1 + _MONTHS.index(match["month"].lower())
    day = date(today.year, month, int(match["day"]))
    day = day if day <= today else day.replace(year=today.year - 1)
    return day, day


def _latest_weekday(match: re.Match[str], today: date) -> _Days:
    """Monday: today where it is Monday; last Monday: seven days ago."""
    back = (today.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
    day = today - timedelta(days=back or 7 * ("last" in match[0].lower()))
    return day, day


def _last_unit(match: re.Match[str], today: date) -> _Days:
    match match["unit"].lower():
        case "week":
            monday = today - timedelta(days=today.weekday() + 7)
            return monday, monday + timedelta(days=6)
        case "month":
            before = today.replace(day=1) - timedelta(days=1)
            return _whole_month(before.year, before.month)
        case _:
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)


def _this_unit(match: re.Match[str], today: date) -> _Days:
    match match["unit"].lower():
        case "week":
            return today - timedelta(days=7), today
        case "month":
            return today.replace(day=1), today
        case _:
            return date(today.year, 1, 1), today


def _past_units(match: re.Match[str], today: date) -> _Days:
    return today - timedelta(days=_count(match) * _UNIT_DAYS[match["unit"].lower()]), today


def _ago(match: re.Match[str], today: date) -> _Days:
    """Two days ago is one day, two weeks ago the week around it, two months or years ago as long as those."""
    unit = _UNIT_DAYS[match["unit"].lower()]
    middle = today - timedelta(days=_count(match) * unit)
    return middle - timedelta(days=unit // 2), middle + timedelta(days=unit // 2)


def _days_back(back: int) -> Callable[[re.Match[str], date], _Days]:
    def days(_: re.Match[str], today: date) -> _Days:
        return today - timedelta(days=back), today - timedelta(days=back)

    return days


def _whole_month(year: int, month: int) -> _Days:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _count(match: re.Match[str]) -> int:
    number = (match["number"] or "").lower()
    return int(number) if number.isdecimal() else _NUMBERS[number]


def _form(pattern: str, *, any_case: bool = True) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE if any_case else 0)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], _Days], bool], ...] = (
    (_form(rf"(?:{_AT}\s+)?{_DAY}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}"), _day_of_year, False),
    (_form(rf"(?:{_AT}\s+)?{_MONTH}\s+{_DAY},?\s+{_YEAR}"), _day_of_year, False),
    (_form(rf"(?:{_AT}\s+)?{_MONTH},?\s+{_YEAR}"), _month_of_year, False),
    (_form(rf"(?:{_AT}\s+)?{_MONTH}\s+(?:(?:of\s+)?(?P<which>last|this)\s+year)"), _month_of_this_or_last_year, True),
    (_form(rf"(?:in|during|since|throughout|from)\s+{_YEAR}"), _year, False),
    (_form(rf"(?:(?:on|since)\s+)?(?:the\s+)?{_DAY}(?:\s+of)?\s+{_NAMED_MONTH}", any_case=False), _latest_day, False),
    (_form(rf"(?:on|since)\s+{_NAMED_MONTH}\s+{_DAY}", any_case=False), _latest_day, False),
    (_form(rf"(?:in|during|since|last)\s+{_NAMED_MONTH}(?!\s+[A-Z])", any_case=False), _latest_month, False),
    (_form(rf"(?:in|during|since|over)?\s*(?:the\s+)?(?:last|past)\s+{_NUMBER}\s+{_UNIT}s"), _past_units, True),
    (_form(rf"(?:in|during|over)\s+the\s+(?:last|past)(?P<number>)\s+{_UNIT}"), _past_units, True),
    (_form(rf"{_NUMBER}\s+{_UNIT}s?\s+ago"), _ago, True),
    (_form(rf"(?:since\s+)?(?:last|the\s+previous)\s+{_UNIT}"), _last_unit, True),
    (_form(rf"(?:on\s+)?(?:since|last)\s+{_WEEKDAY}"), _latest_weekday, True),
    (_form(rf"on\s+{_WEEKDAY}"), _latest_weekday, False),
    (_form(r"(?:since\s+)?(?:yesterday|last\s+night)"), _days_back(1), True),
    (_form(r"(?:today|tonight|this\s+(?:morning|afternoon|evening))"), _days_back(0), True),
    (_form(rf"(?:earlier\s+)?this\s+{_UNIT}"), _this_unit, True),
)
"""The forms of words for a time, the most telling first; what days each means; and whether they count from today."""
