"""Adding a link or a file."""

import pytest

from bot.ui.markdown import plain
from tests.bot.cogs.articles.uses import uses
from tests.bot.conftest import Town
from tests.bot.fetching.sites import page, site
from tests.bot.stories import PASTED, titles
from tests.discord_server import ResponseType
from tests.retrieval.ingest.web.pages import STORY
from tests.retrieval.ingest.web.pages import page as story_page


async def test_the_article_on_a_page_is_added_and_answers_at_once(new_town: Town) -> None:
    async with site() as served:
        served.pages["/patrols"] = page(story_page(*STORY))
        added = await uses(new_town, "add", {"link": served.link("/patrols?utm_source=x")})
    assert added.ephemeral
    assert "Kestria rejects patrols" in plain(added.text)
    answer = await new_town.asked("Who is disappointed?")
    assert "**Anna Reed**" in answer.text or "**Britain's transport minister, Anna Reed**" in answer.text


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("http://10.0.0.1/admin", "10.0.0.1 is in a private or reserved network"),
        ("file:///etc/passwd", "Only links that begin with http:// or https:// are opened here"),
        ("no link at all", "link"),
    ],
)
async def test_a_link_that_cannot_be_followed_is_refused_with_the_reason(
    new_town: Town, link: str, reason: str
) -> None:
    refused = await uses(new_town, "add", {"link": link})
    assert reason in plain(refused.text)
    assert titles(new_town.archive, new_town.guild.id) == []


async def test_a_page_without_an_article_is_refused_with_the_reason(new_town: Town) -> None:
    async with site() as served:
        served.pages["/"] = page("<html><body><nav><a href='/a'>News</a></nav></body></html>")
        refused = await uses(new_town, "add", {"link": served.link()})
    assert "This is a page of headlines, not an article" in plain(refused.text)


async def test_a_file_is_added_and_answers_at_once(town: Town) -> None:
    added = await uses(town, "add", {"file": ("ferry.txt", PASTED.encode())})
    assert (added.response_type, added.ephemeral) == (ResponseType.DEFERRED_MESSAGE, True)
    assert "Added as article 19" in plain(added.text)
    assert "Ferry to Sandholm sold" in plain(added.text)
    assert "sentences kept" in plain(added.text)
    assert "**Elin Marsh**" in (await town.asked("Who is the captain of the Sandholm ferry?")).text


async def test_a_file_that_is_there_already_is_named_and_not_added_again(town: Town) -> None:
    for _ in range(2):
        added = await uses(town, "add", {"file": ("ferry.txt", PASTED.encode())})
    assert "Already there" in added.text
    assert "as article 19. Nothing was added." in plain(added.text)
    assert titles(town.archive, town.guild.id).count("Ferry to Sandholm sold") == 1


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("empty.txt", b"", "The text is empty"),
        ("blank.txt", b" \n\n ", "The text is empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not a text file but a picture"),
        ("noise.txt", bytes(range(256)) * 20, "not a text file"),
        ("links.txt", b"https://news.example/1\nhttps://news.example/2", "only a link"),
        ("page.txt", b"<!doctype html><html><p>Storm.</p></html>", "the source of a web page"),
        ("story.pdf", b"%PDF-1.7", "The PDF is damaged"),
        ("story.odt", b"PK", ".odt files are not read here"),
        ("large.txt", b"Some words. " * 420_000, "longer than 5 MB"),
    ],
)
async def test_a_file_without_an_article_is_refused_with_the_reason(
    new_town: Town, name: str, body: bytes, reason: str
) -> None:
    refused = await uses(new_town, "add", {"file": (name, body)})
    assert reason in plain(refused.text)
    assert refused.ephemeral
    assert titles(new_town.archive, new_town.guild.id) == []
