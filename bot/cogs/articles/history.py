"""An article's history, version by version, with buttons to turn to another, to read, to edit and to take one back."""

import asyncio
import re
from collections.abc import Sequence
from typing import Any, ClassVar, Self

import discord

from bot.cogs.articles.editing import EditForm
from bot.cogs.articles.receipts import Spot, TextButton
from bot.cogs.managers import ManagersButton, guild_of
from bot.newsroom import Newsroom
from bot.ui.embeds import embed, embeds
from bot.ui.receipts import undone_card
from bot.ui.revisions import history_cards
from retrieval.article import Guild, Version

_VERSION = r"(?P<article>\d{1,19}):(?P<version>\d{1,9})"


class HistoryButton(ManagersButton, template="history"):
    """A button under an article's history, about one of its versions."""

    act: ClassVar[str]

    def __init__(self, article_id: int, number: int, label: str, *, disabled: bool = False) -> None:
        super().__init__(label, f"history:{self.act}:{article_id}:{number}", disabled=disabled)
        self._article_id = article_id
        self._number = number

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["article"]), int(match["version"]), getattr(item, "label", None) or "")


class TurnButton(HistoryButton, template=rf"history:turn:{_VERSION}"):
    """Turns to a version."""

    act = "turn"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer()
        await show_version(interaction, interaction.client.newsroom, self._article_id, self._number)


class EditNewestButton(HistoryButton, template=rf"history:edit:{_VERSION}"):
    """Opens a form with what is known of the newest version."""

    act = "edit"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        newsroom = interaction.client.newsroom
        version = await newsroom.version(guild_of(interaction), self._article_id, self._number)
        await interaction.response.send_modal(EditForm(version, self._edited))

    async def _edited(self, interaction: discord.Interaction[Any], version: Version) -> None:
        await interaction.response.defer()
        await interaction.client.newsroom.relabel(guild_of(interaction), version)
        await show_version(interaction, interaction.client.newsroom, self._article_id)


class TakeBackButton(HistoryButton, template=rf"history:back:{_VERSION}"):
    """Takes the newest version back."""

    act = "back"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer()
        newsroom = interaction.client.newsroom
        withdrawn = await newsroom.withdraw(guild_of(interaction), self._article_id, self._number)
        card = undone_card(withdrawn.version, withdrawn.back_to)
        await interaction.edit_original_response(embed=embed(card), view=None)


HISTORY_BUTTONS: tuple[type[HistoryButton], ...] = (TurnButton, EditNewestButton, TakeBackButton)


async def show_version(
    interaction: discord.Interaction, newsroom: Newsroom, article_id: int, number: int | None = None
) -> None:
    """Put an article's versions where the interaction's answer stands, and how one differs from the one before.

    The newest one is meant by None, and by the number of one that is gone meanwhile.
    """
    guild = guild_of(interaction)
    versions = await newsroom.history(guild, article_id)
    place = next((place for place, version in enumerate(versions) if version.number == number), 0)
    cards = await asyncio.to_thread(history_cards, versions, place)
    await interaction.edit_original_response(embeds=embeds(cards), view=_view(guild, versions, place))


def _view(guild: Guild, versions: Sequence[Version], place: int) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    shown, last = versions[place], len(versions) - 1
    article_id = shown.article_id
    if last:
        older, newer = versions[min(last, place + 1)], versions[max(0, place - 1)]
        view.add_item(TurnButton(article_id, older.number, "Older", disabled=place == last))
        view.add_item(TurnButton(article_id, newer.number, "Newer", disabled=place == 0))
    view.add_item(TextButton(Spot(article_id, shown.number, 0), "See the text"))
    if place == 0 and shown.guild == guild:
        view.add_item(EditNewestButton(article_id, shown.number, "Edit"))
        if last:
            view.add_item(TakeBackButton(article_id, shown.number, "Take this version back"))
    return view
