from pathlib import Path

import pytest

from retrieval.answers.answering import answer, keep
from retrieval.archive.conversations import KeptPart, NoSuchAnswer
from retrieval.article import SHARED, Article, Guild
from retrieval.asking.follow_ups import Turn
from retrieval.finding.finders import RuleFinder
from retrieval.library import Library
from retrieval.shelf import NoSuchArticle
from tests.retrieval.world import ADA, BEN, asked_of_the_file, story

RULES = RuleFinder(0.5)
SOLD = Turn("Who sold the ferry?", "", "Marta Lindgren", ("Marta Lindgren",), frozenset())


@pytest.fixture
def ferry(library: Library) -> Library:
    library.add(SHARED, story("Marta Lindgren sold the ferry because it leaked."))
    return library


def asked(library: Library, question: str, after: str | None = None, guild: Guild = ADA) -> str:
    earlier = library.conversations.turns(guild, after) if after else []
    return keep(library, guild, answer(library, guild, question, RULES, earlier=earlier), after)


def test_an_answer_is_taken_up_by_its_key(ferry: Library) -> None:
    first = asked(ferry, "Who sold the ferry?")
    (turn,) = ferry.conversations.turns(ADA, first)
    assert (turn.question, turn.answer, turn.articles) == ("Who sold the ferry?", "Marta Lindgren", frozenset({1}))
    assert turn.people == ("Marta Lindgren",)


def test_a_conversation_is_read_from_its_newest_answer_back(ferry: Library) -> None:
    first = asked(ferry, "Who sold the ferry, and why?")
    second = asked(ferry, "when was that?", first)
    assert [turn.question for turn in ferry.conversations.turns(ADA, second)] == [
        "When did Marta Lindgren sell the ferry?",
        "Why did Marta Lindgren sell the ferry?",
        "Who sold the ferry?",
    ]


def test_of_a_long_conversation_only_the_last_answers_are_read(library: Library) -> None:
    key = None
    for number in range(9):
        key = library.conversations.keep(ADA, "Who?", [KeptPart(Turn(f"{number}?"), ())], key)
    assert key is not None
    assert [turn.question for turn in library.conversations.turns(ADA, key)] == ["8?", "7?", "6?", "5?", "4?"]


@pytest.mark.parametrize("guild", [BEN, SHARED])
def test_an_answer_is_known_in_its_guild_alone(ferry: Library, guild: Guild) -> None:
    key = asked(ferry, "Who sold the ferry?")
    with pytest.raises(NoSuchAnswer, match=key):
        ferry.conversations.turns(guild, key)
    with pytest.raises(NoSuchAnswer, match=key):
        ferry.conversations.keep(guild, "Why?", [], key)


def test_an_unknown_key_is_said_to_be_none(library: Library) -> None:
    with pytest.raises(NoSuchAnswer, match="no answer zz here"):
        library.conversations.turns(ADA, "zz")


def test_with_an_article_goes_all_that_was_said_from_it(tmp_path: Path) -> None:
    path = tmp_path / "quotidian.db"
    with Library.open(path) as library:
        library.add(ADA, Article("", "Marta Lindgren sold the ferry because it leaked."))
        library.add(ADA, Article("", "Tom Aske opened the bakery."))
        follow_up = asked(library, "and why?", asked(library, "Who sold the ferry?"))
        other = asked(library, "Who opened the bakery?")
        library.conversations.post(follow_up, 77)
        library.remove(ADA, 1)
        with pytest.raises(NoSuchArticle):
            library.shelf(ADA).newest(1)
        with pytest.raises(NoSuchAnswer):
            library.conversations.turns(ADA, follow_up)
        assert library.conversations.turns(ADA, other)[0].answer == "Tom Aske"
        assert library.conversations.posted(ADA, 77) is None
    assert asked_of_the_file(path, "select count(*) from turns") == [(1,)]
    assert b"Marta" not in path.read_bytes()


def test_the_message_that_shows_an_answer_leads_back_to_it(ferry: Library) -> None:
    key = asked(ferry, "Who sold the ferry?")
    ferry.conversations.post(key, 2**63 - 1)
    assert ferry.conversations.posted(ADA, 2**63 - 1) == key
    assert ferry.conversations.posted(BEN, 2**63 - 1) is None
    assert ferry.conversations.posted(ADA, 5) is None


def test_a_message_for_an_answer_that_is_gone_is_none(ferry: Library) -> None:
    ferry.conversations.post("gone", 5)
    assert ferry.conversations.posted(ADA, 5) is None
