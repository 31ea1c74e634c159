"""Paragraphs of a text: lines that were broken at a column are joined again."""

import re
from itertools import pairwise

from retrieval.ingest.forms import ends_sentence

_NARROWEST, _WIDEST = 40, 100
"""Columns at which texts are wrapped."""

_LIST_MARK = re.compile(r"[-–—*•●▪◦‣·►▶>#]\s|\d{1,2}[.)]\s")


_HYPHEN = re.compile(r"[^\W\d_]-$")
"""Where a line ends so, its word goes on in the next."""

_DASHES = ("- ", "– ", "— ")
"""Marks of a list that also stand within sentences, and so at the beginning of a wrapped line."""


def paragraphs(text: str) -> list[str]:
    """The text's lines without the blank ones, stripped; a line goes on with the next where it was hard-wrapped."""
    lines = text.split("\n")
    width = _width(lines)
    if width is None and _is_double_spaced(lines):
        lines = _single_spaced(lines)
        width = _width(lines)
    joined: list[list[str]] = []
    previous: str | None = None
    for line in lines:
        if not line.strip():
            previous = None
            continue
        if previous is not None and width is not None and _goes_on(previous, line, width):
            joined[-1] += ["" if _HYPHEN.search(previous.rstrip()) else " ", line.strip()]
        else:
            joined.append([line.strip()])
        previous = line
    return ["".join(parts) for parts in joined]


def _width(lines: list[str]) -> int | None:
    """The column at which the text is wrapped; None when its lines are whole paragraphs.

    It is wrapped when lines break in the middle of sentences, and break there because the next word did not fit.
    """
    pairs = [(above, below) for above, below in pairwise(lines) if above.strip() and below.strip()]
    broken = [len(above.rstrip()) for above, below in pairs if _breaks_a_sentence(above, below)]
    if len(broken) < 2 or len(broken) * 4 < len(pairs):
        return None
    width = sorted(broken)[-1 - len(broken) // 20]  # a long line or two do not count
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = sum(_is_full(above, below, width) for above, below in pairs if _breaks_a_sentence(above, below))
    return width if full * 3 >= len(broken) * 2 else None


def _breaks_a_sentence(above: str, below: str) -> bool:
    return not ends_sentence(above) and below.lstrip()[:1].islower()


def _is_full(above: str, below: str, width: int) -> bool:
    """Whether the next line's first word would have stood beyond the width."""
    return len(above.rstrip()) + 1 + len(below.split(maxsplit=1)[0]) > width


def _goes_on(above: str, below: str, width: int) -> bool:
    begins_item = _LIST_MARK.match(below.lstrip()) is not None
    after_item = _LIST_MARK.match(above.lstrip()) is not None
    if begins_item and (after_item or not below.lstrip().startswith(_DASHES)):
        return False
    if not after_item and _indent(below) > _indent(above):
        return False
    late = len(above.rstrip()) * 3 >= width * 2
    return _is_full(above, below, width) or (late and _breaks_a_sentence(above, below))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_double_spaced(lines: list[str]) -> bool:
    """Whether single blank lines stand inside sentences, more often than not."""
    pairs = [
        (a, c)
        for a, b, c in zip(lines, lines[1:], lines[2:], strict=False)
        if a.strip() and not b.strip() and c.strip()
    ]
    broken = sum(_breaks_a_sentence(above, below) and len(above) <= _WIDEST for above, below in pairs)
    return broken >= 2 and broken * 2 >= len(pairs)


def _single_spaced(lines: list[str]) -> list[str]:
    """Without the blank line behind every line; further blank lines stay and part the paragraphs."""
    kept: list[str] = []
    for above, line in pairwise(["", *lines]):
        if line.strip() or not above.strip():
            kept.append(line)
    return kept
