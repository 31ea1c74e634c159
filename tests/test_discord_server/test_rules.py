"""The limits that Discord enforces on what a bot sends and registers."""

from typing import Any

import discord
import pytest
from discord import ui

from tests.discord_server import readable
from tests.discord_server.command_rules import check_commands
from tests.discord_server.message_rules import Draft
from tests.discord_server.messages import MessageFlag
from tests.discord_server.modal_rules import check_choices, check_modal
from tests.discord_server.options import OptionType
from tests.discord_server.refusals import Json, Reason, Refused
from tests.test_discord_server.conftest import Newsroom


def draft(**parts: Any) -> Draft:
    whole: dict[str, Any] = {"content": "", "embeds": [], "components": [], "flags": MessageFlag.NONE, "filenames": []}
    return Draft(**(whole | parts))


def row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


def button(**parts: Any) -> Json:
    return {"type": 2, "style": 1, "label": "More", "custom_id": "more"} | parts


def select(*options: Json, **parts: Any) -> Json:
    return {"type": 3, "custom_id": "s", "options": list(options)} | parts


def option(number: int) -> Json:
    return {"label": str(number), "value": str(number)}


def embeds(count: int, **parts: Any) -> Draft:
    return draft(embeds=[parts] * count)


def rows(*parts: Json) -> Draft:
    return draft(components=[row(*parts)])


def v2(*components: Json, **parts: Any) -> Draft:
    return draft(components=list(components), flags=MessageFlag.COMPONENTS_V2, **parts)


def text(content: str) -> Json:
    return {"type": 10, "content": content}


FIELD = {"name": "n", "value": "v"}

AT_THE_LIMIT: dict[str, Draft] = {
    "content": draft(content="x" * 2_000),
    "embed title": embeds(1, title="x" * 256),
    "embed description": embeds(1, description="x" * 4_096),
    "embed fields": embeds(1, fields=[FIELD] * 25),
    "embed field name": embeds(1, fields=[FIELD | {"name": "x" * 256}]),
    "embed field value": embeds(1, fields=[FIELD | {"value": "x" * 1_024}]),
    "embed footer": embeds(1, footer={"text": "x" * 2_048}),
    "embed author": embeds(1, author={"name": "x" * 256}),
    "embeds together": embeds(2, description="x" * 3_000),
    "embeds": embeds(10, title="x"),
    "files": draft(filenames=["a"] * 10),
    "rows": draft(components=[row(button(custom_id=str(number))) for number in range(5)]),
    "buttons": rows(*(button(custom_id=str(number)) for number in range(5))),
    "custom id": rows(button(custom_id="x" * 100)),
    "button label": rows(button(label="x" * 80)),
    "select options": rows(select(*map(option, range(25)))),
    "option label": rows(select({"label": "x" * 100, "value": "v"})),
    "option value": rows(select({"label": "l", "value": "x" * 100})),
    "option description": rows(select({"label": "l", "value": "v", "description": "x" * 100})),
    "v2 components": v2(*[text("x")] * 40),
    "v2 text": v2(text("x" * 2_000), {"type": 17, "components": [text("x" * 2_000)]}),
}

OVER_THE_LIMIT: dict[str, Draft] = {
    "content": draft(content="x" * 2_001),
    "embed title": embeds(1, title="x" * 257),
    "embed description": embeds(1, description="x" * 4_097),
    "embed fields": embeds(1, fields=[FIELD] * 26),
    "embed field name": embeds(1, fields=[FIELD | {"name": "x" * 257}]),
    "embed field value": embeds(1, fields=[FIELD | {"value": "x" * 1_025}]),
    "empty field value": embeds(1, fields=[FIELD | {"value": " "}]),
    "embed footer": embeds(1, footer={"text": "x" * 2_049}),
    "embed author": embeds(1, author={"name": "x" * 257}),
    "embeds together": embeds(2, description="x" * 3_000, title="x"),
    "embeds": embeds(11, title="x"),
    "embed link": embeds(1, title="x", url="news.example"),
    "files": draft(filenames=["a"] * 11),
    "rows": draft(components=[row(button(custom_id=str(number))) for number in range(6)]),
    "buttons": rows(*(button(custom_id=str(number)) for number in range(6))),
    "custom id": rows(button(custom_id="x" * 101)),
    "custom id twice": rows(button(), button()),
    "custom id missing": rows(button(custom_id=None)),
    "button label": rows(button(label="x" * 81)),
    "label missing": rows(button(label=None)),
    "link with custom id": rows(button(style=5, url="https://news.example")),
    "link without url": rows(button(style=5, custom_id=None)),
    "select options": rows(select(*map(option, range(26)))),
    "no options": rows(select()),
    "same option twice": rows(select(option(1), option(1))),
    "more chosen than there are": rows(select(option(1), max_values=2)),
    "select beside button": rows(select(option(1)), button()),
    "option label": rows(select({"label": "x" * 101, "value": "v"})),
    "option value": rows(select({"label": "l", "value": "x" * 101})),
    "option description": rows(select({"label": "l", "value": "v", "description": "x" * 101})),
    "v2 without its flag": draft(components=[text("x")]),
    "v2 components": v2(*[text("x")] * 41),
    "v2 text": v2(text("x" * 2_000), {"type": 17, "components": [text("x" * 2_001)]}),
    "v2 with content": v2(text("x"), content="x"),
    "v2 with embed": v2(text("x"), embeds=[{"title": "x"}]),
    "v2 with an unknown file": v2({"type": 13, "file": {"url": "attachment://a.txt"}}),
    "section without accessory": v2({"type": 9, "components": [text("x")]}),
}


@pytest.mark.parametrize("what", AT_THE_LIMIT)
def test_a_message_can_be_as_large_as_its_limits(what: str) -> None:
    AT_THE_LIMIT[what].check()


@pytest.mark.parametrize("what", OVER_THE_LIMIT)
def test_a_message_over_a_limit_is_refused(what: str) -> None:
    with pytest.raises(Refused) as refused:
        OVER_THE_LIMIT[what].check()
    assert (refused.value.status, refused.value.code) == (400, 50035)
    assert refused.value.errors


@pytest.mark.parametrize("empty", [draft(), draft(content=" \n"), embeds(1, color=0), draft(content=None)])
def test_an_empty_message_is_refused(empty: Draft) -> None:
    with pytest.raises(Refused) as refused:
        empty.check()
    assert refused.value.code == Reason.EMPTY_MESSAGE.value[1]


def text_input(**parts: Any) -> Json:
    return row({"type": 4, "custom_id": "t", "style": 1, "label": "Text"} | parts)


def labelled(**parts: Any) -> Json:
    return {"type": 18, "label": "Text", "component": {"type": 4, "custom_id": "t", "style": 1} | parts}


def modal(*components: Json, **parts: Any) -> Json:
    return {"title": "Paste", "custom_id": "paste", "components": list(components)} | parts


@pytest.mark.parametrize(
    "shown",
    [
        modal(text_input(), title="x" * 46),
        modal(text_input(), custom_id="x" * 101),
        modal(),
        modal(*(text_input(custom_id=str(number)) for number in range(6))),
        modal(text_input(), text_input()),
        modal(text_input(label="x" * 46)),
        modal(text_input(max_length=4_001)),
        modal(text_input(min_length=5, max_length=4)),
        modal(text_input(placeholder="x" * 101)),
        modal(text_input(value="x" * 11, max_length=10)),
        modal(labelled(label="twice")),
        modal(labelled() | {"label": "x" * 46}),
        modal(labelled() | {"description": "x" * 101}),
        modal(row(button())),
        modal(button()),
    ],
)
def test_a_modal_over_a_limit_is_refused(shown: Json) -> None:
    with pytest.raises(Refused):
        check_modal(shown)


def test_a_modal_can_be_as_large_as_its_limits() -> None:
    rows = [text_input(custom_id=str(number), label="x" * 45, max_length=4_000) for number in range(4)]
    check_modal(modal(*rows, labelled(), title="x" * 45))


def command(*options: Json, **parts: Any) -> Json:
    return {"name": "ask", "description": "Ask", "options": list(options)} | parts


def parameter(**parts: Any) -> Json:
    return {"type": 3, "name": "question", "description": "What?"} | parts


@pytest.mark.parametrize(
    "registered",
    [
        [command(name="Ask")],
        [command(name="two words")],
        [command(name="x" * 33)],
        [command(description="")],
        [command(description="x" * 101)],
        [command(), command()],
        [command(name=f"c{number}") for number in range(101)],
        [{"type": 3, "name": f"Menu {number}"} for number in range(16)],
        [{"type": 3, "name": "Menu", "description": "not allowed"}],
        [command(*(parameter(name=f"o{number}") for number in range(26)))],
        [command(parameter(), parameter())],
        [command(parameter(), parameter(name="late", required=True))],
        [command(parameter(description="x" * 101))],
        [command(parameter(choices=[{"name": str(number), "value": str(number)} for number in range(26)]))],
        [command(parameter(choices=[{"name": "x" * 101, "value": "v"}]))],
        [command(parameter(choices=[{"name": "x", "value": 1}]))],
        [command(parameter(choices=[{"name": "x", "value": "v"}], autocomplete=True))],
        [command(parameter(type=5, autocomplete=True))],
        [command(parameter(min_length=3, max_length=2))],
        [command(parameter(), {"type": 1, "name": "sub", "description": "x"})],
        [command({"type": 2, "name": "group", "description": "x", "options": [parameter()]})],
        [command(*(parameter(name=f"o{n}", choices=[{"name": "x" * 99, "value": "y" * 99}] * 2) for n in range(25)))],
    ],
)
def test_a_command_against_the_rules_is_refused(registered: list[Json]) -> None:
    with pytest.raises(Refused):
        check_commands(registered)


@pytest.mark.parametrize(
    "choices",
    [
        [{"name": str(number), "value": str(number)} for number in range(26)],
        [{"name": "x" * 101, "value": "v"}],
        [{"name": "", "value": "v"}],
        [{"name": "n", "value": "x" * 101}],
        [{"name": "n", "value": 3}],
    ],
)
def test_choices_against_the_rules_are_refused(choices: list[Json]) -> None:
    with pytest.raises(Refused):
        check_choices(choices, OptionType.STRING)


async def test_a_refusal_reaches_the_bot_as_discord_words_it(newsroom: Newsroom) -> None:
    embeds = [discord.Embed(description="x" * 3_001)] * 2
    with pytest.raises(discord.HTTPException, match="In embeds: Embed size exceeds maximum size of 6000") as refused:
        await newsroom.place.send("x" * 2_001, embeds=embeds)
    assert (refused.value.status, refused.value.code) == (400, 50035)
    assert "In content: Must be 2000 or fewer in length." in refused.value.text
    assert newsroom.server.take_refusals(50035)


async def test_an_answer_over_a_limit_leaves_the_interaction_unanswered(newsroom: Newsroom) -> None:
    asked = await newsroom.ada.invokes("echo", {"text": "x" * 1_500}, channel=newsroom.channel)
    await newsroom.server.until(lambda: newsroom.clerk.errors or None, "be refused")
    assert asked.response_type is None
    assert newsroom.server.take_refusals(50035)


class Card(ui.LayoutView):
    def __init__(self, words: str) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.Container(ui.TextDisplay(words)))


async def test_a_message_of_components_v2_is_read_and_stays_one(newsroom: Newsroom) -> None:
    sent = await newsroom.place.send(view=Card(f"quoted {newsroom.ada.mention}"))
    shown = await newsroom.channel.next_message_from_bot()
    assert shown.text == f"quoted {newsroom.ada.mention}"
    assert shown.pings.users == {newsroom.ada.id}
    with pytest.raises(discord.HTTPException, match="cannot be used"):
        await sent.edit(content="plain again", view=None)
    assert newsroom.server.take_refusals(50035)


async def test_commands_against_the_rules_are_not_registered(newsroom: Newsroom) -> None:
    before = newsroom.server.commands()
    application = newsroom.server.application_id
    with pytest.raises(discord.HTTPException):
        await newsroom.clerk.http.bulk_upsert_global_commands(application, [{"name": "Bad", "description": "x"}])
    assert newsroom.server.commands() == before
    assert newsroom.server.take_refusals(50035)


def test_everything_that_a_person_reads_is_in_a_messages_text() -> None:
    shown = {
        "content": "a",
        "embeds": [{"title": "b", "fields": [{"name": "c", "value": "d"}], "footer": {"text": "e"}}],
        "components": [row(button(label="f")), {"type": 17, "components": [text("g")]}],
    }
    assert readable(shown) == "a\nb\nc\nd\ne\nf\ng"
