"""Interactions: what a person asked of the bot through a command, component or modal, and how it was answered."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from tests.discord_server.messages import Message, readable
from tests.discord_server.options import OptionType
from tests.discord_server.refusals import Json

if TYPE_CHECKING:
    from tests.discord_server.world import Channel, User


class InteractionKind(IntEnum):
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class ResponseType(IntEnum):
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """One suggestion of an autocomplete."""

    name: str
    value: str | int | float


@dataclass(eq=False, slots=True)
class Interaction:
    """One use of the bot and what came of it.

    `source` is the message whose component was used, or from whose component the modal came; `command_type` is of a
    command 1, of a menu on a user 2, of a menu on a message 3; `option_type` is of the option being completed.
    `original` is the message that @original means: the response, or the source where that was updated.
    """

    id: int
    token: str
    kind: InteractionKind
    user: "User"
    channel: "Channel"
    payload: Json
    source: Message | None = None
    command_type: int | None = None
    option_type: OptionType | None = None
    began_at: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    response_type: ResponseType | None = None
    responded_at: float = 0.0
    original: Message | None = None
    modal: Json | None = None
    choices: list[Choice] = field(default_factory=list)
    followups: list[Message] = field(default_factory=list)
    _edits_before: int = 0
    _followups_returned: int = 0

    async def acknowledged(self, within: float | None = None) -> "Interaction":
        """Wait for the first response of any type, a deferral included."""
        await self._until(lambda: self.response_type is not None, "acknowledge", within)
        return self

    async def answered(self, within: float | None = None) -> "Interaction":
        """Wait for the first response that is no deferral, or for what came after a deferral."""
        await self._until(lambda: self.is_answered, "answer", within)
        return self

    async def followed_up(self, within: float | None = None) -> Message:
        """The first follow-up that this has not returned yet; one that fills a deferred response is no follow-up."""
        await self._until(lambda: len(self.followups) > self._followups_returned, "follow up", within)
        self._followups_returned += 1
        return self.followups[self._followups_returned - 1]

    @property
    def is_answered(self) -> bool:
        match self.response_type:
            case None:
                return False
            case ResponseType.DEFERRED_MESSAGE:
                return self.original is not None and not self.original.loading
            case ResponseType.DEFERRED_UPDATE:
                edited = self.original is not None and self.original.edits > self._edits_before
                return edited or bool(self.followups)
            case _:
                return True

    @property
    def seconds_taken(self) -> float | None:
        """From the interaction to the first response of any type; None while there is none."""
        return None if self.response_type is None else self.responded_at - self.began_at

    @property
    def deferred(self) -> bool:
        return self.response_type in (ResponseType.DEFERRED_MESSAGE, ResponseType.DEFERRED_UPDATE)

    @property
    def ephemeral(self) -> bool:
        """Whether only the person sees the response; a modal is nobody else's business either."""
        return self.modal is not None or (self.original is not None and self.original.ephemeral)

    @property
    def message(self) -> Message:
        """The response, as a message; an `AssertionError` when it was none."""
        if self.original is None:
            raise AssertionError(f"the response was no message but {self.response_type!r}")
        return self.original

    @property
    def content(self) -> str:
        return self.message.content

    @property
    def embeds(self) -> list[Json]:
        return self.message.embeds

    @property
    def components(self) -> list[Json]:
        """Of the modal or message that was shown."""
        shown: list[Json] = self.modal["components"] if self.modal is not None else self.message.components
        return shown

    @property
    def text(self) -> str:
        """Everything that the person could read of the modal or message that was shown."""
        return readable(self.modal) if self.modal is not None else self.message.text

    def note_response(self, response_type: ResponseType) -> None:
        self.response_type = response_type
        self.responded_at = asyncio.get_running_loop().time()
        self._edits_before = self.original.edits if self.original else 0

    async def _until(self, happened: Callable[[], bool], awaited: str, within: float | None) -> None:
        name = self.payload["data"].get("name") or self.payload["data"].get("custom_id")
        asked = f"{awaited} {self.user.name}'s {self.kind.name.lower()} {name!r}"
        await self.channel.world.happenings.until(lambda: True if happened() else None, asked, within)
