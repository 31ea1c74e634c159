"""What the manager of a server does with /article, and what comes of it."""

import json
from collections.abc import Mapping
from pathlib import Path

from retrieval.library import Library
from tests.bot.conftest import Town
from tests.discord_server import Interaction


async def uses(town: Town, command: str, given: Mapping[str, object] | None = None) -> Interaction:
    """Grace, who manages the server, uses a command of /article and gets its answer."""
    asked = await town.grace.invokes(f"article {command}", given, channel=town.channel)
    return await asked.answered()


async def pastes(town: Town, **entries: str) -> Interaction:
    shown = await uses(town, "add")
    sent = await town.grace.submits(shown, {name.replace("__", ", "): text for name, text in entries.items()})
    return await sent.answered()


def text_of(archive: Path, guild: int, title: str) -> str:
    with Library.open(archive) as library:
        return library.shelf(guild).titled(title, 1)[0].article.text


def line(number: int) -> bytes:
    """The line of a file that has one article a line."""
    fields = {"id": str(number), "title": f"Notice {number}", "text": f"Notice {number} hangs on the church door."}
    return json.dumps(fields).encode() + b"\n"
