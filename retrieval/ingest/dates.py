"""Dates as pages print them: the day a story was published, in one of many forms."""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    ("january", "jan", "janvier", "januar", "enero", "gennaio", "januari", "janeiro"),
    ("february", "feb", "février", "februar", "febrero", "febbraio", "februari", "fevereiro"),
    ("march", "mar", "mars", "märz", "marzo", "maart", "março"),
    ("april", "apr", "avril", "abril", "aprile"),
    ("may", "mai", "mayo", "maggio", "mei", "maio"),
    ("june", "jun", "juin", "juni", "junio", "giugno", "junho"),
    ("july", "jul", "juillet", "juli", "julio", "luglio", "julho"),
    ("august", "aug", "août", "agosto", "augustus"),
    ("september", "sep", "sept", "septembre", "septiembre", "settembre", "setembro"),
    ("october", "oct", "octobre", "oktober", "octubre", "ottobre", "outubro", "okt"),
    ("november", "nov", "novembre", "noviembre", "novembro"),
    ("december", "dec", "décembre", "dezember", "diciembre", "dicembre", "dezembro", "dez"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH = "(?:" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:19|20)\d\d(?!\d(?!\d?:\d))"  # some pages print the time with no space behind the year

_DATE = re.compile(
    rf"(?<!\d)(?P<y1>{_YEAR})[-/](?P<m1>\d\d?)[-/](?P<d1>\d\d?)(?!\d)(?:T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?"
    rf"|(?<!\d)(?P<d2>\d\d?)(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?(?P<m2>{_MONTH}),?(?:\s(?:de\s|del\s)?(?P<y2>{_YEAR}))?"
    rf"|\b(?P<m3>{_MONTH})\s(?P<d3>\d\d?)(?:st|nd|rd|th)?(?!\d),?(?:\s(?P<y3>{_YEAR}))?"
    rf"|(?<!\d)(?P<d4>\d\d?)[./](?P<m4>\d\d?)[./](?P<y4>{_YEAR})",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:\d+|an?|one|two|three|a few)\s?"
    r"(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?|years?|yrs?)\s(?:ago|old)\b"
    r"|\b(?:just now|yesterday|today|il y a \d+ \w+|vor \d+ \w+|hace \d+ \w+)\b",
    re.IGNORECASE,
)
_BESIDE_DATES = re.compile(
    r"\b(?:first|originally|last|was|published|posted|created|updated?|modified|edited|uploaded|added|issued|released|"
    r"filed|date|time|on|at|in|the|from|edition|print|version|as|of|since|mis à jour|publié|le|à|veröffentlicht|"
    r"aktualisiert|stand|am|um|uhr|publicado|actualizado|el|"
    r"mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"[ap]\.?m\.?|gmt|bst|utc|cest|cet|e[sd]?t|p[sd]?t|c[sd]t|ct|m[sd]t|mt|hkt|ist|aes?[dt]t|sgt|jst|uk|local|"
    r"eastern|hrs|noon|midnight|min(?:ute)?s?|read|reading|listen)\b\.?"
    r"|\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?|\b\d{4}\b|\b\d{1,2}\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(updat|modif|edited|amended|aktualisiert|mis à jour|actualizado|publi|posted|created|veröff|first)",
    re.IGNORECASE,
)
_LATER = ("updat", "modif", "edited", "amended", "aktual", "mis à", "actual")
_GLUED = re.compile(r"(?<=[a-z]{3})(?=\d)|(?<=\d{4})(?=[A-Z][a-z]{3})")
_LETTER = re.compile(r"[^\W\d_]")

LONGEST_DATE_LINE = 160
"""Characters; longer lines are not looked at."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a line says of days.

    `published` and `updated` are ISO dates; `yearless` is a day printed without its year; `rest` is what else the line
    says, dates, times, weekdays and words like "published" taken out.
    """

    published: str | None
    updated: str | None
    yearless: str | None
    rest: str


def date_line(text: str) -> DateLine | None:
    """Read a line that names a day, a time or an age ("3 hours ago"); None for any other."""
    if len(text) > LONGEST_DATE_LINE:
        return None
    text = _GLUED.sub(" ", text)
    published = updated = yearless = None
    label, after = "", 0
    for found in _DATE.finditer(text):
        labels = _LABEL.findall(text[after : found.start()])
        label, after = (labels[-1].casefold() if labels else label), found.end()
        day = _iso(found)
        if day is None:
            yearless = yearless or found[0].strip(" ,")
        elif label.startswith(_LATER):
            updated = updated or day
        else:
            published = published or day
    undated = _AGE.sub(" ", _DATE.sub(" ", text))
    if undated == text and not _TIME.search(text) and not _LABEL.match(text):
        return None
    return DateLine(published, updated, yearless, _BESIDE_DATES.sub(" ", undated).strip(" \t|,.:;·•-–—/()>«»&+"))


def is_date_only(line: DateLine) -> bool:
    """Whether nothing else is said."""
    return not _LETTER.search(line.rest)


def day_in(text: str) -> str | None:
    """The first full date in a text, as ISO."""
    return next((day for found in _DATE.finditer(text) if (day := _iso(found)) is not None), None)


def day_in_path(url: str) -> str | None:
    """The day that many addresses hold: …/2021/12/02/…, …/2021/dec/02/…, …/2021/1202/…, …/20211202/…."""
    found = re.search(r"/((?:19|20)\d\d)[/-](\d\d?|[a-z]{3})[/-](\d\d?)(?=[/-]|$)", url) or re.search(
        r"/((?:19|20)\d\d)/?(\d\d)(\d\d)(?=/|$)", url
    )
    if found is None:
        return None
    year, month, day = found.groups()
    return _valid(int(year), _MONTH_OF.get(month) or (int(month) if month.isdigit() else 0), int(day))


def _iso(found: re.Match[str]) -> str | None:
    part = found.groupdict()
    for n in "1234":
        year, month, day = part[f"y{n}"], part[f"m{n}"], part[f"d{n}"]
        if year is None or month is None or day is None:
            continue
        number = int(month) if month.isdigit() else _MONTH_OF[month.casefold().rstrip(".")]
        return _valid(int(year), number, int(day))
    return None


def _valid(year: int, month: int, day: int) -> str | None:
    """Day before month where both are numbers, as Europe writes it, unless only the American order makes a date."""
    for m, d in ((month, day), (day, month)):
        try:
            return date(year, m, d).isoformat()
        except ValueError:
            continue
    return None
