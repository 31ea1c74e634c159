"""Receipts in Discord, with buttons to undo an addition, to edit what is known of the article and to see its text."""

from collections.abc import Sequence

import discord

from bot.outcome import Outcome
from bot.ui.cards import Card
from bot.ui.embeds import embeds
from bot.ui.receipts import outcome_cards


async def show_outcomes(
    interaction: discord.Interaction, outcomes: Sequence[Outcome], notes: Sequence[Card] = ()
) -> None:
    """Answer an interaction with what became of what was given."""
    await interaction.edit_original_response(embeds=embeds([*outcome_cards(outcomes), *notes]))
