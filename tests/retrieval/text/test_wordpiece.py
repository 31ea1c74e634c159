import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.shipped import shipped
from retrieval.text.wordpiece import Pieces, WordPiece
from tests.retrieval.strategies import texts

SMALL = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "har",
    "##bour",
    "##bou",
    "##r",
    "seguin",
    "tom",
    "s",
    "'",
    "’",
    "£",
    "4",
    ".",
]
TEXTS = st.one_of(st.text(max_size=60), texts())


@pytest.fixture(scope="module")
def small() -> WordPiece:
    return WordPiece(SMALL)


@pytest.fixture(scope="module")
def bert() -> WordPiece:
    """The vocabulary that is shipped."""
    return WordPiece((shipped("reader") / "vocab.txt").read_text("utf-8").splitlines())


def named(pieces: Pieces) -> list[str]:
    return [SMALL[number] for number in pieces.ids]


def words(pieces: Pieces, text: str) -> list[str]:
    return [text[start:end] for start, end in pieces.places]


def test_a_word_is_cut_into_the_longest_pieces(small: WordPiece) -> None:
    pieces = small.pieces("harbour harbours")
    assert named(pieces) == ["har", "##bour", "[UNK]"]
    assert words(pieces, "harbour harbours") == ["har", "bour", "harbours"]


def test_case_and_accents_make_no_difference(small: WordPiece) -> None:
    assert named(small.pieces("Séguin SEGUIN seguin")) == ["seguin"] * 3


def test_a_piece_stands_for_its_letters_with_their_accents(small: WordPiece) -> None:
    text = "Mr Séguin"
    assert words(small.pieces(text), text)[-1] == "Séguin"


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_an_apostrophe_stands_alone(small: WordPiece, apostrophe: str) -> None:
    assert named(small.pieces(f"Tom{apostrophe}s")) == ["tom", apostrophe, "s"]


def test_punctuation_stands_alone(small: WordPiece) -> None:
    text = "£4.4."
    assert words(small.pieces(text), text) == ["£", "4", ".", "4", "."]


def test_a_word_without_pieces_is_unknown_as_a_whole(small: WordPiece) -> None:
    text = "Tom 港口 🙂"
    pieces = small.pieces(text)
    assert named(pieces) == ["tom", "[UNK]", "[UNK]"]
    assert words(pieces, text) == ["Tom", "港口", "🙂"]


def test_a_word_of_more_than_a_hundred_letters_is_unknown(bert: WordPiece) -> None:
    assert len(bert.pieces("a" * 100)) > 1
    assert len(bert.pieces("a" * 101)) == 1


@pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0"])
def test_where_there_is_no_word_there_is_no_piece(small: WordPiece, text: str) -> None:
    assert len(small.pieces(text)) == 0


def test_a_vocabulary_without_its_marks_is_refused() -> None:
    with pytest.raises(KeyError):
        WordPiece(["harbour"])


def test_the_shipped_vocabulary_cuts_a_sentence_as_bert_does(bert: WordPiece) -> None:
    text = "The harbourmaster’s £4.2m scheme"
    assert words(bert.pieces(text), text) == [
        "The",
        "harbour",
        "master",
        "’",
        "s",
        "£",
        "4",
        ".",
        "2",
        "m",
        "scheme",
    ]


@given(text=TEXTS)
def test_every_place_lies_in_the_text_and_they_are_in_order(bert: WordPiece, text: str) -> None:
    pieces = bert.pieces(text)
    assert len(pieces.ids) == len(pieces.places)
    assert all(0 <= start < end <= len(text) for start, end in pieces.places)
    assert pieces.places == sorted(pieces.places)


@given(text=TEXTS)
def test_everything_but_white_space_and_loose_accents_has_a_piece(bert: WordPiece, text: str) -> None:
    covered = {place for start, end in bert.pieces(text).places for place in range(start, end)}
    for place, sign in enumerate(text):
        if not sign.isspace() and unicodedata.category(sign) != "Mn":
            assert place in covered, sign


@given(text=TEXTS)
def test_a_text_is_cut_the_same_each_time(bert: WordPiece, text: str) -> None:
    assert bert.pieces(text) == bert.pieces(text)


@given(one=TEXTS, other=TEXTS)
def test_a_text_after_a_line_end_is_cut_as_it_is_alone(bert: WordPiece, one: str, other: str) -> None:
    assert bert.pieces(f"{one}\n{other}").ids == bert.pieces(one).ids + bert.pieces(other).ids
