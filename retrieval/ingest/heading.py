"""The top of a page: headline, outlet, author, day and address."""

import re
from dataclasses import dataclass, field

from retrieval.ingest import outlets
from retrieval.ingest.bylines import Byline, byline, is_role, signature
from retrieval.ingest.dates import DateLine, date_line, day_in, day_in_path, is_date_only
from retrieval.ingest.forms import Form, Line, ends_sentence
from retrieval.ingest.headline import find_headline, printed_title
from retrieval.ingest.masthead import find_source, recased
from retrieval.ingest.vocabulary import fold

_FRONT_MATTER = re.compile(
    r"(title|headline|source|outlet|publisher|publication|date|published|author|byline|by|url|link)\s*:\s*(\S.*)",
    re.IGNORECASE,
)
_NAMED = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("source", "outlet", "publisher", "publication"), "source"),
    **dict.fromkeys(("author", "byline", "by"), "author"),
    **dict.fromkeys(("date", "published"), "published"),
    **dict.fromkeys(("url", "link"), "url"),
}
_ADDRESS = re.compile(r"(?:url:\s*)?(https?://[^\s<>\"]+)", re.IGNORECASE)

_OPENING = 5
"""Paragraphs whose words a headline shares."""


@dataclass(slots=True)
class Heading:
    """What the top of a page says of the article; None for what it does not say."""

    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    title_line: int | None = None
    warnings: list[str] = field(default_factory=list)


def read_heading(page: list[Line]) -> Heading:
    """Find what the top says, and give the lines that say it their reasons; the headline's line keeps none."""
    heading = Heading()
    _read_front_matter(page, heading)
    start = sum(1 for line in page if line.why == "front matter")
    credited_lines = _label_dates_and_bylines(page)
    body = _first_paragraphs(page, start)
    if heading.title is None:
        _read_title(page, start, body, list(credited_lines), heading)
    top = heading.title_line if heading.title_line is not None else start
    _label_above_headline(page, top if heading.title_line is not None else start, start)
    _read_signatures(page, top, body, credited_lines)
    _read_facts(page, top, body, credited_lines, heading)
    return heading


def label_rest_of_heading(page: list[Line], heading: Heading) -> None:
    """Drop what stands between the headline and the first paragraph: kickers, standfirsts, summaries."""
    if heading.title_line is None:
        return
    for line in page[heading.title_line + 1 :]:
        if line.is_story and line.text.startswith("/ "):
            line.drop("standfirst")
        if line.is_story or (line.form is Form.INTRODUCTION and line.why is None):
            return
        if line.form is Form.ITEM:
            line.drop("summary")
        elif line.why is None:
            line.drop("standfirst" if line.words > 4 else "page furniture")


def _read_front_matter(page: list[Line], heading: Heading) -> None:
    """Lines like "Title: …" and "Source: …" with which a text begins."""
    for line in page:
        found = _FRONT_MATTER.fullmatch(line.text)
        if line.text.strip("-+") == "" and len(line.text) == 3:
            line.why = "front matter"
        elif found is None:
            return
        else:
            line.why = "front matter"
            _set(heading, _NAMED[found[1].casefold()], found[2].strip().strip("\"'"))


def _set(heading: Heading, name: str, words: str) -> None:
    if name == "published":
        day = day_in(words)
        if day is None:
            heading.warnings.append(f"The date “{words[:60]}” was not understood; the article has none.")
        words = day or ""
    if words and getattr(heading, name) is None:
        setattr(heading, name, words)


def _label_dates_and_bylines(page: list[Line]) -> dict[int, DateLine | Byline]:
    """Every line that is a date or begins with "By" and a name, with what it says."""
    found: dict[int, DateLine | Byline] = {}
    for place, line in enumerate(page):
        if line.why is not None and not (line.form is not Form.PROSE and day_in(line.text[:200])):
            continue
        dated = date_line(line.text)
        if dated is not None and is_date_only(dated):
            line.why = "date line"
            found[place] = dated
        elif line.form is not Form.PROSE and line.why is None and (credit := byline(line.text)):
            line.why = "byline"
            found[place] = credit
    return found


def _first_paragraphs(page: list[Line], start: int) -> list[int]:
    places = [place for place, line in enumerate(page) if place >= start and line.is_story]
    return places[:_OPENING]


def _read_title(page: list[Line], start: int, body: list[int], credited: list[int], heading: Heading) -> None:
    end = body[1] if len(body) > 1 else len(page)
    heading.title_line = find_headline(page, start, body, [place for place in credited if place < end])
    if heading.title_line is not None:
        page[heading.title_line].why = None
        heading.title, outlet = printed_title(page[heading.title_line].text)
        heading.source = heading.source or outlet


def _label_above_headline(page: list[Line], top: int, start: int) -> None:
    for line in page[start:top]:
        line.drop("navigation" if not ends_sentence(line.text) else "above the headline")


def _read_signatures(page: list[Line], top: int, body: list[int], credited_lines: dict[int, DateLine | Byline]) -> None:
    """Names and offices without "By", next to a byline or a date."""
    end = body[1] if len(body) > 1 else len(page)
    near = {at + step for at in credited_lines for step in (-2, -1, 1, 2)}
    for place in range(top + 1, min(end, len(page))):
        line = page[place]
        if line.why is not None or line.form is not Form.FRAGMENT or place not in near:
            continue
        credit = signature(line.text)
        if credit is not None or is_role(line.text):
            line.why = "byline"
            credited_lines[place] = credit or Byline(None, _outlet_of_office(line.text))
            near |= {place + 1}


def _outlet_of_office(text: str) -> str | None:
    return next((found for part in text.split(",") if (found := outlets.recognised(part.strip()))), None)


def _read_facts(
    page: list[Line], top: int, body: list[int], credited_lines: dict[int, DateLine | Byline], heading: Heading
) -> None:
    end = body[2] if len(body) > 2 else len(page)
    heads = [credit for place, credit in sorted(credited_lines.items()) if place < end]
    bylines = [credit for credit in heads if isinstance(credit, Byline)]
    heading.author = heading.author or next((recased(b.author, page) for b in bylines if b.author), None)
    heading.url = heading.url or _address(page)
    heading.source = heading.source or find_source(page, top, bylines, heading.url)
    heading.published = heading.published or _published(page, top, body, heads, credited_lines, heading)


def _published(
    page: list[Line],
    top: int,
    body: list[int],
    heads: list[DateLine | Byline],
    credited_lines: dict[int, DateLine | Byline],
    heading: Heading,
) -> str | None:
    dated = [line for line in heads if isinstance(line, DateLine)]
    late = [
        line
        for place, line in sorted(credited_lines.items())
        if isinstance(line, DateLine) and "publi" in page[place].folded
    ]
    first = body[0] if body else len(page)
    day = (
        next((line.published for line in dated if line.published), None)
        or next((line.updated for line in dated if line.updated), None)
        or next(
            (found for line in page[: min(first, top + 4)] if line.words < 12 and (found := day_in(line.text))), None
        )
        or next((line.published for line in late if line.published), None)
        or (day_in_path(heading.url) if heading.url else None)
    )
    yearless = next((line.yearless for line in dated if line.yearless), None)
    if day is None and yearless is not None:
        heading.warnings.append(f"The page says “{yearless}” without a year; the article has no date.")
    return day


def _address(page: list[Line]) -> str | None:
    return next((found[1] for line in page if (found := _ADDRESS.fullmatch(line.text))), None)


def headline_key(heading: Heading) -> str | None:
    """The headline as it is compared with lines that repeat it."""
    return fold(heading.title) if heading.title else None
