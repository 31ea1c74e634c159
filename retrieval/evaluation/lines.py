"""Question files: one JSON object a line.

ValueError
└── NoQuestion      a line holds no question; the message names the line, and why
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias, TypeVar

Fields: TypeAlias = dict[str, Any]
_Question = TypeVar("_Question")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class NoQuestion(ValueError):
    """A line of a question file holds no question; the message is one sentence."""


def read_lines(lines: Iterable[bytes], question: Callable[[Fields], _Question]) -> Iterator[_Question]:
    """Read each line but blank ones; `question` makes one of its fields, or raises `TypeError` or `ValueError`.

    Raises `NoQuestion`.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield question(_fields(line))
            except (TypeError, ValueError) as error:
                raise NoQuestion(f"Line {number} is no question: {error}.") from error


def text_of(fields: Fields, name: str) -> str:
    """Return the text of a field; what stands for no character becomes U+FFFD, so that offsets stay."""
    return _text(fields.get(name), name)


def key_of(fields: Fields, name: str) -> str:
    """Return the text or number that names something, as text."""
    value = fields.get(name)
    return str(value) if isinstance(value, int) else _text(value, name)


def list_of(fields: Fields, name: str) -> list[Any]:
    """Return the list in a field; a field that is missing or null is an empty one."""
    value = fields.get(name)
    if value is not None and not isinstance(value, list):
        raise TypeError(f'its field "{name}" must be a list')
    return value or []


def objects_of(fields: Fields, name: str) -> list[Fields]:
    """Return the objects in a field; a field that is missing or null is an empty list."""
    values = list_of(fields, name)
    if not all(isinstance(value, dict) for value in values):
        raise TypeError(f'its field "{name}" must hold objects')
    return values


def texts_of(fields: Fields, name: str) -> tuple[str, ...]:
    """Return the texts in a field, which may be null but not missing."""
    if name not in fields:
        raise ValueError(f'its field "{name}" is missing')
    return tuple(_text(each, name) for each in list_of(fields, name))


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f'its field "{name}" must be text')
    return _LONE_SURROGATE.sub("\ufffd", value)


def _fields(line: bytes) -> Fields:
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except (ValueError, RecursionError):
        raise ValueError("it is not JSON") from None
    if not isinstance(fields, dict):
        raise TypeError("it is not a JSON object")
    return fields
