"""Invoking: how Discord's app lets a person choose a command and fill in its options, and what it then sends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.discord_server import limits, payloads
from tests.discord_server.command_rules import CHAT_INPUT
from tests.discord_server.commands import IN_DM, IN_GUILD, USER_INSTALL, Commands, shown_to, works_in
from tests.discord_server.impossible import Impossible
from tests.discord_server.options import NESTING, OptionType, fits
from tests.discord_server.permissions import Permission
from tests.discord_server.refusals import Json
from tests.discord_server.world import Channel, Role, User

File = tuple[str, bytes]
"""Name and content."""


@dataclass(slots=True)
class Resolved:
    """The objects behind the ids that an interaction names."""

    channel: Channel
    objects: Json = field(default_factory=dict)

    def user(self, user: User) -> str:
        self._put("users", user.id, payloads.user(user))
        guild = self.channel.guild
        if guild is not None and user.id in guild.members:
            permissions = self.channel.permissions_of(user)
            member = payloads.member(guild.members[user.id]) | {"permissions": str(int(permissions))}
            self._put("members", user.id, member)
        return str(user.id)

    def role(self, role: Role) -> str:
        return self._put("roles", role.id, payloads.role(role))

    def place(self, channel: Channel, seen_by: User) -> str:
        shown = payloads.channel_invoked_in(channel, channel.permissions_of(seen_by))
        return self._put("channels", channel.id, shown)

    def file(self, file: File) -> str:
        attachment = self.channel.world.store(*file, self.channel, ephemeral=True)
        return self._put("attachments", attachment.id, payloads.attachment(attachment))

    def message(self, message_id: int, payload: Json) -> str:
        return self._put("messages", message_id, payload)

    def beside(self, asked: Json) -> Json:
        return asked | {"resolved": self.objects} if self.objects else asked

    def _put(self, kind: str, object_id: int, payload: Json) -> str:
        self.objects.setdefault(kind, {})[str(object_id)] = payload
        return str(object_id)


def command_for(commands: Commands, name: str, kind: int, user: User, channel: Channel, *, forced: bool) -> Json:
    """The command that this person can use here; raises `Impossible`.

    `forced` leaves out what Discord's app merely does not show, a command's default member permissions.
    """
    guild = channel.guild
    command = commands.find(name, kind, guild.id if guild else None)
    if command is None:
        registered = [each["name"] for scope in (guild.id if guild else None, None) for each in commands.of(scope)]
        raise Impossible(f"the bot registered no command {name!r} of type {kind} here, only {registered}")
    permissions = channel.permissions_of(user)
    if Permission.USE_APPLICATION_COMMANDS not in permissions:
        raise Impossible(f"{user.name} cannot use commands in this channel")
    if not works_in(command, IN_DM if guild is None else IN_GUILD):
        raise Impossible(f"{name!r} is not offered in {'DMs' if guild is None else 'guilds'}")
    if guild is not None and not guild.has_bot and USER_INSTALL not in command["integration_types"]:
        raise Impossible(f"{name!r} cannot be used where the bot is not a member")
    if guild is not None and not forced and not shown_to(command, permissions):
        raise Impossible(f"Discord does not show {name!r} to {user.name}, who lacks its default member permissions")
    return command


def slash_command(
    command: Json, path: Sequence[str], given: Mapping[str, object], user: User, channel: Channel, focused: str | None
) -> tuple[Json, Json]:
    """What Discord's app sends for a slash command, and the option that is being completed or else the command.

    `path` are the subcommands' names; `focused` names the option that is being typed: then none is required and its
    value is sent as it was typed. Raises `Impossible`.
    """
    options: list[Json] = command.get("options") or []
    for name in path:
        options = _option(options, name).get("options") or []
    if any(option["type"] in NESTING for option in options):
        raise Impossible(f"{command['name']!r} needs a subcommand: {[option['name'] for option in options]}")
    resolved = Resolved(channel)
    filled: list[Json] = []
    for name in given:
        _option(options, name)
    for option in options:
        name = option["name"]
        if name == focused:
            typed = {"type": option["type"], "name": name, "value": given.get(name, ""), "focused": True}
            filled.append(typed)
        elif name in given:
            value = _checked_value(option, given[name], user, resolved)
            filled.append({"type": option["type"], "name": name, "value": value})
        elif option.get("required") and focused is None:
            raise Impossible(f"option {name!r} is required")
    for depth, name in reversed(list(enumerate(path, 1))):
        innermost = depth == len(path)
        kind = OptionType.SUB_COMMAND if innermost else OptionType.SUB_COMMAND_GROUP
        filled = [{"type": int(kind), "name": name, "options": filled}]
    asked: Json = {"id": command["id"], "name": command["name"], "type": CHAT_INPUT, "options": filled}
    if command.get("guild_id") is not None:
        asked["guild_id"] = command["guild_id"]
    return resolved.beside(asked), command if focused is None else _completed(options, focused)


def _option(options: list[Json], name: str) -> Json:
    for option in options:
        if option["name"] == name:
            return option
    raise Impossible(f"there is no option or subcommand {name!r}, only {[option['name'] for option in options]}")


def _completed(options: list[Json], focused: str) -> Json:
    option = _option(options, focused)
    if not option.get("autocomplete"):
        raise Impossible(f"option {focused!r} was registered without autocomplete")
    return option


def _checked_value(option: Json, value: object, user: User, resolved: Resolved) -> Any:
    """The JSON value of an option; a choice can be given by its name."""
    kind = OptionType(option["type"])
    match kind, value:
        case ((OptionType.USER | OptionType.MENTIONABLE), User()):
            return resolved.user(value)
        case ((OptionType.ROLE | OptionType.MENTIONABLE), Role()):
            return resolved.role(value)
        case OptionType.CHANNEL, Channel():
            if option.get("channel_types") and value.kind not in option["channel_types"]:
                raise Impossible(f"option {option['name']!r} takes no {value.kind.name} channel")
            return resolved.place(value, user)
        case OptionType.ATTACHMENT, (str(filename), bytes(body)):
            return resolved.file((filename, body))
    for choice in option.get("choices") or []:
        if value in (choice["name"], choice["value"]):
            return choice["value"]
    if option.get("choices"):
        raise Impossible(f"{value!r} is none of the choices of option {option['name']!r}")
    if not fits(kind, value):
        raise Impossible(f"option {option['name']!r} takes a value of type {kind.name}, not {value!r}")
    _check_bounds(option, value)
    return value


def _check_bounds(option: Json, value: object) -> None:
    size: float
    if isinstance(value, str):
        unit, size, most = "length", len(value), option.get("max_length") or limits.OPTION_STRING
    elif isinstance(value, int | float):
        unit, size, most = "value", value, option.get("max_value")
    else:
        return
    least = option.get(f"min_{unit}")
    if (least is not None and size < least) or (most is not None and size > most):
        raise Impossible(f"the {unit} of option {option['name']!r} must be {least} to {most}, not {size}")
