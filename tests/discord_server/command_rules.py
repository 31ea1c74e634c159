"""The rules for registering commands."""

import re
from collections import Counter
from typing import Any

from tests.discord_server import limits
from tests.discord_server.options import NESTING, WITH_CHOICES, OptionType, fits
from tests.discord_server.refusals import Faults, Json, Path

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e31-\u0e3a\u0e47-\u0e4e]{1,32}")
MOST_OF_A_KIND = {
    CHAT_INPUT: limits.COMMANDS,
    USER_MENU: limits.CONTEXT_MENUS_OF_A_KIND,
    MESSAGE_MENU: limits.CONTEXT_MENUS_OF_A_KIND,
}


def check_commands(commands: list[Json]) -> None:
    """Raise `Refused` unless all of these can be registered together."""
    faults = Faults()
    for kind, count in Counter(command.get("type", CHAT_INPUT) for command in commands).items():
        if count > MOST_OF_A_KIND.get(kind, 0):
            message = f"Maximum number of application commands reached ({MOST_OF_A_KIND.get(kind, 0)})."
            faults.add((), "APPLICATION_COMMANDS_MAX", message)
    seen: set[object] = set()
    for number, command in enumerate(commands):
        kind = command.get("type", CHAT_INPUT)
        code = "APPLICATION_COMMANDS_DUPLICATE_NAME"
        message = "Application command names must be unique"
        faults.check_unique((number, "name"), seen, (kind, command.get("name")), code, message)
        if kind == CHAT_INPUT:
            _check_slash_command(faults, (number,), command)
        else:
            _check_menu(faults, (number,), command)
    faults.refuse_any()


def _check_menu(faults: Faults, path: Path, command: Json) -> None:
    faults.check_length((*path, "name"), command.get("name"), limits.COMMAND_NAME, 1)
    for key in ("description", "options"):
        if command.get(key):
            message = f"Context menu commands cannot have {key}"
            faults.add((*path, key), "APPLICATION_COMMAND_CONTEXT_MENU_CANNOT_HAVE_FIELD", message)


def _check_slash_command(faults: Faults, path: Path, command: Json) -> None:
    _check_named(faults, path, command)
    _check_options(faults, path, command.get("options") or [], allowed=set(OptionType))
    together = _characters(command)
    if together > limits.COMMAND_TOGETHER:
        message = f"Command exceeds maximum size ({limits.COMMAND_TOGETHER})"
        faults.add(path, "APPLICATION_COMMAND_TOO_LARGE", message)


def _check_named(faults: Faults, path: Path, named: Json) -> None:
    name = named.get("name")
    faults.check_length((*path, "description"), named.get("description"), limits.COMMAND_DESCRIPTION, 1)
    if not isinstance(name, str) or not NAME.fullmatch(name) or name != name.lower():
        message = "Command name is invalid: 1 to 32 lower-case letters, digits, - or _"
        faults.add((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", message)


def _check_options(faults: Faults, path: Path, options: list[Json], allowed: set[OptionType]) -> None:
    faults.check_count((*path, "options"), len(options), limits.COMMAND_OPTIONS)
    seen: set[object] = set()
    optional_before = False
    nesting = [option.get("type") in NESTING for option in options]
    if any(nesting) and not all(nesting):
        message = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        faults.add((*path, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
    for number, option in enumerate(options):
        place = (*path, "options", number)
        _check_named(faults, place, option)
        message = "Option names must be unique"
        code = "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"
        faults.check_unique((*place, "name"), seen, option.get("name"), code, message)
        if option.get("type") not in allowed:
            faults.add((*place, "type"), "BASE_TYPE_CHOICES", f"Option type {option.get('type')} cannot stand here.")
            continue
        kind = OptionType(option["type"])
        if kind in NESTING:
            _check_options(faults, place, option.get("options") or [], allowed=_allowed_within(kind))
            continue
        if option.get("required") and optional_before:
            message = "Required options must be placed before non-required options"
            faults.add((*place, "required"), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional_before |= not option.get("required")
        _check_value_option(faults, place, kind, option)


def _allowed_within(kind: OptionType) -> set[OptionType]:
    return {OptionType.SUB_COMMAND} if kind is OptionType.SUB_COMMAND_GROUP else set(OptionType) - NESTING


def _check_value_option(faults: Faults, path: Path, kind: OptionType, option: Json) -> None:
    choices: list[Json] = option.get("choices") or []
    if (choices or option.get("autocomplete")) and kind not in WITH_CHOICES:
        message = "Only string, integer and number options have choices or autocomplete"
        faults.add((*path, "type"), "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", message)
    if choices and option.get("autocomplete"):
        message = "Choices and autocomplete are mutually exclusive"
        faults.add((*path, "choices"), "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", message)
    faults.check_count((*path, "choices"), len(choices), limits.CHOICES)
    for number, choice in enumerate(choices):
        place = (*path, "choices", number)
        faults.check_length((*place, "name"), choice.get("name"), limits.CHOICE_NAME, 1)
        if not fits(kind, choice.get("value")):
            faults.add((*place, "value"), "BASE_TYPE_BAD_TYPE", f"{choice.get('value')!r} is no {kind.name} value.")
        elif isinstance(choice["value"], str):
            faults.check_length((*place, "value"), choice["value"], limits.CHOICE_VALUE)
    _check_bounds(faults, path, option, "length", 0, limits.OPTION_STRING)
    if option.get("max_length") == 0:
        faults.add((*path, "max_length"), "NUMBER_TYPE_MIN", "int value should be greater than or equal to 1.")
    _check_bounds(faults, path, option, "value", -(2.0**53), 2.0**53)


def _check_bounds(faults: Faults, path: Path, option: Json, of: str, lowest: float, highest: float) -> None:
    bounds: dict[str, Any] = {key: option.get(f"{key}_{of}") for key in ("min", "max")}
    for key, bound in bounds.items():
        if bound is not None:
            faults.check_range((*path, f"{key}_{of}"), bound, lowest, highest)
    if None not in bounds.values() and bounds["min"] > bounds["max"]:
        message = f"The minimum {of} is above the maximum"
        faults.add((*path, f"min_{of}"), "APPLICATION_COMMAND_OPTIONS_MIN_MAX_INVALID", message)


def _characters(named: Json) -> int:
    own = len(named.get("name") or "") + len(named.get("description") or "")
    choices = sum(len(str(choice.get("value"))) + len(str(choice.get("name"))) for choice in named.get("choices") or [])
    return own + choices + sum(_characters(option) for option in named.get("options") or [])
