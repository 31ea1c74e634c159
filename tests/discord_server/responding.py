"""Responding: what Discord lets a bot do with an interaction, in which order and for how long."""

import asyncio
import secrets
from typing import Any

from tests.discord_server import limits, payloads
from tests.discord_server.commands import IN_DM, IN_GUILD
from tests.discord_server.interactions import Choice, Interaction, InteractionKind, ResponseType
from tests.discord_server.messages import Message, MessageFlag
from tests.discord_server.modal_rules import check_choices, check_modal
from tests.discord_server.options import OptionType
from tests.discord_server.posting import Upload, post, post_loading, remove, revise
from tests.discord_server.refusals import Faults, Json, Reason, Refused
from tests.discord_server.world import Channel, User, World

MESSAGES = {ResponseType.MESSAGE, ResponseType.DEFERRED_MESSAGE}
UPDATES = {ResponseType.UPDATE, ResponseType.DEFERRED_UPDATE}
POSSIBLE = {
    InteractionKind.COMMAND: MESSAGES | {ResponseType.MODAL},
    InteractionKind.COMPONENT: MESSAGES | UPDATES | {ResponseType.MODAL},
    InteractionKind.AUTOCOMPLETE: {ResponseType.CHOICES},
    InteractionKind.MODAL_SUBMIT: MESSAGES,
}


class Interactions:
    """All interactions of one server. `deadline` is how many seconds the bot has for its first response."""

    def __init__(self, world: World, deadline: float, token_lifetime: float) -> None:
        self._world = world
        self._deadline = deadline
        self._token_lifetime = token_lifetime
        self._by_token: dict[str, Interaction] = {}

    @property
    def all(self) -> list[Interaction]:
        return list(self._by_token.values())

    def begin(
        self,
        kind: InteractionKind,
        user: User,
        channel: Channel,
        asked: Json,
        source: Message | None = None,
        command_type: int | None = None,
        option_type: OptionType | None = None,
    ) -> Interaction:
        """Let a person use the bot: tell it of the interaction, whose data are `asked`."""
        interaction_id, token = self._world.snowflakes.new(), secrets.token_urlsafe(48)
        payload = self._payload(user, channel) | {
            "id": str(interaction_id),
            "token": token,
            "type": int(kind),
            "data": asked,
        }
        if source is not None:
            payload["message"] = payloads.message(source)
        interaction = Interaction(
            interaction_id, token, kind, user, channel, payload, source, command_type, option_type
        )
        self._by_token[token] = interaction
        self._world.announce("INTERACTION_CREATE", payload, channel.guild.id if channel.guild else None)
        return interaction

    def respond(self, interaction_id: int, token: str, body: Json, uploads: list[Upload]) -> Json:
        """The bot's first response; returns Discord's description of it. Raises `Refused`."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != interaction_id:
            raise Refused(Reason.UNKNOWN_INTERACTION)
        if interaction.response_type is not None:
            raise Refused(Reason.ACKNOWLEDGED)
        if self._age(interaction) > self._deadline:
            raise Refused(Reason.UNKNOWN_INTERACTION)
        response_type = _checked_type(interaction, body.get("type"))
        self._carry_out(interaction, response_type, body.get("data") or {}, uploads)
        interaction.note_response(response_type)
        self._world.happenings.changed()
        return _described(interaction, response_type)

    def original(self, application_id: int, token: str) -> Message:
        """The message that @original means; raises `Refused` before there is one."""
        interaction = self._usable(application_id, token)
        if interaction.original is None or interaction.original.deleted:
            raise Refused(Reason.UNKNOWN_MESSAGE)
        return interaction.original

    def message(self, application_id: int, token: str, message_id: int) -> Message:
        interaction = self._usable(application_id, token)
        shown = [*interaction.followups, *([interaction.original] if interaction.original else [])]
        for each in shown:
            if each.id == message_id and not each.deleted:
                return each
        raise Refused(Reason.UNKNOWN_MESSAGE)

    def follow_up(self, application_id: int, token: str, body: Json, uploads: list[Upload]) -> Message:
        """A further message. The first one after a deferred response takes that one's place and visibility."""
        interaction = self._usable(application_id, token)
        original = interaction.original
        if original is not None and original.loading and not original.deleted:
            revise(self._world, original, body, uploads)
            return original
        followup = post(self._world, interaction.channel, body, uploads, interaction)
        interaction.followups.append(followup)
        self._world.happenings.changed()
        return followup

    def edit(self, message: Message, body: Json, uploads: list[Upload]) -> None:
        revise(self._world, message, body, uploads)

    def delete(self, message: Message) -> None:
        remove(self._world, message)

    def _age(self, interaction: Interaction) -> float:
        return asyncio.get_running_loop().time() - interaction.began_at

    def _usable(self, application_id: int, token: str) -> Interaction:
        interaction = self._by_token.get(token)
        if application_id != self._world.application_id or interaction is None or interaction.response_type is None:
            raise Refused(Reason.UNKNOWN_WEBHOOK)
        if self._age(interaction) > self._token_lifetime:
            raise Refused(Reason.TOKEN_EXPIRED)
        return interaction

    def _carry_out(self, to: Interaction, response_type: ResponseType, answer: Json, uploads: list[Upload]) -> None:
        match response_type:
            case ResponseType.MESSAGE:
                to.original = post(self._world, to.channel, answer, uploads, to)
            case ResponseType.DEFERRED_MESSAGE:
                to.original = post_loading(self._world, to.channel, MessageFlag(answer.get("flags") or 0), to)
            case ResponseType.DEFERRED_UPDATE:
                to.original = to.source
            case ResponseType.UPDATE:
                to.original = to.source
                if to.source is None or to.source.deleted:
                    raise Refused(Reason.UNKNOWN_MESSAGE)
                revise(self._world, to.source, answer, uploads)
            case ResponseType.CHOICES:
                choices = answer.get("choices") or []
                check_choices(choices, to.option_type or OptionType.STRING)
                to.choices = [Choice(choice["name"], choice["value"]) for choice in choices]
            case ResponseType.MODAL:
                check_modal(answer)
                to.modal = answer

    def _payload(self, user: User, channel: Channel) -> Json:
        world, guild = self._world, channel.guild
        permissions = channel.permissions_of(user)
        payload: Json = {
            "application_id": str(world.application_id),
            "version": 1,
            "locale": "en-US",
            "channel_id": str(channel.id),
            "channel": payloads.channel_invoked_in(channel, permissions),
            "app_permissions": str(int(channel.permissions_of(world.bot))),
            "entitlements": [],
            "attachment_size_limit": limits.UPLOAD_BYTES,
        }
        if guild is None:
            owners: dict[str, Any] = {"0": "0"}
            return payload | {"context": IN_DM, "user": payloads.user(user), "authorizing_integration_owners": owners}
        return payload | {
            "context": IN_GUILD,
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "member": payloads.member_invoking(guild.members[user.id], permissions),
            "authorizing_integration_owners": {"0": str(guild.id)} if guild.has_bot else {"1": str(user.id)},
        }


def _checked_type(interaction: Interaction, wanted: Any) -> ResponseType:
    possible = POSSIBLE[interaction.kind]
    if interaction.kind is InteractionKind.MODAL_SUBMIT and interaction.source is not None:
        possible = possible | UPDATES
    if wanted not in possible:
        faults = Faults()
        message = f"Value must be one of {tuple(sorted(map(int, possible)))}."
        faults.add(("type",), "INTERACTION_RESPONSE_TYPE_INVALID", message)
        faults.refuse_any()
    return ResponseType(wanted)


def _described(interaction: Interaction, response_type: ResponseType) -> Json:
    description: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
    resource: Json = {"type": int(response_type)}
    if interaction.original is not None:
        description |= {
            "response_message_id": str(interaction.original.id),
            "response_message_loading": interaction.original.loading,
            "response_message_ephemeral": interaction.original.ephemeral,
        }
        if response_type in (ResponseType.MESSAGE, ResponseType.UPDATE):
            resource["message"] = payloads.message(interaction.original)
    return {"interaction": description, "resource": resource}
