"""Lists that are longer than one page, and the buttons that turn it."""

from abc import ABC
from typing import Any, ClassVar, Self

import discord

from bot.cogs.managers import ManagersButton


class PageButton(ManagersButton, ABC, template="page"):
    """Turns to a page of a list; `of` is the list's name, which its ids begin with."""

    of: ClassVar[str]

    def __init__(self, page: int, label: str, *, disabled: bool = False) -> None:
        super().__init__(label, f"{self.of}:page:{page}", disabled=disabled)
        self.page = page

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: Any) -> Self:
        return cls(int(match["page"]), getattr(item, "label", "") or "")


def turning(button: type[PageButton], page: int, pages: int) -> discord.ui.View:
    """The buttons below a page, which counts from 0; none where it is the only one."""
    view = discord.ui.View(timeout=None)
    if pages > 1:
        last = pages - 1
        view.add_item(button(max(0, page - 1), "Previous", disabled=page == 0))
        view.add_item(button(min(last, page + 1), "Next", disabled=page == last))
    return view
