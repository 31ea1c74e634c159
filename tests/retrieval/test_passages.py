import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import SHARED, Passage, Span, Version
from retrieval.passages import WORDS_A_PASSAGE, passages
from retrieval.text.sentences import sentences
from tests.retrieval.strategies import texts
from tests.retrieval.world import story

long_texts = st.lists(texts() | st.integers(1, 90).map(lambda words: "word " * words + "end. "), max_size=8).map(
    "".join
)


def cut(text: str) -> list[Passage]:
    return list(passages(Version(7, 2, SHARED, story(text), "")))


def words_in(text: str, spans: Sequence[Span]) -> int:
    return sum(len(span.within(text).split()) for span in spans)


@given(long_texts)
def test_passages_are_in_order_and_disjoint(text: str) -> None:
    spans = [passage.span for passage in cut(text)]
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


@given(long_texts)
def test_the_sentences_of_the_passages_are_the_sentences_of_the_text(text: str) -> None:
    held = [span for passage in cut(text) for span in sentences(text) if span in passage.span]
    assert held == sentences(text)


@given(long_texts)
def test_a_passage_begins_and_ends_with_a_sentence(text: str) -> None:
    spans = sentences(text)
    for passage in cut(text):
        assert passage.span.start in {span.start for span in spans}
        assert passage.span.end in {span.end for span in spans}


@given(long_texts)
def test_between_passages_there_is_only_white_space(text: str) -> None:
    outside = list(text)
    for passage in cut(text):
        outside[passage.span.start : passage.span.end] = [" "] * len(passage.span)
    assert not "".join(outside).strip()


@given(long_texts)
def test_a_passage_is_closed_with_the_sentence_that_fills_it(text: str) -> None:
    cuts = cut(text)
    for passage in cuts:
        held = [span for span in sentences(text) if span in passage.span]
        assert words_in(text, held[:-1]) < WORDS_A_PASSAGE
        assert passage == cuts[-1] or words_in(text, held) >= WORDS_A_PASSAGE


def test_a_passage_says_which_version_it_is_of() -> None:
    assert cut("One sentence.") == [Passage(7, 2, Span(0, 13))]


def test_a_text_without_words_has_no_passage() -> None:
    assert cut(" \n ") == []
