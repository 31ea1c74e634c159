"""Who may use /article."""

import pytest

from tests.bot.conftest import Town
from tests.bot.stories import BRACKWATER, PASTED, stock, titles
from tests.discord_server import Impossible


async def test_discord_shows_article_to_managers_alone_and_in_servers_alone(town: Town) -> None:
    with pytest.raises(Impossible, match="does not show"):
        await town.ada.invokes("article list", channel=town.channel)
    with pytest.raises(Impossible, match="not offered in DMs"):
        await town.grace.invokes("article list", channel=town.grace.dm)


@pytest.mark.parametrize(
    ("command", "given"),
    [("add", {"file": ("a.txt", PASTED.encode())}), ("add", {}), ("list", {}), ("remove", {"article": "1"})],
)
async def test_a_member_who_forces_a_command_is_refused_by_the_bot_itself(
    town: Town, command: str, given: dict[str, object]
) -> None:
    stock(town.archive, town.guild.id, BRACKWATER)
    before = titles(town.archive, town.guild.id)
    forced = await town.ada.invokes(f"article {command}", given, channel=town.channel, forced=True)
    assert "Only members with the permission Manage Server can do this." in (await forced.answered()).text
    assert forced.ephemeral
    assert titles(town.archive, town.guild.id) == before


async def test_a_member_who_forces_it_gets_no_titles_to_remove(town: Town) -> None:
    assert await town.ada.types("article remove", focused="article", channel=town.channel, forced=True) == []
