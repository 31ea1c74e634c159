"""What a server says that it sends."""

import pytest
from hypothesis import given
from hypothesis.strategies import text

from bot.fetching.errors import WrongType
from bot.fetching.formats import ARTICLES, FEEDS, charset, content_type


@pytest.mark.parametrize("header", ["text/html", "Text/HTML; charset=utf-8", " text/html ;x"])
def test_a_content_type_is_in_lower_case_and_without_parameters(header: str) -> None:
    assert content_type(header) == "text/html"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("text/html; charset=UTF-8", "utf-8"),
        ("text/html; charset='latin1'", "iso8859-1"),
        ('text/html; Charset = "windows-1252"', "cp1252"),
        ("text/html; charset=Shift_JIS", "shift_jis"),
        ("text/html", None),
        ("text/html; charset=", None),
        ("text/html; charset=esperanto", None),
    ],
)
def test_a_charset_is_named_as_python_names_it(header: str, name: str | None) -> None:
    assert charset(header) == name


@pytest.mark.parametrize("trap", ["zlib", "hex", "rot13", "idna", "punycode", "unicode_escape", "utf-7", "undefined"])
def test_an_encoding_that_no_page_is_in_is_none(trap: str) -> None:
    assert charset(f"text/html; charset={trap}") is None


@given(text())
def test_any_header_can_be_read(words: str) -> None:
    for header in (words, f"text/html; charset={words}"):
        name = charset(header)
        assert name is None or b"".decode(name) == ""
        assert content_type(header) == content_type(header).strip().lower()


@pytest.mark.parametrize(
    "sort", ["text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf"]
)
def test_an_article_is_a_page_a_text_or_a_pdf(sort: str) -> None:
    ARTICLES.check("news.example", sort)


@pytest.mark.parametrize(
    "sort", ["application/rss+xml", "application/atom+xml", "text/xml", "application/xml", "application/feed+json"]
)
def test_a_feed_is_no_article(sort: str) -> None:
    FEEDS.check("news.example", sort)
    with pytest.raises(WrongType):
        ARTICLES.check("news.example", sort)


@pytest.mark.parametrize(
    ("sort", "called"),
    [
        ("image/png", "a picture"),
        ("video/mp4", "a video"),
        ("application/zip", "an archive of files"),
        ("application/x-tar", "application/x-tar"),
        ("", "a file of an unknown type"),
        ("text/<@123>", "a file of an unknown type"),
    ],
)
def test_an_error_says_what_came_and_what_was_expected(sort: str, called: str) -> None:
    with pytest.raises(WrongType) as error:
        ARTICLES.check("news.example", sort)
    assert (
        str(error.value)
        == f"news.example sent {called} where a web page, a text or a PDF was expected; check the link."
    )
