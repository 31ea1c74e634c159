"""What a site asks programs not to fetch."""

import pytest
from hypothesis import given
from hypothesis.strategies import binary, lists, sampled_from

from bot.fetching.robots import permits

PAGE = "https://news.example/2026/harbour"


@pytest.mark.parametrize(
    "robots",
    [
        b"",
        b"User-agent: *\nDisallow:\n",
        b"User-agent: *\nDisallow: /search\n",
        b"User-agent: Other\nDisallow: /\n",
        b"User-agent: *\nDisallow: /\n\nUser-agent: quotidian\nAllow: /\n",
        b"User-agent: *\nDisallow: /\nAllow: /2026/harbour\n",
        b"User-agent: *\nDisallow: /*.pdf$\n",
        b"<!doctype html><p>The page was not found.</p>",
    ],
)
def test_what_nobody_forbids_is_permitted(robots: bytes) -> None:
    assert permits(robots, "Quotidian", PAGE)


@pytest.mark.parametrize(
    "robots",
    [
        b"User-agent: *\nDisallow: /\n",
        b"user-agent: *\r\ndisallow: /2026/\r\n",
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /2026/\n",
        b"User-agent: Quotidian\nDisallow: /\n\nUser-agent: *\nDisallow:\n",
        b"User-agent: *\nDisallow: /*harb\n",
        b"User-agent: *\n\nDisallow: /2026/\n",
        b"User-agent: *\nDisallow: /caf\xe9\nDisallow: /2026/\n",
    ],
)
def test_what_is_forbidden_to_all_or_to_this_program_is_not(robots: bytes) -> None:
    assert not permits(robots, "Quotidian", PAGE)


@pytest.mark.parametrize("broken", ["Disallow: http://[", "Crawl-delay: \u00b2"])
def test_a_line_that_cannot_be_read_is_passed_over(broken: str) -> None:
    assert permits(f"User-agent: *\n{broken}\n".encode(), "Quotidian", PAGE)


LINES = sampled_from(
    [b"User-agent: *", b"Disallow: /", b"Allow: //", b"Crawl-delay: 1", b"Request-rate: 1/x", b"Sitemap:"]
)


@given(binary() | lists(LINES | binary()).map(b"\n".join))
def test_any_bytes_permit_or_forbid(robots: bytes) -> None:
    assert permits(robots, "Quotidian", PAGE) in (True, False)
