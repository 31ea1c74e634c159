"""How often the right sentence is quoted first: floors, so that a change that makes answers worse is seen."""

from pathlib import Path
from statistics import mean
from typing import Any

import pytest

from retrieval.answers.answer import Answer
from retrieval.answers.answering import answer
from retrieval.article import SHARED, Article
from retrieval.finding.finders import RuleFinder
from retrieval.library import Library
from retrieval.quotation import verify
from tests.retrieval.world import TESTS, library_holding, lines_of, read_json

PAGES = sorted((TESTS / "retrieval" / "ingest" / "pages").glob("*.json"))
THRESHOLD = 0.5


def quotes_first(given: Answer, sentence: str) -> bool:
    first = next((part.evidence[0] for part in given.parts if part.evidence), None)
    return first is not None and sentence in first.quotation.words


def page_score(page: Path) -> float:
    """The share of the page's answerable questions whose first quotation holds the right sentence."""
    told = read_json(page)
    with library_holding((SHARED, Article(told["title"], "\n\n".join(told["body"])))) as library:
        return mean(quotes_first(asked(library, each), each["sentence"]) for each in answerable(told["questions"]))


def asked(library: Library, question: dict[str, Any]) -> Answer:
    return answer(library, SHARED, question["question"], RuleFinder(THRESHOLD))


def answerable(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [question for question in questions if question["answers"]]


@pytest.fixture(scope="module")
def sample_questions() -> list[dict[str, Any]]:
    return lines_of(TESTS / "questions" / "stories.jsonl")


def test_the_right_sentence_of_the_sample_stories_is_mostly_quoted_first(
    stories: Library, sample_questions: list[dict[str, Any]]
) -> None:
    right = [quotes_first(asked(stories, each), each["sentence"]) for each in answerable(sample_questions)]
    assert mean(right) >= 0.55


def test_no_quotation_from_the_sample_stories_is_altered(
    stories: Library, sample_questions: list[dict[str, Any]]
) -> None:
    for question in sample_questions:
        for part in asked(stories, question).parts:
            for evidence in (*part.evidence, *part.nearest):
                verify(stories.shelf(SHARED), evidence.quotation)


def test_the_right_sentence_of_a_page_is_mostly_quoted_first() -> None:
    assert PAGES
    assert mean(map(page_score, PAGES)) >= 11 / 16
