from pathlib import Path

import pytest
from sqlite_utils import Database

from retrieval.answers.answering import answer, keep
from retrieval.archive.conversations import NoSuchAnswer
from retrieval.article import Guild
from retrieval.finding.finders import RuleFinder
from retrieval.library import Library
from retrieval.verification import Checked, State, Verified, verified
from tests.retrieval.world import ADA, BEN, story

TEXT = "It rained on Monday.\n\nMarta Lindgren sold the ferry for £2m, and went home.\n\nThe sun shone."


def checked(library: Library, guild: Guild = ADA) -> list[Verified]:
    return list(verified(library.shelf(guild), library.conversations.answers(guild)))


def quotation(library: Library) -> Checked:
    ((only,),) = (each.quotations for each in checked(library))
    return only


@pytest.fixture
def ferry(library: Library) -> Library:
    library.add(ADA, story(TEXT, key="k"))
    keep(library, ADA, answer(library, ADA, "Who sold the ferry?", RuleFinder(0.5)))
    return library


def test_an_answer_whose_words_stand_in_the_newest_version_holds(ferry: Library) -> None:
    ferry.add(ADA, story(TEXT.replace("It rained", "It snowed hard"), key="k"))
    (only,) = checked(ferry)
    assert only.holds
    assert only.question == "Who sold the ferry?"
    now = quotation(ferry).now
    assert now is not None
    assert (now.version, now.words) == (2, quotation(ferry).quotation.words)


def test_a_correction_of_the_words_is_found_with_what_is_said_now(ferry: Library) -> None:
    ferry.add(ADA, story(TEXT.replace("Marta Lindgren", "Tom Aske").replace("It rained", "It snowed hard"), key="k"))
    found = quotation(ferry)
    assert found.state is State.CORRECTED
    assert found.quotation.words == "Marta Lindgren sold the ferry for £2m, and went home."
    assert found.now is not None
    assert found.now.words == "Tom Aske sold the ferry for £2m, and went home."
    assert not checked(ferry)[0].holds


def test_words_that_were_taken_out_have_nothing_in_their_place(ferry: Library) -> None:
    ferry.add(ADA, story("It rained on Monday.\n\nThe sun shone.", key="k"))
    assert (quotation(ferry).state, quotation(ferry).now) == (State.CORRECTED, None)


def test_a_text_that_was_tampered_with_is_found(tmp_path: Path) -> None:
    path = tmp_path / "quotidian.db"
    with Library.open(path) as library:
        library.add(ADA, story(TEXT))
        keep(library, ADA, answer(library, ADA, "Who sold the ferry?", RuleFinder(0.5)))
        Database(path).execute("update versions set text = replace(text, 'Marta', 'Greta')").connection.commit()
        assert quotation(library).state is State.ALTERED


def test_one_answer_is_checked_by_its_key_in_its_guild_alone(ferry: Library) -> None:
    (only,) = checked(ferry)
    assert ferry.conversations.answer(ADA, only.key).question == "Who sold the ferry?"
    assert checked(ferry, BEN) == []
    with pytest.raises(NoSuchAnswer):
        ferry.conversations.answer(BEN, only.key)
