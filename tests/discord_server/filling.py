"""Filling in: what Discord's app lets a person enter into a modal or choose in a select."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.discord_server import limits
from tests.discord_server.component_rules import SELECTS
from tests.discord_server.impossible import Impossible
from tests.discord_server.invoking import File, Resolved
from tests.discord_server.messages import ComponentType, stated, walk
from tests.discord_server.refusals import Json
from tests.discord_server.world import Channel, Role, User

CHOSEN_BY_VALUE = {ComponentType.STRING_SELECT, ComponentType.CHECKBOX_GROUP}


def submission(modal: Json, entries: Mapping[str, object], user: User, channel: Channel) -> Json:
    """What Discord's app sends for a filled-in modal; `entries` are by custom id or label. Raises `Impossible`."""
    resolved = Resolved(channel)
    remaining = dict(entries)
    numbers = iter(range(1, 1_000))
    components = [_submitted(part, part, remaining, numbers, user, resolved) for part in modal["components"]]
    if remaining:
        labels = [part["label"] for part in walk(modal["components"]) if part.get("label")]
        raise Impossible(f"the modal has nothing to enter as {sorted(remaining)}, only {labels}")
    return resolved.beside({"custom_id": modal["custom_id"], "components": components})


def chosen(select: Json, choices: Iterable[Any], user: User, resolved: Resolved) -> list[str]:
    """The values that a select sends; options can be given by label. Raises `Impossible`."""
    wanted = list(choices)
    least, most = stated(select, "min_values", 1), stated(select, "max_values", 1)
    if not select.get("required", True) and not wanted:
        return []
    if not least <= len(wanted) <= most:
        raise Impossible(f"{least} to {most} must be chosen in {select['custom_id']!r}, not {len(wanted)}")
    values = []
    for choice in wanted:
        match choice:
            case User() if select["type"] in (ComponentType.USER_SELECT, ComponentType.MENTIONABLE_SELECT):
                values.append(resolved.user(choice))
            case Role() if select["type"] in (ComponentType.ROLE_SELECT, ComponentType.MENTIONABLE_SELECT):
                values.append(resolved.role(choice))
            case Channel() if select["type"] == ComponentType.CHANNEL_SELECT:
                values.append(resolved.place(choice, user))
            case str() if select["type"] in CHOSEN_BY_VALUE:
                values.append(_value_of(select, choice))
            case _:
                raise Impossible(f"{choice!r} cannot be chosen in {select['custom_id']!r}")
    return values


def _submitted(
    part: Json, labelled: Json, entries: dict[str, object], numbers: Iterable[int], user: User, resolved: Resolved
) -> Json:
    """One component as it is sent back; `labelled` is the one whose label stands over it."""
    sent: Json = {"type": part["type"], "id": part.get("id") or next(iter(numbers))}
    if part["type"] == ComponentType.ACTION_ROW:
        inner = part["components"]
        return sent | {"components": [_submitted(each, each, entries, numbers, user, resolved) for each in inner]}
    if part["type"] == ComponentType.LABEL:
        return sent | {"component": _submitted(part["component"], part, entries, numbers, user, resolved)}
    if part["type"] == ComponentType.TEXT_DISPLAY:
        return sent
    entry = entries.pop(part["custom_id"], None)
    if entry is None:
        entry = entries.pop(labelled.get("label") or "", None)
    sent["custom_id"] = part["custom_id"]
    match part["type"]:
        case ComponentType.TEXT_INPUT:
            return sent | {"value": _text(part, labelled, entry)}
        case ComponentType.CHECKBOX:
            return sent | {"value": part.get("default", False) if entry is None else bool(entry)}
        case ComponentType.RADIO_GROUP:
            return sent | {"value": _radio(part, entry)}
        case ComponentType.FILE_UPLOAD:
            return sent | {"values": [resolved.file(file) for file in _files(part, entry)]}
        case kind if kind in SELECTS or kind == ComponentType.CHECKBOX_GROUP:
            choices = entry if isinstance(entry, list) else _defaults(part)
            return sent | {"values": chosen(part, choices, user, resolved)}
    raise Impossible(f"a component of type {part['type']} cannot be filled in")


def _text(part: Json, labelled: Json, entry: object) -> str:
    text = part.get("value") or "" if entry is None else entry
    name = labelled.get("label") or part["custom_id"]
    if not isinstance(text, str):
        raise Impossible(f"{name!r} takes a text")
    if not text and not part.get("required", True):
        return text
    least, most = stated(part, "min_length", 0), stated(part, "max_length", limits.TEXT_INPUT)
    if part.get("required", True):
        least = max(least, 1)
    if not least <= len(text) <= most:
        raise Impossible(f"{name!r} takes {least} to {most} characters, not {len(text)}")
    return text


def _radio(part: Json, entry: object) -> str | None:
    if isinstance(entry, str):
        return _value_of(part, entry)
    default = next(iter(_defaults(part)), None)
    if default is None and part.get("required", True):
        raise Impossible(f"one must be chosen in {part['custom_id']!r}")
    return default


def _files(part: Json, entry: object) -> list[File]:
    files: list[File] = [each for each in entry if isinstance(each, tuple)] if isinstance(entry, list) else []
    least, most = stated(part, "min_values", 1), stated(part, "max_values", 1)
    if not files and not part.get("required", True):
        return []
    if not least <= len(files) <= most:
        raise Impossible(f"{part['custom_id']!r} takes {least} to {most} files, not {len(files)}")
    return files


def _defaults(part: Json) -> list[str]:
    return [option["value"] for option in part.get("options", []) if option.get("default")]


def _value_of(part: Json, wanted: str) -> str:
    for option in part["options"]:
        if wanted in (option["label"], option["value"]):
            value: str = option["value"]
            return value
    raise Impossible(f"{wanted!r} is no option of {part['custom_id']!r}")
