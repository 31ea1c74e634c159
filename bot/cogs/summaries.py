"""Summaries: an article in a few of its own sentences."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.scope import article_choices, named_article, shelf_of
from bot.newsroom import Newsroom
from bot.ui.cards import summary_card
from bot.ui.embeds import embed, links
from retrieval.summary import MOST_SENTENCES, SENTENCES


class Summaries(commands.Cog):
    """Shortens articles without a word of its own."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    @app_commands.command(name="summary", description="An article in a few of its own sentences")
    @app_commands.describe(article="Its title: choose one from the list", sentences="How many sentences")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def summary(
        self,
        interaction: discord.Interaction,
        article: str,
        sentences: app_commands.Range[int, 1, MOST_SENTENCES] = SENTENCES,
    ) -> None:
        await interaction.response.defer(thinking=True)
        guild = shelf_of(interaction)
        article_id = await named_article(self._newsroom.titled, guild, article)
        card = summary_card(*await self._newsroom.summary(guild, article_id, sentences))
        await interaction.edit_original_response(embed=embed(card), view=links(card))

    @summary.autocomplete("article")
    async def _titles(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await article_choices(self._newsroom.titled, shelf_of(interaction), typed)
