"""Commands, completion, modals, components and menus."""

import asyncio

import pytest

from tests.discord_server import DiscordServer, Impossible, Permission, ResponseType
from tests.test_discord_server.conftest import Newsroom, newsroom_of


async def test_a_deferred_command_is_answered_by_editing_and_followed_up(newsroom: Newsroom) -> None:
    asked = await newsroom.ada.invokes("ask", {"question": "why?"}, channel=newsroom.channel)
    await asked.acknowledged()
    assert asked.deferred
    await asked.answered()
    assert (asked.response_type, asked.content, asked.ephemeral) == (
        ResponseType.DEFERRED_MESSAGE,
        "answer to why?",
        False,
    )
    assert (await asked.followed_up()).content == "any more?"
    assert newsroom.channel.messages_from_bot == []


async def test_a_deferral_fixes_that_the_answer_is_ephemeral(newsroom: Newsroom) -> None:
    given = {"question": "why?", "private": True}
    asked = await (await newsroom.ada.invokes("ask", given, channel=newsroom.channel)).answered()
    assert asked.ephemeral
    assert asked.message.id not in newsroom.channel.messages
    assert not (await asked.followed_up()).ephemeral


async def test_commands_work_in_dms_unless_they_are_for_guilds(newsroom: Newsroom) -> None:
    asked = await newsroom.ada.invokes("echo", {"text": "ha"}, channel=newsroom.ada.dm)
    assert (await asked.answered()).content == "haha"
    with pytest.raises(Impossible, match="not offered in DMs"):
        await newsroom.ada.invokes("secret", channel=newsroom.ada.dm)


async def test_default_permissions_only_hide_a_command(newsroom: Newsroom) -> None:
    with pytest.raises(Impossible, match="does not show"):
        await newsroom.ada.invokes("secret", channel=newsroom.channel)
    forced = await newsroom.ada.invokes("secret", channel=newsroom.channel, forced=True)
    assert (await forced.answered()).content == "not for you"
    grace = newsroom.server.add_user("grace")
    newsroom.guild.add_member(grace, Permission.MANAGE_GUILD)
    assert (await (await grace.invokes("secret", channel=newsroom.channel)).answered()).content == "hush"


@pytest.mark.parametrize(
    ("command", "given", "reason"),
    [
        ("nothing", {}, "registered no command"),
        ("ask", {}, "is required"),
        ("ask", {"question": 3}, "takes a value of type STRING"),
        ("ask", {"question": "why?", "colour": "red"}, "no option"),
        ("article", {}, "needs a subcommand"),
        ("article hide", {}, "no option or subcommand"),
        ("article show", {"article": "x", "page": 10}, "must be 1 to 9"),
    ],
)
async def test_what_the_app_does_not_offer_is_impossible(
    newsroom: Newsroom, command: str, given: dict[str, str | int], reason: str
) -> None:
    with pytest.raises(Impossible, match=reason):
        await newsroom.ada.invokes(command, given, channel=newsroom.channel)


async def test_a_subcommand_shows_an_embed(newsroom: Newsroom) -> None:
    asked = await newsroom.ada.invokes("article show", {"article": "Harvest", "page": 2}, channel=newsroom.channel)
    assert (await asked.answered()).text == "Harvest\npage 2"


async def test_an_option_is_completed_as_it_is_typed(newsroom: Newsroom) -> None:
    choices = await newsroom.ada.types("article show", {"article": "har"}, focused="article", channel=newsroom.channel)
    assert [choice.value for choice in choices] == ["Harbour reopens", "Harvest fails"]
    with pytest.raises(Impossible, match="without autocomplete"):
        await newsroom.ada.types("article show", focused="page", channel=newsroom.channel)


async def test_a_file_is_given_read_and_sent_back(newsroom: Newsroom) -> None:
    asked = await newsroom.ada.invokes("upload", {"file": ("n.txt", b"quiet")}, channel=newsroom.channel)
    files = (await asked.answered()).message.attachments
    assert [(file.filename, file.body) for file in files] == [("loud.txt", b"QUIET")]


async def test_a_modal_of_rows_is_shown_filled_in_and_submitted(newsroom: Newsroom) -> None:
    shown = await (await newsroom.ada.invokes("paste", channel=newsroom.channel)).answered()
    assert shown.response_type is ResponseType.MODAL
    assert shown.text.startswith("Paste an article\nHeadline")
    sent = await newsroom.ada.submits(shown, {"Headline": "Storm", "Text": "It rained."})
    assert ((await sent.answered()).content, sent.ephemeral) == ("Storm / It rained.", True)


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ({}, "takes 1 to 20"),
        ({"Headline": "x" * 21}, "takes 1 to 20"),
        ({"Headline": "x", "Text": "four"}, "takes 5 to 4000"),
        ({"Headline": "x", "Date": "today"}, "nothing to enter"),
    ],
)
async def test_a_modal_takes_only_what_it_asks_for(newsroom: Newsroom, entries: dict[str, str], reason: str) -> None:
    shown = await (await newsroom.ada.invokes("paste", channel=newsroom.channel)).answered()
    with pytest.raises(Impossible, match=reason):
        await newsroom.ada.submits(shown, entries)


async def test_a_modal_of_labels_takes_texts_choices_and_files(newsroom: Newsroom) -> None:
    shown = await (await newsroom.ada.invokes("report", channel=newsroom.channel)).answered()
    entries = {"reason": "wrong date", "Kind": ["Typo"], "Proof": [("p.txt", b"seen")]}
    sent = await newsroom.ada.submits(shown, entries)
    assert (await sent.answered()).content == "wrong date ['typo'] ['seen']"


async def test_a_button_changes_its_message(newsroom: Newsroom) -> None:
    shown = await (await newsroom.ada.invokes("choose", channel=newsroom.channel)).answered()
    clicked = await (await newsroom.ada.clicks(shown.message, "More")).answered()
    assert clicked.message is shown.message
    assert shown.content == "more of it"
    with pytest.raises(Impossible, match="disabled"):
        await newsroom.ada.clicks(shown.message, "more")
    with pytest.raises(Impossible, match="opens https"):
        await newsroom.ada.clicks(shown.message, "Source")
    with pytest.raises(Impossible, match="no 'Less'"):
        await newsroom.ada.clicks(shown.message, "Less")


async def test_a_modal_from_a_button_can_change_the_buttons_message(newsroom: Newsroom) -> None:
    shown = await (await newsroom.ada.invokes("choose", channel=newsroom.channel)).answered()
    opened = await (await newsroom.ada.clicks(shown.message, "Note")).answered()
    sent = await (await newsroom.ada.submits(opened, {"Words": "noted"})).answered()
    assert (sent.response_type, sent.message, shown.content) == (ResponseType.UPDATE, shown.message, "noted")


async def test_the_first_followup_fills_a_deferred_response(newsroom: Newsroom) -> None:
    asked = await (await newsroom.ada.invokes("late", channel=newsroom.channel)).answered()
    assert (asked.content, asked.ephemeral) == ("in its place", True)
    followup = await asked.followed_up()
    assert (followup.content, followup.ephemeral) == ("beside it", False)
    await newsroom.server.until(lambda: asked.message.deleted or None, "delete its response")


async def test_an_ephemeral_answer_is_seen_by_one_person(newsroom: Newsroom) -> None:
    shown = await (await newsroom.ada.invokes("choose", channel=newsroom.channel)).answered()
    aside = await (await newsroom.ada.clicks(shown.message, "Aside")).answered()
    assert aside.ephemeral
    assert (await aside.followed_up()).ephemeral
    grace = newsroom.server.add_user("grace")
    newsroom.guild.add_member(grace)
    with pytest.raises(Impossible, match="does not see"):
        await grace.clicks(aside.message, "anything")


async def test_a_select_is_deferred_and_its_message_edited(newsroom: Newsroom) -> None:
    shown = await (await newsroom.ada.invokes("choose", channel=newsroom.channel)).answered()
    chosen = await (await newsroom.ada.chooses(shown.message, "Outlet", ["The Bell"])).answered()
    assert (chosen.response_type, shown.content) == (ResponseType.DEFERRED_UPDATE, "chose bell")


async def test_menus_give_the_bot_their_target(newsroom: Newsroom) -> None:
    message = await newsroom.ada.says(newsroom.channel, "not for bots")
    quoted = await (await newsroom.ada.invokes_on(message, "Quote this")).answered()
    assert quoted.content == "> not for bots"
    greeted = await newsroom.ada.invokes_on(newsroom.guild.owner, "Greet", channel=newsroom.channel)
    assert (await greeted.answered()).message.pings.users == {newsroom.guild.owner.id}


async def test_a_second_acknowledgement_is_refused(newsroom: Newsroom) -> None:
    await (await newsroom.ada.invokes("twice", channel=newsroom.channel)).answered()
    await newsroom.server.until(lambda: newsroom.clerk.errors or None, "answer twice")
    assert [error.code for error in newsroom.clerk.errors] == [40060]
    assert newsroom.server.take_refusals(40060)


async def test_a_late_first_response_is_refused() -> None:
    async with DiscordServer(interaction_deadline=0.1) as server, newsroom_of(server) as newsroom:
        asked = await newsroom.ada.invokes("slow", channel=newsroom.channel)
        await server.until(lambda: newsroom.clerk.errors or None, "answer late")
        assert [error.code for error in newsroom.clerk.errors] == [10062]
        assert server.unacknowledged == [asked]


async def test_an_expired_token_is_refused() -> None:
    async with DiscordServer(token_lifetime=0.0) as server, newsroom_of(server) as newsroom:
        await newsroom.ada.invokes("ask", {"question": "why?"}, channel=newsroom.channel)
        await server.until(lambda: newsroom.clerk.errors or None, "answer after its token's end")
        assert [error.code for error in newsroom.clerk.errors] == [50027]


async def test_nothing_can_be_edited_before_the_first_response(newsroom: Newsroom) -> None:
    asked = await newsroom.ada.invokes("slow", channel=newsroom.channel)
    path = f"/webhooks/{newsroom.server.application_id}/{asked.token}/messages/@original"
    async with newsroom.clerk.http._HTTPClient__session.patch(newsroom.server.api_base + path, json={}) as answer:  # type: ignore[attr-defined]
        assert (answer.status, (await answer.json())["code"]) == (404, 10015)
    await asked.answered()
    assert newsroom.server.take_refusals(10015)


async def test_an_interaction_that_is_not_answered_in_time_says_what_was_called(newsroom: Newsroom) -> None:
    asked = await newsroom.ada.invokes("slow", channel=newsroom.channel)
    with pytest.raises(AssertionError, match=r"did not answer ada's command 'slow' within 0.05 s\nits last calls:\n"):
        await asked.answered(within=0.05)
    await asyncio.wait_for(asked.answered(), 1)


async def test_users_bring_the_bot_to_guilds_that_it_is_not_in(newsroom: Newsroom) -> None:
    elsewhere = newsroom.server.add_guild("Elsewhere", with_bot=False)
    place = elsewhere.add_channel("lobby")
    elsewhere.add_member(newsroom.ada)
    with pytest.raises(Impossible, match="not a member"):
        await newsroom.ada.invokes("echo", {"text": "ha"}, channel=place)
    asked = await newsroom.ada.invokes("define", {"word": "news"}, channel=place)
    assert (await asked.answered()).content == f"news: user {elsewhere.id}"
    at_home = await newsroom.ada.invokes("define", {"word": "news"}, channel=newsroom.channel)
    assert (await at_home.answered()).content == f"news: guild {newsroom.guild.id}"
    assert newsroom.server.unacknowledged == []
