"""A server's feeds: adding, listing, pausing, removing and reading them, for members with Manage Server."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.cogs.managers import guild_of, require_manager
from bot.cogs.paging import PageButton, turning
from bot.cogs.scope import CHOICE_NAME, CHOICES, LONGEST_LINK
from bot.errors import Refused
from bot.feeds.poll import Poll
from bot.feeds.subscriptions import Subscriptions
from bot.ui.cards import Card, notice
from bot.ui.embeds import embed
from bot.ui.errors import sentence
from bot.ui.feeds import feeds_card, poll_card, subscribed_card
from bot.ui.markdown import shortened
from retrieval.article import Guild
from retrieval.feed.schedule import LONGEST, SHORTEST
from retrieval.feed.subscription import Subscription
from retrieval.text.folding import fold

PAGE = 6
"""Feeds on one page of the list."""

_FEWEST_MINUTES, _MOST_MINUTES = (int(interval.total_seconds()) // 60 for interval in (SHORTEST, LONGEST))
_LONGEST_ID = 19
"""Digits of the greatest id that an archive can give."""

_log = structlog.get_logger(__name__)


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Feeds(commands.GroupCog, group_name="feed", group_description="The feeds that add articles to this server"):
    """Each command is shown to, and works for, members with Manage Server."""

    def __init__(self, feeds: Subscriptions) -> None:
        self._feeds = feeds
        self._reading: set[asyncio.Task[None]] = set()

    async def cog_unload(self) -> None:
        """Leave off reading; what was not fetched comes when the feeds are read the next time."""
        for reading in self._reading:
            reading.cancel()
        await asyncio.gather(*self._reading, return_exceptions=True)

    async def interaction_check(self, interaction: discord.Interaction) -> bool:
        """Discord only hides commands from other members; this is what keeps them out."""
        require_manager(interaction)
        return True

    @app_commands.command(name="add", description="Add an outlet's feed; its articles are added as they appear")
    @app_commands.describe(
        link="The address of an RSS, Atom or JSON feed, or of a page that has one",
        every="How many minutes to wait between two looks",
    )
    async def add(
        self,
        interaction: discord.Interaction,
        link: app_commands.Range[str, 1, LONGEST_LINK],
        every: app_commands.Range[int, _FEWEST_MINUTES, _MOST_MINUTES] | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        subscribed = await self._feeds.subscribe(guild_of(interaction), link, every, channel=interaction.channel_id)
        await _show(interaction, subscribed_card(subscribed))
        if subscribed.new:
            self._go_on(interaction, lambda: self._feeds.fill(subscribed.feed))

    @app_commands.command(name="list", description="See this server's feeds, and how each of them is")
    async def list_feeds(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_page(interaction, self._feeds, 0)

    @app_commands.command(name="pause", description="Read a feed no more, until you resume it")
    @app_commands.describe(feed="Its title: choose one from the list")
    async def pause(self, interaction: discord.Interaction, feed: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        paused = await self._feeds.pause(guild_of(interaction), await self._named(interaction, feed))
        await _show(interaction, notice(f"Paused: {paused.title}. It is read again after /feed resume."))

    @app_commands.command(name="resume", description="Read a feed again that was paused, or that was gone")
    @app_commands.describe(feed="Its title: choose one from the list")
    async def resume(self, interaction: discord.Interaction, feed: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        resumed = await self._feeds.resume(guild_of(interaction), await self._named(interaction, feed))
        await _show(interaction, notice(f"Resumed: {resumed.title}. It is read in a moment."))

    @app_commands.command(name="remove", description="Forget a feed; the articles that it brought stay")
    @app_commands.describe(feed="Its title: choose one from the list")
    async def remove(self, interaction: discord.Interaction, feed: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        removed = await self._feeds.remove(guild_of(interaction), await self._named(interaction, feed))
        await _show(interaction, notice(f"Removed: {removed.title}. The articles that it brought stay."))

    @app_commands.command(name="poll", description="Read a feed now")
    @app_commands.describe(feed="Its title: choose one from the list")
    async def poll(self, interaction: discord.Interaction, feed: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild, feed_id = guild_of(interaction), await self._named(interaction, feed)
        self._go_on(interaction, lambda: self._feeds.poll(guild, feed_id))

    @pause.autocomplete("feed")
    @resume.autocomplete("feed")
    @remove.autocomplete("feed")
    @poll.autocomplete("feed")
    async def _titles(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        if not interaction.permissions.manage_guild:
            return []
        try:
            feeds = _titled(await self._feeds.of(guild_of(interaction)), typed)
        except Exception:  # discord.py would leave the interaction without an answer
            _log.exception("no feeds to choose from")
            return []
        return [
            app_commands.Choice(name=shortened(each.title, CHOICE_NAME), value=str(each.id)) for each in feeds[:CHOICES]
        ]

    async def _named(self, interaction: discord.Interaction, words: str) -> int:
        """Return the id of the feed that a person chose from the list, or named by its id or title."""
        return await named_feed(self._feeds, guild_of(interaction), words.strip())

    def _go_on(self, interaction: discord.Interaction, read: Callable[[], Awaitable[Poll]]) -> None:
        """Read a feed for as long as it takes, and then say what came of it."""
        task = asyncio.create_task(_report(interaction, read))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)


class FeedsPageButton(PageButton, template=r"feeds:page:(?P<page>\d{1,6})"):
    of = "feeds"

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer()
        await show_page(interaction, interaction.client.newsroom.feeds, self.page)


async def show_page(interaction: discord.Interaction, feeds: Subscriptions, number: int) -> None:
    """Put a page of the guild's feeds where the interaction's answer stands."""
    found = await feeds.of(guild_of(interaction))
    pages = max(1, -(-len(found) // PAGE))
    shown = min(number, pages - 1)
    card = feeds_card(found[shown * PAGE : (shown + 1) * PAGE], shown, pages, len(found), "discord")
    view = turning(FeedsPageButton, shown, pages)
    await interaction.edit_original_response(embed=embed(card), view=view)


async def named_feed(feeds: Subscriptions, guild: Guild, words: str) -> int:
    """Return the id of a feed that was named by its id or words of its title.

    Raises `Refused` where no title has the words, or where several have them and none is these words alone.
    """
    if words.isdecimal() and len(words) <= _LONGEST_ID:
        return int(words)
    found = _titled(await feeds.of(guild), words)
    chosen = [each for each in found if fold(each.title) == fold(words)] or found
    if len(chosen) != 1:
        amount = "Several feeds here have" if chosen else "No feed here has"
        raise Refused(f"{amount} such a title. Choose one from the list that appears while you type.")
    return chosen[0].id


def _titled(feeds: list[Subscription], words: str) -> list[Subscription]:
    return [feed for feed in feeds if fold(words.strip()) in fold(feed.title)]


async def _show(interaction: discord.Interaction, card: Card) -> None:
    await interaction.edit_original_response(embed=embed(card))


async def _report(interaction: discord.Interaction, read: Callable[[], Awaitable[Poll]]) -> None:
    try:
        card = poll_card(await read())
    except Exception as error:  # the funnel: whatever it is, the person gets an answer
        card = notice(sentence(error), good=False)
    try:
        if not interaction.is_expired():
            await _show(interaction, card)
    except discord.HTTPException as failure:
        _log.info("what came of a feed not shown", status=failure.status, code=failure.code)
