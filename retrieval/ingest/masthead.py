"""The outlet of a page, from the places where pages name it."""

import re
from collections.abc import Iterator

from retrieval.ingest import outlets
from retrieval.ingest.bylines import Byline
from retrieval.ingest.forms import Line

_OWN_MATTER = (
    "newsletter invitation",
    "subscription notice",
    "app invitation",
    "invitation to readers",
    "copyright line",
)
"""Reasons of lines in which a page speaks of its own outlet."""


_NAMED_WITHIN = 200
"""Lines of either end of a page among which an outlet's name is sought again."""


def find_source(page: list[Line], top: int, bylines: list[Byline], url: str | None) -> str | None:
    places = (
        (b.outlet for b in bylines),
        _names_at_the_top(page, top),
        (outlets.of_host(url) if url else None,),
        (outlets.in_copyright_line(line.text) for line in page if "©" in line.text or "opyright" in line.text),
        (outlets.mentioned(line.text) for line in page if line.why in _OWN_MATTER),
    )
    named = [name for place in places for name in place if name]
    own = next((name for name in named if outlets.agency(name) is None), None)
    if own is not None:
        return recased(own, page)
    opening = next((line.text for line in page if line.is_story), "")
    wired = next(iter(named), None) or outlets.agency_in_dateline(opening)
    return wired or (outlets.host_of(url) if url else None) or None


def _names_at_the_top(page: list[Line], top: int) -> Iterator[str]:
    """Lines at the top that are an outlet's name: listed, or of its form and named again elsewhere on the page."""
    scored = []
    for place in range(top + 4):
        if place == top or place >= len(page):
            continue
        line = page[place]
        name = outlets.without_programme(line.text)
        if line.why not in (
            None,
            "outlet",
            "navigation",
            "caption",
            "copyright line",
            "page furniture",
        ) or name.endswith((".", ",")):
            continue
        listed = outlets.listed(name)
        if listed:
            line.why = "outlet"
            scored.append((6.0, listed))
        elif outlets.has_form_of_a_name(name) and line.words <= outlets.LONGEST_NAME + 3:
            scored.append((_likeness(page, place, name), name.removesuffix(" SERVICE").removesuffix(" Service")))
    best = max(scored, default=(0.0, ""), key=lambda score: score[0])
    if best[0] >= 3:
        yield best[1]


def _likeness(page: list[Line], place: int, name: str) -> float:
    """How much a line at the top looks like the outlet's name."""
    if len(name.split()) > outlets.LONGEST_NAME:
        return 0.0
    named = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
    ends = [*page[:_NAMED_WITHIN], *page[_NAMED_WITHIN:][-_NAMED_WITHIN:]]
    elsewhere = [line for line in ends if line.folded != page[place].folded and named.search(line.text)]
    copyright_lines = [line.text for line in ends if line.why == "copyright line"]
    holder = next((held for text in copyright_lines if (held := outlets.in_copyright_line(text))), "")
    score = 2.5 if outlets.named_like_an_outlet(name) else 0.0
    score += 1.0 if all(line.why for line in page[:place]) else 0.0
    score += 3.0 if any(line.why == "copyright line" for line in elsewhere) else 0.0
    score += 1.0 if any(line.why == "caption" for line in elsewhere) else 0.0
    score += 1.0 if set(holder.split()) & set(name.split()) else 0.0
    return score + min(2, len(elsewhere)) * 0.75


def recased(name: str | None, page: list[Line]) -> str | None:
    """A name printed in capitals as the page prints it elsewhere, or with capitals at its words' beginnings."""
    if name is None or not name.isupper() or (len(name.split()) == 1 and len(name) < 6):
        return name
    named = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
    mixed = next((found[0] for line in page if (found := named.search(line.text)) and not found[0].isupper()), None)
    return mixed or re.sub(r"\bMc[a-z]", lambda mc: mc[0][:2] + mc[0][2].upper(), name.title())
