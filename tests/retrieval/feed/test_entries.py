"""Entries of feeds: once, newest first, with addresses on the web."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.feed.entries import MOST_ENTRIES, Entry, key, newest, web_address

FEED = "https://velm.example/feeds/all.xml"
DAYS = st.none() | st.dates().map(lambda day: f"{day.isoformat()}T10:12:00+00:00")


def entry(number: int, published: str | None = None) -> Entry:
    return Entry(str(number), f"https://velm.example/{number}", published=published)


ENTRIES = st.lists(st.builds(entry, st.integers(0, 30), DAYS), max_size=40)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://other.example/a?b=c#d", "https://other.example/a?b=c#d"),
        (" /bridge ", "https://velm.example/bridge"),
        ("bridge", "https://velm.example/feeds/bridge"),
        ("//m.velm.example/bridge", "https://m.velm.example/bridge"),
    ],
)
def test_links_are_resolved_against_the_feed(written: str, address: str) -> None:
    assert web_address(written, FEED) == address


@pytest.mark.parametrize(
    "written",
    [None, "", "javascript:alert(1)", "file:///etc/passwd", "ftp://velm.example/a", "http://", "http://[", "/" * 3_000],
)
def test_what_is_not_on_the_web_is_no_link(written: str | None) -> None:
    assert web_address(written, FEED) is None


def test_the_key_is_the_publishers_own_or_the_link_or_a_digest_of_either() -> None:
    link = "https://velm.example/1"
    assert key(" tag:velm,1 ", link) == "tag:velm,1"
    assert key(None, link) == key("  ", link) == link
    assert key("a" * 1_000, link).startswith("sha256:")
    assert key("a" * 1_000, link) != key("a" * 1_001, link)


def test_the_newest_come_first_and_those_without_a_day_last_in_their_order() -> None:
    entries = [entry(1), entry(2, "2024-05-03T10:00:00+00:00"), entry(3), entry(4, "2024-05-04T10:00:00+00:00")]
    assert [each.key for each in newest(entries)] == ["4", "2", "1", "3"]


def test_a_story_is_given_once_though_its_key_or_its_link_comes_again() -> None:
    same_link = Entry("another key", "https://velm.example/1")
    same_key = Entry("1", "https://velm.example/another")
    assert newest([entry(1), same_link, same_key]) == (entry(1),)


def test_of_very_many_the_newest_are_kept() -> None:
    many = [entry(number, f"2024-05-04T10:{number // 60 % 60:02}:{number % 60:02}+00:00") for number in range(3_000)]
    kept = newest(many)
    assert len(kept) == MOST_ENTRIES
    assert kept[0].key == "2999"


@given(ENTRIES)
def test_every_story_is_there_once_and_in_order(entries: list[Entry]) -> None:
    kept = newest(entries)
    assert {each.key for each in kept} == {each.key for each in entries}
    assert len({each.key for each in kept}) == len(kept)
    days = [each.published or "" for each in kept]
    assert days == sorted(days, reverse=True)


@given(st.text(), st.text())
def test_any_text_is_a_link_on_the_web_or_none(written: str, base: str) -> None:
    address = web_address(written, base)
    assert address is None or address.startswith(("http://", "https://", "HTTP", "Http"))
