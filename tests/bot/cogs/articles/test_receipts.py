"""The buttons under a receipt: undo, edit, see the text."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.ui.markdown import plain
from retrieval.article import Article, Version
from retrieval.library import Library
from tests.bot.cogs.articles.uses import pastes, uses
from tests.bot.conftest import Town, running, settings_for, town_with
from tests.bot.fetching.sites import page, site
from tests.bot.stories import BRACKWATER, PASTED, stock, titles
from tests.discord_server import Interaction, Message, Permission, ResponseType
from tests.retrieval.ingest.web.pages import STORY
from tests.retrieval.ingest.web.pages import page as story_page

FERRY = ("ferry.txt", PASTED.encode())
MINE = ("mine.txt", f"{BRACKWATER.title}\n\n{BRACKWATER.text}".encode())


async def clicks(town: Town, message: Message, button: str) -> Interaction:
    return await (await town.grace.clicks(message, button)).answered()


async def edits(town: Town, message: Message, entries: Mapping[str, object], button: str = "Edit") -> Interaction:
    form = await clicks(town, message, button)
    return await (await town.grace.submits(form, entries)).answered()


async def linked(town: Town) -> tuple[Message, str]:
    """The receipt of an article that was added by a link, and the link."""
    async with site() as served:
        served.pages["/patrols"] = page(story_page(*STORY))
        link = served.link("/patrols")
        return (await uses(town, "add", {"link": link})).message, link


def newest(archive: Path, guild: int, article_id: int) -> Version:
    with Library.open(archive) as library:
        return library.shelf(guild).newest(article_id)


def loses_the_permission(town: Town) -> None:
    (role,) = town.guild.members[town.grace.id].roles
    town.guild.change_role(role, Permission.NONE)


def labels(message: Message) -> list[list[str]]:
    return [[button["label"] for button in row["components"]] for row in message.components]


async def test_a_receipt_has_a_row_of_buttons(new_town: Town) -> None:
    assert labels((await pastes(new_town, Text=PASTED)).message) == [["Undo", "Edit", "See the text"]]


async def test_of_several_receipts_each_has_a_row_that_names_its_article(new_town: Town) -> None:
    added = await uses(new_town, "add", {"file": FERRY, "file_2": ("empty.txt", b""), "file_3": MINE})
    assert labels(added.message) == [
        ["Undo article 1", "Edit article 1", "See article 1"],
        ["Undo article 2", "Edit article 2", "See article 2"],
    ]


async def test_what_was_there_already_can_only_be_read(new_town: Town) -> None:
    await uses(new_town, "add", {"file": FERRY})
    assert labels((await uses(new_town, "add", {"file": FERRY})).message) == [["See the text"]]


# Undo


async def test_undo_takes_the_article_away_and_says_so_in_the_place_of_the_receipt(new_town: Town) -> None:
    receipt = (await uses(new_town, "add", {"file": FERRY})).message
    await clicks(new_town, receipt, "Undo")
    assert titles(new_town.archive, new_town.guild.id) == []
    assert [embed["title"] for embed in receipt.embeds] == ["Undone"]
    assert "Ferry to Sandholm sold" in plain(receipt.text)
    assert receipt.buttons == []


async def test_undo_of_one_of_several_leaves_the_other_receipts_with_their_buttons(new_town: Town) -> None:
    receipts = (await uses(new_town, "add", {"file": FERRY, "file_2": MINE})).message
    await clicks(new_town, receipts, "Undo article 1")
    assert titles(new_town.archive, new_town.guild.id) == [BRACKWATER.title]
    assert [embed["title"] for embed in receipts.embeds] == ["Undone", "Added as article 2"]
    assert labels(receipts) == [["Undo article 2", "Edit article 2", "See article 2"]]
    await clicks(new_town, receipts, "Undo article 2")
    assert [embed["title"] for embed in receipts.embeds] == ["Undone", "Undone"]
    assert titles(new_town.archive, new_town.guild.id) == []


async def test_undo_of_a_correction_goes_back_to_the_version_before(new_town: Town) -> None:
    async with site() as served:
        link = served.link("/patrols")
        served.pages["/patrols"] = page(story_page(*STORY))
        await uses(new_town, "add", {"link": link})
        served.pages["/patrols"] = page(story_page(*STORY, "A vote in its parliament is due in May."))
        receipt = (await uses(new_town, "add", {"link": link})).message
    assert "Corrected: version 2 of article 1" in plain(receipt.text)
    await clicks(new_town, receipt, "Undo")
    assert "Article 1 is as it was before: version 1 answers again." in plain(receipt.text)
    assert "due in May" not in newest(new_town.archive, new_town.guild.id, 1).article.text


async def test_undo_is_refused_where_the_article_was_corrected_since(new_town: Town) -> None:
    receipt, link = await linked(new_town)
    stock(new_town.archive, new_town.guild.id, Article("Patrols", "There will be no patrols in Velm.", url=link))
    refused = await clicks(new_town, receipt, "Undo")
    assert "its newest version is 2" in refused.followups[0].text
    assert labels(receipt) == [["Undo", "Edit", "See the text"]]
    assert titles(new_town.archive, new_town.guild.id) == ["Patrols"]


async def test_undo_of_what_was_removed_meanwhile_says_so(new_town: Town) -> None:
    receipt = (await uses(new_town, "add", {"file": FERRY})).message
    await uses(new_town, "remove", {"article": "1"})
    refused = await clicks(new_town, receipt, "Undo")
    assert "There is no article 1 here." in refused.followups[0].text


async def test_another_servers_manager_can_undo_nothing_here(new_town: Town) -> None:
    """Buttons carry ids, and ids can be made up; what counts is the server that they are pressed in."""
    receipt = (await uses(new_town, "add", {"file": FERRY})).message
    (added,) = stock(new_town.archive, new_town.guild.id + 1, BRACKWATER)
    receipt.components[0]["components"][0]["custom_id"] = f"receipt:undo:{added.article_id}:1:0"
    refused = await clicks(new_town, receipt, "Undo")
    assert f"There is no article {added.article_id} here." in refused.followups[0].text
    assert titles(new_town.archive, new_town.guild.id + 1) == [BRACKWATER.title]


# Edit


async def test_the_form_has_what_is_known_filled_in(new_town: Town) -> None:
    receipt = (await uses(new_town, "add", {"file": MINE})).message
    await edits(new_town, receipt, {"Outlet": "Brackwater Echo", "Date": "2024-05-03"})
    form = await clicks(new_town, receipt, "Edit")
    values = {part["label"]: part["component"].get("value") for part in form.components}
    assert values == {"Title": BRACKWATER.title, "Outlet": "Brackwater Echo", "Date": "2024-05-03"}


async def test_what_is_edited_is_kept_and_the_receipt_shown_anew(new_town: Town) -> None:
    receipt = (
        await uses(new_town, "add", {"file": ("ferry.txt", f"{PASTED}\n\nSign up for our newsletter".encode())})
    ).message
    entries = {"Title": "The ferry is sold", "Outlet": "The Bell", "Date": "2024-05-03"}
    await edits(new_town, receipt, entries)
    article = newest(new_town.archive, new_town.guild.id, 1).article
    assert (article.title, article.source, article.published) == ("The ferry is sold", "The Bell", "2024-05-03")
    shown = plain(str(receipt.embeds[0]["description"]))
    assert shown.startswith("**The ferry is sold**\nThe Bell · 3 May 2024\n")
    assert "Left out: newsletter invitation (1)." in shown
    assert labels(receipt) == [["Undo", "Edit", "See the text"]]


async def test_only_the_receipt_that_was_edited_changes(new_town: Town) -> None:
    receipts = (await uses(new_town, "add", {"file": FERRY, "file_2": MINE})).message
    await edits(new_town, receipts, {"Outlet": "The Bell"}, "Edit article 2")
    assert "The Bell" not in str(receipts.embeds[0])
    assert "The Bell" in str(receipts.embeds[1])


async def test_what_is_left_as_it_stands_stays_a_time_and_a_long_title_included(new_town: Town) -> None:
    article = replace(BRACKWATER, title="Mine " * 500, published="2024-05-03T10:00:00")
    receipt = (await uses(new_town, "add", {"file": FERRY})).message
    (added,) = stock(new_town.archive, new_town.guild.id, article)
    receipt.components[0]["components"][1]["custom_id"] = f"receipt:edit:{added.article_id}:1:0"
    await edits(new_town, receipt, {"Outlet": ""})
    assert newest(new_town.archive, new_town.guild.id, added.article_id).article == replace(article, source=None)


async def test_an_empty_title_stays_and_an_empty_date_goes(new_town: Town) -> None:
    receipt = (await uses(new_town, "add", {"file": FERRY})).message
    await edits(new_town, receipt, {"Date": "2024-05-03"})
    await edits(new_town, receipt, {"Title": " ", "Date": ""})
    article = newest(new_town.archive, new_town.guild.id, 1).article
    assert (article.title, article.published) == ("Ferry to Sandholm sold", None)


@pytest.mark.parametrize("day", ["6 March", "2024-02-30", "20240306", "2024-3-6", "2024-03-06T10:00:00"])
async def test_a_date_that_is_none_is_refused_with_the_reason_and_an_example(new_town: Town, day: str) -> None:
    receipt = (await uses(new_town, "add", {"file": FERRY})).message
    refused = await edits(new_town, receipt, {"Title": "Other", "Date": day})
    assert f"{day} is no date, so nothing was changed. Write it as YYYY-MM-DD" in plain(refused.text)
    assert refused.ephemeral
    assert titles(new_town.archive, new_town.guild.id) == ["Ferry to Sandholm sold"]


async def test_an_older_version_is_not_edited(new_town: Town) -> None:
    receipt, link = await linked(new_town)
    form = await clicks(new_town, receipt, "Edit")
    stock(new_town.archive, new_town.guild.id, Article("Patrols", "There will be no patrols in Velm.", url=link))
    refused = await (await new_town.grace.submits(form, {"Title": "Other"})).answered()
    assert "only its newest version can be edited" in refused.followups[0].text


# See the text


async def test_the_text_is_shown_by_its_beginning_and_as_a_file_to_the_one_who_asks(new_town: Town) -> None:
    text = " ".join(f"Lot {number} of the Nordwater auction went to a bidder from Oslo." for number in range(400))
    receipt = (await uses(new_town, "add", {"file": ("auction.txt", f"Auction\n\n{text}".encode())})).message
    shown = await clicks(new_town, receipt, "See the text")
    assert (shown.response_type, shown.ephemeral) == (ResponseType.DEFERRED_MESSAGE, True)
    assert "> Lot 0 of the Nordwater auction" in plain(shown.text)
    assert shown.text.count("[…]") == 1
    (file,) = shown.message.attachments
    assert (file.filename, file.body.decode()) == ("article-1-version-1.txt", text)
    assert receipt.embeds[0]["title"] == "Added as article 1"


async def test_what_was_left_out_is_a_file_beside_it(new_town: Town) -> None:
    receipt = (await pastes(new_town, Text=f"{PASTED}\n\nSign up for our newsletter")).message
    shown = await clicks(new_town, receipt, "See the text")
    _, left_out = shown.message.attachments
    assert left_out.filename == "article-1-version-1-left-out.txt"
    assert left_out.body.decode() == "[newsletter invitation]\nSign up for our newsletter"


async def test_a_text_that_is_too_large_for_a_file_is_shown_by_its_beginning(new_town: Town) -> None:
    receipt = (await uses(new_town, "add", {"file": FERRY})).message
    (added,) = stock(new_town.archive, new_town.guild.id, Article("Long", "Words. " * 1_600_000))
    receipt.components[0]["components"][2]["custom_id"] = f"receipt:text:{added.article_id}:1:0"
    shown = await clicks(new_town, receipt, "See the text")
    assert "too long for a file" in shown.text
    assert shown.message.attachments == []


async def test_the_text_of_a_version_that_is_gone_is_said_to_be_missing(new_town: Town) -> None:
    receipt = (await uses(new_town, "add", {"file": FERRY})).message
    await uses(new_town, "remove", {"article": "1"})
    assert "There is no version 1 of article 1 here." in (await clicks(new_town, receipt, "See the text")).text


# Who may, and when


@pytest.mark.parametrize("button", ["Undo", "Edit", "See the text"])
async def test_the_buttons_are_refused_to_someone_who_lost_the_permission(new_town: Town, button: str) -> None:
    receipt = (await uses(new_town, "add", {"file": FERRY})).message
    loses_the_permission(new_town)
    refused = await clicks(new_town, receipt, button)
    assert "Manage Server" in refused.text
    assert refused.ephemeral
    assert titles(new_town.archive, new_town.guild.id) == ["Ferry to Sandholm sold"]


async def test_the_form_is_refused_to_someone_who_lost_the_permission_meanwhile(new_town: Town) -> None:
    receipt = (await uses(new_town, "add", {"file": FERRY})).message
    form = await clicks(new_town, receipt, "Edit")
    loses_the_permission(new_town)
    refused = await (await new_town.grace.submits(form, {"Title": "Other"})).answered()
    assert "Manage Server" in refused.text
    assert titles(new_town.archive, new_town.guild.id) == ["Ferry to Sandholm sold"]


async def test_the_buttons_work_after_a_restart(tmp_path: Path) -> None:
    async with town_with(tmp_path / "quotidian.db") as town:
        receipts = (await uses(town, "add", {"file": FERRY, "file_2": MINE})).message
        await town.client.close()
        async with running(town.discord, settings_for(town.discord, town.archive)):
            assert "Brackwater" in (await clicks(town, receipts, "See article 2")).text
            await edits(town, receipts, {"Title": "Mine"}, "Edit article 2")
            await clicks(town, receipts, "Undo article 1")
        assert titles(town.archive, town.guild.id) == ["Mine"]
        assert [embed["title"] for embed in receipts.embeds] == ["Undone", "Added as article 2"]
