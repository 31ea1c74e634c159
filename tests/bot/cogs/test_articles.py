"""A server's articles: adding, listing and removing them."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cogs.articles import FIELD, PAGE
from bot.ui.markdown import plain
from retrieval.article import Article
from retrieval.library import Library
from tests.bot.conftest import Town, running, settings_for, town_with
from tests.bot.fetching.sites import page, site
from tests.bot.stories import BRACKWATER, CHAIR, MINE, PASTED, numbered, stock, titles
from tests.discord_server import Impossible, Interaction, Permission, ResponseType
from tests.discord_server.messages import Message
from tests.retrieval.ingest.web.pages import STORY
from tests.retrieval.ingest.web.pages import page as story_page


async def uses(town: Town, command: str, given: Mapping[str, object] | None = None) -> Interaction:
    """Grace, who manages the server, uses a command of /article and gets its answer."""
    asked = await town.grace.invokes(f"article {command}", given, channel=town.channel)
    return await asked.answered()


async def pastes(town: Town, **entries: str) -> Interaction:
    shown = await uses(town, "add")
    sent = await town.grace.submits(shown, {name.replace("__", ", "): text for name, text in entries.items()})
    return await sent.answered()


def text_of(archive: Path, guild: int, title: str) -> str:
    with Library.open(archive) as library:
        return library.shelf(guild).titled(title, 1)[0].article.text


# Adding a link


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


# Adding a file


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


# Pasting into the form


async def test_the_form_has_two_fields_of_text_and_says_what_to_do_with_more(new_town: Town) -> None:
    shown = await uses(new_town, "add")
    assert shown.response_type is ResponseType.MODAL
    assert "Up to 4,000 characters here and 4,000 below; for more, use /article add with a file" in shown.text
    lengths = {part["label"]: part["component"]["max_length"] for part in shown.components}
    assert (lengths["Text"], lengths["Text, continued"]) == (FIELD, FIELD)


async def test_a_pasted_text_is_added_with_its_own_headline(town: Town) -> None:
    added = await pastes(town, Text=PASTED)
    assert added.ephemeral
    assert "Ferry to Sandholm sold" in added.text
    assert "**Elin Marsh**" in (await town.asked("Who is the captain of the Sandholm ferry?")).text


async def test_a_headline_and_an_outlet_that_are_given_win(new_town: Town) -> None:
    await pastes(new_town, Text=PASTED, Headline=" A ferry\u202e is sold ", Outlet="The Bell")
    with Library.open(new_town.archive) as library:
        (version,) = library.shelf(new_town.guild.id).versions()
    assert (version.article.title, version.article.source) == ("A ferry\ufffd is sold", "The Bell")


async def test_a_text_that_fills_the_first_field_goes_on_in_the_second_as_if_it_were_one(new_town: Town) -> None:
    sentences = " ".join(f"Lot {number} of the Nordwater auction went to a bidder from Oslo." for number in range(120))
    assert FIELD < len(sentences) < 2 * FIELD
    await pastes(new_town, Text=sentences[:FIELD], Text__continued=sentences[FIELD:], Headline="Auction")
    assert text_of(new_town.archive, new_town.guild.id, "Auction") == sentences


async def test_paragraphs_in_the_two_fields_stay_paragraphs(new_town: Town) -> None:
    first, second = "The ferry was sold on Monday to Nordwater.", "Its captain is Elin Marsh, who is from Sandholm."
    await pastes(new_town, Text=first, Text__continued=second, Headline="Ferry")
    assert text_of(new_town.archive, new_town.guild.id, "Ferry") == f"{first}\n\n{second}"


async def test_a_pasted_text_without_an_article_is_refused_with_the_reason(new_town: Town) -> None:
    refused = await pastes(new_town, Text="https://news.example/1")
    assert "only a link" in refused.text
    assert titles(new_town.archive, new_town.guild.id) == []


async def test_the_form_is_refused_to_someone_who_lost_the_permission_meanwhile(new_town: Town) -> None:
    shown = await uses(new_town, "add")
    (role,) = new_town.guild.members[new_town.grace.id].roles
    new_town.guild.change_role(role, Permission.NONE)
    sent = await (await new_town.grace.submits(shown, {"Text": PASTED})).answered()
    assert "Manage Server" in sent.text
    assert titles(new_town.archive, new_town.guild.id) == []


# Who may


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


# Listing


def pages_of(message: Message) -> str:
    return str(message.embeds[0]["footer"]["text"])


async def test_an_empty_list_says_how_to_add_an_article(new_town: Town) -> None:
    listed = await uses(new_town, "list")
    assert "holds no articles yet" in listed.text
    assert listed.message.buttons == []


async def test_the_list_shows_the_newest_addition_first_with_outlet_and_date(town: Town) -> None:
    stock(town.archive, town.guild.id, BRACKWATER)
    listed = await uses(town, "list")
    description = plain(str(listed.embeds[0]["description"]))
    assert listed.embeds[0]["title"] == "19 articles"
    assert description.startswith("**19. Brackwater mine to reopen**\nBrackwater Echo · 3 May 2024\n")


async def test_one_page_of_articles_has_no_buttons(new_town: Town) -> None:
    stock(new_town.archive, new_town.guild.id, *numbered(PAGE))
    assert (await uses(new_town, "list")).message.buttons == []


async def test_buttons_turn_the_pages_of_the_list_in_place(new_town: Town) -> None:
    stock(new_town.archive, new_town.guild.id, *numbered(2 * PAGE + 1))
    shown = (await uses(new_town, "list")).message
    assert pages_of(shown) == "Page 1 of 3"
    with pytest.raises(Impossible, match="disabled"):
        await new_town.grace.clicks(shown, "Previous")
    for number in (2, 3):
        turned = await (await new_town.grace.clicks(shown, "Next")).answered()
        assert turned.message is shown
        assert pages_of(shown) == f"Page {number} of 3"
    assert "**1. Notice 1**" in plain(shown.text)
    with pytest.raises(Impossible, match="disabled"):
        await new_town.grace.clicks(shown, "Next")
    await (await new_town.grace.clicks(shown, "Previous")).answered()
    assert pages_of(shown) == "Page 2 of 3"


async def test_a_page_that_is_gone_meanwhile_shows_the_last_one(new_town: Town) -> None:
    added = stock(new_town.archive, new_town.guild.id, *numbered(PAGE + 1))
    shown = (await uses(new_town, "list")).message
    with Library.open(new_town.archive) as library:
        library.remove(new_town.guild.id, added[0].article_id)
    await (await new_town.grace.clicks(shown, "Next")).answered()
    assert pages_of(shown) == "Page 1 of 1"
    assert shown.buttons == []


async def test_the_lists_buttons_are_refused_to_someone_who_lost_the_permission(new_town: Town) -> None:
    stock(new_town.archive, new_town.guild.id, *numbered(PAGE + 1))
    shown = (await uses(new_town, "list")).message
    (role,) = new_town.guild.members[new_town.grace.id].roles
    new_town.guild.change_role(role, Permission.NONE)
    refused = await (await new_town.grace.clicks(shown, "Next")).answered()
    assert "Manage Server" in refused.text
    assert pages_of(shown) == "Page 1 of 2"


async def test_the_lists_buttons_work_after_a_restart(tmp_path: Path) -> None:
    async with town_with(tmp_path / "quotidian.db") as town:
        stock(town.archive, town.guild.id, *numbered(PAGE + 1))
        shown = (await uses(town, "list")).message
        await town.client.close()
        async with running(town.discord, settings_for(town.discord, town.archive)):
            await (await town.grace.clicks(shown, "Next")).answered()
            assert pages_of(shown) == "Page 2 of 2"
            assert "**1. Notice 1**" in plain(shown.text)


# Removing


async def test_an_article_chosen_from_the_list_is_removed_and_answers_no_more(town: Town) -> None:
    stock(town.archive, town.guild.id, BRACKWATER)
    assert "Quill" in (await town.asked(MINE)).text
    (choice,) = await town.grace.types(
        "article remove", {"article": "mine to"}, focused="article", channel=town.channel
    )
    assert choice.name == "2024-05-03 Brackwater mine to reopen"
    removed = await uses(town, "remove", {"article": choice.value})
    assert "Removed: Brackwater mine to reopen." in plain(removed.text)
    assert removed.ephemeral
    assert "Quill" not in (await town.asked(MINE)).text
    assert "Brackwater mine to reopen" not in titles(town.archive, town.guild.id)


@pytest.mark.parametrize("typed", ["Brackwater mine to reopen", "  brackwater MINE "])
async def test_an_article_is_removed_by_its_typed_title(town: Town, typed: str) -> None:
    stock(town.archive, town.guild.id, BRACKWATER)
    await uses(town, "remove", {"article": typed})
    assert "Brackwater mine to reopen" not in titles(town.archive, town.guild.id)


async def test_words_in_several_titles_remove_nothing_unless_they_are_one_title(new_town: Town) -> None:
    stock(new_town.archive, new_town.guild.id, *numbered(12))
    refused = await uses(new_town, "remove", {"article": "notice"})
    assert "Several articles here have such a title." in refused.text
    assert len(titles(new_town.archive, new_town.guild.id)) == 12
    await uses(new_town, "remove", {"article": "Notice 1"})
    assert titles(new_town.archive, new_town.guild.id) == [f"Notice {number}" for number in range(2, 13)]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("Nothing of the sort", "No article here has such a title."),
        ("4711", "There is no article 4711 here."),
        ("9" * 5_000, "No article here has such a title."),
        ("%", "No article here has such a title."),
    ],
)
async def test_what_is_not_there_cannot_be_removed(town: Town, typed: str, reason: str) -> None:
    assert reason in plain((await uses(town, "remove", {"article": typed})).text)
    assert len(titles(town.archive)) == 18


async def test_a_shared_article_is_kept_and_the_reason_given(town: Town) -> None:
    refused = await uses(town, "remove", {"article": "1"})
    assert "Article 1 belongs to the shared library, which only the command line changes." in plain(refused.text)
    assert len(titles(town.archive)) == 18
    assert "**" in (await town.asked(CHAIR)).text


async def test_long_titles_can_be_chosen_too(new_town: Town) -> None:
    stock(new_town.archive, new_town.guild.id, *(Article("Storm " * 60 + str(n), f"Storm {n}.") for n in range(30)))
    choices = await new_town.grace.types("article remove", focused="article", channel=new_town.channel)
    assert len(choices) == 25
    assert all(choice.name.endswith("…") for choice in choices)


async def test_another_guilds_article_can_be_neither_found_nor_removed_nor_listed(town: Town) -> None:
    elsewhere = town.discord.add_guild("Elsewhere")
    (added,) = stock(town.archive, elsewhere.id, BRACKWATER)
    assert await town.grace.types("article remove", {"article": "Brack"}, focused="article", channel=town.channel) == []
    for typed in (str(added.article_id), "Brackwater mine to reopen"):
        assert "here" in (await uses(town, "remove", {"article": typed})).text
    listed = await uses(town, "list")
    assert listed.embeds[0]["title"] == "18 articles"
    assert "Brackwater" not in listed.text
    assert titles(town.archive, elsewhere.id)[-1] == "Brackwater mine to reopen"


async def test_another_guilds_article_is_no_duplicate(town: Town) -> None:
    elsewhere = town.discord.add_guild("Elsewhere")
    stock(town.archive, elsewhere.id, Article("Ferry", PASTED.partition("\n\n")[2]))
    assert "Added as article" in (await uses(town, "add", {"file": ("ferry.txt", PASTED.encode())})).text
