"""Asking: by mention, by reply to the bot, in a direct message and with /ask."""

import re
from dataclasses import dataclass
from typing import Any

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.cogs.latest import Latest
from bot.cogs.scope import shelf_of
from bot.newsroom import Newsroom
from bot.settings import AnswerSettings
from bot.ui.cards import Card, answer_card, notice
from bot.ui.embeds import embed, links
from bot.ui.errors import sentence
from retrieval.answers.answer import Answer
from retrieval.article import SHARED, Guild
from retrieval.asking.question import LONGEST

_log = structlog.get_logger(__name__)
_HOW_TO_ASK = "Ask me something about the stories in the archive, such as: who rejected joint patrols, and why?"
_NEEDS_EMBEDS = "I need the permission Embed Links in this channel to show an answer."
_MAY_NOT_REPLY = 160002
"""Discord's code for a reply without the permission to read the channel's history; an ordinary message it takes."""


class Ask(commands.Cog):
    """Answers questions in the words of the archive."""

    def __init__(self, bot: commands.AutoShardedBot, newsroom: Newsroom, settings: AnswerSettings) -> None:
        self._bot = bot
        self._newsroom = newsroom
        self._settings = settings
        self._latest = Latest()

    @app_commands.command(name="ask", description="Ask about the news; the answer is in the news's own words")
    @app_commands.describe(question="For example: who rejected joint patrols, and why?")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(self, interaction: discord.Interaction, question: app_commands.Range[str, 1, LONGEST]) -> None:
        await interaction.response.defer(thinking=True)
        asked = _Asked(shelf_of(interaction), interaction.user.id, question)
        answer, card = await self._answered(asked)
        shown = await interaction.edit_original_response(embed=embed(card), view=links(card))
        await self._remember(asked, answer, shown)

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
                asked = self._asked(message)
                answer, card = await self._answered(asked)
            if answer and answer.small_talk and self._settings.small_talk == "ignore":
                return
            shown = await _reply(message, embed=embed(card), view=links(card) or discord.utils.MISSING)
            await self._remember(asked, answer, shown)
        except discord.Forbidden as refusal:
            await self._explain(message, refusal)
        except discord.HTTPException as failure:
            _log.warning("answer not sent", status=failure.status, code=failure.code)

    async def _answered(self, asked: "_Asked") -> tuple[Answer | None, Card]:
        if not asked.question.strip():
            return None, notice(_HOW_TO_ASK)
        try:
            answer = await self._newsroom.ask(asked.guild, asked.asker, asked.question, asked.after)
        except Exception as error:  # the funnel: whatever it is, the person gets an answer
            return None, notice(sentence(error), good=False)
        return answer, answer_card(answer, "discord")

    async def _remember(self, asked: "_Asked", answer: Answer | None, shown: discord.Message) -> None:
        """Keep the answer for follow-ups; where that fails, the person has it all the same."""
        if answer is None:
            return
        if shown.guild is None:
            self._latest.note(shown.channel.id, shown.id)
        try:
            await self._newsroom.remember(asked.guild, answer, shown.id, asked.after)
        except Exception:
            _log.exception("answer not kept")

    def _asked(self, message: discord.Message) -> "_Asked":
        """What a message asks, after the message that it replies to, or the newest answer in a conversation of two."""
        guild = message.guild.id if message.guild else SHARED
        replied_to = message.reference.message_id if message.reference else None
        after = replied_to if message.guild or replied_to else self._latest.in_channel(message.channel.id)
        return _Asked(guild, message.author.id, self._question_in(message), after)

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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, who asked it, for which shelf, and the message that it follows."""

    guild: Guild
    asker: int
    question: str
    after: int | None = None


async def _reply(message: discord.Message, **shown: Any) -> discord.Message:
    """Reply to a message, or write below it where the bot may not read the channel's history."""
    try:
        return await message.reply(**shown, mention_author=False)
    except discord.HTTPException as refusal:
        if refusal.code != _MAY_NOT_REPLY:
            raise
        return await message.channel.send(**shown)
