"""Boxes on a page: small parts set apart from the article, which go where the furniture in them goes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from retrieval.ingest.forms import Form, Line, line
from retrieval.ingest.vocabulary import fold
from retrieval.ingest.web.flow import HEADINGS, plain, runs

_BOXES = frozenset("div section aside figure form details ul ol table".split())
_SPREADING = frozenset(
    {
        "advertisement",
        "app invitation",
        "headlines of other stories",
        "invitation to readers",
        "link to another story",
        "newsletter invitation",
        "reader comments",
        "share buttons",
        "subscription notice",
        "topics",
    }
)
"""Reasons for which what stands beside a line goes with it; beside a headline or a byline stands the article."""

_LARGEST = 1_500
"""Characters."""

_LONGEST_TEASER = 40
"""Words."""


@dataclass(frozen=True, slots=True)
class _Box:
    """Its lines, whether a heading stands over them, and whether the box is of links.

    It is where most of its letters are links, or each line begins with one, or each paragraph stands below one that
    does and a heading stands over all.
    """

    lines: tuple[Line, ...]
    is_headed: bool
    is_of_links: bool


def boxed(tree: HtmlElement, furniture: Mapping[str, str]) -> dict[str, str]:
    """Find the lines that stand in boxes with furniture and nowhere else; the keys are folded, the values its reasons.

    A box goes when there is no prose in it besides furniture, when it is of links with short teasers, or when its
    heading is that of readers' comments.
    """
    everywhere: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    reasons: dict[str, str] = {}
    seen: set[HtmlElement] = set()
    for run in runs(tree):
        folded = fold(run.text)
        everywhere[folded] += 1
        holder = _holder(run.element) if furniture.get(folded) in _SPREADING else None
        if holder is None or holder in seen:
            continue
        seen.add(holder)
        box = _box(holder)
        if box is not None and _goes(box, furniture):
            inside.update(each.folded for each in box.lines)
            reasons |= {each.folded: furniture.get(each.folded, furniture[folded]) for each in box.lines}
    return {folded: why for folded, why in reasons.items() if inside[folded] >= everywhere[folded]}


def _holder(element: HtmlElement) -> HtmlElement | None:
    return next((each for each in (element, *element.iterancestors()) if each.tag in _BOXES), None)


def _box(holder: HtmlElement) -> _Box | None:
    inside = []
    length = 0
    for run in runs(holder):
        inside.append(run)
        length += len(run.text)
        if length > _LARGEST:
            return None
    lines = tuple(line(run.text) for run in inside)
    links = [_begins_with_link(run.element) for run in inside]
    linked = sum(len(plain(link.text_content())) for link in holder.iter("a"))
    is_headed = inside[0].element.tag in HEADINGS
    is_listed = all(links[1:]) or (is_headed and _are_teasers(lines, links))
    return _Box(lines, is_headed, is_of_links=linked * 2 > length or is_listed)


def _are_teasers(lines: Sequence[Line], links: Sequence[bool]) -> bool:
    """Whether each paragraph begins with a link, or stands right below a line that does."""
    prose = [place for place, each in enumerate(lines) if place and each.form is Form.PROSE]
    return any(links) and all(links[place] or links[place - 1] for place in prose)


def _begins_with_link(element: HtmlElement) -> bool:
    while element.tag != "a" and len(element) and not (element.text or "").strip():
        element = element[0]
    return bool(element.tag == "a")


def _goes(box: _Box, furniture: Mapping[str, str]) -> bool:
    if box.is_headed and furniture.get(box.lines[0].folded) == "reader comments":
        return True
    prose = [each for each in box.lines if each.form is Form.PROSE and each.folded not in furniture]
    return not prose or (box.is_of_links and all(each.words <= _LONGEST_TEASER for each in prose))
