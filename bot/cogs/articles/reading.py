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

    What is larger than files may be in that place is left away.
    """
    texts = [version.article.text, "\n\n".join(f"[{each.why}]\n{each.text}" for each in dropped)]
    whole, left_out = (text.encode() for text in texts)
    room = interaction.filesize_limit
    name = f"article-{version.article_id}-version-{version.number}"
    files = []
    if len(whole) <= room:
        files.append(discord.File(BytesIO(whole), f"{name}.txt"))
    if 0 < len(left_out) <= room - len(whole):
        files.append(discord.File(BytesIO(left_out), f"{name}-left-out.txt"))
    card = text_card(version, whole=bool(files))
    await interaction.edit_original_response(embed=embed(card), view=links(card), attachments=files)
