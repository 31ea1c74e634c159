"""The headline of a page, among its menus and standfirsts."""

import re

from retrieval.ingest import outlets
from retrieval.ingest.bylines import is_role
from retrieval.ingest.forms import Form, Line, ends_sentence

_SUFFIX = re.compile(r"\s+[|–—-]\s+([^|]{2,60})$|\s*\|\s*([^|]{2,60})$")
_WIRE_PREFIX = re.compile(
    r"(?:UPDATE|WRAPUP|RPT|REFILE|CORRECTED|EXCLUSIVE|ANALYSIS|FACTBOX|EXPLAINER|INSIGHT|FOCUS|TIMELINE|CORRECTED-UPDATE|RPT-UPDATE)"
    r"(?: \d{1,2})?\s?-\s?(?=\S)"
)
_LETTER = re.compile(r"[^\W\d_]")
_LETTERS = re.compile(r"[^\W\d_]{4,}")

LONGEST_HEADLINE = 40
"""Words."""

_HEAD = 80
"""Lines among which a headline is sought when no paragraph comes sooner."""

_PLAIN_TOP = 4
"""Lines without furniture with which a text begins that is no copy of a whole page."""


def find_headline(page: list[Line], start: int, body: list[int], credited: list[int]) -> int | None:
    """The place of the line above the story that says most of what the story says, or that is marked as its headline.

    `body` are the places of the first paragraphs, `credited` those of bylines and dates about them.
    """
    end = max([body[0] if body else len(page), *(place for place in credited if place < start + _HEAD)], default=0)
    candidates = [
        place
        for place in range(start, min(end + 1, start + _HEAD, len(page)))
        if _may_be_headline(page, place, after_paragraph=bool(body) and place > body[0], credited=credited)
    ]
    if body and not candidates and _is_sentence_above_credits(page, body[0], credited):
        candidates.append(body[0])
    if not candidates:
        return None
    seen = _repeated(page)
    story = [_content(page[place].text) for place in body]
    scores = {place: _score(page, place, story, seen, credited) for place in candidates}
    best = max(scores.values())
    return next(place for place in sorted(scores) if scores[place] > best - 2)


def _may_be_headline(page: list[Line], place: int, *, after_paragraph: bool, credited: list[int]) -> bool:
    line = page[place]
    if line.why is not None:
        return place == 0 and line.why == "link to another story" and line.words > 3  # "Photos: …", "Watch: …"
    if line.text.startswith("# "):
        return True
    cut_short = line.text.endswith(("...", "…"))
    ended = line.form is Form.PROSE and (place > 0 or (ends_sentence(line.text) and not cut_short))
    if line.words > LONGEST_HEADLINE or ended or line.form in (Form.ITEM, Form.INTRODUCTION):
        return False
    if after_paragraph and not any(place < at <= place + 3 for at in credited):
        return False
    return not (is_role(line.text) or outlets.listed(line.text)) and _LETTER.search(line.text) is not None


def _is_sentence_above_credits(page: list[Line], place: int, credited: list[int]) -> bool:
    """A headline may end as a sentence does; then the byline or the day below it tells."""
    line = page[place]
    return (
        line.words <= 20 and any(place < at <= place + 2 for at in credited) and not any(at < place for at in credited)
    )


def _score(page: list[Line], place: int, story: list[set[str]], seen: dict[str, int], credited: list[int]) -> float:
    line = page[place]
    words = _content(line.text)
    shared = max((len(words & paragraph) for paragraph in story), default=0) / max(len(words), 4)
    score = 4 * shared + (3 if 5 <= line.words <= 25 else 1 if line.words > 2 else 0)
    score += 2 if any(place < at <= place + 4 for at in credited) else 0
    score += 3 if line.words > 3 and seen.get(_without_suffix(line.folded), 0) > 1 else 0
    score += 2 if place == 0 and not any(line.why for line in page[1:_PLAIN_TOP]) else 0
    return score + (8 if line.text.startswith("# ") else 0)


def _content(text: str) -> set[str]:
    return {word[:6] for word in _LETTERS.findall(text.casefold())}


def _repeated(page: list[Line]) -> dict[str, int]:
    seen: dict[str, int] = {}
    for line in page:
        if line.words <= LONGEST_HEADLINE:
            key = _without_suffix(line.folded)
            seen[key] = seen.get(key, 0) + 1
    return seen


def _without_suffix(folded: str) -> str:
    return folded.partition(" | ")[0]


def printed_title(text: str) -> tuple[str, str | None]:
    """The headline without Markdown's or an agency's marks in front and the outlet at its end, and that outlet."""
    title, source = text.lstrip("#").strip(), None
    while (suffix := _SUFFIX.search(title)) is not None:
        name = (suffix[1] or suffix[2]).strip()
        outlet = outlets.recognised(name)
        is_section = " | " in title and outlets.has_form_of_a_name(name)
        if outlet is None and not is_section:
            break
        source = source or outlet
        title = title[: suffix.start()].rstrip()
    return _WIRE_PREFIX.sub("", title, count=1) or title, source
