"""“Add to archive” in a message's menu: the articles that the message links to."""

import re

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.articles import guild_of, require_manager
from bot.fetching.errors import FetchError
from bot.newsroom import Newsroom
from bot.ui.cards import Card, notice, receipt_card
from bot.ui.embeds import embed
from retrieval.article import Guild
from retrieval.ingest.reading import Unreadable

MOST_LINKS = 5
"""How many links of one message are added."""
_LINK = re.compile(r"https?://[^\s<>\[\]\"]+")


class Linked(commands.Cog):
    """The menu is shown to, and works for, members with Manage Server."""

    def __init__(self, bot: commands.AutoShardedBot, newsroom: Newsroom) -> None:
        self._bot = bot
        self._newsroom = newsroom
        self._menu = app_commands.ContextMenu(name="Add to archive", callback=self.add)
        self._menu.allowed_contexts = app_commands.AppCommandContext(guild=True)
        self._menu.allowed_installs = app_commands.AppInstallationType(guild=True)
        self._menu.default_permissions = discord.Permissions(manage_guild=True)

    async def cog_load(self) -> None:
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    async def add(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Add what the message links to, each link on its own: one that fails does not keep the others out."""
        require_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        links = links_in(message)
        cards = [await self._added(guild_of(interaction), link) for link in links[:MOST_LINKS]]
        if len(links) > MOST_LINKS:
            cards.append(notice(f"The message has {len(links)} links; the first {MOST_LINKS} were read."))
        shown = cards or [notice("The message has no link; use this on a message that links to an article.")]
        await interaction.edit_original_response(embeds=[embed(card) for card in shown])

    async def _added(self, guild: Guild, link: str) -> Card:
        try:
            receipt = await self._newsroom.add_link(guild, link)
        except (FetchError, Unreadable) as error:
            return notice(f"{link} was not added. {error}", good=False)
        return receipt_card(receipt.added, receipt.reading)


def links_in(message: discord.Message) -> list[str]:
    """The links in a message's text, then those of its previews, each once."""
    written = (_bare(match[0]) for match in _LINK.finditer(message.content))
    previewed = (preview.url for preview in message.embeds if preview.url)
    return list(dict.fromkeys([*written, *previewed]))


def _bare(link: str) -> str:
    """A link without the marks after it that belong to the sentence; a bracket that opens in it may close in it."""
    bare = link.rstrip(".,;:!?'*_|")
    return _bare(bare[:-1]) if bare.endswith(")") and bare.count(")") > bare.count("(") else bare
