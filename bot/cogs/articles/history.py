"""An article's history, version by version."""

import asyncio
from collections.abc import Sequence
from typing import Any, Self

import discord

from bot.cogs.articles.receipts import Spot, TextButton
from bot.cogs.managers import ManagersButton, guild_of
from bot.newsroom import Newsroom
from bot.ui.embeds import embeds
from bot.ui.revisions import history_cards
from retrieval.article import Version


class VersionButton(ManagersButton, template=r"history:(?P<article>\d{1,19}):(?P<version>\d{1,9})"):
    """Turns to another version of an article."""

    def __init__(self, article_id: int, number: int, label: str, *, disabled: bool = False) -> None:
        super().__init__(label, f"history:{article_id}:{number}", disabled=disabled)
        self._article_id = article_id
        self._number = number

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: Any) -> Self:
        return cls(int(match["article"]), int(match["version"]), getattr(item, "label", None) or "")

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer()
        await show_version(interaction, interaction.client.newsroom, self._article_id, self._number)


async def show_version(
    interaction: discord.Interaction, newsroom: Newsroom, article_id: int, number: int | None = None
) -> None:
    """Put an article's versions where the interaction's answer stands, and how one differs from the one before.

    The newest one is meant by None, and by the number of one that is gone meanwhile.
    """
    versions = await newsroom.history(guild_of(interaction), article_id)
    place = next((place for place, version in enumerate(versions) if version.number == number), 0)
    cards = await asyncio.to_thread(history_cards, versions, place)
    await interaction.edit_original_response(embeds=embeds(cards), view=_view(versions, place))


def _view(versions: Sequence[Version], place: int) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    shown, last = versions[place], len(versions) - 1
    if last:
        older, newer = versions[min(last, place + 1)], versions[max(0, place - 1)]
        view.add_item(VersionButton(shown.article_id, older.number, "Older", disabled=place == last))
        view.add_item(VersionButton(shown.article_id, newer.number, "Newer", disabled=place == 0))
    return view.add_item(TextButton(Spot(shown.article_id, shown.number, 0), "See the text"))
