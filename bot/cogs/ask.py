"""Asking: by mention, by reply to the bot, in a direct message and with /ask."""

import re
from typing import Any

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.cogs.scope import shelf_of
from bot.newsroom import Newsroom
from bot.ui.cards import Card, answer_card, notice
from bot.ui.embeds import embed, links
from bot.ui.errors import sentence
from retrieval.article import SHARED, Guild
from retrieval.question import LONGEST

_log = structlog.get_logger(__name__)
_HOW_TO_ASK = "Ask me something about the stories in the archive, such as: who rejected joint patrols, and why?"
_NEEDS_EMBEDS = "I need the permission Embed Links in this channel to show an answer."
_MAY_NOT_REPLY = 160002
"""Discord's code for a reply without the permission to read the channel's history; an ordinary message it takes."""


class Ask(commands.Cog):
    """Answers questions in the words of the archive."""

    def __init__(self, bot: commands.AutoShardedBot, newsroom: Newsroom) -> None:
        self._bot = bot
        self._newsroom = newsroom

    @app_commands.command(name="ask", description="Ask about the news; the answer is in the news's own words")
    @app_commands.describe(question="For example: who rejected joint patrols, and why?")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(self, interaction: discord.Interaction, question: app_commands.Range[str, 1, LONGEST]) -> None:
        await interaction.response.defer(thinking=True)
        card = await self._answered(shelf_of(interaction), interaction.user.id, question)
        await interaction.edit_original_response(embed=embed(card), view=links(card))

    @commands.Cog.listener("on_message")
    async def answer_message(self, message: discord.Message) -> None:
        """Answer a direct message, a mention, and a reply that pings the bot."""
        if message.author.bot or message.webhook_id is not None:
            return
        if message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return
        if message.guild is not None and not self._is_meant(message):
            return
        try:
            async with message.channel.typing():
                guild = message.guild.id if message.guild else SHARED
                card = await self._answered(guild, message.author.id, self._question_in(message))
            await _reply(message, embed=embed(card), view=links(card) or discord.utils.MISSING)
        except discord.Forbidden as refusal:
            await self._explain(message, refusal)
        except discord.HTTPException as failure:
            _log.warning("answer not sent", status=failure.status, code=failure.code)

    async def _answered(self, guild: Guild, asker: int, question: str) -> Card:
        if not question.strip():
            return notice(_HOW_TO_ASK)
        try:
            return answer_card(await self._newsroom.ask(guild, asker, question), "discord")
        except Exception as error:  # the funnel: whatever it is, the person gets an answer
            return notice(sentence(error), good=False)

    def _is_meant(self, message: discord.Message) -> bool:
        return self._bot.user is not None and any(user.id == self._bot.user.id for user in message.mentions)

    def _question_in(self, message: discord.Message) -> str:
        me = self._bot.user.id if self._bot.user else 0
        return re.sub(rf"<@!?{me}>", " ", message.content)

    async def _explain(self, message: discord.Message, refusal: discord.Forbidden) -> None:
        """Say what permission is missing, where at least plain words may be sent."""
        _log.info("answer refused", guild=message.guild.id if message.guild else None, code=refusal.code)
        try:
            await _reply(message, content=_NEEDS_EMBEDS)
        except discord.HTTPException:
            _log.info("no permission to answer", channel=message.channel.id)


async def _reply(message: discord.Message, **shown: Any) -> None:
    """Reply to a message, or write below it where the bot may not read the channel's history."""
    try:
        await message.reply(**shown, mention_author=False)
    except discord.HTTPException as refusal:
        if refusal.code != _MAY_NOT_REPLY:
            raise
        await message.channel.send(**shown)
