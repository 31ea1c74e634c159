"""A small bot of every kind of use, written with discord.py alone."""

import asyncio
from io import BytesIO
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

Interaction = discord.Interaction[Any]

ARTICLES = ("Harbour reopens", "Harvest fails", "Council votes")


class Clerk(commands.AutoShardedBot):
    """`errors` is what Discord refused its commands; `edited` and `deleted` are ids of messages."""

    def __init__(self, intents: discord.Intents | None = None, **options: Any) -> None:
        super().__init__("!", intents=intents or quiet_intents(), help_command=None, **options)
        self.errors: list[discord.HTTPException] = []
        self.joined: list[int] = []
        self.edited: list[int] = []
        self.deleted: list[int] = []
        self.heard: list[discord.Message] = []
        self._connection.guild_ready_timeout = 0.05
        self.tree.on_error = self.note_error  # type: ignore[method-assign]  # as its documentation says
        slash_commands: tuple[app_commands.Command[Any, ..., Any], ...] = (
            *(ask, echo, secret, upload, slow, twice),
            *(paste, report, choose, late, define),
        )
        for command in slash_commands:
            self.tree.add_command(command)
        for menu in (quote, greet):
            self.tree.add_command(menu)
        self.tree.add_command(Articles())

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Leave out discord.py's five seconds between shards."""

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def note_error(self, _: Interaction, error: app_commands.AppCommandError) -> None:
        cause = error.__cause__
        if not isinstance(cause, discord.HTTPException):
            raise error
        self.errors.append(cause)

    async def on_message(self, message: discord.Message) -> None:
        if message.author == self.user:
            return
        self.heard.append(message)
        if message.guild is None or self.user in message.mentions:
            async with message.channel.typing():
                await message.reply(f"heard: {message.content}", allowed_mentions=discord.AllowedMentions.none())

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.joined.append(guild.id)

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        self.edited.append(event.message_id)

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        self.deleted.append(event.message_id)


def quiet_intents() -> discord.Intents:
    intents = discord.Intents.default()
    intents.voice_states = False
    return intents


class Counter(discord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=30)
        self.add_item(discord.ui.Button(label="Source", url="https://news.example/1"))

    @discord.ui.button(label="More", custom_id="more")
    async def more(self, interaction: Interaction, button: discord.ui.Button["Counter"]) -> None:
        button.label = "Done"
        button.disabled = True
        await interaction.response.edit_message(content="more of it", view=self)

    @discord.ui.button(label="Aside")
    async def aside(self, interaction: Interaction, _: discord.ui.Button["Counter"]) -> None:
        await interaction.response.send_message("between us", ephemeral=True)
        await interaction.followup.send("and one more", ephemeral=True)

    @discord.ui.button(label="Note")
    async def note(self, interaction: Interaction, _: discord.ui.Button["Counter"]) -> None:
        await interaction.response.send_modal(Note())

    @discord.ui.select(placeholder="Outlet", options=[discord.SelectOption(label="The Bell", value="bell")])
    async def outlet(self, interaction: Interaction, select: discord.ui.Select["Counter"]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content=f"chose {select.values[0]}")


class Paste(discord.ui.Modal, title="Paste an article"):
    headline: discord.ui.TextInput["Paste"] = discord.ui.TextInput(label="Headline", max_length=20)
    body: discord.ui.TextInput["Paste"] = discord.ui.TextInput(
        label="Text", style=discord.TextStyle.paragraph, min_length=5, required=False
    )

    async def on_submit(self, interaction: Interaction, /) -> None:
        await interaction.response.send_message(f"{self.headline.value} / {self.body.value}", ephemeral=True)


class Note(discord.ui.Modal, title="Note"):
    words: discord.ui.TextInput["Note"] = discord.ui.TextInput(label="Words")

    async def on_submit(self, interaction: Interaction, /) -> None:
        await interaction.response.edit_message(content=self.words.value)


class Report(discord.ui.Modal, title="Report"):
    reason: discord.ui.Label["Report"] = discord.ui.Label(
        text="What is wrong?", component=discord.ui.TextInput(custom_id="reason")
    )
    kind: discord.ui.Label["Report"] = discord.ui.Label(
        text="Kind", component=discord.ui.Select(options=[discord.SelectOption(label="Typo", value="typo")])
    )
    proof: discord.ui.Label["Report"] = discord.ui.Label(
        text="Proof", component=discord.ui.FileUpload(required=False, min_values=0)
    )

    async def on_submit(self, interaction: Interaction, /) -> None:
        reason, kind, proof = self.reason.component, self.kind.component, self.proof.component
        assert isinstance(reason, discord.ui.TextInput)
        assert isinstance(kind, discord.ui.Select)
        assert isinstance(proof, discord.ui.FileUpload)
        files = [(await file.read()).decode() for file in proof.values]
        await interaction.response.send_message(f"{reason.value} {kind.values} {files}")


class Articles(app_commands.Group):
    def __init__(self) -> None:
        super().__init__(name="article", description="Articles")

    @app_commands.command(description="Show an article")
    async def show(self, interaction: Interaction, article: str, page: app_commands.Range[int, 1, 9] = 1) -> None:
        await interaction.response.send_message(embed=discord.Embed(title=article, description=f"page {page}"))

    @show.autocomplete("article")
    async def suggest(self, _: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        if typed == "too many":
            return [app_commands.Choice(name=str(number), value=str(number)) for number in range(26)]
        found = [name for name in ARTICLES if name.lower().startswith(typed.lower())]
        return [app_commands.Choice(name=name, value=name) for name in found]


@app_commands.command(description="Ask a question")
async def ask(interaction: Interaction, question: str, private: bool = False) -> None:
    await interaction.response.defer(ephemeral=private, thinking=True)
    await interaction.edit_original_response(content=f"answer to {question}")
    await interaction.followup.send("any more?")


@app_commands.command(description="Say it again")
async def echo(interaction: Interaction, text: str) -> None:
    await interaction.response.send_message(text * 2)


@app_commands.command(description="For managers")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def secret(interaction: Interaction) -> None:
    await interaction.response.send_message("hush" if interaction.permissions.manage_guild else "not for you")


@app_commands.command(description="Read a file")
async def upload(interaction: Interaction, file: discord.Attachment) -> None:
    text = (await file.read()).decode()
    await interaction.response.send_message(file=discord.File(BytesIO(text.upper().encode()), filename="loud.txt"))


@app_commands.command(description="Answer late")
async def slow(interaction: Interaction) -> None:
    await asyncio.sleep(0.2)
    await interaction.response.send_message("sorry")


@app_commands.command(description="Answer twice")
async def twice(interaction: Interaction) -> None:
    await interaction.response.send_message("one")
    interaction.response._response_type = None
    await interaction.response.send_message("two")


@app_commands.command(description="Paste an article")
async def paste(interaction: Interaction) -> None:
    await interaction.response.send_modal(Paste())


@app_commands.command(description="Report an answer")
async def report(interaction: Interaction) -> None:
    await interaction.response.send_modal(Report())


@app_commands.command(description="Show buttons")
async def choose(interaction: Interaction) -> None:
    await interaction.response.send_message("choose", view=Counter())


@app_commands.command(description="Defer, then follow up")
async def late(interaction: Interaction) -> None:
    await interaction.response.defer(ephemeral=True)
    await interaction.followup.send("in its place")
    await interaction.followup.send("beside it")
    await interaction.delete_original_response()


@app_commands.command(description="Of use everywhere")
@app_commands.allowed_installs(guilds=True, users=True)
async def define(interaction: Interaction, word: str) -> None:
    owners = "user" if interaction.is_user_integration() else "guild"
    await interaction.response.send_message(f"{word}: {owners} {interaction.guild_id}")


@app_commands.context_menu(name="Quote this")
async def quote(interaction: Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"> {message.content}")


@app_commands.context_menu(name="Greet")
async def greet(interaction: Interaction, user: discord.User) -> None:
    await interaction.response.send_message(f"hello {user.mention}")
