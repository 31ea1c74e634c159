"""The flow of a tree's text: the lines that a reader sees, each with the element it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import iterwalk
from lxml.html import HtmlElement

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font hi i ins kbd label mark q ref s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
"""Elements that stand within a line; all others begin one and end it."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

UNSEEN = frozenset(
    "head script style noscript template svg math select textarea iframe object audio video canvas".split()
)
"""Elements that hold no text of the page, or none that is read."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Places where a word may be broken, and marks of no width."""


@dataclass(frozen=True, slots=True)
class Run:
    """A line, in single spaces, and the innermost element that begins or ends lines and holds it."""

    text: str
    element: HtmlElement


def plain(text: str) -> str:
    """A text in single spaces, without what cannot be seen in it."""
    return " ".join(text.translate(_INVISIBLE).split())


def runs(tree: HtmlElement) -> Iterator[Run]:
    """Yield the lines in their order, without empty ones."""
    words: list[str] = []
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        ends = event == "end"
        if element.tag not in INLINE:
            holder = element if ends else element.getparent()
            if (text := plain("".join(words))) and holder is not None:
                yield Run(text, holder)
            words = []
        if not ends and element.tag in UNSEEN:
            walk.skip_subtree()
        elif not ends or element is not tree:
            words.append((element.tail if ends else element.text) or "")
