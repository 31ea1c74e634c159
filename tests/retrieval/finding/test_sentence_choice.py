import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import SHARED, Article, Span
from retrieval.asking.understanding import understand
from retrieval.finding.sentence_choice import Candidate, choose
from retrieval.library import Library
from retrieval.search.search import search
from retrieval.text.sentences import sentences
from retrieval.text.terms import terms
from tests.retrieval.strategies import newspaper_articles, questions
from tests.retrieval.world import library_holding, story

FERRY = """The ferry Brightwater ran aground near Oskerness on Monday.

Its captain, Marta Lindgren, said the fog was thick. She has sailed there for 20 years.

The lighthouse keeper, Tom Aske, saw it happen. He called the lifeboat at once.

The owners will pay £40,000 for the repairs. Nobody was hurt."""


@pytest.fixture
def ferry(library: Library) -> Library:
    library.add(SHARED, story(FERRY, "Ferry aground"))
    return library


def chosen(library: Library, question: str) -> list[Candidate]:
    part = understand(question).parts[0]
    return choose(part, search(library.index, library.shelf(SHARED), part))


def first_sentence(library: Library, question: str) -> str:
    best = chosen(library, question)[0]
    return best.sentence.within(best.version.article.text)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did the Brightwater run aground?", "The ferry Brightwater ran aground near Oskerness on Monday."),
        ("How much will the owners pay for the repairs?", "The owners will pay £40,000 for the repairs."),
        ("Who called the lifeboat?", "He called the lifeboat at once."),
        ("Was the fog thick?", "Its captain, Marta Lindgren, said the fog was thick."),
    ],
)
def test_the_sentence_that_says_what_is_asked_comes_first(ferry: Library, question: str, sentence: str) -> None:
    assert first_sentence(ferry, question) == sentence


def test_a_story_may_use_a_related_word(ferry: Library) -> None:
    ferry.add(SHARED, story("The bakery opened. The council refused the plan. The baker slept."))
    assert first_sentence(ferry, "Who rejected the plan?") == "The council refused the plan."


def test_a_sentence_that_opens_with_a_pronoun_is_quoted_with_the_one_before(ferry: Library) -> None:
    best = chosen(ferry, "Who called the lifeboat?")[0]
    assert best.before is not None
    assert best.quoted.within(FERRY).split("\n") == [
        "The lighthouse keeper, Tom Aske, saw it happen. He called the lifeboat at once."
    ]


def test_a_sentence_whose_quotation_goes_on_is_quoted_with_the_next(library: Library) -> None:
    library.add(SHARED, story("It rained. “The bridge was rotten. We had warned them for years,” said Rooke. He left."))
    whole = "“The bridge was rotten. We had warned them for years,” said Rooke."
    for question in ("What was rotten about the bridge?", "Who had warned for years?"):
        assert chosen(library, question)[0].quoted.within(chosen(library, question)[0].version.article.text) == whole


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_not_followed(library: Library) -> None:
    library.add(SHARED, story("“The bridge was rotten.\n\n“We had warned them for years,” said Rooke."))
    best = chosen(library, "What was rotten about the bridge?")[0]
    assert best.quoted == best.sentence


def test_a_sentence_that_stands_for_itself_is_quoted_alone(ferry: Library) -> None:
    best = chosen(ferry, "How much will the owners pay for the repairs?")[0]
    assert best.before is None
    assert best.quoted == best.sentence


def test_everything_asked_and_said_in_one_sentence_is_full_support(ferry: Library) -> None:
    assert chosen(ferry, "Who called the lifeboat?")[0].support == pytest.approx(1)


def test_what_stands_farther_away_supports_less(ferry: Library) -> None:
    near = chosen(ferry, "Who called the lifeboat?")[0].support
    far = chosen(ferry, "Who called the lifeboat about the owners?")[0].support
    assert 0 < far < near


def test_a_term_that_the_article_never_mentions_is_absent(ferry: Library) -> None:
    best = chosen(ferry, "Who called the lifeboat in Zanzibar?")[0]
    assert best.absent == set(terms("Zanzibar"))
    assert best.support < 1


def test_a_shelf_without_a_matching_passage_has_no_candidate(ferry: Library) -> None:
    assert chosen(ferry, "Why is the sky blue?") == []


def test_a_text_without_words_but_a_matching_title_is_no_trouble(library: Library) -> None:
    library.add(SHARED, story("🙂 … 🙂\nThe and of.", "Harbour"))
    assert chosen(library, "Where is the harbour?")


@given(st.lists(newspaper_articles(), max_size=5), questions())
def test_candidates_are_the_sentences_of_the_found_passages_the_best_first(
    articles: list[Article], question: str
) -> None:
    with library_holding(*((SHARED, article) for article in articles)) as library:
        part = understand(question).parts[0]
        found = search(library.index, library.shelf(SHARED), part)
        candidates = choose(part, found)
        places: set[tuple[int, Span]] = {
            (each.passage.article_id, span)
            for each in found.ranked
            for span in sentences(found.versions[each.passage.article_id].article.text)
            if span in each.passage.span
        }
        assert {(each.version.article_id, each.sentence) for each in candidates} == places
        assert len(candidates) == len(places)
        assert [each.score for each in candidates] == sorted((each.score for each in candidates), reverse=True)
        assert all(-1e-9 <= each.support <= 1 + 1e-9 for each in candidates)
        assert all(each.sentence in each.quoted for each in candidates)
        assert choose(part, found) == candidates
