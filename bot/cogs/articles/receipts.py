"""Receipts in Discord, each with a row of buttons: to undo the addition, to edit what is known of it, to read it."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple, Self

import discord

from bot.cogs.articles.editing import EditForm
from bot.cogs.articles.reading import show_text
from bot.cogs.managers import ManagersButton, guild_of
from bot.outcome import Outcome, Receipt
from bot.ui.cards import Card
from bot.ui.embeds import TOGETHER, embed, embeds
from bot.ui.receipts import MOST_RECEIPTS, outcome_cards, receipt_card, undone_card
from retrieval.article import Version

_SPOT = r"(?P<article>\d{1,19}):(?P<version>\d{1,9}):(?P<place>\d)"


class Spot(NamedTuple):
    """A receipt: the version that it is of, and its place among the message's embeds."""

    article_id: int
    version: int
    place: int


class ReceiptButton(ManagersButton, template="receipt"):
    """A button under a receipt; several receipts in one message have a row of buttons each."""

    act: ClassVar[str]

    def __init__(self, spot: Spot, label: str) -> None:
        super().__init__(label, f"receipt:{self.act}:{spot.article_id}:{spot.version}:{spot.place}")
        self.spot = spot

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls.matching(match, getattr(item, "label", None) or "")

    @classmethod
    def matching(cls, match: re.Match[str], label: str) -> Self:
        return cls(Spot(int(match["article"]), int(match["version"]), int(match["place"])), label)


class UndoButton(ReceiptButton, template=rf"receipt:undo:{_SPOT}"):
    """Takes the version back, as long as it is the newest one, and says so in the place of the receipt."""

    act = "undo"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer()
        article_id, number, _ = self.spot
        withdrawn = await interaction.client.newsroom.withdraw(guild_of(interaction), article_id, number)
        rows = [row for row in _rows(interaction) if row[0].spot != self.spot]
        await _show_in_place(interaction, self.spot, undone_card(withdrawn.version, withdrawn.back_to), rows)


class EditButton(ReceiptButton, template=rf"receipt:edit:{_SPOT}"):
    """Opens a form with what is known of the article, and shows the receipt anew."""

    act = "edit"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        article_id, number, _ = self.spot
        version = await interaction.client.newsroom.version(guild_of(interaction), article_id, number)
        await interaction.response.send_modal(EditForm(version, self._edited))

    async def _edited(self, interaction: discord.Interaction[Any], version: Version) -> None:
        await interaction.response.defer()
        receipt = await interaction.client.newsroom.relabel(guild_of(interaction), version)
        card = await asyncio.to_thread(receipt_card, receipt)
        await _show_in_place(interaction, self.spot, card, _rows(interaction))


class TextButton(ReceiptButton, template=rf"receipt:text:{_SPOT}"):
    """Shows the text of the version."""

    act = "text"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        newsroom = interaction.client.newsroom
        version = await newsroom.version(guild_of(interaction), self.spot.article_id, self.spot.version)
        await show_text(interaction, version, newsroom.left_out(version))


RECEIPT_BUTTONS: tuple[type[ReceiptButton], ...] = (UndoButton, EditButton, TextButton)


async def show_outcomes(
    interaction: discord.Interaction, outcomes: Sequence[Outcome], notes: Sequence[Card] = ()
) -> None:
    """Answer a deferred interaction with what became of what was given."""
    receipts = [each for each in outcomes if isinstance(each, Receipt)]
    rows = _new_rows(receipts) if len(receipts) <= MOST_RECEIPTS else []
    cards = await asyncio.to_thread(outcome_cards, outcomes)  # it counts the sentences, of which there may be many
    await interaction.edit_original_response(embeds=embeds([*cards, *notes]), view=_view(rows))


def _new_rows(receipts: Sequence[Receipt]) -> list[list[ReceiptButton]]:
    """A row for each receipt; where there are several, the buttons name the article that they are for."""
    rows = []
    for place, receipt in enumerate(receipts):
        added = receipt.added
        spot = Spot(added.article_id, added.version, place)
        which = f" article {added.article_id}" if len(receipts) > 1 else ""
        changing = [UndoButton(spot, f"Undo{which}"), EditButton(spot, f"Edit{which}")]
        reading = TextButton(spot, f"See{which}" if which else "See the text")
        rows.append([*(changing if added.duplicate_of is None else []), reading])
    return rows


def _rows(interaction: discord.Interaction[Any]) -> list[list[ReceiptButton]]:
    """The buttons under the message that an interaction came from."""
    lines = interaction.message.components if interaction.message else []
    return [
        [_button(button) for button in line.children if isinstance(button, discord.Button)]
        for line in lines
        if isinstance(line, discord.ActionRow)
    ]


def _button(shown: discord.Button) -> ReceiptButton:
    for kind in RECEIPT_BUTTONS:
        if match := kind.__discord_ui_compiled_template__.fullmatch(shown.custom_id or ""):
            return kind.matching(match, shown.label or "")
    raise ValueError(f"{shown.custom_id} is no button of a receipt")


def _view(rows: Iterable[Sequence[ReceiptButton]]) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        for button in row:
            button.row = number
            view.add_item(button)
    return view


async def _show_in_place(
    interaction: discord.Interaction[Any], spot: Spot, card: Card, rows: Iterable[Sequence[ReceiptButton]]
) -> None:
    """Put a card in the place of a receipt, and leave the message's other ones."""
    shown = list(interaction.message.embeds) if interaction.message else []
    others = sum(len(each) for place, each in enumerate(shown) if place != spot.place)
    shown[spot.place] = embed(card, TOGETHER - others)
    await interaction.edit_original_response(embeds=shown, view=_view(rows))
