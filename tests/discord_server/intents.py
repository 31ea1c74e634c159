"""Intents: which events a bot asked for, and which of these it must be granted first."""

from enum import IntFlag


class Intent(IntFlag):
    NONE = 0
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT

NEEDED_IN_GUILDS = {"MESSAGE": Intent.GUILD_MESSAGES, "GUILD": Intent.GUILDS, "CHANNEL": Intent.GUILDS}
NEEDED_IN_GUILDS["THREAD"] = Intent.GUILDS
NEEDED_IN_DMS = {"MESSAGE": Intent.DIRECT_MESSAGES}


def needed_for(event: str, *, in_guild: bool) -> Intent:
    """The intent without which an event, named as the gateway names it, is not sent."""
    subject = event.partition("_")[0]
    return (NEEDED_IN_GUILDS if in_guild else NEEDED_IN_DMS).get(subject, Intent.NONE)
