import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Span
from tests.retrieval.strategies import spans_of, texts


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2), (-2, -1)])
def test_a_span_holds_at_least_one_character_of_a_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is not a span"):
        Span(start, end)


@given(texts(), st.data())
def test_a_span_counts_code_points(text: str, data: st.DataObject) -> None:
    span = data.draw(spans_of(text))
    assert span.within(text) == text[span.start : span.end]
    assert len(span) == len(span.within(text))


@given(st.data())
def test_spans_overlap_where_they_have_a_character_in_common(data: st.DataObject) -> None:
    one, other = data.draw(spans_of("x" * 12)), data.draw(spans_of("x" * 12))
    common = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) is other.overlaps(one) is bool(common)


@given(st.data())
def test_a_span_contains_another_when_it_has_each_of_its_characters(data: st.DataObject) -> None:
    one, other = data.draw(spans_of("x" * 12)), data.draw(spans_of("x" * 12))
    assert (other in one) is set(range(other.start, other.end)).issubset(range(one.start, one.end))


def test_spans_are_ordered_as_they_stand_in_the_text() -> None:
    assert sorted([Span(5, 6), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(5, 6)]
