from datetime import date, timedelta

import pytest

from retrieval.answers import answer_cache
from retrieval.answers.answer_cache import AnswerCache
from retrieval.article import SHARED, Guild
from retrieval.asking.question import Part
from retrieval.finding.finders import RuleFinder
from retrieval.finding.finding import Finding
from retrieval.library import Library
from retrieval.search.search import Found
from tests.retrieval.world import ADA, BEN, story

SOLD = "Who sold the ferry?"
TODAY = date(2024, 3, 6)


class Counting(RuleFinder):
    """Finds by rules, and counts how often it is asked to."""

    found = 0

    def find(self, part: Part, found: Found) -> list[Finding]:
        Counting.found += 1
        return super().find(part, found)


@pytest.fixture
def answers(library: Library) -> AnswerCache:
    library.add(SHARED, story("Marta Lindgren sold the ferry on Monday."))
    Counting.found = 0
    return AnswerCache(Counting(0.5))


def text(answers: AnswerCache, library: Library, guild: Guild = ADA, question: str = SOLD) -> str | None:
    return answers.answer(library, guild, question, TODAY).parts[0].text


def test_the_same_question_is_answered_once(answers: AnswerCache, library: Library) -> None:
    first = answers.answer(library, ADA, SOLD, TODAY)
    assert answers.answer(library, ADA, SOLD, TODAY) is first
    assert Counting.found == 1


def test_tomorrow_it_is_answered_anew(answers: AnswerCache, library: Library) -> None:
    answers.answer(library, ADA, SOLD, TODAY)
    answers.answer(library, ADA, SOLD, TODAY + timedelta(days=1))
    assert Counting.found == 2


def test_each_guild_and_each_question_has_an_answer_of_its_own(answers: AnswerCache, library: Library) -> None:
    library.add(BEN, story("Tom Aske sold the ferry on Monday, for he was tired of the ferry."))
    assert text(answers, library, ADA) == "Marta Lindgren"
    assert text(answers, library, ADA, "When was the ferry sold?") != "Marta Lindgren"
    answers.answer(library, BEN, SOLD, TODAY)
    assert Counting.found == 3


def test_an_article_that_is_added_or_removed_changes_the_answer_at_once(answers: AnswerCache, library: Library) -> None:
    assert text(answers, library, question="Who opened the bakery?") is None
    added = library.add(ADA, story("Tom Aske opened the bakery on Monday."))
    assert text(answers, library, question="Who opened the bakery?") == "Tom Aske"
    library.remove(ADA, added.article_id)
    assert text(answers, library, question="Who opened the bakery?") is None


def test_another_guilds_articles_leave_an_answer_as_it_is(answers: AnswerCache, library: Library) -> None:
    text(answers, library)
    library.add(BEN, story("Tom Aske opened the bakery on Monday."))
    text(answers, library)
    assert Counting.found == 1


def test_an_answer_whose_quotation_was_altered_is_not_given_again(
    answers: AnswerCache, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = answers.answer(library, ADA, SOLD, TODAY)
    monkeypatch.setattr(answer_cache, "is_verified", lambda *_: False)
    assert answers.answer(library, ADA, SOLD, TODAY) is not first
    assert Counting.found == 2


def test_what_was_not_asked_for_long_is_forgotten(
    answers: AnswerCache, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_cache, "KEPT", 2)
    for question in (SOLD, "Who wept?", SOLD, "Who slept?", SOLD):
        text(answers, library, question=question)
    assert Counting.found == 3
    text(answers, library, question="Who wept?")
    assert Counting.found == 4
