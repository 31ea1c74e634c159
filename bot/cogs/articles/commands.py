"""The commands under /article."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.articles.batch import Batches, Source
from bot.cogs.articles.history import show_version
from bot.cogs.articles.listing import show_page
from bot.cogs.articles.pasting import PasteForm
from bot.cogs.managers import guild_of, require_manager
from bot.cogs.scope import LONGEST_LINK, article_choices, named_article
from bot.newsroom import Newsroom
from bot.settings import Settings
from bot.ui.cards import notice
from bot.ui.embeds import embed
from retrieval.article import Guild, Version


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Articles(
    commands.GroupCog, group_name="article", group_description="The articles that this server's answers come from"
):
    """Each command is shown to, and works for, members with Manage Server."""

    def __init__(self, newsroom: Newsroom, settings: Settings) -> None:
        self._newsroom = newsroom
        self._batches = Batches(newsroom, settings.articles)

    async def interaction_check(self, interaction: discord.Interaction) -> bool:
        """Discord only hides commands from other members; this is what keeps them out."""
        require_manager(interaction)
        return True

    @app_commands.command(name="add", description="Add articles: a link, files, or text that you paste into a form")
    @app_commands.describe(
        link="The address of the article's page",
        file="A .txt, .md, .html or .pdf file, or a .jsonl of many; leave all out to paste the text",
        file_2="A second file",
        file_3="A third file",
        file_4="A fourth file",
        file_5="A fifth file",
    )
    async def add(
        self,
        interaction: discord.Interaction,
        link: app_commands.Range[str, 1, LONGEST_LINK] | None = None,
        file: discord.Attachment | None = None,
        file_2: discord.Attachment | None = None,
        file_3: discord.Attachment | None = None,
        file_4: discord.Attachment | None = None,
        file_5: discord.Attachment | None = None,
    ) -> None:
        given: tuple[Source | None, ...] = (link, file, file_2, file_3, file_4, file_5)
        if sources := [each for each in given if each is not None]:
            await self._batches.add(interaction, sources)
        else:
            await interaction.response.send_modal(PasteForm(self._newsroom))

    @app_commands.command(name="list", description="See the articles that this server's answers come from")
    async def list_articles(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_page(interaction, self._newsroom, 0)

    @app_commands.command(name="remove", description="Remove an article for good")
    @app_commands.describe(article="Its title: choose one from the list")
    async def remove(self, interaction: discord.Interaction, article: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild = guild_of(interaction)
        removed = await self._newsroom.remove(guild, await named_article(self._own_first, guild, article))
        said = notice(f"Removed: {removed.article.title}. No answer will quote it again.")
        await interaction.edit_original_response(embed=embed(said))

    async def _own_first(self, guild: Guild, words: str, at_most: int) -> list[Version]:
        """The server's own articles with these words in their title; else shared ones, which a refusal names."""
        own = await self._newsroom.own_titled(guild, words, at_most)
        return own or await self._newsroom.titled(guild, words, at_most)

    @remove.autocomplete("article")
    async def _own_titles(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        if not interaction.permissions.manage_guild:
            return []
        return await article_choices(self._newsroom.own_titled, guild_of(interaction), typed)

    @app_commands.command(name="history", description="See an article's versions, and what changed between them")
    @app_commands.describe(article="Its title: choose one from the list")
    async def history(self, interaction: discord.Interaction, article: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        article_id = await named_article(self._newsroom.titled, guild_of(interaction), article)
        await show_version(interaction, self._newsroom, article_id)

    @history.autocomplete("article")
    async def _titles(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        if not interaction.permissions.manage_guild:
            return []
        return await article_choices(self._newsroom.titled, guild_of(interaction), typed)
