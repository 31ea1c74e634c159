"""Which links are opened at all."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis.strategies import text
from yarl import URL

from bot.fetching.errors import BadUrl
from bot.fetching.links import lead_on, read_link

PAGE = URL("https://news.example/2026/harbour?page=2")


@pytest.mark.parametrize(
    ("link", "read"),
    [
        ("https://news.example/harbour", "https://news.example/harbour"),
        (" HTTP://News.Example/a?b=c#top \n", "http://news.example/a?b=c"),
        ("http://news.example:8080/", "http://news.example:8080/"),
        ("http://süd.example/straße", "http://xn--sd-xka.example/stra%C3%9Fe"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("http://news.example/%2Fa", "http://news.example/%2Fa"),
    ],
)
def test_a_link_to_the_web_is_read_without_its_fragment(link: str, read: str) -> None:
    assert str(read_link(link)) == read


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "ftp://news.example/", "javascript:alert(1)", "data:text/html,x", "news.example", ""]
)
def test_only_http_and_https_are_opened(link: str) -> None:
    with pytest.raises(BadUrl, match="http:// or https://"):
        read_link(link)


@pytest.mark.parametrize("link", ["http://ann@news.example/", "http://ann:secret@news.example/"])
def test_names_and_passwords_are_never_sent(link: str) -> None:
    with pytest.raises(BadUrl, match="user name") as error:
        read_link(link)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("port", [0, 22, 25, 110, 445, 1023])
def test_ports_of_other_services_are_not_opened(port: int) -> None:
    with pytest.raises(BadUrl, match=f"port {port}"):
        read_link(f"http://news.example:{port}/")


@pytest.mark.parametrize(
    "link",
    [
        "http:///path",
        "http://[::1",
        "http://news.example:99999/",
        "http://news example/",
        "http://news.example%00/",
        "http://*.example/",
        "http://a..example/",
        "http://news.example\\@other.example/",
        "http://[fe80::1%25eth0]/",
        f"http://{'a' * 64}.example/",
        f"http://{'a.' * 130}example/",
    ],
)
def test_a_link_without_a_proper_host_is_none(link: str) -> None:
    with pytest.raises(BadUrl, match="no link that can be opened"):
        read_link(link)


def test_an_endless_link_is_not_read() -> None:
    with pytest.raises(BadUrl, match="4000 characters"):
        read_link(f"http://news.example/{'a' * 4_000}")


@given(text())
def test_any_words_are_a_link_or_none(words: str) -> None:
    for said in (words, f"http://{words}", f"http://news.example/{words}"):
        with suppress(BadUrl):
            assert read_link(said).scheme in ("http", "https")


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/home", "https://news.example/home"),
        ("?page=3", "https://news.example/2026/harbour?page=3"),
        ("//www.news.example/", "https://www.news.example/"),
        ("http://other.example/#top", "http://other.example/"),
    ],
)
def test_a_redirect_leads_on_from_where_it_stands(location: str, leads_to: str) -> None:
    assert str(lead_on(PAGE, location)) == leads_to


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "https://ann@news.example/", "http://[", "//news.example:25/"]
)
def test_a_redirect_opens_nothing_that_a_link_does_not(location: str) -> None:
    with pytest.raises(BadUrl):
        lead_on(PAGE, location)


@given(text())
def test_any_words_are_a_redirect_or_none(words: str) -> None:
    with suppress(BadUrl):
        assert lead_on(PAGE, words).host
