"""What only members with Manage Server may do, checked wherever it is done: Discord itself only hides commands."""

from abc import ABC, abstractmethod
from typing import Any

import discord
from discord import app_commands

from bot.ui.errors import answer_with_error
from retrieval.article import Guild


def require_manager(interaction: discord.Interaction[Any]) -> None:
    """Raise where the member may not manage the server, or where there is no server."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])


def guild_of(interaction: discord.Interaction[Any]) -> Guild:
    """The server that somebody uses a command in; raises where there is none."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    return interaction.guild_id


class ManagersButton(discord.ui.DynamicItem[discord.ui.Button[Any]], ABC, template="managers"):
    """A button with its state in its id, so that it works after a restart as well.

    Each kind has a template of its own, `from_custom_id`, and `pressed`.
    """

    def __init__(self, label: str, custom_id: str, *, disabled: bool = False) -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            require_manager(interaction)
            await self.pressed(interaction)
        except Exception as error:  # the funnel: whatever it is, the person gets an answer
            await answer_with_error(interaction, error)

    @abstractmethod
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is for."""


class ManagersForm(discord.ui.Modal, ABC):
    """A form that only members with Manage Server can send; each kind has its fields and `sent`."""

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        require_manager(interaction)
        await self.sent(interaction)

    @abstractmethod
    async def sent(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the form is for."""

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:  # type: ignore[override]  # discord.py's own Modal narrows View's signature like this
        await answer_with_error(interaction, error)


def typed(field: discord.ui.Label[Any]) -> str:
    """What somebody typed into a form's field."""
    component = field.component
    return component.value if isinstance(component, discord.ui.TextInput) else ""
