"""The margins of printed pages: running headers and footers, page numbers, and what browsers print there."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from retrieval.ingest.pdf.lines import Line
from retrieval.ingest.reading import Dropped

_DEPTH = 3
"""Rows at either end of a page among which running lines stand."""

_ROW = 2.0
"""Points within which lines stand in one row."""

_MOST = 12
"""Lines at either end of a page that are looked at, however many stand in a row."""

_LONGEST = 300
"""Characters; longer lines are no headers."""

_SHIFT = 6.0
"""Points by which a running line may stand higher on one page than on another."""

_HEADER, _FOOTER = "running header", "running footer"

_PAGE = r"(?:page|seite|página|pagina|pág\.|p\.|[-–—])?\s*"
_ADDRESS = r"https?://\S+"
_DAY_AND_TIME = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}[:.]\d\d(?:\s?[AP]M)?"
_NUMBER = re.compile(rf"{_PAGE}\d{{1,3}}(?:\s*[-–—])?", re.IGNORECASE)
_COUNT = re.compile(
    rf"(?:{_ADDRESS}\s+)?{_PAGE}\d{{1,3}}\s*(?:/|of|von|sur|de)\s*\d{{1,3}}(?:\s+{_DAY_AND_TIME})?", re.IGNORECASE
)
_PRINT_MARK = re.compile(rf"{_DAY_AND_TIME}(?:\s.*)?|(?:.*\s)?{_ADDRESS}", re.IGNORECASE)
_ARTICLES_ADDRESS = re.compile(r"https?://[^\s/…]+/[^\s…]+(?=\s|$)")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Margins:
    """The lines between the margins, what stood in them, and the address that a browser printed there."""

    lines: tuple[Line, ...]
    dropped: tuple[Dropped, ...]
    address: str | None

    @property
    def running(self) -> list[str]:
        """What stands at the head or foot of several pages, as newspapers print their name and the day there."""
        return [dropped.text for dropped in self.dropped if dropped.why in (_HEADER, _FOOTER)]


def without_margins(pages: Sequence[Sequence[Line]]) -> Margins:
    """Take away page numbers, print marks, and lines at the ends of pages that stand at the same height on others."""
    ends = [_ends(page) for page in pages]
    marks: dict[Line, str] = {}
    for top, bottom in ends:
        marks |= _marks([*_outermost(top), *_outermost(bottom)])
    headers = _running([line for top, _ in ends for line in top], len(pages), _HEADER)
    footers = _running([line for _, bottom in ends for line in bottom], len(pages), _FOOTER)
    reasons = headers | footers | marks
    return Margins(
        tuple(line for page in pages for line in page if line not in reasons), _reported(reasons), _address(marks)
    )


def _ends(page: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the rows at the top of a page, and of those at its bottom, the outermost first; none is in both."""
    rows: list[list[Line]] = []
    for line in sorted((line for line in page if len(line.text) <= _LONGEST), key=lambda line: -line.y):
        if rows and rows[-1][0].y - line.y <= _ROW:
            rows[-1].append(line)
        else:
            rows.append([line])
    depth = min(_DEPTH, (len(rows) + 1) // 2)
    bottom = rows[depth:][-_DEPTH:]
    return list(chain(*rows[:depth]))[:_MOST], list(chain(*reversed(bottom)))[:_MOST]


def _outermost(end: Sequence[Line]) -> list[Line]:
    return [line for line in end if abs(line.y - end[0].y) <= _ROW]


def _marks(outermost: Iterable[Line]) -> dict[Line, str]:
    """Page numbers; and beside "1/3" the day, the headline and the address that browsers print."""
    numbers = {line: "page number" for line in outermost if _NUMBER.fullmatch(line.text)}
    counts = {line: "page number" for line in outermost if _COUNT.fullmatch(line.text)}
    stamps = {line: "print mark" for line in outermost if counts and _PRINT_MARK.fullmatch(line.text)}
    return stamps | numbers | counts


def _running(candidates: Iterable[Line], pages: int, why: str) -> dict[Line, str]:
    alike = defaultdict(list)
    for line in candidates:
        alike[_pattern(line)].append(line)
    enough = max(2, pages // 4)
    return {
        line: why
        for lines in alike.values()
        for line in lines
        if len({other.page for other in lines if abs(other.y - line.y) <= _SHIFT}) >= enough
    }


def _pattern(line: Line) -> str:
    """The text without its numbers, which count the pages."""
    return _DIGITS.sub("#", line.text.casefold())


def _reported(reasons: Mapping[Line, str]) -> tuple[Dropped, ...]:
    """What is dropped, once of what comes on every page."""
    first: dict[str, Dropped] = {}
    for line in sorted(reasons, key=lambda line: (line.page, -line.y, line.x)):
        first.setdefault(_pattern(line), Dropped(line.text, reasons[line]))
    return tuple(first.values())


def _address(marks: Mapping[Line, str]) -> str | None:
    return next((found[0] for line in marks if (found := _ARTICLES_ADDRESS.search(line.text))), None)
