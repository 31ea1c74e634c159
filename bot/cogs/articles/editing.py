"""The form in which an article's title, outlet and date are put right."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

import discord

from bot.cogs.managers import ManagersForm, typed
from bot.errors import Refused
from bot.given import one_line
from retrieval.article import Version

_LONGEST = 1_000
"""The most characters of a field; what is longer is kept unless it is written anew."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Edited: TypeAlias = Callable[[discord.Interaction[Any], Version], Awaitable[None]]


class EditForm(ManagersForm):
    """Has what is known of a version filled in, and gives the version as it was put right to `edited`."""

    def __init__(self, version: Version, edited: Edited) -> None:
        super().__init__(title=f"Edit article {version.article_id}")
        self._version = version
        self._edited = edited
        article = version.article
        self._title = _field("Title", "Left empty, it stays as it is", article.title)
        self._outlet = _field("Outlet", "Left empty, none is shown", article.source)
        self._day = _field("Date", "As YYYY-MM-DD; left empty, none is shown", (article.published or "")[:10])
        for field in (self._title, self._outlet, self._day):
            self.add_item(field)

    async def sent(self, interaction: discord.Interaction[Any]) -> None:
        article = self._version.article
        edited = replace(
            article,
            title=_written(self._title, article.title) or article.title,
            source=_written(self._outlet, article.source),
            published=self._published(),
        )
        await self._edited(interaction, replace(self._version, article=edited))

    def _published(self) -> str | None:
        """The date that was typed; one that was left as it stood keeps its time. Raise `Refused` for what is none."""
        known = self._version.article.published or ""
        day = typed(self._day).strip()
        if day == known[:10]:
            return known or None
        try:
            if _DAY.fullmatch(day):
                return date.fromisoformat(day).isoformat()
        except ValueError:
            pass
        if not day:
            return None
        raise Refused(f"{day} is no date, so nothing was changed. Write it as YYYY-MM-DD, for example 2024-03-06.")


def _field(name: str, hint: str, known: str | None) -> discord.ui.Label[Any]:
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        required=False, max_length=_LONGEST, default=(known or "")[:_LONGEST]
    )
    return discord.ui.Label(text=name, description=hint, component=field)


def _written(field: discord.ui.Label[Any], known: str | None) -> str | None:
    """What was written into a field; where that was left as it stood, what is known."""
    words = typed(field)
    return known if words == (known or "")[:_LONGEST] else one_line(words) or None
