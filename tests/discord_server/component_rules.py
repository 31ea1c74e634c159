"""The rules for a message's components: rows of buttons and selects, and what components v2 add."""

import re
from typing import Any

from tests.discord_server import limits
from tests.discord_server.messages import ComponentType, stated, walk
from tests.discord_server.refusals import Faults, Json, Path

SELECTS = {
    ComponentType.STRING_SELECT,
    ComponentType.USER_SELECT,
    ComponentType.ROLE_SELECT,
    ComponentType.MENTIONABLE_SELECT,
    ComponentType.CHANNEL_SELECT,
}
IN_CONTAINER = {
    ComponentType.ACTION_ROW,
    ComponentType.SECTION,
    ComponentType.TEXT_DISPLAY,
    ComponentType.MEDIA_GALLERY,
    ComponentType.FILE,
    ComponentType.SEPARATOR,
}
TOP_LEVEL_V2 = IN_CONTAINER | {ComponentType.CONTAINER}
STYLES = range(1, 7)
LINK_STYLE, PREMIUM_STYLE = 5, 6
BUTTON_LINK = re.compile(r"(https?|discord)://\S+")
MEDIA_LINK = re.compile(r"(?:https?|attachment)://(\S+)")


def check_components(faults: Faults, components: list[Json], filenames: list[str], *, v2: bool) -> None:
    """Gather what is wrong with a message's components; `filenames` are the attachments that they can refer to."""
    if v2:
        faults.check_count(("components",), len(list(walk(components))), limits.COMPONENTS_V2, 1)
        texts = [part.get("content") or "" for part in walk(components) if part["type"] == ComponentType.TEXT_DISPLAY]
        if sum(map(len, texts)) > limits.COMPONENTS_V2_TEXT:
            message = f"The total displayable text size is limited to {limits.COMPONENTS_V2_TEXT} characters."
            faults.add(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)
    else:
        faults.check_count(("components",), len(components), limits.ACTION_ROWS)
    allowed = TOP_LEVEL_V2 if v2 else {ComponentType.ACTION_ROW}
    for number, component in enumerate(components):
        _check(faults, ("components", number), component, allowed, filenames)
    check_custom_ids(faults, components)


def check_custom_ids(faults: Faults, components: list[Json]) -> None:
    seen: set[object] = set()
    for part in walk(components):
        if (custom_id := part.get("custom_id")) is not None:
            message = "Component custom id cannot be duplicated"
            faults.check_unique(("components",), seen, custom_id, "COMPONENT_CUSTOM_ID_DUPLICATED", message)


def _check(faults: Faults, path: Path, component: Json, allowed: set[ComponentType], filenames: list[str]) -> None:
    kind = component.get("type")
    if kind not in allowed:
        message = f'Value of field "type" must be one of {tuple(sorted(map(int, allowed)))}.'
        faults.add((*path, "type"), "UNION_TYPE_CHOICES", message)
        return
    match kind:
        case ComponentType.ACTION_ROW:
            _check_row(faults, path, component)
        case ComponentType.SECTION:
            _check_section(faults, path, component, filenames)
        case ComponentType.TEXT_DISPLAY:
            faults.check_length((*path, "content"), component.get("content"), limits.COMPONENTS_V2_TEXT, 1)
        case ComponentType.CONTAINER:
            faults.check_count((*path, "components"), len(component.get("components", [])), limits.COMPONENTS_V2, 1)
            for number, part in enumerate(component.get("components", [])):
                _check(faults, (*path, "components", number), part, IN_CONTAINER, filenames)
        case ComponentType.MEDIA_GALLERY:
            media = component.get("items", [])
            faults.check_count((*path, "items"), len(media), limits.GALLERY_MEDIA, 1)
            for number, each in enumerate(media):
                _check_media(faults, (*path, "items", number, "media"), each.get("media"), filenames)
                description = (*path, "items", number, "description")
                faults.check_optional(description, each.get("description"), limits.MEDIA_DESCRIPTION)
        case ComponentType.FILE:
            _check_media(faults, (*path, "file"), component.get("file"), filenames)


def _check_section(faults: Faults, path: Path, section: Json, filenames: list[str]) -> None:
    texts = section.get("components", [])
    faults.check_count((*path, "components"), len(texts), limits.SECTION_TEXTS, 1)
    for number, part in enumerate(texts):
        _check(faults, (*path, "components", number), part, {ComponentType.TEXT_DISPLAY}, filenames)
    accessory = section.get("accessory") or {}
    if accessory.get("type") == ComponentType.BUTTON:
        _check_button(faults, (*path, "accessory"), accessory)
    elif accessory.get("type") == ComponentType.THUMBNAIL:
        _check_media(faults, (*path, "accessory", "media"), accessory.get("media"), filenames)
        description = accessory.get("description")
        faults.check_optional((*path, "accessory", "description"), description, limits.MEDIA_DESCRIPTION)
    else:
        faults.add((*path, "accessory"), "BASE_TYPE_REQUIRED", "This field is required")


def _check_media(faults: Faults, path: Path, media: Json | None, filenames: list[str]) -> None:
    link = str((media or {}).get("url"))
    match = MEDIA_LINK.fullmatch(link)
    if match is None:
        faults.add((*path, "url"), "URL_TYPE_INVALID_URL", "Not a well formed URL.")
    elif link.startswith("attachment://") and match[1] not in filenames:
        faults.add((*path, "url"), "ATTACHMENT_NOT_FOUND", f"The attachment {match[1]} was not found.")


def _check_row(faults: Faults, path: Path, row: Json) -> None:
    parts = row.get("components", [])
    faults.check_count((*path, "components"), len(parts), limits.BUTTONS_IN_A_ROW, 1)
    kinds = {part.get("type") for part in parts}
    for number, part in enumerate(parts):
        place = (*path, "components", number)
        if part.get("type") == ComponentType.BUTTON:
            _check_button(faults, place, part)
        elif part.get("type") in SELECTS:
            check_select(faults, place, part)
        else:
            faults.add((*place, "type"), "UNION_TYPE_CHOICES", "Only buttons and selects can stand in a row.")
    if kinds & SELECTS and len(parts) > 1:
        message = "A row holds either buttons or one select."
        faults.add((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


def _check_button(faults: Faults, path: Path, button: Json) -> None:
    style = button.get("style")
    if style not in STYLES:
        faults.add((*path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.")
    faults.check_optional((*path, "label"), button.get("label"), limits.BUTTON_LABEL)
    if style != PREMIUM_STYLE and not (button.get("label") or button.get("emoji")):
        faults.add(path, "BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji.")
    if style in (LINK_STYLE, PREMIUM_STYLE):
        if button.get("custom_id") is not None:
            message = "A custom id and url cannot both be specified"
            faults.add((*path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message)
    else:
        faults.check_length((*path, "custom_id"), button.get("custom_id"), limits.CUSTOM_ID, 1)
    if style == LINK_STYLE:
        faults.check_length((*path, "url"), button.get("url"), limits.BUTTON_URL, 1)
        if not BUTTON_LINK.fullmatch(str(button.get("url"))):
            faults.add((*path, "url"), "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https', 'discord').")
    elif button.get("url") is not None:
        faults.add((*path, "url"), "BUTTON_COMPONENT_URL_NOT_ALLOWED", "Only link buttons have a url.")


def check_select(faults: Faults, path: Path, select: Json) -> None:
    """A select, in a message or in a modal."""
    faults.check_length((*path, "custom_id"), select.get("custom_id"), limits.CUSTOM_ID, 1)
    faults.check_optional((*path, "placeholder"), select.get("placeholder"), limits.SELECT_PLACEHOLDER)
    least, most = stated(select, "min_values", 1), stated(select, "max_values", 1)
    faults.check_range((*path, "min_values"), least, 0, limits.SELECT_OPTIONS)
    faults.check_range((*path, "max_values"), most, 1, limits.SELECT_OPTIONS)
    if least > most:
        faults.add((*path, "min_values"), "COMPONENT_INVALID_SELECT_MIN_MAX", "min_values is above max_values.")
    if select["type"] == ComponentType.STRING_SELECT:
        check_options(faults, path, select.get("options", []), most)


def check_options(faults: Faults, path: Path, options: list[Json], most_chosen: Any) -> None:
    faults.check_count((*path, "options"), len(options), limits.SELECT_OPTIONS, 1)
    if most_chosen > len(options):
        faults.add((*path, "max_values"), "NUMBER_TYPE_MAX", f"There are only {len(options)} options.")
    seen: set[object] = set()
    for number, option in enumerate(options):
        place = (*path, "options", number)
        faults.check_length((*place, "label"), option.get("label"), limits.SELECT_OPTION_TEXT, 1)
        faults.check_length((*place, "value"), option.get("value"), limits.SELECT_OPTION_TEXT, 1)
        faults.check_optional((*place, "description"), option.get("description"), limits.SELECT_OPTION_TEXT)
        message = "The specified option value is already used"
        code = "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"
        faults.check_unique((*place, "value"), seen, option.get("value"), code, message)
    if sum(bool(option.get("default")) for option in options) > most_chosen:
        faults.add((*path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "Too many default options.")
