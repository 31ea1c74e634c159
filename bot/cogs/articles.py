"""A server's articles: adding, listing and removing them, for members with Manage Server."""

from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.scope import article_choices, named_article
from bot.newsroom import Newsroom
from bot.settings import Settings
from bot.ui.cards import list_card, notice, receipt_card
from bot.ui.embeds import embed, links
from bot.ui.errors import answer_with_error
from retrieval.article import Guild
from retrieval.ingest.decoding import check_size

LONGEST_LINK = 2_000
"""The most characters of a link."""
PAGE = 10
"""Articles on one page of the list."""
FIELD = 4_000
"""The most characters that one field of a Discord form takes."""


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Articles(
    commands.GroupCog, group_name="article", group_description="The articles that this server's answers come from"
):
    """Each command is shown to, and works for, members with Manage Server."""

    def __init__(self, bot: commands.AutoShardedBot, newsroom: Newsroom, settings: Settings) -> None:
        self._bot = bot
        self._newsroom = newsroom
        self._settings = settings

    async def interaction_check(self, interaction: discord.Interaction) -> bool:
        """Discord only hides commands from other members; this is what keeps them out."""
        require_manager(interaction)
        return True

    @app_commands.command(name="add", description="Add an article: a link, a file, or text that you paste into a form")
    @app_commands.describe(
        link="The address of the article's page",
        file="A .txt, .md, .html or .pdf file; leave both out to paste the text",
    )
    async def add(
        self,
        interaction: discord.Interaction,
        link: app_commands.Range[str, 1, LONGEST_LINK] | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        if link is None and file is None:
            await interaction.response.send_modal(PasteForm(self._newsroom))
            return
        if file:
            check_size(file.size, self._settings.articles.largest)
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild, receipts = guild_of(interaction), []
        if link:
            receipts.append(await self._newsroom.add_link(guild, link))
        if file:
            receipts.append(await self._newsroom.add_file(guild, file.filename, await file.read()))
        cards = [receipt_card(receipt.added, receipt.reading) for receipt in receipts]
        await interaction.edit_original_response(embeds=[embed(card) for card in cards], view=links(cards[0]))

    @app_commands.command(name="list", description="See the articles that this server's answers come from")
    async def list_articles(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_page(interaction, self._newsroom, 0)

    @app_commands.command(name="remove", description="Remove an article for good")
    @app_commands.describe(article="Its title: choose one from the list")
    async def remove(self, interaction: discord.Interaction, article: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild = guild_of(interaction)
        removed = await self._newsroom.remove(guild, await named_article(self._newsroom, guild, article))
        said = notice(f"Removed: {removed.article.title}. No answer will quote it again.")
        await interaction.edit_original_response(embed=embed(said))

    @remove.autocomplete("article")
    async def _titles(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        if not interaction.permissions.manage_guild:
            return []
        return await article_choices(self._newsroom, guild_of(interaction), typed)


class PasteForm(discord.ui.Modal, title="Add an article"):
    """A form for a pasted article. Two fields hold its text, because Discord takes 4,000 characters in each."""

    headline: discord.ui.Label[Self] = discord.ui.Label(
        text="Headline",
        description="Left empty, it is taken from the text",
        component=discord.ui.TextInput(required=False, max_length=300),
    )
    outlet: discord.ui.Label[Self] = discord.ui.Label(
        text="Outlet",
        description="Left empty, it is taken from the text where it stands there",
        component=discord.ui.TextInput(required=False, max_length=100),
    )
    text: discord.ui.Label[Self] = discord.ui.Label(
        text="Text",
        description="Up to 4,000 characters here and 4,000 below; for more, use /article add with a file",
        component=discord.ui.TextInput(style=discord.TextStyle.paragraph, max_length=FIELD),
    )
    rest: discord.ui.Label[Self] = discord.ui.Label(
        text="Text, continued",
        description="The rest, where one field is not enough",
        component=discord.ui.TextInput(style=discord.TextStyle.paragraph, required=False, max_length=FIELD),
    )

    def __init__(self, newsroom: Newsroom) -> None:
        super().__init__()
        self._newsroom = newsroom

    async def on_submit(self, interaction: discord.Interaction) -> None:
        require_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        headline, outlet, text, rest = map(_typed, (self.headline, self.outlet, self.text, self.rest))
        receipt = await self._newsroom.add_text(guild_of(interaction), _joined(text, rest), headline, outlet)
        card = receipt_card(receipt.added, receipt.reading)
        await interaction.edit_original_response(embed=embed(card), view=links(card))

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:  # type: ignore[override]  # discord.py's own Modal narrows View's signature like this
        await answer_with_error(interaction, error)


class PageButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"articles:page:(?P<page>\d{1,6})"):
    """Turns to a page of the list. The page is part of the button's id, so that it works after a restart as well."""

    def __init__(self, page: int, label: str, *, disabled: bool = False) -> None:
        self.page = page
        button: discord.ui.Button[Any] = discord.ui.Button(
            label=label, custom_id=f"articles:page:{page}", disabled=disabled
        )
        super().__init__(button)

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: Any) -> Self:
        return cls(int(match["page"]), getattr(item, "label", "") or "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            require_manager(interaction)
            await interaction.response.defer()
            await show_page(interaction, interaction.client.newsroom, self.page)
        except Exception as error:  # the funnel: whatever it is, the person gets an answer
            await answer_with_error(interaction, error)


async def show_page(interaction: discord.Interaction, newsroom: Newsroom, number: int) -> None:
    """Put a page of the guild's articles where the interaction's answer stands."""
    page = await newsroom.page(guild_of(interaction), number, PAGE)
    view = discord.ui.View(timeout=None)
    if page.pages > 1:
        last = page.pages - 1
        view.add_item(PageButton(max(0, page.number - 1), "Previous", disabled=page.number == 0))
        view.add_item(PageButton(min(last, page.number + 1), "Next", disabled=page.number == last))
    card = list_card(page.versions, page.number, page.pages, page.articles, "discord")
    await interaction.edit_original_response(embed=embed(card), view=view)


def require_manager(interaction: discord.Interaction) -> None:
    """Raise where the member may not manage the server, or where there is no server."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])


def guild_of(interaction: discord.Interaction) -> Guild:
    """The server that somebody uses a command in; raises where there is none."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    return interaction.guild_id


def _typed(field: discord.ui.Label[Any]) -> str:
    component = field.component
    return component.value if isinstance(component, discord.ui.TextInput) else ""


def _joined(text: str, rest: str) -> str:
    """What was cut because the first field was full goes on where it was cut; anything else begins a line."""
    return text + rest if len(text) == FIELD else f"{text}\n{rest}"
