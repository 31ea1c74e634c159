"""An article and its places: values, no input or output."""

from dataclasses import dataclass
from typing import TypeAlias

Guild: TypeAlias = int
"""A Discord server's id; `SHARED` for the library that every guild sees."""

SHARED: Guild = 0


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of Unicode code points in one version's text: 0 ≤ start < end."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"{self.start}:{self.end} is not a span")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two have at least one character in common."""
        return self.start < other.end and other.start < self.end

    def within(self, text: str) -> str:
        """The words that stand at this span of `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """A story as its publisher put it out, before the archive gives it an id.

    `key` is the publisher's own id for it, any string. `published` is an ISO 8601 date or date and time.
    `source` is the outlet's name. `text` has LF line ends and no control characters but tab and LF.
    """

    title: str
    text: str
    key: str | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """An article's state at one time; its text never changes once stored.

    `language` is the ISO 639-1 code of the language it is in, None where that is not sure.
    """

    article_id: int
    number: int
    guild: Guild
    article: Article
    added: str
    language: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Consecutive sentences of an article's newest version: the unit of retrieval.

    A passage keeps its id while its words stay in the article, wherever they move in later versions.
    """

    id: int
    article_id: int
    version: int
    span: Span
