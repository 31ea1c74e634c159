"""The command `quotidian`: the archive and the bot, from a terminal."""

from bot.cli.main import main

__all__ = ["main"]
