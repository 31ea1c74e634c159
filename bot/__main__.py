"""`python -m bot` is the command `quotidian`."""

from bot.cli import main

main()
