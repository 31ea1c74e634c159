"""Front matter: the lines between two rules with which a Markdown file begins and names its facts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.ingest.dates import day_in
from retrieval.ingest.jsonl import iso

_BLOCK = re.compile(r"\s*---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"([\w-]{1,40})[ \t]*:[ \t]*(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.+)")

_TITLE = ("title", "headline")
_SOURCE = ("source", "outlet", "publisher", "publication", "site")
_AUTHOR = ("author", "authors", "byline", "by")
_PUBLISHED = ("published", "date", "published_at", "publish_date", "pubdate")
_URL = ("url", "link", "canonical", "canonical_url", "permalink", "source_url")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What it says of the article, None for what it does not; `rest` is the text behind it."""

    rest: str
    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    warnings: tuple[str, ...] = ()


def read_front_matter(text: str) -> FrontMatter:
    """Read the fields that articles have; others, and what is no simple field or list, are passed over."""
    block = _BLOCK.match(text)
    if block is None:
        return FrontMatter(text)
    fields = dict(_fields(block[1].split("\n")))
    written = _first(fields, _PUBLISHED)
    published = (iso(written) or day_in(written)) if written else None
    warnings: tuple[str, ...] = ()
    if written and published is None:
        warnings = (f"The date “{written[:60]}” was not understood; the article has none.",)
    url = _first(fields, _URL)
    return FrontMatter(
        rest=text[block.end() :],
        title=_first(fields, _TITLE),
        source=_first(fields, _SOURCE),
        author=_first(fields, _AUTHOR),
        published=published,
        url=url if url and url.startswith(("http://", "https://")) else None,
        warnings=warnings,
    )


def _fields(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Names and values; the items of a list, in brackets or on lines of their own, are joined by commas."""
    name, items = "", list[str]()
    for line in lines:
        if field := _FIELD.fullmatch(line):
            name, value, items = field[1].casefold(), field[2].strip(), []
            inline = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
            yield name, ", ".join(map(_unquoted, inline))
        elif name and (item := _ITEM.fullmatch(line)):
            items.append(_unquoted(item[1]))
            yield name, ", ".join(items)


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((value for name in names if (value := " ".join(fields.get(name, "").split()))), None)
