"""Batches: files and links that are added together, each for itself, so that a broken one keeps no other out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import discord

from bot.cogs.articles.progress import telling
from bot.cogs.articles.receipts import show_outcomes
from bot.cogs.managers import guild_of
from bot.errors import Refused
from bot.newsroom import Newsroom
from bot.outcome import Failure, Import, Outcome
from bot.settings import ArticleSettings
from bot.ui.cards import notice
from bot.ui.errors import sentence
from retrieval.article import Guild
from retrieval.ingest.decoding import check_size
from retrieval.ingest.lines import check_lines_size, is_lines

MOST_BAD_LINES = 1_000
"""After so many, the rest of a file is left: it is no file of articles."""

Source: TypeAlias = str | discord.Attachment
"""A link, or a file that is attached to a message or command."""

Tell: TypeAlias = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Batches:
    """Where a guild's batches are added, and how much of them."""

    newsroom: Newsroom
    settings: ArticleSettings

    async def add(self, interaction: discord.Interaction, sources: Sequence[Source]) -> None:
        """Add what an interaction gives, and answer it with what became of each; meanwhile say how far it is."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        most = self.settings.most_files
        async with telling(interaction) as tell:
            outcomes = await self._added(guild_of(interaction), sources[:most], tell)
        notes = []
        if len(sources) > most:
            notes = [notice(f"There are {len(sources)} files and links; only the first {most} were read.")]
        await show_outcomes(interaction, outcomes, notes)

    async def _added(self, guild: Guild, sources: Sequence[Source], tell: Tell) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for number, source in enumerate(sources, start=1):
            name = _name(source)
            told = f"Adding {number} of {len(sources)}: {name}" if len(sources) > 1 else f"Adding {name}"
            tell(f"{told} …")
            try:
                outcomes.append(await self._outcome(guild, source, told, tell))
            except Exception as error:  # the funnel: whatever it is, it is said, and the rest goes in
                outcomes.append(Failure(name, sentence(error)))
        return outcomes

    async def _outcome(self, guild: Guild, source: Source, told: str, tell: Tell) -> Outcome:
        if isinstance(source, str):
            return await self.newsroom.add_link(guild, source)
        if is_lines(source.filename):
            return await self._imported(guild, source, told, tell)
        check_size(source.size, self.settings.largest)
        return await self.newsroom.add_file(guild, source.filename, await _content(source))

    async def _imported(self, guild: Guild, file: discord.Attachment, told: str, tell: Tell) -> Import:
        check_lines_size(file.filename, file.size, self.settings.largest_import)
        done = Import(file.filename)
        async for result, lines in self.newsroom.add_lines(guild, file.filename, await _content(file)):
            tell(f"{told}, line {result.lines:,} of {lines:,} …")
            done = Import(file.filename, result, complete=result.left_out < MOST_BAD_LINES)
            if not done.complete:
                break
        return done


def _name(source: Source) -> str:
    return source if isinstance(source, str) else source.filename


async def _content(file: discord.Attachment) -> bytes:
    try:
        return await file.read()
    except discord.HTTPException as failure:
        raise Refused("Discord did not hand the file over; attach it again.") from failure
