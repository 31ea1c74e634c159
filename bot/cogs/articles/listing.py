"""The list of a server's articles, page by page."""

from typing import Any, Self

import discord

from bot.cogs.managers import ManagersButton, guild_of
from bot.newsroom import Newsroom
from bot.ui.cards import list_card
from bot.ui.embeds import embed

PAGE = 10
"""Articles on one page of the list."""


class PageButton(ManagersButton, template=r"articles:page:(?P<page>\d{1,6})"):
    """Turns to a page of the list."""

    def __init__(self, page: int, label: str, *, disabled: bool = False) -> None:
        super().__init__(label, f"articles:page:{page}", disabled=disabled)
        self._page = page

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: Any) -> Self:
        return cls(int(match["page"]), getattr(item, "label", "") or "")

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer()
        await show_page(interaction, interaction.client.newsroom, self._page)


async def show_page(interaction: discord.Interaction, newsroom: Newsroom, number: int) -> None:
    """Put a page of the guild's articles where the interaction's answer stands."""
    page = await newsroom.page(guild_of(interaction), number, PAGE)
    view = discord.ui.View(timeout=None)
    if page.pages > 1:
        last = page.pages - 1
        view.add_item(PageButton(max(0, page.number - 1), "Previous", disabled=page.number == 0))
        view.add_item(PageButton(min(last, page.number + 1), "Next", disabled=page.number == last))
    card = list_card(page.versions, page.number, page.pages, page.articles, "discord")
    await interaction.edit_original_response(embed=embed(card), view=view)
