"""An article's text, for the one who wants to read it: its beginning, and all of it as a file."""

from collections.abc import Sequence
from io import BytesIO

import discord

from bot.ui.cards import text_card
from bot.ui.embeds import embed, links
from retrieval.article import Version
from retrieval.ingest.reading import Dropped


async def show_text(interaction: discord.Interaction, version: Version, dropped: Sequence[Dropped]) -> None:
    """Answer a deferred interaction with a version's text, and with what was left out where that is known.

    A text that is larger than a file may be in that place is shown by its beginning alone.
    """
    name = f"article-{version.article_id}-version-{version.number}"
    texts = {f"{name}.txt": version.article.text}
    if dropped:
        texts[f"{name}-left-out.txt"] = "\n\n".join(f"[{each.why}]\n{each.text}" for each in dropped)
    files = [discord.File(BytesIO(text.encode()), filename) for filename, text in texts.items()]
    if sum(len(text.encode()) for text in texts.values()) > interaction.filesize_limit:
        files = []
    card = text_card(version, whole=not files)
    await interaction.edit_original_response(embed=embed(card), view=links(card), attachments=files)
