"""The world: users, guilds with their roles and members, text channels, DMs and threads."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum

from tests.discord_server import payloads
from tests.discord_server.happenings import Happenings
from tests.discord_server.messages import Attachment, Message
from tests.discord_server.permissions import ALL, IN_A_DM, NEW_GUILD, Overwrite, Permission, overwritten, usable
from tests.discord_server.refusals import Json
from tests.discord_server.snowflakes import Snowflakes, guild_snowflake

Announce = Callable[[str, Json, int | None], None]
"""Tell the bot's gateway connections: the event, its payload, and the guild in which it happened, if in one."""


@dataclass(eq=False)
class User:
    """Someone on Discord. `refuses_dms`: their privacy settings keep the bot from writing to them."""

    id: int
    name: str
    world: "World" = field(repr=False)
    bot: bool = False
    refuses_dms: bool = False

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    @property
    def dm(self) -> "Channel":
        """The direct channel between this user and the bot, made when first wanted."""
        return self.world.dm_with(self)


@dataclass(eq=False, slots=True)
class Role:
    id: int
    name: str
    permissions: Permission
    position: int
    mentionable: bool = False
    of_bot: int | None = None

    @property
    def mention(self) -> str:
        return f"<@&{self.id}>"


@dataclass(eq=False, slots=True)
class Member:
    user: User
    guild: "Guild"
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None
    joined_at: datetime = field(default_factory=lambda: datetime.now(UTC))


class ChannelKind(IntEnum):
    TEXT = 0
    DM = 1
    PUBLIC_THREAD = 11


@dataclass(eq=False)
class Channel:
    """A place for messages. `recipient` is the person of a DM; `parent` and `owner` are a thread's."""

    id: int
    kind: ChannelKind
    world: "World" = field(repr=False)
    name: str = ""
    topic: str | None = None
    guild: "Guild | None" = None
    recipient: User | None = None
    parent: "Channel | None" = None
    owner: User | None = None
    archived: bool = False
    locked: bool = False
    archive_minutes: int = 1_440
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    _returned: int = 0

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"

    @property
    def is_thread(self) -> bool:
        return self.kind is ChannelKind.PUBLIC_THREAD

    def allow(self, who: User | Role, permissions: Permission) -> None:
        """Overwrite, for one role or member in this channel, what roles say."""
        overwrite = self._overwrite(who)
        overwrite.allow |= permissions
        overwrite.deny &= ~permissions
        self._announce_update()

    def deny(self, who: User | Role, permissions: Permission) -> None:
        overwrite = self._overwrite(who)
        overwrite.deny |= permissions
        overwrite.allow &= ~permissions
        self._announce_update()

    def permissions_of(self, user: User) -> Permission:
        if self.guild is None:
            return IN_A_DM if user in (self.recipient, self.world.bot) else Permission.NONE
        member = self.guild.members.get(user.id)
        if member is None:
            return Permission.NONE
        place = self.parent or self
        granted = overwritten(
            self.guild.permissions_of(user),
            place.overwrites.get(self.guild.id),
            [place.overwrites[role.id] for role in member.roles if role.id in place.overwrites],
            place.overwrites.get(user.id),
        )
        return usable(granted, in_thread=self.is_thread)

    @property
    def messages_from_bot(self) -> list[Message]:
        """The bot's own messages here, those in answer to interactions left out."""
        bot = self.world.bot
        return [each for each in self.messages.values() if each.author is bot and each.interaction is None]

    async def next_message_from_bot(self, within: float | None = None) -> Message:
        """The first message of the bot here that this has not returned yet; answers to interactions do not count."""

        def unseen() -> Message | None:
            return next((each for each in self.messages_from_bot if each.id > self._returned), None)

        message = await self.world.happenings.until(unseen, f"write a message in {self.name or 'the DM'}", within)
        self._returned = message.id
        return message

    def _overwrite(self, who: User | Role) -> Overwrite:
        return self.overwrites.setdefault(who.id, Overwrite(of_member=isinstance(who, User)))

    def _announce_update(self) -> None:
        if self.guild is not None:
            self.world.announce("CHANNEL_UPDATE", payloads.channel(self), self.guild.id)


class Guild:
    """A Discord server. `has_bot` is false where people can use the bot only because they installed it themselves."""

    def __init__(self, world: "World", guild_id: int, name: str, owner: User) -> None:
        self.world = world
        self.id = guild_id
        self.name = name
        self.owner = owner
        self.everyone = Role(guild_id, "@everyone", NEW_GUILD, position=0)
        self.roles = [self.everyone]
        self.channels: list[Channel] = []
        self.threads: list[Channel] = []
        self.members: dict[int, Member] = {}
        self.joined_at = datetime.now(UTC)
        self.add_member(owner)

    @property
    def has_bot(self) -> bool:
        return self.world.bot.id in self.members

    def add_channel(self, name: str, topic: str | None = None) -> Channel:
        channel = Channel(self.world.snowflakes.new(), ChannelKind.TEXT, self.world, name, topic, guild=self)
        self.channels.append(channel)
        self.world.channels[channel.id] = channel
        self.world.announce("CHANNEL_CREATE", payloads.channel(channel), self.id)
        return channel

    def remove_channel(self, channel: Channel) -> None:
        self.channels.remove(channel)
        del self.world.channels[channel.id]
        self.world.announce("CHANNEL_DELETE", payloads.channel(channel), self.id)

    def add_role(self, name: str, permissions: Permission = Permission.NONE, *, mentionable: bool = False) -> Role:
        role = Role(self.world.snowflakes.new(), name, permissions, len(self.roles), mentionable)
        self.roles.append(role)
        self._announce_role("GUILD_ROLE_CREATE", role)
        return role

    def change_role(self, role: Role, permissions: Permission) -> None:
        """Give a role other permissions; `guild.everyone` is one too."""
        role.permissions = permissions
        self._announce_role("GUILD_ROLE_UPDATE", role)

    def add_member(
        self, user: User, permissions: Permission = Permission.NONE, *, roles: tuple[Role, ...] = (), nick: str = ""
    ) -> Member:
        """Let a user in. Their `permissions` come on top of @everyone's, from a role of their own."""
        own = (self.add_role(f"role of {user.name}", permissions),) if permissions else ()
        member = Member(user, self, [*roles, *own], nick or None)
        self.members[user.id] = member
        return member

    def add_bot(self, permissions: Permission) -> None:
        """Invite the bot with these permissions on top of @everyone's."""
        role = Role(self.world.snowflakes.new(), self.world.bot.name, permissions, len(self.roles))
        role.of_bot = self.world.bot.id
        self.roles.append(role)
        self.members[self.world.bot.id] = Member(self.world.bot, self, [role])
        self.world.announce("GUILD_CREATE", payloads.guild(self), self.id)

    def remove_bot(self) -> None:
        bot = self.members.pop(self.world.bot.id)
        self.roles = [role for role in self.roles if role not in bot.roles]
        self.world.announce("GUILD_DELETE", {"id": str(self.id)}, self.id)

    def permissions_of(self, user: User) -> Permission:
        if user is self.owner:
            return ALL
        granted = self.everyone.permissions
        for role in self.members[user.id].roles:
            granted |= role.permissions
        return ALL if Permission.ADMINISTRATOR in granted else granted

    def _announce_role(self, event: str, role: Role) -> None:
        self.world.announce(event, {"guild_id": str(self.id), "role": payloads.role(role)}, self.id)


class World:
    """All that exists on one server. `site` is its http address, known once it is started."""

    def __init__(self, happenings: Happenings, bot_name: str) -> None:
        self.happenings = happenings
        self.snowflakes = Snowflakes()
        self.application_id = self.snowflakes.new()
        self.site = ""
        self.announce: Announce = lambda _event, _payload, _guild_id: None
        self.bot = User(self.application_id, bot_name, self, bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.attachments: dict[int, Attachment] = {}

    def add_guild(self, name: str, owner: User, guild_id: int | None) -> Guild:
        number = guild_snowflake(len(self.guilds)) if guild_id is None else guild_id
        guild = self.guilds[number] = Guild(self, number, name, owner)
        return guild

    def dm_with(self, user: User) -> Channel:
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        channel = Channel(self.snowflakes.new(), ChannelKind.DM, self, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def store(self, filename: str, body: bytes, channel: Channel, *, ephemeral: bool = False) -> Attachment:
        """Keep a file so that its url can be read."""
        attachment_id = self.snowflakes.new()
        url = f"{self.site}/attachments/{channel.id}/{attachment_id}/{filename}"
        attachment = Attachment(attachment_id, filename, body, url, ephemeral=ephemeral)
        self.attachments[attachment_id] = attachment
        return attachment
