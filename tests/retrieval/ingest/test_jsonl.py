"""One article a line of JSON."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Article
from retrieval.ingest.decoding import clean
from retrieval.ingest.jsonl import is_line, read_line, write_line
from retrieval.ingest.reading import Unreadable

TEXTS = st.text(min_size=1).map(lambda text: clean(text).text).filter(str.strip)
WORDS = st.one_of(st.none(), st.text().map(lambda text: " ".join(clean(text).text.split()) or None))
ARTICLES = st.builds(
    Article,
    title=WORDS.map(lambda words: words or "Untitled"),
    text=TEXTS,
    key=st.one_of(st.none(), TEXTS),
    url=WORDS,
    source=WORDS,
    author=WORDS,
    published=st.one_of(
        st.none(), st.dates().map(lambda day: day.isoformat()), st.datetimes().map(lambda time: time.isoformat())
    ),
)


def line(**fields: object) -> str:
    return json.dumps({"title": "T", "text": "It did.", **fields})


@given(ARTICLES)
def test_an_exported_article_comes_back_the_same(article: Article) -> None:
    assert read_line(write_line(article, article.key, article.url)).article == article


def test_a_line_holds_the_contracts_fields_in_their_order() -> None:
    written = json.loads(write_line(Article(title="Größe", text="It did."), "k", None))
    assert list(written) == ["id", "title", "url", "source", "author", "published", "text"]
    assert "Größe" in write_line(Article(title="Größe", text="It did."), "k", None)


def test_the_text_stays_as_it_is_given() -> None:
    text = "  Read more: a link\n\nSign up here.\t\n"
    assert read_line(line(text=text)).article.text == text


def test_line_ends_and_control_characters_are_mended_with_a_warning() -> None:
    reading = read_line(line(text="one\r\ntwo\u0000"))
    assert reading.article.text == "one\ntwo\ufffd"
    assert len(reading.warnings) == 1


def test_unknown_fields_are_ignored_and_a_number_may_be_the_key() -> None:
    assert read_line(line(id=17, views=3)).article.key == "17"


def test_a_missing_title_is_the_texts_first_words() -> None:
    assert read_line(line(title=None)).article.title == "It did."


@pytest.mark.parametrize(
    ("given_date", "stored"),
    [
        ("2021-12-02", "2021-12-02"),
        ("2021/12/02", "2021-12-02"),
        ("2021/1/2", "2021-01-02"),
        ("2021-12-02T22:11:00Z", "2021-12-02T22:11:00+00:00"),
        ("2021-12-02 22:11", "2021-12-02T22:11:00"),
    ],
)
def test_dates_are_stored_in_one_form(given_date: str, stored: str) -> None:
    assert read_line(line(published=given_date)).article.published == stored


@pytest.mark.parametrize("given_date", ["2 December 2021", "2021-13-02", "soon", 1638482400, ["2021-12-02"]])
def test_another_date_becomes_none_with_a_warning(given_date: object) -> None:
    reading = read_line(line(published=given_date))
    assert reading.article.published is None
    assert "not an ISO 8601 date" in reading.warnings[0]


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"title": "T"}', '"text" is missing or empty'),
        ('{"text": "  "}', '"text" is missing or empty'),
        ('{"text": ["a"]}', '"text" is a list'),
        ('{"text": "a", "title": 3}', '"title" is a number'),
        ('{"text": "a", "id": true}', '"id" is true or false'),
        ('{"text": NaN}', "beyond measure"),
        ("[" * 100_000, "beyond measure"),
        ('{"id": 1' + "0" * 5000 + "}", "beyond measure"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_bad_line_is_refused_with_its_fault(bad: str | bytes, fault: str) -> None:
    with pytest.raises(Unreadable, match=fault):
        read_line(bad)


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.dictionaries(st.text(), inner))
)
def test_any_json_is_read_or_refused(value: object) -> None:
    with suppress(Unreadable):
        assert read_line(json.dumps(value)).article.text.strip()


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        (b'{"text": "The ferry was sold."}', True),
        (b'\xef\xbb\xbf {"id": 1, "text": null}\r\n', True),
        (b'{"title": "Ferry"}', False),
        (b'["text"]', False),
        (b'{"text": "The ferry', False),
        (b"The ferry was sold.", False),
        (b"\xff\xfe{", False),
        (b"", False),
    ],
)
def test_the_line_of_an_article_is_known_from_a_text(line: bytes, *, is_one: bool) -> None:
    assert is_line(line) is is_one
