"""Mentions: whom a text names, and whom of these Discord notifies."""

import re
from dataclasses import dataclass

from tests.discord_server.messages import Pings
from tests.discord_server.permissions import Permission
from tests.discord_server.refusals import Json
from tests.discord_server.world import Channel, User

USER = re.compile(r"<@!?(\d{15,20})>")
ROLE = re.compile(r"<@&(\d{15,20})>")
EVERYONE = re.compile(r"@(everyone|here)\b")


@dataclass(frozen=True, slots=True)
class Allowed:
    """A message's allowed_mentions. When a message has none, all that it names is notified."""

    parse: frozenset[str] = frozenset(("users", "roles", "everyone"))
    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    replied_user: bool = True

    @classmethod
    def of(cls, payload: Json | None) -> "Allowed":
        if payload is None:
            return cls()
        return cls(
            frozenset(payload.get("parse") or ()),
            frozenset(int(each) for each in payload.get("users") or ()),
            frozenset(int(each) for each in payload.get("roles") or ()),
            bool(payload.get("replied_user", False)),
        )


def pings(text: str, channel: Channel, author: User, allowed: Allowed, replied_to: User | None) -> Pings:
    """Whom this text notifies in this channel.

    Users must be in it, roles must be mentionable, and @everyone needs the author's permission, as do other roles.
    """
    users = {int(each) for each in USER.findall(text)}
    users = {each for each in users if "users" in allowed.parse or each in allowed.users}
    users = {each for each in users if _is_there(each, channel)}
    if replied_to is not None and allowed.replied_user:
        users.add(replied_to.id)
    if channel.guild is None:
        return Pings(frozenset(users))
    may_mention_all = Permission.MENTION_EVERYONE in channel.permissions_of(author)
    mentionable = {role.id for role in channel.guild.roles if role.mentionable or may_mention_all}
    roles = mentionable & {int(each) for each in ROLE.findall(text)}
    roles = {each for each in roles if "roles" in allowed.parse or each in allowed.roles}
    everyone = may_mention_all and "everyone" in allowed.parse and EVERYONE.search(text) is not None
    return Pings(frozenset(users), frozenset(roles - {channel.guild.id}), everyone)


def _is_there(user_id: int, channel: Channel) -> bool:
    if channel.guild is not None:
        return user_id in channel.guild.members
    return channel.recipient is not None and user_id in (channel.recipient.id, channel.world.bot.id)
