import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Span
from retrieval.passages import WORDS_A_PASSAGE, cut
from retrieval.text.sentences import sentences
from tests.retrieval.strategies import texts

long_texts = st.lists(texts() | st.integers(1, 90).map(lambda words: "word " * words + "end. "), max_size=8).map(
    "".join
)


def words_in(text: str, spans: Sequence[Span]) -> int:
    return sum(len(span.within(text).split()) for span in spans)


@given(long_texts)
def test_passages_are_in_order_and_disjoint(text: str) -> None:
    spans = list(cut(text))
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


@given(long_texts)
def test_the_sentences_of_the_passages_are_the_sentences_of_the_text(text: str) -> None:
    held = [span for passage in cut(text) for span in sentences(text) if span in passage]
    assert held == sentences(text)


@given(long_texts)
def test_a_passage_begins_and_ends_with_a_sentence(text: str) -> None:
    spans = sentences(text)
    for passage in cut(text):
        assert passage.start in {span.start for span in spans}
        assert passage.end in {span.end for span in spans}


@given(long_texts)
def test_between_passages_there_is_only_white_space(text: str) -> None:
    outside = list(text)
    for passage in cut(text):
        outside[passage.start : passage.end] = [" "] * len(passage)
    assert not "".join(outside).strip()


@given(long_texts)
def test_a_passage_is_closed_with_the_sentence_that_fills_it(text: str) -> None:
    cuts = list(cut(text))
    for passage in cuts:
        held = [span for span in sentences(text) if span in passage]
        assert words_in(text, held[:-1]) < WORDS_A_PASSAGE
        assert passage == cuts[-1] or words_in(text, held) >= WORDS_A_PASSAGE


def test_a_sentence_is_a_passage() -> None:
    assert list(cut("One sentence.")) == [Span(0, 13)]


def test_a_text_without_words_has_no_passage() -> None:
    assert list(cut(" \n ")) == []
