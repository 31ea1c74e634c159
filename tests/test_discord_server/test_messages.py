"""Messages of people and of the bot."""

import discord
import pytest

from tests.discord_server import Impossible, Permission, Pings
from tests.test_discord_server.conftest import Newsroom

NOBODY = discord.AllowedMentions.none()


async def test_a_mention_reaches_the_bot_with_its_text_and_is_answered(newsroom: Newsroom) -> None:
    asked = await newsroom.ada.says(newsroom.channel, f"{newsroom.server.bot_user.mention} what happened?")
    answer = await newsroom.channel.next_message_from_bot()
    assert answer.text == f"heard: {asked.content}"
    assert answer.reference_id == asked.id
    assert not answer.pings
    assert [typing.channel_id for typing in newsroom.server.typing] == [newsroom.channel.id]


async def test_a_message_that_does_not_mention_the_bot_reaches_it_empty(newsroom: Newsroom) -> None:
    await newsroom.ada.says(newsroom.channel, "among ourselves", attachments=[("a.txt", b"x")])
    await newsroom.server.until(lambda: newsroom.clerk.heard or None, "hear")
    assert (newsroom.clerk.heard[0].content, newsroom.clerk.heard[0].attachments) == ("", [])


async def test_a_reply_to_the_bot_pings_it_unless_switched_off(newsroom: Newsroom) -> None:
    await newsroom.place.send("news")
    news = await newsroom.channel.next_message_from_bot()
    assert (await newsroom.ada.says(newsroom.channel, "really?", reply_to=news)).pings.users == {
        newsroom.server.bot_user.id
    }
    assert (await newsroom.channel.next_message_from_bot()).content == "heard: really?"
    assert not (await newsroom.ada.says(newsroom.channel, "well", reply_to=news, ping=False)).pings


async def test_a_dm_is_read_and_answered(newsroom: Newsroom) -> None:
    await newsroom.ada.sends_dm("hello", attachments=[("note.txt", b"noted")])
    assert (await newsroom.ada.dm.next_message_from_bot()).content == "heard: hello"
    assert await newsroom.clerk.heard[0].attachments[0].read() == b"noted"


async def test_the_bot_opens_a_dm_and_is_refused_by_who_wants_none(newsroom: Newsroom) -> None:
    user = await newsroom.clerk.fetch_user(newsroom.ada.id)
    await user.send("digest")
    assert (await newsroom.ada.dm.next_message_from_bot()).content == "digest"
    newsroom.ada.refuses_dms = True
    with pytest.raises(discord.Forbidden) as refused:
        await user.send("digest")
    assert refused.value.code == 50007
    assert [refusal.status for refusal in newsroom.server.take_refusals(50007)] == [403]


async def test_all_that_a_message_names_is_pinged_unless_it_says_otherwise(newsroom: Newsroom) -> None:
    role = newsroom.guild.add_role("editors", mentionable=True)
    text = f"{newsroom.ada.mention} {role.mention} @everyone <@{newsroom.guild.id}>"
    await newsroom.place.send(text)
    loud = await newsroom.channel.next_message_from_bot()
    assert loud.pings == Pings(frozenset({newsroom.ada.id}), frozenset({role.id}), everyone=True)
    await newsroom.place.send(text, allowed_mentions=NOBODY)
    assert not (await newsroom.channel.next_message_from_bot()).pings
    await newsroom.place.send(
        text, allowed_mentions=discord.AllowedMentions(users=[newsroom.ada], everyone=False, roles=False)
    )
    assert (await newsroom.channel.next_message_from_bot()).pings.roles == frozenset()


async def test_the_bot_edits_fetches_and_deletes_its_message(newsroom: Newsroom) -> None:
    sent = await newsroom.place.send("first", file=discord.File(__file__, filename="a.py"))
    shown = await newsroom.channel.next_message_from_bot()
    await sent.edit(content="second", attachments=[])
    assert (await shown.edited()).content == "second"
    assert shown.attachments == []
    assert (await newsroom.place.fetch_message(sent.id)).content == "second"
    assert [message.id async for message in newsroom.place.history()] == [sent.id]
    await sent.delete()
    assert shown.deleted
    with pytest.raises(discord.NotFound):
        await newsroom.place.fetch_message(sent.id)
    assert newsroom.server.take_refusals(10008)


async def test_people_edit_and_delete_only_their_own(newsroom: Newsroom) -> None:
    message = await newsroom.ada.says(newsroom.channel, "typpo")
    await newsroom.ada.edits(message, "typo")
    await newsroom.ada.deletes(message)
    await newsroom.server.until(lambda: newsroom.clerk.deleted or None, "hear of the deletion")
    assert newsroom.clerk.edited == newsroom.clerk.deleted == [message.id]
    await newsroom.place.send("mine")
    of_the_bot = await newsroom.channel.next_message_from_bot()
    with pytest.raises(Impossible):
        await newsroom.ada.edits(of_the_bot, "yours")
    with pytest.raises(Impossible):
        await newsroom.ada.deletes(of_the_bot)


async def test_a_thread_starts_from_a_message_once(newsroom: Newsroom) -> None:
    sent = await newsroom.place.send("news")
    thread = await sent.create_thread(name="about the news")
    await thread.send("first")
    place = newsroom.server.world.channels[thread.id]
    assert (await place.next_message_from_bot()).content == "first"
    await newsroom.ada.says(place, f"{newsroom.server.bot_user.mention} why?")
    assert (await place.next_message_from_bot()).text.startswith("heard:")
    with pytest.raises(discord.HTTPException):
        await sent.create_thread(name="again")
    assert newsroom.server.take_refusals(160004)


@pytest.mark.parametrize(
    ("missing", "code"),
    [
        (Permission.VIEW_CHANNEL, 50001),
        (Permission.SEND_MESSAGES, 50013),
        (Permission.EMBED_LINKS, 50013),
        (Permission.ATTACH_FILES, 50013),
    ],
)
async def test_what_the_bot_may_not_do_is_refused(newsroom: Newsroom, missing: Permission, code: int) -> None:
    newsroom.channel.deny(newsroom.server.bot_user, missing)
    with pytest.raises(discord.Forbidden) as refused:
        await newsroom.place.send("x", embed=discord.Embed(title="x"), file=discord.File(__file__))
    assert refused.value.code == code
    assert newsroom.server.take_refusals(code)


async def test_threads_and_replies_need_permissions_too(newsroom: Newsroom) -> None:
    needed = Permission.CREATE_PUBLIC_THREADS | Permission.READ_MESSAGE_HISTORY
    newsroom.channel.deny(newsroom.guild.everyone, needed)
    sent = await newsroom.place.send("news")
    with pytest.raises(discord.Forbidden):
        await sent.create_thread(name="no")
    with pytest.raises(discord.HTTPException):
        await sent.reply("no")
    assert [refusal.code for refusal in newsroom.server.refusals] == [50013, 160002]
    newsroom.server.refusals.clear()


async def test_only_the_author_changes_a_message(newsroom: Newsroom) -> None:
    message = await newsroom.ada.says(newsroom.channel, "mine")
    theirs = newsroom.place.get_partial_message(message.id)
    with pytest.raises(discord.Forbidden) as refused:
        await theirs.edit(content="yours")
    assert refused.value.code == 50005
    with pytest.raises(discord.Forbidden):
        await theirs.delete()
    newsroom.channel.allow(newsroom.server.bot_user, Permission.MANAGE_MESSAGES)
    await theirs.delete()
    assert message.deleted
    newsroom.server.refusals.clear()


async def test_unknown_places_and_references_are_refused(newsroom: Newsroom) -> None:
    gone = newsroom.server.world.snowflakes.new()
    with pytest.raises(discord.NotFound):
        await newsroom.clerk.fetch_channel(gone)
    reference = discord.MessageReference(message_id=gone, channel_id=newsroom.channel.id)
    with pytest.raises(discord.HTTPException, match="Unknown message"):
        await newsroom.place.send("x", reference=reference)
    reference.fail_if_not_exists = False
    await newsroom.place.send("x", reference=reference)
    assert [refusal.code for refusal in newsroom.server.refusals] == [10003, 50035]
    newsroom.server.refusals.clear()
