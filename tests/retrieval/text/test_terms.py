import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.terms import terms, tokens
from tests.retrieval.strategies import texts


@pytest.mark.parametrize(
    "spellings",
    [
        ("patrol", "patrols", "patrolled", "patrolling", "Patrols"),
        ("reject", "rejected", "rejects", "rejecting"),
        ("1,200", "1200"),
        ("1,234,567", "1234567"),
        ("4.20", "4.2"),
        ("7.0", "7"),
        ("1,200.50", "1200.5"),
        ("Rooke", "Rooke's", "Rooke’s", "ROOKE"),
        ("O'Brien", "O’Brien", "O'Brien’s"),
        ("the Smiths'", "the Smiths’"),
        ("co-operate", "cooperate", "Co-operated"),
        ("e-mail", "email"),
        ("re-elected", "reelected"),
        ("Séguin", "Seguin", "SÉGUIN"),
        ("Zürich", "Zurich"),
        ("U.S.", "the US", "U.S.A."),
        ("U.K.", "the UK", "Britain", "the United Kingdom", "Great Britain"),
        ("U.S.", "the United States", "the United\u00a0States"),
        ("E.U.", "the EU", "the European Union"),
        ("the UN", "the United Nations", "the United Nations’"),
        ("seven hundred", "700", "Seven Hundred", "seven\u00a0hundred"),
        ("two thousand three hundred and forty-five", "2,345", "2345"),
        ("nine", "9", "Nine"),
        ("a hundred", "100", "one hundred"),
        ("twenty four", "twenty-four", "24"),
        ("two million", "2m", "2 million"),
        ("$1.3bn", "1.3 billion"),
        ("£4.2m", "4.2 million"),
        ("Sept", "September"),
        ("found", "finding"),
        ("sold", "sells"),
        ("women", "woman"),
    ],
)
def test_spellings_of_one_word_are_one_term(spellings: tuple[str, ...]) -> None:
    assert len({tuple(terms(spelling)) for spelling in spellings}) == 1
    assert all(terms(spelling) for spelling in spellings)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,200", "1,2"),
        ("4.2", "42"),
        ("2021", "2022"),
        ("patrol", "party"),
        ("US", "use"),
        ("10", "1"),
        ("100", "1"),
        ("two and three", "five"),
        ("twenty sixteen", "36"),
        ("seven hundreds", "700"),
        ("oneself", "1"),
        ("Tenerife", "10erife"),
        ("United Kingdoms", "United Kingdom"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert terms(one) != terms(other)


@pytest.mark.parametrize("word", ["the", "The", "who", "Why", "don't", "don’t", "she’d", "us", "it", "and"])
def test_a_stop_word_is_no_term(word: str) -> None:
    assert terms(word) == []


@pytest.mark.parametrize(("written", "term"), [("WHO", "who"), ("IT", "it"), ("US", "usa")])
def test_an_abbreviation_that_looks_like_a_stop_word_is_a_term(written: str, term: str) -> None:
    assert terms(f"the {written} said so") == [term]


def test_a_compound_is_found_by_each_of_its_words() -> None:
    assert terms("EU-wide") == terms("EU wide") == ["eu", "wide"]
    assert terms("Franco-British patrols") == terms("Franco British patrols")


def test_terms_keep_their_order_and_their_repetitions() -> None:
    assert terms("Boats, more boats and a harbour") == [*terms("boat"), *terms("boat"), *terms("harbour")]


@pytest.mark.parametrize("text", ["", " \n", "…!?—“”", "🙂👩🏽‍🚒", "\x00\x07", "'", "’’", ". . .", "\udcff"])
def test_what_holds_no_word_holds_no_term(text: str) -> None:
    assert terms(text) == []


@pytest.mark.parametrize("text", ["²", "½", "٣٤٥", "Ⅷ", "東京都", "İstanbul", "ﬁre", "ß", "12,", ".5", "1.2.3.4"])
def test_a_rare_character_is_no_trouble(text: str) -> None:
    assert all(isinstance(term, str) for term in terms(text))


def test_figures_of_other_scripts_have_their_value() -> None:
    assert terms("٣٤٥") == ["345"]


@given(texts() | st.text())
def test_tokens_stand_where_they_say_in_the_text(text: str) -> None:
    found = list(tokens(text))
    assert all(text[token.start : token.end] == token.words for token in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@given(texts())
def test_tokens_have_the_terms_of_their_text(text: str) -> None:
    unhyphenated = text.replace("-", " ")
    assert [token.term for token in tokens(unhyphenated) if token.term is not None] == terms(unhyphenated)


def test_tokens_include_stop_words_without_a_term() -> None:
    assert [(token.words, token.term) for token in tokens("The boats")] == [("The", None), ("boats", "boat")]


@given(texts(), texts())
def test_a_term_does_not_depend_on_what_was_read_before(one: str, other: str) -> None:
    before = terms(one)
    terms(other)
    assert terms(one) == before
    assert terms(f"{one}\n{other}") == terms(one) + terms(other)


@pytest.mark.parametrize(
    "text", ["re-sign the anti-war co-op", "e-mail", "Re-elected", "pre- and re-3", "ex-prime minister"]
)
def test_tokens_stand_for_the_same_terms(text: str) -> None:
    assert [token.term for token in tokens(text) if token.term] == terms(text)
    assert all(text[token.start : token.end] == token.words for token in tokens(text))
