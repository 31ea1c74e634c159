"""Payloads: how what exists looks in Discord's JSON."""

import mimetypes
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.discord_server.refusals import Json
from tests.discord_server.snowflakes import EPOCH_MS, TIME_SHIFT

if TYPE_CHECKING:
    from tests.discord_server import world
    from tests.discord_server.messages import Attachment, Message
    from tests.discord_server.permissions import Permission

ORDINARY, REPLY = 0, 19
RESPONSE_TYPES = {1: 20, 2: 23, 3: 23}
"""Of a message in answer to a slash command, and to a context menu of a user or a message."""

HIDDEN_WITHOUT_INTENT = ("embeds", "attachments", "components")


def moment(snowflake: int) -> str:
    """The time in an id, as Discord writes times."""
    return datetime.fromtimestamp(((snowflake >> TIME_SHIFT) + EPOCH_MS) / 1000, UTC).isoformat()


def user(who: "world.User") -> Json:
    return {
        "id": str(who.id),
        "username": who.name,
        "discriminator": "0",
        "global_name": None if who.bot else who.name.capitalize(),
        "avatar": None,
        "bot": who.bot,
        "public_flags": 0,
    }


def role(of: "world.Role") -> Json:
    payload: Json = {
        "id": str(of.id),
        "name": of.name,
        "permissions": str(int(of.permissions)),
        "position": of.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "managed": of.of_bot is not None,
        "mentionable": of.mentionable,
        "flags": 0,
    }
    return payload if of.of_bot is None else payload | {"tags": {"bot_id": str(of.of_bot)}}


def member(of: "world.Member") -> Json:
    """Without the user, as events have it beside an author."""
    return {
        "roles": [str(each.id) for each in of.roles],
        "nick": of.nick,
        "avatar": None,
        "joined_at": of.joined_at.isoformat(),
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }


def member_with_user(of: "world.Member") -> Json:
    return member(of) | {"user": user(of.user)}


def member_invoking(of: "world.Member", permissions: "Permission") -> Json:
    return member_with_user(of) | {"permissions": str(int(permissions))}


def channel(of: "world.Channel") -> Json:
    last_message_id = str(max(of.messages)) if of.messages else None
    payload: Json = {"id": str(of.id), "type": int(of.kind), "last_message_id": last_message_id, "flags": 0}
    if of.recipient is not None:
        return payload | {"recipients": [user(of.recipient)]}
    payload |= {"name": of.name, "guild_id": str(of.guild.id) if of.guild else None, "rate_limit_per_user": 0}
    if of.is_thread:
        return payload | _thread(of)
    return payload | {
        "topic": of.topic,
        "position": of.guild.channels.index(of) if of.guild and of in of.guild.channels else 0,
        "parent_id": None,
        "nsfw": False,
        "permission_overwrites": [
            {
                "id": str(target),
                "type": int(overwrite.of_member),
                "allow": str(int(overwrite.allow)),
                "deny": str(int(overwrite.deny)),
            }
            for target, overwrite in of.overwrites.items()
        ],
    }


def _thread(of: "world.Channel") -> Json:
    started = moment(of.id)
    return {
        "parent_id": str(of.parent.id) if of.parent else None,
        "owner_id": str(of.owner.id) if of.owner else None,
        "message_count": len(of.messages),
        "total_message_sent": len(of.messages),
        "member_count": 1,
        "thread_metadata": {
            "archived": of.archived,
            "auto_archive_duration": of.archive_minutes,
            "archive_timestamp": started,
            "create_timestamp": started,
            "locked": of.locked,
        },
    }


def channel_invoked_in(of: "world.Channel", permissions: "Permission") -> Json:
    payload = channel(of)
    payload.pop("permission_overwrites", None)
    return payload | {"permissions": str(int(permissions))}


def guild(of: "world.Guild") -> Json:
    """As GUILD_CREATE has it for a bot without the members intent: of the members only the bot itself."""
    return {
        "id": str(of.id),
        "name": of.name,
        "icon": None,
        "owner_id": str(of.owner.id),
        "preferred_locale": "en-US",
        "features": [],
        "roles": [role(each) for each in of.roles],
        "emojis": [],
        "stickers": [],
        "joined_at": of.joined_at.isoformat(),
        "large": False,
        "member_count": len(of.members),
        "members": [member_with_user(each) for each in of.members.values() if each.user is of.world.bot],
        "channels": [channel(each) for each in of.channels],
        "threads": [channel(each) for each in of.threads if not each.archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_id": None,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "afk_channel_id": None,
        "afk_timeout": 300,
    }


def attachment(of: "Attachment") -> Json:
    url = quote(of.url, safe=":/")
    payload: Json = {
        "id": str(of.id),
        "filename": of.filename,
        "size": len(of.body),
        "url": url,
        "proxy_url": url,
        "content_type": mimetypes.guess_type(of.filename)[0] or "application/octet-stream",
        "ephemeral": of.ephemeral,
        "flags": 0,
    }
    return payload if of.description is None else payload | {"description": of.description}


def message(of: "Message") -> Json:
    """As REST answers have it: complete, without the guild."""
    interaction = of.interaction
    payload: Json = {
        "id": str(of.id),
        "channel_id": str(of.channel.id),
        "type": _type(of),
        "author": user(of.author),
        "content": of.content,
        "timestamp": moment(of.id),
        "edited_timestamp": of.edited_at.isoformat() if of.edited_at else None,
        "tts": False,
        "mention_everyone": of.mentions_everyone,
        "mentions": [user(each) for each in of.mentions],
        "mention_roles": [str(each) for each in of.mentioned_roles],
        "attachments": [attachment(each) for each in of.attachments],
        "embeds": of.embeds,
        "components": of.components,
        "pinned": False,
        "flags": int(of.flags),
    }
    if of.nonce is not None:
        payload["nonce"] = of.nonce
    if of.thread is not None:
        payload["thread"] = channel(of.thread)
    if of.reference_id is not None:
        payload |= _reference(of, of.reference_id)
    if interaction is not None:
        owners = interaction.payload["authorizing_integration_owners"]
        payload |= {
            "webhook_id": str(of.author.id),
            "application_id": str(of.author.id),
            "interaction_metadata": {
                "id": str(interaction.id),
                "type": int(interaction.kind),
                "user": user(interaction.user),
                "authorizing_integration_owners": owners,
            },
        }
    return payload


def message_event(of: "Message") -> Json:
    """As MESSAGE_CREATE and MESSAGE_UPDATE have it: with the guild, the author's and the mentioned members."""
    payload = message(of) | {"channel_type": int(of.channel.kind)}
    where = of.channel.guild
    if where is None:
        return payload
    payload["guild_id"] = str(where.id)
    if of.author.id in where.members:
        payload["member"] = member(where.members[of.author.id])
    for mention in payload["mentions"]:
        if int(mention["id"]) in where.members:
            mention["member"] = member(where.members[int(mention["id"])])
    return payload


def without_content(payload: Json, bot_id: int, *, in_dm: bool) -> Json:
    """What a bot without the message content intent is given of a message.

    It reads its own messages, DMs, and messages that mention it; of others the texts and files are left out, and so
    with the message that one replies to.
    """
    seen = dict(payload)
    if seen.get("referenced_message"):
        seen["referenced_message"] = without_content(seen["referenced_message"], bot_id, in_dm=in_dm)
    mentioned = any(mention["id"] == str(bot_id) for mention in seen["mentions"])
    if in_dm or mentioned or seen["author"]["id"] == str(bot_id):
        return seen
    return seen | {"content": ""} | {key: [] for key in HIDDEN_WITHOUT_INTENT}


def _type(of: "Message") -> int:
    if of.interaction is not None and of.interaction.original is of:
        return RESPONSE_TYPES.get(of.interaction.command_type or 0, ORDINARY)
    return ORDINARY if of.reference_id is None else REPLY


def _reference(of: "Message", reference_id: int) -> Json:
    pointer: Json = {"type": 0, "message_id": str(reference_id), "channel_id": str(of.channel.id)}
    if of.channel.guild is not None:
        pointer["guild_id"] = str(of.channel.guild.id)
    target = of.channel.messages.get(reference_id)
    shown = None if target is None else message(target)
    if shown is not None:
        # Discord resolves one step only: the message replied to does not show what that one replied to.
        shown.pop("referenced_message", None)
    return {"message_reference": pointer, "referenced_message": shown}
