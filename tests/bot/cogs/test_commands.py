"""What holds for every command that the bot registers."""

from collections.abc import Iterator

from bot.ui.markdown import plain
from tests.bot.conftest import Town
from tests.discord_server import Permission
from tests.discord_server.command_rules import check_commands
from tests.discord_server.refusals import Json


def walked(command: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """A command, its subcommands and their options, by full name."""
    name = f"{path} {command['name']}".strip()
    yield name, command
    for option in command.get("options") or []:
        yield from walked(option, name)


def is_slash_command(command: Json) -> bool:
    return int(command.get("type", 1)) == 1


async def test_every_command_and_option_is_within_the_rules_and_described_in_words(town: Town) -> None:
    commands = town.discord.commands()
    check_commands(commands)
    for command in filter(is_slash_command, commands):
        for name, each in walked(command):
            assert len(each["description"].split()) > 1, name
            assert each["description"] != "…", name


async def test_these_are_the_commands(town: Town) -> None:
    commands = town.discord.commands()
    menus = {command["name"] for command in commands if not is_slash_command(command)}
    slash = filter(is_slash_command, commands)
    names = {name for command in slash for name, each in walked(command) if each.get("type", 1) < 3}
    assert menus == {"Add to archive"}
    assert names == {
        *("ask", "summary", "help"),
        *("article", "article add", "article list", "article history", "article remove"),
        *("feed", "feed add", "feed list", "feed pause", "feed poll", "feed remove", "feed resume"),
    }


async def test_reading_commands_work_everywhere_and_adding_ones_in_servers_for_managers(town: Town) -> None:
    for command in town.discord.commands():
        if command["name"] in {"article", "feed", "Add to archive"}:
            assert command["contexts"] == [0]
            assert command["integration_types"] == [0]
            assert int(command["default_member_permissions"]) == Permission.MANAGE_GUILD
        else:
            assert command["contexts"] == [0, 1, 2]
            assert command["integration_types"] == [0, 1]
            assert command["default_member_permissions"] is None


async def test_help_says_how_to_ask_to_the_one_who_wants_to_know(town: Town) -> None:
    shown = await (await town.ada.invokes("help", channel=town.channel)).answered()
    assert shown.ephemeral
    for command in town.discord.commands():
        if command["name"] != "help":
            called = f"/{command['name']}" if is_slash_command(command) else f"“{command['name']}”"
            assert called in plain(shown.text)
    assert "but not who asked" in shown.text
    assert "No log holds a question" in shown.text


async def test_help_works_in_a_direct_message(town: Town) -> None:
    assert (await (await town.ada.invokes("help", channel=town.ada.dm)).answered()).embeds
