"""The bounds of a page: how large it may be for any page within them to be read in seconds."""

from collections.abc import Mapping

from lxml.etree import HTMLParser, LxmlError

from retrieval.ingest.reading import Unreadable

MOST_ELEMENTS = 40_000
MOST_ATTRIBUTES = 150_000
MOST_CHILDREN = 3_000
"""Elements directly within one element, or attributes of it."""

MOST_STEPS = 1_500_000
"""All elements' depths together: how far it is to each of them from the top."""


def check_bounds(text: str) -> None:
    """Raise `Unreadable` for a page that is beyond them, before a tree is made of it, which might take minutes."""
    parser = HTMLParser(target=_Measure(), encoding="utf-8")
    try:
        parser.feed(text.encode("utf-8", errors="replace"))
        parser.close()
    except LxmlError:
        return  # there are no elements in it


class _Measure:
    """What the parser tells of each element as it comes; `children` holds the count for each that is still open."""

    def __init__(self) -> None:
        self.elements = self.attributes = self.steps = 0
        self.children = [0]

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        self.attributes += len(attributes)
        self.steps += len(self.children)
        self.children[-1] += 1
        is_too_wide = max(self.children[-1], len(attributes)) > MOST_CHILDREN
        is_too_large = self.elements > MOST_ELEMENTS or self.attributes > MOST_ATTRIBUTES or self.steps > MOST_STEPS
        if is_too_wide or is_too_large:
            raise Unreadable(
                "The page is built of more parts than any article has, so it was not read; "
                "paste the article's text instead."
            )
        self.children.append(0)

    def end(self, _tag: str) -> None:
        self.children.pop()

    def close(self) -> None:
        """The parser asks for it."""
