"""Routes of channels: messages, typing, threads and DMs, each behind the permissions that it needs."""

import asyncio

from tests.discord_server import limits, payloads
from tests.discord_server.happenings import Typing
from tests.discord_server.messages import Message, MessageFlag
from tests.discord_server.permissions import Permission
from tests.discord_server.posting import announce_update, post, remove, revise
from tests.discord_server.refusals import Faults, Json, Reason, Refused
from tests.discord_server.rest import Answer, Asked, Route
from tests.discord_server.world import Channel, ChannelKind, World

NO_CONTENT = Answer(status=204)


class ChannelRoutes:
    """What the bot can do in channels. `reads_content`: whether it has the message content intent."""

    def __init__(self, world: World, *, reads_content: bool) -> None:
        self._world = world
        self._reads_content = reads_content

    def routes(self) -> list[Route]:
        message = "/channels/{channel}/messages/{message}"
        return [
            Route("GET", "/channels/{channel}", self._channel),
            Route("PATCH", "/channels/{channel}", self._change_thread),
            Route("POST", "/channels/{channel}/typing", self._type),
            Route("POST", "/channels/{channel}/messages", self._post),
            Route("GET", "/channels/{channel}/messages", self._history),
            Route("GET", message, self._message),
            Route("PATCH", message, self._edit),
            Route("DELETE", message, self._delete),
            Route("POST", f"{message}/threads", self._start_thread),
            Route("POST", "/users/@me/channels", self._open_dm),
        ]

    def _channel(self, asked: Asked) -> Answer:
        return Answer(payloads.channel(self._found(asked)))

    def _type(self, asked: Asked) -> Answer:
        channel = self._found(asked, Permission.SEND_MESSAGES)
        self._world.happenings.typing.append(Typing(channel.id, asyncio.get_running_loop().time()))
        return NO_CONTENT

    def _post(self, asked: Asked) -> Answer:
        body: Json = asked.body
        channel = self._found(asked, Permission.SEND_MESSAGES)
        if channel.recipient is not None and channel.recipient.refuses_dms:
            raise Refused(Reason.USER_REFUSES)
        if channel.locked:
            raise Refused(Reason.THREAD_LOCKED)
        self._check_extras(channel, asked)
        nonce = body.get("nonce")
        if body.get("enforce_nonce") and nonce is not None:
            for earlier in channel.messages_from_bot:
                if earlier.nonce == nonce:
                    return self._shown(earlier)
        channel.archived = False
        return self._shown(post(self._world, channel, body, asked.uploads))

    def _history(self, asked: Asked) -> Answer:
        channel = self._found(asked)
        messages: list[Message] = []
        if Permission.READ_MESSAGE_HISTORY in channel.permissions_of(self._world.bot):
            messages = sorted(channel.messages.values(), key=lambda message: message.id, reverse=True)
        before, after = (int(asked.query.get(key, 0)) for key in ("before", "after"))
        messages = [each for each in messages if (not before or each.id < before) and each.id > after]
        most = min(int(asked.query.get("limit", 50)), limits.MESSAGES_AT_ONCE)
        # After a message the nearest ones are wanted, and still the newest come first.
        return Answer([self._shown(each).body for each in (messages[-most:] if after else messages[:most])])

    def _message(self, asked: Asked) -> Answer:
        return self._shown(self._found_message(asked, Permission.READ_MESSAGE_HISTORY))

    def _edit(self, asked: Asked) -> Answer:
        message = self._found_message(asked)
        if message.author is not self._world.bot:
            raise Refused(Reason.NOT_THE_AUTHOR)
        self._check_extras(message.channel, asked)
        revise(self._world, message, asked.body, asked.uploads)
        return self._shown(message)

    def _delete(self, asked: Asked) -> Answer:
        message = self._found_message(asked)
        if message.author is not self._world.bot:
            if message.channel.guild is None:
                raise Refused(Reason.DM_CHANNEL)
            self._require(message.channel, Permission.MANAGE_MESSAGES)
        remove(self._world, message)
        return NO_CONTENT

    def _start_thread(self, asked: Asked) -> Answer:
        message = self._found_message(asked, Permission.CREATE_PUBLIC_THREADS)
        channel, guild = message.channel, message.channel.guild
        if channel.kind is not ChannelKind.TEXT or guild is None:
            raise Refused(Reason.WRONG_CHANNEL_TYPE)
        if message.thread is not None:
            raise Refused(Reason.THREAD_EXISTS)
        name, minutes = _checked_thread(asked.body)
        thread = Channel(message.id, ChannelKind.PUBLIC_THREAD, self._world, name, guild=guild)
        thread.parent, thread.owner, thread.archive_minutes = channel, self._world.bot, minutes
        self._world.channels[thread.id] = thread
        guild.threads.append(thread)
        message.thread = thread
        message.flags |= MessageFlag.HAS_THREAD
        payload = payloads.channel(thread)
        self._world.announce("THREAD_CREATE", payload | {"newly_created": True}, guild.id)
        announce_update(self._world, message)
        return Answer(payload, 201)

    def _change_thread(self, asked: Asked) -> Answer:
        thread = self._found(asked)
        if not thread.is_thread or thread.guild is None:
            raise Refused(Reason.WRONG_CHANNEL_TYPE)
        if thread.owner is not self._world.bot:
            self._require(thread, Permission.MANAGE_THREADS)
        changes = {"auto_archive_duration": thread.archive_minutes, "name": thread.name} | asked.body
        thread.name, thread.archive_minutes = _checked_thread(changes)
        thread.archived = asked.body.get("archived", thread.archived)
        if asked.body.get("locked") is not None:
            self._require(thread, Permission.MANAGE_THREADS)
            thread.locked = asked.body["locked"]
        payload = payloads.channel(thread)
        self._world.announce("THREAD_UPDATE", payload, thread.guild.id)
        return Answer(payload)

    def _open_dm(self, asked: Asked) -> Answer:
        user = self._world.users.get(int(asked.body["recipient_id"]))
        if user is None:
            raise Refused(Reason.UNKNOWN_USER)
        if user.bot:
            raise Refused(Reason.USER_REFUSES)
        return Answer(payloads.channel(self._world.dm_with(user)))

    def _found(self, asked: Asked, needed: Permission = Permission.NONE) -> Channel:
        """The channel in the path, if the bot can see it and has what is needed there."""
        channel = self._world.channels.get(asked.id("channel"))
        if channel is None:
            raise Refused(Reason.UNKNOWN_CHANNEL)
        if Permission.VIEW_CHANNEL not in channel.permissions_of(self._world.bot):
            raise Refused(Reason.MISSING_ACCESS)
        self._require(channel, needed)
        return channel

    def _found_message(self, asked: Asked, needed: Permission = Permission.NONE) -> Message:
        message = self._found(asked, needed).messages.get(asked.id("message"))
        if message is None:
            raise Refused(Reason.UNKNOWN_MESSAGE)
        return message

    def _require(self, channel: Channel, needed: Permission) -> None:
        # In a DM nothing is withheld by permission: what is impossible there is refused for its own reason.
        if channel.guild is not None and needed not in channel.permissions_of(self._world.bot):
            raise Refused(Reason.MISSING_PERMISSIONS)

    def _check_extras(self, channel: Channel, asked: Asked) -> None:
        """Embeds, files and replies need permissions of their own."""
        if asked.body.get("embeds"):
            self._require(channel, Permission.EMBED_LINKS)
        if asked.uploads:
            self._require(channel, Permission.ATTACH_FILES)
        granted = channel.permissions_of(self._world.bot)
        if asked.body.get("message_reference") and Permission.READ_MESSAGE_HISTORY not in granted:
            raise Refused(Reason.NO_HISTORY)

    def _shown(self, message: Message) -> Answer:
        payload = payloads.message(message)
        if self._reads_content:
            return Answer(payload)
        in_dm = message.channel.guild is None
        return Answer(payloads.without_content(payload, self._world.bot.id, in_dm=in_dm))


def _checked_thread(wanted: Json) -> tuple[str, int]:
    faults = Faults()
    faults.check_length(("name",), wanted.get("name"), limits.THREAD_NAME, 1)
    minutes = wanted.get("auto_archive_duration") or limits.THREAD_ARCHIVE_MINUTES[1]
    if minutes not in limits.THREAD_ARCHIVE_MINUTES:
        message = f"Value must be one of {limits.THREAD_ARCHIVE_MINUTES}."
        faults.add(("auto_archive_duration",), "BASE_TYPE_CHOICES", message)
    faults.refuse_any()
    return wanted["name"], minutes
