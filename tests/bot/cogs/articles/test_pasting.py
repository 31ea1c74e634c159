"""Pasting an article into the form."""

from bot.cogs.articles.pasting import FIELD
from retrieval.library import Library
from tests.bot.cogs.articles.uses import pastes, text_of, uses
from tests.bot.conftest import Town
from tests.bot.stories import PASTED, titles
from tests.discord_server import Permission, ResponseType


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
