import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import SHARED, Article
from retrieval.asking.understanding import understand
from retrieval.finding.phrase_choice import answering_words
from retrieval.finding.sentence_choice import choose
from retrieval.search.search import search
from tests.retrieval.strategies import newspaper_articles, questions
from tests.retrieval.world import library_holding, story


def answered(question: str, text: str) -> str | None:
    """The words of the best sentence of a one-story library that answer."""
    part = understand(question).parts[0]
    with library_holding((SHARED, story(text))) as library:
        best = choose(part, search(library.index, library.shelf(SHARED), part))[0]
        words = answering_words(part, best)
        return None if words is None else words.within(text)


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        (
            "Who rejected the plan?",
            "Marta Lindgren rejected the plan that Tom Aske had drawn up.",
            "Marta Lindgren",
        ),
        (
            "Who sold the ferry?",
            "In June the ferry was sold by Marta Lindgren after Tom Aske had fallen ill.",
            "Marta Lindgren",
        ),
        (
            "Who did Lindgren sue?",
            "Marta Lindgren sued Tom Aske on Monday.",
            "Tom Aske",
        ),
        (
            "When did the ferry run aground?",
            "The ferry ran aground on 3 March, and was sold in June 2024.",
            "3 March",
        ),
        (
            "How many sheep were rescued?",
            "The crew of 12 rescued 300 sheep and two dogs.",
            "300",
        ),
        (
            "How much did the repairs cost?",
            "The repairs took 40 men and cost £90,000.",
            "£90,000",
        ),
        (
            "How old is Tom Aske?",
            "Tom Aske, 61, kept the light for 40 years.",
            "61",
        ),
        (
            "How long did the search last?",
            "The search by 40 men lasted nearly three weeks.",
            "nearly three weeks",
        ),
        (
            "Where did the ferry run aground?",
            "The ferry ran aground near Oskerness while its captain slept.",
            "Oskerness",
        ),
        (
            "Why was the ferry sold?",
            "The ferry was sold after the summer because its engine had failed.",
            "because its engine had failed",
        ),
        (
            "What did Lindgren say about the fog?",
            "Captain Lindgren said of the fog: “It came like a wall.”",
            "It came like a wall.",
        ),
    ],
)
def test_the_words_that_answer_are_marked(question: str, text: str, words: str) -> None:
    assert answered(question, text) == words


def test_whoever_a_pronoun_stands_for_is_named_in_the_sentence_before() -> None:
    text = "The lighthouse keeper, Tom Aske, was awake. He called the lifeboat."
    assert answered("Who called the lifeboat?", text) == "Tom Aske"


@pytest.mark.parametrize("question", ["Was the ferry sold?", "What is the ferry?", "How was the ferry sold?"])
def test_a_question_that_no_few_words_answer_is_answered_by_the_sentence(question: str) -> None:
    assert answered(question, "The ferry was sold in June by Marta Lindgren.") is None


@given(st.lists(newspaper_articles(), min_size=1, max_size=3), questions())
def test_the_words_stand_inside_the_quotation(articles: list[Article], question: str) -> None:
    with library_holding(*((SHARED, article) for article in articles)) as library:
        for part in understand(question).parts:
            for candidate in choose(part, search(library.index, library.shelf(SHARED), part)):
                words = answering_words(part, candidate)
                assert words is None or words in candidate.quoted
