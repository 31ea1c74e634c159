"""Commands: what the bot registered, for everyone or for one guild."""

from copy import deepcopy

from tests.discord_server.command_rules import CHAT_INPUT, check_commands
from tests.discord_server.permissions import Permission
from tests.discord_server.refusals import Json
from tests.discord_server.snowflakes import Snowflakes

IN_GUILD, IN_DM = 0, 1
GUILD_INSTALL, USER_INSTALL = 0, 1


class Commands:
    """The registered commands by scope: a guild's id, or None for all places."""

    def __init__(self, snowflakes: Snowflakes, application_id: int) -> None:
        self._snowflakes = snowflakes
        self._application_id = application_id
        self._by_scope: dict[int | None, list[Json]] = {}

    def register(self, scope: int | None, wanted: list[Json]) -> list[Json]:
        """Put these in the place of all that the scope had; those known by name and type keep their ids."""
        check_commands(wanted)
        known = {(each["type"], each["name"]): each["id"] for each in self.of(scope)}
        self._by_scope[scope] = [self._registered(scope, command, known) for command in wanted]
        return self._by_scope[scope]

    def of(self, scope: int | None) -> list[Json]:
        return self._by_scope.get(scope, [])

    def find(self, name: str, kind: int, guild_id: int | None) -> Json | None:
        """The command that people there see under this name: the guild's own before everyone's."""
        for scope in (guild_id, None):
            for command in self.of(scope):
                if command["name"] == name and command["type"] == kind:
                    return command
        return None

    def _registered(self, scope: int | None, wanted: Json, known: dict[tuple[int, str], str]) -> Json:
        command = deepcopy(wanted)
        kind = command.setdefault("type", CHAT_INPUT)
        permissions = command.get("default_member_permissions")
        command |= {
            "id": known.get((kind, command["name"])) or str(self._snowflakes.new()),
            "application_id": str(self._application_id),
            "version": str(self._snowflakes.new()),
            "description": command.get("description") or "",
            "default_member_permissions": None if permissions is None else str(permissions),
            "dm_permission": command.get("dm_permission", True),
            "contexts": command.get("contexts"),
            "integration_types": command.get("integration_types") or [GUILD_INSTALL],
        }
        return command if scope is None else command | {"guild_id": str(scope)}


def works_in(command: Json, context: int) -> bool:
    """Whether a command is offered in guilds (0) or in the bot's DMs (1)."""
    if command.get("guild_id") is not None:
        return context == IN_GUILD
    if command["contexts"] is not None:
        return context in command["contexts"]
    return context == IN_GUILD or command["dm_permission"] is not False


def shown_to(command: Json, permissions: Permission) -> bool:
    """Whether Discord's app shows a command to a member with these permissions; it is no protection."""
    needed = command["default_member_permissions"]
    if needed is None or Permission.ADMINISTRATOR in permissions:
        return True
    return int(needed) != 0 and Permission(int(needed)) in permissions
