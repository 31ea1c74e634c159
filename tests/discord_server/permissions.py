"""Permissions: what roles and channel overwrites let a member do, computed as Discord computes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag


class Permission(IntFlag):
    """The permissions that matter to a bot of text channels, with Discord's bits."""

    NONE = 0
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40


ALL = Permission((1 << 53) - 1)

NEW_GUILD = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
"""What @everyone may do in a guild that was just made; mentioning everyone is among it."""

IN_A_DM = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
)

NEEDS_SENDING = Permission.EMBED_LINKS | Permission.ATTACH_FILES | Permission.MENTION_EVERYONE
"""Lost together with SEND_MESSAGES."""


@dataclass(slots=True)
class Overwrite:
    """What one channel allows and denies one role or one member, over what their roles say."""

    of_member: bool
    allow: Permission = Permission.NONE
    deny: Permission = Permission.NONE


def overwritten(
    granted: Permission, everyone: Overwrite | None, roles: Iterable[Overwrite], member: Overwrite | None
) -> Permission:
    """Apply a channel's overwrites to what a member's roles grant: @everyone's, then the roles' together, then own."""
    if Permission.ADMINISTRATOR in granted:
        return ALL
    if everyone is not None:
        granted = granted & ~everyone.deny | everyone.allow
    allowed = denied = Permission.NONE
    for overwrite in roles:
        allowed |= overwrite.allow
        denied |= overwrite.deny
    granted = granted & ~denied | allowed
    if member is not None:
        granted = granted & ~member.deny | member.allow
    return granted


def usable(granted: Permission, *, in_thread: bool) -> Permission:
    """What remains of permissions that need others: nothing without VIEW_CHANNEL, some need SEND_MESSAGES.

    In a thread SEND_MESSAGES_IN_THREADS stands for SEND_MESSAGES.
    """
    if Permission.VIEW_CHANNEL not in granted:
        return Permission.NONE
    if in_thread:
        sends = Permission.SEND_MESSAGES_IN_THREADS in granted
        granted = granted | Permission.SEND_MESSAGES if sends else granted & ~Permission.SEND_MESSAGES
    return granted if Permission.SEND_MESSAGES in granted else granted & ~NEEDS_SENDING
