"""Posting: how the bot's messages come to stand in a channel, and how it changes them."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tests.discord_server import limits, payloads
from tests.discord_server.interactions import Interaction
from tests.discord_server.mentions import Allowed, pings
from tests.discord_server.message_rules import Draft, check_allowed_mentions
from tests.discord_server.messages import Attachment, ComponentType, Message, MessageFlag, walk
from tests.discord_server.refusals import Faults, Json, Reason, Refused
from tests.discord_server.world import Channel, World

SETTABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.COMPONENTS_V2
SETTABLE_BY_RESPONSE = SETTABLE | MessageFlag.EPHEMERAL


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form, sent as files[number]."""

    number: int
    filename: str
    body: bytes


def post(
    world: World, channel: Channel, body: Json, uploads: list[Upload], interaction: Interaction | None = None
) -> Message:
    """Check a new message of the bot, and let it stand in the channel; raises `Refused`.

    With an interaction it is a response or follow-up to that, and may be ephemeral: then only its user sees it, and
    neither the channel's list nor the gateway has it.
    """
    settable = SETTABLE if interaction is None else SETTABLE_BY_RESPONSE
    flags = MessageFlag(body.get("flags") or 0) & settable
    message = Message(world.snowflakes.new(), channel, world.bot, flags=flags, interaction=interaction)
    reference = body.get("message_reference")
    if reference is not None:
        message.reference_id = _checked_reference(channel, reference)
    _fill(world, message, body, uploads)
    message.nonce = body.get("nonce")
    _place(world, message)
    return message


def post_loading(world: World, channel: Channel, flags: MessageFlag, interaction: Interaction) -> Message:
    """The "… is thinking" that stands until a deferred response is edited."""
    flags = flags & MessageFlag.EPHEMERAL | MessageFlag.LOADING
    message = Message(world.snowflakes.new(), channel, world.bot, flags=flags, interaction=interaction)
    _place(world, message)
    return message


def revise(world: World, message: Message, body: Json, uploads: list[Upload]) -> None:
    """Check a change of the bot to one of its messages and make it; raises `Refused` and then changes nothing."""
    was_loading = message.loading
    wanted = MessageFlag(body["flags"]) if body.get("flags") is not None else message.flags
    changed = replace(message, flags=_revised_flags(message, wanted))
    _fill(world, changed, body, uploads)
    for name in ("content", "embeds", "components", "attachments", "flags", "mentions", "mentioned_roles"):
        setattr(message, name, getattr(changed, name))
    message.mentions_everyone = changed.mentions_everyone
    message.pings |= changed.pings
    message.edits += 1
    if not was_loading:
        message.edited_at = datetime.now(UTC)
    announce_update(world, message)


def announce_update(world: World, message: Message) -> None:
    guild = message.channel.guild
    if not message.ephemeral:
        world.announce("MESSAGE_UPDATE", payloads.message_event(message), guild.id if guild else None)
    world.happenings.changed()


def remove(world: World, message: Message) -> None:
    message.deleted = True
    message.channel.messages.pop(message.id, None)
    guild = message.channel.guild
    payload: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
    if not message.ephemeral:
        where = {"guild_id": str(guild.id)} if guild else {}
        world.announce("MESSAGE_DELETE", payload | where, guild.id if guild else None)
    world.happenings.changed()


def _place(world: World, message: Message) -> None:
    guild = message.channel.guild
    if not message.ephemeral:
        message.channel.messages[message.id] = message
        world.announce("MESSAGE_CREATE", payloads.message_event(message), guild.id if guild else None)
    world.happenings.changed()


def _revised_flags(message: Message, wanted: MessageFlag) -> MessageFlag:
    """Embeds can be suppressed and shown again, v2 can only be entered; a deferred response is no longer loading."""
    kept = message.flags & ~(MessageFlag.LOADING | MessageFlag.SUPPRESS_EMBEDS)
    return kept | wanted & (MessageFlag.SUPPRESS_EMBEDS | MessageFlag.COMPONENTS_V2)


def _fill(world: World, message: Message, body: Json, uploads: list[Upload]) -> None:
    """Put what a request says into a message, where it says nothing leaving what is there."""
    check_allowed_mentions(body.get("allowed_mentions"))
    if sum(len(upload.body) for upload in uploads) > limits.UPLOAD_BYTES:
        raise Refused(Reason.TOO_LARGE)
    content: Any = body.get("content", message.content)
    embeds = body.get("embeds", message.embeds) or []
    components = body.get("components", message.components) or []
    kept, described = _sorted_attachments(message.attachments, body, uploads)
    filenames = [each.filename for each in kept] + [upload.filename for upload in uploads]
    Draft(content, embeds, components, message.flags, filenames).check()
    new = [
        replace(
            world.store(upload.filename, upload.body, message.channel, ephemeral=message.ephemeral),
            description=described.get(upload.number),
        )
        for upload in uploads
    ]
    message.content = (content or "").strip()
    message.attachments = kept + new
    message.embeds = [_resolved(embed, message.attachments) | {"type": "rich"} for embed in embeds]
    message.components = _numbered([_resolved(component, message.attachments) for component in components])
    _mention(world, message, Allowed.of(body.get("allowed_mentions")))


def _mention(world: World, message: Message, allowed: Allowed) -> None:
    replied_to = message.channel.messages.get(message.reference_id or 0)
    shown = [part["content"] for part in walk(message.components) if part["type"] == ComponentType.TEXT_DISPLAY]
    text = "\n".join([message.content, *shown])
    author = replied_to.author if replied_to else None
    message.pings = pings(text, message.channel, message.author, allowed, author)
    message.mentions = [world.users[each] for each in sorted(message.pings.users)]
    message.mentioned_roles = sorted(message.pings.roles)
    message.mentions_everyone = message.pings.everyone


def _checked_reference(channel: Channel, reference: Json) -> int | None:
    """The id of the message replied to; None when it is gone and the bot said that it may be."""
    target = int(reference["message_id"])
    if target in channel.messages:
        return target
    if reference.get("fail_if_not_exists", True):
        faults = Faults()
        faults.add(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        faults.refuse_any()
    return None


def _sorted_attachments(
    before: list[Attachment], body: Json, uploads: list[Upload]
) -> tuple[list[Attachment], dict[int, str | None]]:
    """The attachments that stay, and the descriptions of the new ones by their number."""
    if body.get("attachments") is None:
        return list(before), {}
    known = {each.id: each for each in before}
    numbers = {upload.number for upload in uploads}
    kept: list[Attachment] = []
    described: dict[int, str | None] = {}
    faults = Faults()
    for place, entry in enumerate(body["attachments"]):
        entry_id = int(entry["id"])
        description = entry.get("description")
        faults.check_optional(("attachments", place, "description"), description, limits.ATTACHMENT_DESCRIPTION)
        if entry_id in known:
            kept.append(known[entry_id])
        elif entry_id in numbers:
            described[entry_id] = description
        else:
            faults.add(("attachments", place, "id"), "ATTACHMENT_NOT_FOUND", f"Attachment {entry_id} was not found.")
    faults.refuse_any()
    return kept, described


def _resolved(part: Json, attachments: Iterable[Attachment]) -> Json:
    """A copy in which links to attachments by name are their urls."""
    urls = {f"attachment://{each.filename}": each.url for each in attachments}

    def resolve(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: resolve(each) for key, each in value.items()}
        if isinstance(value, list):
            return [resolve(each) for each in value]
        return urls.get(value, value) if isinstance(value, str) else value

    resolved: Json = resolve(part)
    return resolved


def _numbered(components: list[Json]) -> list[Json]:
    """A copy in which each component has an id, as Discord gives one to those that came without."""
    numbered = deepcopy(components)
    taken = {part["id"] for part in walk(numbered) if part.get("id")}
    free = (number for number in range(1, 1_000) if number not in taken)
    for part in walk(numbered):
        if not part.get("id"):
            part["id"] = next(free)
    return numbered
