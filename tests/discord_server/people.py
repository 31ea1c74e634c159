"""People: what they do on Discord, as far as its app lets them. What it does not let them raises `Impossible`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from tests.discord_server import limits, payloads
from tests.discord_server.command_rules import CHAT_INPUT, MESSAGE_MENU, USER_MENU
from tests.discord_server.commands import Commands
from tests.discord_server.component_rules import SELECTS
from tests.discord_server.filling import chosen, submission
from tests.discord_server.impossible import Impossible
from tests.discord_server.interactions import Choice, Interaction, InteractionKind
from tests.discord_server.invoking import File, Resolved, command_for, slash_command
from tests.discord_server.mentions import Allowed, pings
from tests.discord_server.messages import ComponentType, Message, walk
from tests.discord_server.options import OptionType
from tests.discord_server.permissions import Permission
from tests.discord_server.posting import announce_update, remove
from tests.discord_server.refusals import Json
from tests.discord_server.responding import Interactions
from tests.discord_server.world import Channel, User, World

SHOWN_ON = ("custom_id", "label", "placeholder")


class Person(User):
    """Someone who is no bot."""

    def __init__(self, user_id: int, name: str, world: World, commands: Commands, interactions: Interactions) -> None:
        super().__init__(user_id, name, world)
        self._commands = commands
        self._interactions = interactions

    async def says(
        self,
        channel: Channel,
        text: str = "",
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        attachments: Sequence[File] = (),
    ) -> Message:
        """Write a message. A reply pings the author of what it replies to, unless `ping` is switched off."""
        granted = channel.permissions_of(self)
        needed = Permission.SEND_MESSAGES | (Permission.ATTACH_FILES if attachments else Permission.NONE)
        if needed not in granted or channel.locked:
            raise Impossible(f"{self.name} cannot write this in {channel.name!r}")
        self._check_text(text, attachments)
        if reply_to is not None and (reply_to.channel is not channel or reply_to.deleted):
            raise Impossible("one can only reply to a message that stands in the same channel")
        message = Message(self.world.snowflakes.new(), channel, self, text.strip())
        message.attachments = [self.world.store(*file, channel) for file in attachments]
        message.reference_id = reply_to.id if reply_to else None
        self._mention(message, reply_to.author if reply_to and ping else None)
        channel.messages[message.id] = message
        event = payloads.message_event(message)
        self.world.announce("MESSAGE_CREATE", event, channel.guild.id if channel.guild else None)
        return message

    async def sends_dm(self, text: str = "", *, attachments: Sequence[File] = ()) -> Message:
        return await self.says(self.dm, text, attachments=attachments)

    async def edits(self, message: Message, text: str) -> None:
        if message.author is not self:
            raise Impossible("one can only edit one's own messages")
        self._check_text(text, message.attachments)
        message.content = text.strip()
        message.edited_at = datetime.now(UTC)
        message.edits += 1
        self._mention(message, None)
        announce_update(self.world, message)

    async def deletes(self, message: Message) -> None:
        if message.author is not self and Permission.MANAGE_MESSAGES not in message.channel.permissions_of(self):
            raise Impossible("one can only delete one's own messages, without the permission to manage all")
        remove(self.world, message)

    async def invokes(
        self, command: str, given: Mapping[str, object] | None = None, *, channel: Channel, forced: bool = False
    ) -> Interaction:
        """Use a slash command such as "ask", or "article add" for a subcommand.

        Options are given as text, numbers, truth values, users, roles, channels, or files as (name, bytes).

        `forced` sends it although the command's default member permissions hide it from this person.
        """
        name, *path = command.split()
        found = command_for(self._commands, name, CHAT_INPUT, self, channel, forced=forced)
        asked, _ = slash_command(found, path, given or {}, self, channel, focused=None)
        return self._interactions.begin(InteractionKind.COMMAND, self, channel, asked, command_type=CHAT_INPUT)

    async def types(
        self,
        command: str,
        given: Mapping[str, object] | None = None,
        *,
        focused: str,
        channel: Channel,
        forced: bool = False,
    ) -> list[Choice]:
        """Fill in a slash command's options as far as given, and read what is suggested for the focused one."""
        name, *path = command.split()
        found = command_for(self._commands, name, CHAT_INPUT, self, channel, forced=forced)
        asked, option = slash_command(found, path, given or {}, self, channel, focused=focused)
        interaction = self._interactions.begin(
            InteractionKind.AUTOCOMPLETE, self, channel, asked, option_type=OptionType(option["type"])
        )
        await interaction.answered()
        return interaction.choices

    async def invokes_on(
        self, target: Message | User, name: str, *, channel: Channel | None = None, forced: bool = False
    ) -> Interaction:
        """Use a context menu on a message, or on a user in a channel."""
        place = target.channel if isinstance(target, Message) else channel
        if place is None:
            raise Impossible("a menu on a user needs a channel")
        kind = MESSAGE_MENU if isinstance(target, Message) else USER_MENU
        command = command_for(self._commands, name, kind, self, place, forced=forced)
        resolved = Resolved(place)
        if isinstance(target, Message):
            self._check_sees(target)
            # A menu on a message is one of the ways in which a bot may read it without the content intent.
            resolved.message(target.id, payloads.message(target))
        else:
            resolved.user(target)
        asked: Json = {"id": command["id"], "name": name, "type": kind, "target_id": str(target.id)}
        if command.get("guild_id") is not None:
            asked["guild_id"] = command["guild_id"]
        return self._interactions.begin(InteractionKind.COMMAND, self, place, resolved.beside(asked), command_type=kind)

    async def clicks(self, message: Message, button: str) -> Interaction:
        """Press a button, named by its custom id or label."""
        found = self._component(message, button, {ComponentType.BUTTON})
        if found.get("custom_id") is None:
            raise Impossible(f"the button {button!r} opens {found.get('url')} and tells the bot nothing")
        return self._uses(message, found, {})

    async def chooses(self, message: Message, select: str, choices: Iterable[object]) -> Interaction:
        """Choose in a select, named by its custom id or placeholder: options by value or label, or users and such."""
        found = self._component(message, select, SELECTS)
        resolved = Resolved(message.channel)
        values = chosen(found, choices, self, resolved)
        return self._uses(message, found, resolved.beside({"values": values}))

    async def submits(self, shown_by: Interaction, entries: Mapping[str, object] | None = None) -> Interaction:
        """Fill in the modal that answered an interaction, by custom ids or labels, and submit it.

        Texts and radio groups take a text, checkboxes a truth value, all others a list: of option values or labels, of
        users and such, or of files as (name, bytes). What is not entered keeps what the modal had filled in.
        """
        if shown_by.modal is None or shown_by.user is not self:
            raise Impossible("no modal was shown to this person")
        asked = submission(shown_by.modal, entries or {}, self, shown_by.channel)
        return self._interactions.begin(
            InteractionKind.MODAL_SUBMIT, self, shown_by.channel, asked, source=shown_by.source
        )

    def _uses(self, message: Message, component: Json, chosen_values: Json) -> Interaction:
        asked: Json = {"custom_id": component["custom_id"], "component_type": component["type"], "id": component["id"]}
        return self._interactions.begin(
            InteractionKind.COMPONENT, self, message.channel, asked | chosen_values, source=message
        )

    def _component(self, message: Message, name: str, kinds: Iterable[int]) -> Json:
        self._check_sees(message)
        there = [part for part in walk(message.components) if part["type"] in kinds]
        for part in there:
            if name in [part.get(key) for key in SHOWN_ON]:
                if part.get("disabled"):
                    raise Impossible(f"{name!r} is disabled")
                return part
        names = [part.get("label") or part.get("custom_id") for part in there]
        raise Impossible(f"the message has no {name!r}, only {names}")

    def _check_sees(self, message: Message) -> None:
        hidden = message.ephemeral and (message.interaction is None or message.interaction.user is not self)
        if hidden or message.deleted or Permission.VIEW_CHANNEL not in message.channel.permissions_of(self):
            raise Impossible(f"{self.name} does not see that message")

    def _check_text(self, text: str, attachments: Sequence[object]) -> None:
        if len(text) > limits.CONTENT or len(attachments) > limits.ATTACHMENTS:
            raise Impossible("the message is too long, or has too many files")
        if not text.strip() and not attachments:
            raise Impossible("the message is empty")

    def _mention(self, message: Message, replied_to: User | None) -> None:
        message.pings = pings(message.content, message.channel, self, Allowed(), replied_to)
        message.mentions = [self.world.users[each] for each in sorted(message.pings.users)]
        message.mentioned_roles = sorted(message.pings.roles)
        message.mentions_everyone = message.pings.everyone
