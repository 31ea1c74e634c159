"""The rules for modals and autocomplete choices: what an interaction can be answered with besides a message."""

from typing import Any

from tests.discord_server import limits
from tests.discord_server.component_rules import SELECTS, check_custom_ids, check_options, check_select
from tests.discord_server.messages import ComponentType, stated
from tests.discord_server.options import OptionType, fits
from tests.discord_server.refusals import Faults, Json, Path

GROUPS = {ComponentType.RADIO_GROUP, ComponentType.CHECKBOX_GROUP}
IN_LABEL = {ComponentType.TEXT_INPUT, ComponentType.FILE_UPLOAD, ComponentType.CHECKBOX} | SELECTS | GROUPS
TEXT_STYLES = (1, 2)


def check_modal(modal: Json) -> None:
    """Raise `Refused` unless this modal can be shown."""
    faults = Faults()
    faults.check_length(("data", "title"), modal.get("title"), limits.MODAL_TITLE, 1)
    faults.check_length(("data", "custom_id"), modal.get("custom_id"), limits.CUSTOM_ID, 1)
    components = modal.get("components") or []
    faults.check_count(("data", "components"), len(components), limits.MODAL_COMPONENTS, 1)
    for number, component in enumerate(components):
        _check_top_level(faults, ("data", "components", number), component)
    check_custom_ids(faults, components)
    faults.refuse_any()


def check_choices(choices: Any, option_type: OptionType) -> None:
    """Raise `Refused` unless these can be offered for an option of this type."""
    faults = Faults()
    faults.check_count(("data", "choices"), len(choices), limits.CHOICES)
    for number, choice in enumerate(choices):
        place = ("data", "choices", number)
        faults.check_length((*place, "name"), choice.get("name"), limits.CHOICE_NAME, 1)
        value = choice.get("value")
        if not fits(option_type, value):
            faults.add((*place, "value"), "BASE_TYPE_BAD_TYPE", f"{value!r} is no value for {option_type.name}.")
        elif isinstance(value, str):
            faults.check_length((*place, "value"), value, limits.CHOICE_VALUE)
    faults.refuse_any()


def _check_top_level(faults: Faults, path: Path, component: Json) -> None:
    kind = component.get("type")
    if kind == ComponentType.ACTION_ROW:
        parts = component.get("components", [])
        faults.check_count((*path, "components"), len(parts), 1, 1)
        for number, part in enumerate(parts):
            place = (*path, "components", number)
            if part.get("type") != ComponentType.TEXT_INPUT:
                faults.add((*place, "type"), "UNION_TYPE_CHOICES", "A modal's row holds a text input.")
                continue
            faults.check_length((*place, "label"), part.get("label"), limits.LABEL, 1)
            _check_text_input(faults, place, part)
    elif kind == ComponentType.LABEL:
        faults.check_length((*path, "label"), component.get("label"), limits.LABEL, 1)
        faults.check_optional((*path, "description"), component.get("description"), limits.LABEL_DESCRIPTION)
        _check_labelled(faults, (*path, "component"), component.get("component") or {})
    elif kind == ComponentType.TEXT_DISPLAY:
        faults.check_length((*path, "content"), component.get("content"), limits.COMPONENTS_V2_TEXT, 1)
    else:
        faults.add((*path, "type"), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1, 10, 18).')


def _check_labelled(faults: Faults, path: Path, part: Json) -> None:
    kind = part.get("type")
    if kind not in IN_LABEL:
        faults.add((*path, "type"), "UNION_TYPE_CHOICES", f"A component of type {kind} cannot stand in a label.")
    elif kind == ComponentType.TEXT_INPUT:
        if part.get("label") is not None:
            faults.add((*path, "label"), "TEXT_INPUT_LABEL_NOT_ALLOWED", "A text input in a label has no label.")
        _check_text_input(faults, path, part)
    elif kind in SELECTS:
        check_select(faults, path, part)
    else:
        faults.check_length((*path, "custom_id"), part.get("custom_id"), limits.CUSTOM_ID, 1)
    if kind in GROUPS:
        check_options(faults, path, part.get("options", []), stated(part, "max_values", 1))
    if kind == ComponentType.FILE_UPLOAD:
        faults.check_range((*path, "min_values"), stated(part, "min_values", 1), 0, limits.FILE_UPLOADS)
        faults.check_range((*path, "max_values"), stated(part, "max_values", 1), 1, limits.FILE_UPLOADS)


def _check_text_input(faults: Faults, path: Path, part: Json) -> None:
    faults.check_length((*path, "custom_id"), part.get("custom_id"), limits.CUSTOM_ID, 1)
    if part.get("style") not in TEXT_STYLES:
        faults.add((*path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")
    faults.check_optional((*path, "placeholder"), part.get("placeholder"), limits.TEXT_INPUT_PLACEHOLDER)
    faults.check_optional((*path, "value"), part.get("value"), limits.TEXT_INPUT)
    least, most = stated(part, "min_length", 0), stated(part, "max_length", limits.TEXT_INPUT)
    faults.check_range((*path, "min_length"), least, 0, limits.TEXT_INPUT)
    faults.check_range((*path, "max_length"), most, 1, limits.TEXT_INPUT)
    if least > most:
        faults.add((*path, "min_length"), "TEXT_INPUT_MIN_MAX", "min_length is above max_length.")
    if len(part.get("value") or "") > most:
        faults.add((*path, "value"), "TEXT_INPUT_VALUE", "The value given is longer than max_length.")
