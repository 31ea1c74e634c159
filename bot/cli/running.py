"""run and check-config: the bot itself."""

import asyncio
import os

import click

from bot import logs
from bot.cli.options import settings_options
from bot.errors import Fatal
from bot.finder import model_folder
from bot.settings import Settings
from retrieval.finding.reader import Reader

_WHAT_IS_MISSING = (
    "DISCORD_TOKEN is not set. Copy the token from your application's Bot page in Discord's Developer Portal, "
    "and start again with: DISCORD_TOKEN=… quotidian run"
)


@click.command()
@settings_options
def run(settings: Settings) -> int:
    """Run the Discord bot. Its token comes from the environment variable DISCORD_TOKEN."""
    from bot.client import serve  # discord.py takes half a second to import; no other command needs it

    token = os.environ.get("DISCORD_TOKEN", "").strip()
    if not token:
        raise Fatal(_WHAT_IS_MISSING)
    logs.configure(settings.logging)
    asyncio.run(serve(settings, token))
    return 0


@click.command("check-config")
@settings_options
def check_config(settings: Settings) -> int:
    """Check the settings, and say what each of them is."""
    for section in type(settings).model_fields:
        values = getattr(settings, section)
        click.echo(f"[{section}]")
        for name, field in type(values).model_fields.items():
            click.echo(f"  {name} = {getattr(values, name)}    # {field.description}")
    if settings.reader.model != "none":
        Reader(model_folder(settings), settings.reader.threads)
        click.echo("The reader loads.")
    return 0
