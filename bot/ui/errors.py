"""The error funnel: whatever goes wrong, a person gets one sentence, and the log an id to find it by."""

import secrets

import discord
import structlog
from discord import app_commands

from bot.errors import Refused
from bot.ui.cards import notice
from bot.ui.embeds import embed
from retrieval.feed import NoFeed
from retrieval.ingest.reading import Unreadable
from retrieval.shelf import ArchiveError

_log = structlog.get_logger(__name__)


def sentence(error: BaseException) -> str:
    """Say what went wrong, for the person who asked; an error nobody expected gets an id that is in the log."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    match cause:
        case Refused() | Unreadable() | NoFeed() | ArchiveError():
            return str(cause)
        case app_commands.MissingPermissions():
            return "Only members with the permission Manage Server can do this. Ask one of them."
        case app_commands.NoPrivateMessage():
            return "This works in a server only, because articles belong to a server."
        case app_commands.CommandOnCooldown():
            return f"That was a lot at once. Try again in {cause.retry_after:.0f} seconds."
        case _:
            return _unexpected(cause)


async def answer_with_error(interaction: discord.Interaction, error: BaseException) -> None:
    """Answer an interaction with an error, whether or not it was acknowledged already."""
    shown = embed(notice(sentence(error), good=False))
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(embed=shown, ephemeral=True)
        elif interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
            await interaction.edit_original_response(embed=shown, view=None)
        else:
            await interaction.followup.send(embed=shown, ephemeral=True)
    except discord.HTTPException as failure:
        _log.warning("error not shown", status=failure.status, code=failure.code)


def _unexpected(error: BaseException) -> str:
    reference = secrets.token_hex(4)
    _log.error("unexpected error", id=reference, exc_info=error)
    return f"Something went wrong here, and it was not your doing. Whoever runs this bot can look up error {reference}."
