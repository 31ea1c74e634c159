"""“Add to archive” in a message's menu."""

from collections.abc import Sequence

import pytest

from bot.cogs.articles.linked import links_in
from bot.ui.markdown import plain
from tests.bot.conftest import Town
from tests.bot.fetching.sites import page, site
from tests.bot.stories import PASTED, titles
from tests.discord_server import Interaction
from tests.discord_server.people import Person
from tests.retrieval.ingest.web.pages import STORY
from tests.retrieval.ingest.web.pages import page as story_page


async def adds(
    town: Town, words: str, by: Person | None = None, attachments: Sequence[tuple[str, bytes]] = ()
) -> Interaction:
    """Ada says something, and Grace uses the menu on it."""
    message = await town.ada.says(town.channel, words, attachments=attachments)
    return await (await (by or town.grace).invokes_on(message, "Add to archive", forced=by is not None)).answered()


async def test_what_a_message_links_to_is_added(new_town: Town) -> None:
    async with site() as served:
        served.pages["/patrols"] = page(story_page(*STORY))
        added = await adds(new_town, f"Have you seen {served.link('/patrols')}?")
    assert added.ephemeral
    assert "Kestria rejects patrols" in plain(added.text)
    assert titles(new_town.archive, new_town.guild.id) == ["Kestria rejects patrols"]


async def test_a_link_that_fails_is_named_and_the_others_go_in(new_town: Town) -> None:
    async with site() as served:
        served.pages["/patrols"] = page(story_page(*STORY))
        missing = served.link("/missing")
        added = await adds(new_town, f"{missing} {served.link('/patrols')}")
    assert [embed["title"] for embed in added.embeds] == ["Added as article 1", "Not added"]
    assert missing in plain(added.text)
    assert "has no page at this address (status 404)" in plain(added.text)
    assert "Kestria rejects patrols" in plain(added.text)


async def test_the_files_of_a_message_are_added_before_what_it_links_to(new_town: Town) -> None:
    async with site() as served:
        served.pages["/patrols"] = page(story_page(*STORY))
        files = [("ferry.txt", PASTED.encode()), ("picture.png", b"\x89PNG")]
        added = await adds(new_town, served.link("/patrols"), attachments=files)
    assert titles(new_town.archive, new_town.guild.id) == ["Ferry to Sandholm sold", "Kestria rejects patrols"]
    assert "picture.png" in plain(added.text)


async def test_of_many_files_and_links_the_first_are_added(new_town: Town) -> None:
    files = [(f"{number}.txt", f"Notice {number} hangs on the church door at noon.".encode()) for number in range(10)]
    added = await adds(new_town, "http://127.0.0.1:9/", attachments=files)
    assert "There are 11 files and links; only the first 10 were read." in added.text
    assert len(titles(new_town.archive, new_town.guild.id)) == 10


async def test_a_message_without_a_file_and_a_link_is_no_use(new_town: Town) -> None:
    assert "no file and no link" in (await adds(new_town, "Good morning!")).text


async def test_other_members_cannot_add(new_town: Town) -> None:
    refused = await adds(new_town, "https://news.example/1", by=new_town.ada)
    assert "Manage Server" in refused.text


class Said:
    """As much of a message as links are found in."""

    def __init__(self, content: str, *previews: str) -> None:
        self.content = content
        self.embeds = [type("Preview", (), {"url": url})() for url in previews]


@pytest.mark.parametrize(
    ("content", "links"),
    [
        ("See https://a.example/1.", ["https://a.example/1"]),
        ("(https://a.example/1)", ["https://a.example/1"]),
        ("https://a.example/Harbour_(1909)", ["https://a.example/Harbour_(1909)"]),
        ("[the story](https://a.example/1)", ["https://a.example/1"]),
        ("<https://a.example/1>", ["https://a.example/1"]),
        ("**https://a.example/1**", ["https://a.example/1"]),
        ("https://a.example/1 https://a.example/1", ["https://a.example/1"]),
        ("a.example/1 and ftp://a.example", []),
    ],
)
def test_a_link_ends_where_a_reader_would_end_it(content: str, links: list[str]) -> None:
    assert links_in(Said(content)) == links  # type: ignore[arg-type]  # a message needs a connection


def test_the_links_of_previews_come_last() -> None:
    said = Said("https://a.example/1", "https://a.example/2", "https://a.example/1")
    assert links_in(said) == ["https://a.example/1", "https://a.example/2"]  # type: ignore[arg-type]
