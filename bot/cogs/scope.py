"""Which articles an interaction may see, and how a person names one of them."""

import discord
from discord import app_commands

from bot.errors import Refused
from bot.newsroom import Newsroom
from bot.ui.markdown import shortened
from retrieval.article import SHARED, Guild, Version

CHOICES = 25
CHOICE_NAME = 100


def shelf_of(interaction: discord.Interaction) -> Guild:
    """The guild whose articles an interaction may see; the shared library where the bot is no member."""
    if interaction.guild_id is not None and interaction.is_guild_integration():
        return interaction.guild_id
    return SHARED


async def article_choices(newsroom: Newsroom, guild: Guild, typed: str) -> list[app_commands.Choice[str]]:
    """Offer the articles whose title has the typed words, the newest addition first."""
    versions = await newsroom.titled(guild, typed, CHOICES)
    return [app_commands.Choice(name=_label(version), value=str(version.article_id)) for version in versions]


async def named_article(newsroom: Newsroom, guild: Guild, words: str) -> int:
    """Return the id of the article that a person chose from the list, or named by its id or its title.

    Raises `Refused` where no title has the words.
    """
    if words.strip().isdecimal():
        return int(words)
    found = await newsroom.titled(guild, words, 1)
    if not found:
        raise Refused("No article here has such a title. Choose one from the list that appears while you type.")
    return found[0].article_id


def _label(version: Version) -> str:
    day = (version.article.published or "")[:10]
    return shortened(f"{day} {version.article.title}".strip(), CHOICE_NAME)
