"""The paragraphs of printed lines: what a typesetter broke is whole again."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.ingest.forms import ends_sentence
from retrieval.ingest.pdf.hyphens import Hyphens
from retrieval.ingest.pdf.lines import Line

_LARGER_GAP = 1.3
"""Times the distance of lines, from which on it parts paragraphs."""

_INDENT = (0.4, 4.0)
"""Letter sizes by which a paragraph's first line is indented."""

_WIDEST_INDENT = 60
"""Points."""

_NEIGHBOURS = 4
"""Lines above and below by which the width of a column is known."""

_ITEM = re.compile(r"[•●▪◦‣·►▶■✔✓*]\s?|(?:[-–—]|\(?\d{1,2}[.)])\s")
_BULLETS = tuple("•●▪◦‣►▶■✔✓")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, joined. `page`, `y` and `size` are those of the first."""

    text: str
    page: int
    y: float
    size: float


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """Join the lines of a text that are one paragraph, across columns and pages where a sentence goes on there."""
    if not lines:
        return []
    layout = _Layout(lines)
    hyphens = Hyphens(line.text for line in lines)
    blocks = [[0]]
    for place in range(1, len(lines)):
        if layout.begins_paragraph(place):
            blocks.append([])
        blocks[-1].append(place)
    return [_paragraph([lines[place] for place in block], hyphens) for block in blocks]


def _paragraph(lines: Sequence[Line], hyphens: Hyphens) -> Paragraph:
    fronts = [
        above.text if _is_initial(above, below) else hyphens.before(above.text, below.text)
        for above, below in pairwise(lines)
    ]
    first = lines[1] if len(lines) > 1 and _is_initial(lines[0], lines[1]) else lines[0]
    return Paragraph("".join([*fronts, lines[-1].text]), first.page, first.y, first.size)


def _is_initial(above: Line, below: Line) -> bool:
    """Whether the line above is a large letter that begins the word below."""
    return len(above.text) == 1 and above.text.isalpha() and above.size > 1.6 * below.size


class _Layout:
    """The measures of a text: the size of its letters, the distance of its lines, and where they begin."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        self._body = sizes.most_common(1)[0][0]
        self._begins = Counter((line.page, round(line.x)) for line in lines)
        self._leading = self._usual_leading()

    def begins_paragraph(self, place: int) -> bool:
        """Whether the line at `place` is no continuation of the one before it."""
        above, line = self._lines[place - 1], self._lines[place]
        if _is_initial(above, line):
            return False
        if not line.is_of_size(above.size):
            return True
        if _begins_item(above, line):
            return True
        if line.page != above.page or line.y >= above.y:
            return self._begins_after_jump(place)
        if above.y - line.y > _LARGER_GAP * self._leading_of(line):
            return True
        if not line.is_of_size(self._body):
            return False
        return self._is_indented_after(above, line) or self._stopped_early(place) or self._is_indented_before(place)

    def _begins_after_jump(self, place: int) -> bool:
        """At the head of the next column or page: a sentence that was not ended goes on."""
        above, line = self._lines[place - 1], self._lines[place]
        return not line.is_of_size(self._body) or ends_sentence(above.text) or self._stopped_early(place)

    def _is_indented_after(self, above: Line, line: Line) -> bool:
        """Whether it begins to the right of the line above, which is no item of a list, and of most lines there."""
        least, most = _INDENT
        indent = line.x - above.x
        hangs = _ITEM.match(above.text) is not None
        return least * line.size <= indent <= most * line.size and not hangs and self._is_unusual(line)

    def _is_indented_before(self, place: int) -> bool:
        """Whether the line below begins further left: then this one is a paragraph's first, like the one above it."""
        above, line, *following = self._lines[place - 1 : place + 2]
        if not following or round(above.x) != round(line.x) or _ITEM.match(following[0].text):
            return False
        (below,) = following
        least, most = _INDENT
        follows = line.page == below.page and 0 < line.y - below.y <= _LARGER_GAP * self._leading_of(line)
        return follows and least * line.size <= line.x - below.x <= most * line.size and self._is_unusual(line)

    def _is_unusual(self, line: Line) -> bool:
        """Whether more lines of the page begin a little further left."""
        widest = min(_WIDEST_INDENT, round(_INDENT[1] * line.size))
        place = round(line.x)
        return any(self._begins[line.page, place - step] > self._begins[line.page, place] for step in range(1, widest))

    def _stopped_early(self, place: int) -> bool:
        """Whether the line above ends although the next word would have had room."""
        above, line = self._lines[place - 1], self._lines[place]
        needed = len(above.text) + 1 + len(line.text.split(maxsplit=1)[0])
        if line.text[:1].islower():
            return False
        return needed < self._width(place) * (0.85 if ends_sentence(above.text) else 0.7)

    def _width(self, place: int) -> int:
        """Characters of the longest line near the one above."""
        line = self._lines[place - 1]
        near = self._lines[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS]
        return max(
            len(other.text)
            for other in near
            if other.is_of_size(line.size) and abs(other.x - line.x) <= _INDENT[1] * line.size
        )

    def _usual_leading(self) -> float:
        """How far below each other lines stand, in letter sizes."""
        pairs = [
            (above, below)
            for above, below in pairwise(self._lines)
            if above.page == below.page and below.is_of_size(above.size)
        ]
        steps = Counter(round((above.y - below.y) / below.size, 1) for above, below in pairs if below.y < above.y)
        return steps.most_common(1)[0][0] if steps else 1.2

    def _leading_of(self, line: Line) -> float:
        return self._leading * line.size


def _begins_item(above: Line, line: Line) -> bool:
    """Whether it is an item of a list; a number or a dash may stand within a sentence too."""
    if line.text.startswith(_BULLETS):
        return True
    return _ITEM.match(line.text) is not None and (ends_sentence(above.text) or above.text.endswith((":", ";")))
