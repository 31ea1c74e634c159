"""The form for a pasted article."""

from typing import Any, Self

import discord

from bot.cogs.articles.receipts import show_outcomes
from bot.cogs.managers import ManagersForm, guild_of, typed
from bot.newsroom import Newsroom

FIELD = 4_000
"""The most characters that one field of a Discord form takes."""


class PasteForm(ManagersForm, title="Add an article"):
    """Two fields hold the text, because Discord takes 4,000 characters in each."""

    headline: discord.ui.Label[Self] = discord.ui.Label(
        text="Headline",
        description="Left empty, it is taken from the text",
        component=discord.ui.TextInput(required=False, max_length=300),
    )
    outlet: discord.ui.Label[Self] = discord.ui.Label(
        text="Outlet",
        description="Left empty, it is taken from the text where it stands there",
        component=discord.ui.TextInput(required=False, max_length=100),
    )
    text: discord.ui.Label[Self] = discord.ui.Label(
        text="Text",
        description="Up to 4,000 characters here and 4,000 below; for more, use /article add with a file",
        component=discord.ui.TextInput(style=discord.TextStyle.paragraph, max_length=FIELD),
    )
    rest: discord.ui.Label[Self] = discord.ui.Label(
        text="Text, continued",
        description="The rest, where one field is not enough",
        component=discord.ui.TextInput(style=discord.TextStyle.paragraph, required=False, max_length=FIELD),
    )

    def __init__(self, newsroom: Newsroom) -> None:
        super().__init__()
        self._newsroom = newsroom

    async def sent(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        headline, outlet, text, rest = map(typed, (self.headline, self.outlet, self.text, self.rest))
        receipt = await self._newsroom.add_text(guild_of(interaction), _joined(text, rest), headline, outlet)
        await show_outcomes(interaction, [receipt])


def _joined(text: str, rest: str) -> str:
    """What was cut because the first field was full goes on where it was cut; anything else begins a line."""
    return text + rest if len(text) == FIELD else f"{text}\n{rest}"
