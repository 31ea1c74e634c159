"""Which articles an interaction may see, and how a person names one of them."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import discord
import structlog
from discord import app_commands

from bot.errors import Refused
from bot.ui.markdown import shortened
from retrieval.article import SHARED, Guild, Version

CHOICES = 25
CHOICE_NAME = 100
LONGEST_LINK = 2_000
"""The most characters of a link that somebody gives."""
_LONGEST_ID = 19
"""Digits of the greatest id that an archive can give."""

_log = structlog.get_logger(__name__)


def shelf_of(interaction: discord.Interaction) -> Guild:
    """The guild whose articles an interaction may see; the shared library where the bot is no member."""
    if interaction.guild_id is not None and interaction.is_guild_integration():
        return interaction.guild_id
    return SHARED


Titled: TypeAlias = Callable[[Guild, str, int], Awaitable[list[Version]]]
"""Finds articles with these words in their title, at most so many: `Newsroom.titled` or `Newsroom.own_titled`."""


async def article_choices(titled: Titled, guild: Guild, typed: str) -> list[app_commands.Choice[str]]:
    """Offer the articles whose title has the typed words, the newest addition first; none where that fails."""
    try:
        versions = await titled(guild, typed, CHOICES)
    except Exception:  # discord.py would leave the interaction without an answer
        _log.exception("no titles to choose from")
        return []
    return [app_commands.Choice(name=_label(version), value=str(version.article_id)) for version in versions]


async def named_article(titled: Titled, guild: Guild, words: str) -> int:
    """Return the id of the article that a person chose from the list, or named by its id or its title.

    Raises `Refused` where no title has the words, or where several have them and none is these words alone.
    """
    words = words.strip()
    if words.isdecimal() and len(words) <= _LONGEST_ID:
        return int(words)
    found = await titled(guild, words, CHOICES)
    chosen = [version for version in found if version.article.title.casefold() == words.casefold()] or found
    if len(chosen) != 1:
        amount = "Several articles here have" if chosen else "No article here has"
        raise Refused(f"{amount} such a title. Choose one from the list that appears while you type.")
    return chosen[0].article_id


def _label(version: Version) -> str:
    """The day of publication, or of addition where that is not known, and the title."""
    day = (version.article.published or version.added)[:10]
    return shortened(f"{day} {version.article.title}", CHOICE_NAME)
