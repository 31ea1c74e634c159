"""“Add to archive” in a message's menu: the files attached to the message, and what it links to."""

import re

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.articles.batch import Batches, Source
from bot.cogs.managers import require_manager
from bot.errors import Refused
from bot.newsroom import Newsroom
from bot.settings import Settings

_LINK = re.compile(r"https?://[^\s<>\[\]\"]+")


class Linked(commands.Cog):
    """The menu is shown to, and works for, members with Manage Server."""

    def __init__(self, bot: commands.AutoShardedBot, newsroom: Newsroom, settings: Settings) -> None:
        self._bot = bot
        self._batches = Batches(newsroom, settings.articles)
        self._menu = app_commands.ContextMenu(name="Add to archive", callback=self.add)
        self._menu.allowed_contexts = app_commands.AppCommandContext(guild=True)
        self._menu.allowed_installs = app_commands.AppInstallationType(guild=True)
        self._menu.default_permissions = discord.Permissions(manage_guild=True)

    async def cog_load(self) -> None:
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    async def add(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Add the message's files, then what it links to."""
        require_manager(interaction)
        sources: list[Source] = [*message.attachments, *links_in(message)]
        if not sources:
            raise Refused("The message has no file and no link; use this on a message that has one.")
        await self._batches.add(interaction, sources)


def links_in(message: discord.Message) -> list[str]:
    """The links in a message's text, then those of its previews, each once."""
    written = (_bare(match[0]) for match in _LINK.finditer(message.content))
    previewed = (preview.url for preview in message.embeds if preview.url)
    return list(dict.fromkeys([*written, *previewed]))


def _bare(link: str) -> str:
    """A link without the marks after it that belong to the sentence; a bracket that opens in it may close in it."""
    bare = link.rstrip(".,;:!?'*_|")
    return _bare(bare[:-1]) if bare.endswith(")") and bare.count(")") > bare.count("(") else bare
