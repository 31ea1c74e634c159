"""The import and export format: one article a line, as JSON."""

import json
import re
from datetime import date, datetime
from typing import NoReturn, TypeAlias

from retrieval.article import Article
from retrieval.ingest.decoding import clean
from retrieval.ingest.reading import Reading, Unreadable
from retrieval.ingest.titles import opening_words

Fields: TypeAlias = dict[str, object]

_SLASHED_DATE = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")


def read_line(line: str | bytes) -> Reading:
    """Read one line as it was exported, or as another program wrote it; fields of other names are ignored.

    The text stays as it is given, but for line ends and unshowable characters. Raises `Unreadable` naming the fault.
    """
    fields = _fields(line)
    warnings: list[str] = []
    text = _text(fields, "text", warnings)
    if text is None or not text.strip():
        raise Unreadable('The field "text" is missing or empty; it must hold the article\'s text.')
    article = Article(
        title=_words(fields, "title", warnings) or opening_words(text),
        text=text,
        key=_key(fields, warnings),
        url=_words(fields, "url", warnings),
        source=_words(fields, "source", warnings),
        author=_words(fields, "author", warnings),
        published=_published(fields, warnings),
    )
    return Reading(article, warnings=tuple(warnings))


def is_line(line: bytes) -> bool:
    """Whether this is the line of an article, not of a text: a JSON object with a "text" in it."""
    try:
        return "text" in _fields(line)
    except Unreadable:
        return False


def write_line(article: Article, key: str | None, url: str | None) -> str:
    """Write the contract's fields, in its order, without a line end; the archive may know another key or URL."""
    fields = {
        "id": key,
        "title": article.title,
        "url": url,
        "source": article.source,
        "author": article.author,
        "published": article.published,
        "text": article.text,
    }
    return json.dumps(fields, ensure_ascii=False)


def _fields(line: str | bytes) -> Fields:
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line.removeprefix("\ufeff")
        fields = json.loads(text, parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise Unreadable("The line is not UTF-8; save the file as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"The line is not JSON: {error.msg} at character {error.pos + 1}.") from None
    except (ValueError, RecursionError):
        raise Unreadable("The line is not JSON that can be read: a number or its nesting is beyond measure.") from None
    if not isinstance(fields, dict):
        raise Unreadable("The line is not a JSON object; an article is written as {…}.")
    return fields


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _text(fields: Fields, name: str, warnings: list[str]) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Unreadable(f'The field "{name}" is {_kind(value)}; it must be text.')
    decoded = clean(value)
    warnings.extend(f"{name}: {warning}" for warning in decoded.warnings)
    return decoded.text


def _words(fields: Fields, name: str, warnings: list[str]) -> str | None:
    """A field of one line; blank means absent."""
    text = _text(fields, name, warnings)
    return " ".join(text.split()) or None if text else None


def _key(fields: Fields, warnings: list[str]) -> str | None:
    value = fields.get("id")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _text(fields, "id", warnings) or None


def _published(fields: Fields, warnings: list[str]) -> str | None:
    value = fields.get("published")
    if value is None or value == "":
        return None
    normalised = iso(value) if isinstance(value, str) else None
    if normalised is None:
        warnings.append(f"published: {json.dumps(value, ensure_ascii=False)[:60]} is not an ISO 8601 date; left out.")
    return normalised


def iso(written: str) -> str | None:
    """An ISO 8601 date or date and time, or YYYY/MM/DD, in the one form that is stored; None for anything else."""
    written = written.strip()
    slashed = _SLASHED_DATE.fullmatch(written)
    try:
        if slashed:
            return date(*map(int, slashed.groups())).isoformat()
        if "T" not in written and " " not in written:
            return date.fromisoformat(written).isoformat()
        return datetime.fromisoformat(written).isoformat()  # a time without a zone stays without
    except ValueError:
        return None


def _kind(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case _:
            return "an object"
