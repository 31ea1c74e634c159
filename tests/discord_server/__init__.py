"""A local Discord: HTTP API and gateway over real sockets, people who use it, and the rules that Discord enforces."""

from tests.discord_server import limits
from tests.discord_server.happenings import Call, NothingHappened, Typing
from tests.discord_server.impossible import Impossible
from tests.discord_server.intents import Intent
from tests.discord_server.interactions import Choice, Interaction, InteractionKind, ResponseType
from tests.discord_server.messages import Attachment, Message, MessageFlag, Pings, readable
from tests.discord_server.people import Person
from tests.discord_server.permissions import Permission
from tests.discord_server.refusals import Refusal
from tests.discord_server.server import DiscordServer
from tests.discord_server.snowflakes import guild_snowflake, shard_of
from tests.discord_server.world import Channel, Guild, Member, Role, User

__all__ = [
    "Attachment",
    "Call",
    "Channel",
    "Choice",
    "DiscordServer",
    "Guild",
    "Impossible",
    "Intent",
    "Interaction",
    "InteractionKind",
    "Member",
    "Message",
    "MessageFlag",
    "NothingHappened",
    "Permission",
    "Person",
    "Pings",
    "Refusal",
    "ResponseType",
    "Role",
    "Typing",
    "User",
    "guild_snowflake",
    "limits",
    "readable",
    "shard_of",
]
