"""Messages: what stands in a channel, whom it pinged, and what a person could read of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING, Any

from tests.discord_server.refusals import Json

if TYPE_CHECKING:
    from tests.discord_server.interactions import Interaction
    from tests.discord_server.world import Channel, User


class MessageFlag(IntFlag):
    NONE = 0
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


class ComponentType(IntEnum):
    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


@dataclass(frozen=True, slots=True)
class Attachment:
    id: int
    filename: str
    body: bytes
    url: str
    description: str | None = None
    ephemeral: bool = False


@dataclass(frozen=True, slots=True)
class Pings:
    """Whom a message notified; false when nobody. `users` holds the author of a message that was replied to as well."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)

    def __or__(self, other: "Pings") -> "Pings":
        return Pings(self.users | other.users, self.roles | other.roles, self.everyone or other.everyone)


@dataclass(eq=False, slots=True)
class Message:
    """One message, as it stands now.

    `pings` is what all versions of it together notified. `reference_id` is the message replied to, which may be gone.
    `interaction` is the one that a response or follow-up belongs to. `edits` counts how often it was changed.
    """

    id: int
    channel: "Channel"
    author: "User"
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: MessageFlag = MessageFlag.NONE
    mentions: list["User"] = field(default_factory=list)
    mentioned_roles: list[int] = field(default_factory=list)
    mentions_everyone: bool = False
    pings: Pings = Pings()
    reference_id: int | None = None
    interaction: "Interaction | None" = None
    thread: "Channel | None" = None
    nonce: str | None = None
    edited_at: datetime | None = None
    edits: int = 0
    deleted: bool = False
    _edits_seen: int = 0

    @property
    def ephemeral(self) -> bool:
        return MessageFlag.EPHEMERAL in self.flags

    @property
    def loading(self) -> bool:
        """Whether Discord still shows "… is thinking" in its place."""
        return MessageFlag.LOADING in self.flags

    @property
    def text(self) -> str:
        """Everything that a person could read of it; suppressed embeds they cannot."""
        embeds = [] if MessageFlag.SUPPRESS_EMBEDS in self.flags else self.embeds
        return readable({"content": self.content, "embeds": embeds, "components": self.components})

    @property
    def buttons(self) -> list[Json]:
        return [part for part in walk(self.components) if part["type"] == ComponentType.BUTTON]

    async def edited(self, within: float | None = None) -> "Message":
        """Wait for a change that no earlier call of this returned for; several changes since then count as one.

        That a deferred response is filled is its first change.
        """

        def changed() -> Message | None:
            return self if self.edits > self._edits_seen else None

        await self.channel.world.happenings.until(changed, f"edit message {self.id}", within)
        self._edits_seen = self.edits
        return self


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component in reading order, those that hold others before what they hold."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        yield from walk([component[key] for key in ("accessory", "component") if key in component])


def stated(part: Json, key: str, default: int) -> Any:
    """A number out of a component; null says as little as its absence."""
    value = part.get(key)
    return default if value is None else value


def readable(shown: Json) -> str:
    """Everything that a person could read of a message or modal, one text to a line.

    `shown` has what Discord's payloads have: content, embeds, components, and a modal's title.
    """
    texts = [shown.get("title"), shown.get("content")]
    for embed in shown.get("embeds", []):
        texts += [embed.get("author", {}).get("name"), embed.get("title"), embed.get("description")]
        for each in embed.get("fields", []):
            texts += [each["name"], each["value"]]
        texts.append(embed.get("footer", {}).get("text"))
    for component in walk(shown.get("components", [])):
        texts += [component.get(key) for key in ("label", "description", "content", "placeholder")]
        texts += [each.get("description") for each in component.get("items", [])]
        for option in component.get("options", []):
            texts += [option.get("label"), option.get("description")]
    return "\n".join(text for text in texts if text)
