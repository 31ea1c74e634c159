"""The list of a server's articles, page by page."""

from typing import Any

import discord

from bot.cogs.managers import guild_of
from bot.cogs.paging import PageButton, turning
from bot.newsroom import Newsroom
from bot.ui.cards import list_card
from bot.ui.embeds import embed

PAGE = 10
"""Articles on one page of the list."""


class ArticlesPageButton(PageButton, template=r"articles:page:(?P<page>\d{1,6})"):
    of = "articles"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer()
        await show_page(interaction, interaction.client.newsroom, self.page)


async def show_page(interaction: discord.Interaction, newsroom: Newsroom, number: int) -> None:
    """Put a page of the guild's articles where the interaction's answer stands."""
    page = await newsroom.page(guild_of(interaction), number, PAGE)
    card = list_card(page.versions, page.number, page.pages, page.articles, "discord")
    view = turning(ArticlesPageButton, page.number, page.pages)
    await interaction.edit_original_response(embed=embed(card), view=view)
