"""Help: what the bot does and how to ask it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.ui.cards import Card, Section
from bot.ui.embeds import embed

GUIDE = Card(
    (
        Section(
            "Ask",
            "Mention me with a question, write to me directly, or use /ask. Reply to an answer to follow up on it: "
            "“and why?”, “when was that?” "
            "I answer in the exact words of the articles I hold, with the outlet, the date and a link. "
            "Where they do not say, I tell you so.",
        ),
        Section("Read", "/summary gives an article in a few of its own sentences."),
        Section(
            "Articles",
            "Members with Manage Server add articles with /article add (a link, up to five files, or pasted text), or "
            "with “Add to archive” in a message's menu (Apps), which takes its files and links. Files may be .txt, "
            ".md, .html, .pdf, or .jsonl with one article a line. The receipt has buttons to undo, to edit and to see "
            "the text. /article list, history and remove do the rest. Other servers never see any of it.",
        ),
        Section(
            "Feeds",
            "They can also add feeds of outlets with /feed: I read them regularly and add the articles, and tell the "
            "channel where a feed was added when it fails.",
        ),
        Section(
            "Privacy",
            "An answer is kept with its question, so that you can follow up on it, but not who asked, and it goes with "
            "the articles it quotes. No log holds a question. I write no word of an answer myself.",
        ),
    ),
    title="Quotidian answers in the news's own words",
)


class Guide(commands.Cog):
    """Explains the bot."""

    @app_commands.command(name="help", description="What I do, and how to ask me")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(embed=embed(GUIDE), ephemeral=True)
