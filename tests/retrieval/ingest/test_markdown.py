"""Markdown files: the words that a reader sees."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.article import Article
from retrieval.ingest.markdown import LIMIT, read_markdown
from retrieval.ingest.reading import Dropped, Unreadable

FIRST = "Kestria has rejected the plan, its government said on Thursday."
SECOND = "Britain was disappointed, and said so."


def article(text: str) -> Article:
    return read_markdown(text).article


def text_of(*blocks: str) -> str:
    return article("\n\n".join(blocks)).text


def test_emphasis_links_and_code_are_words() -> None:
    assert text_of("Kestria has **rejected** [the *plan*](https://a.example/x) by `vote` &amp; ~~law~~.") == (
        "Kestria has rejected the plan by vote & law."
    )


def test_a_paragraph_over_several_lines_is_one_and_a_broken_line_stays_broken() -> None:
    assert (
        text_of(FIRST, "Britain was\ndisappointed,  \nand said so.")
        == f"{FIRST}\n\nBritain was disappointed,\nand said so."
    )


def test_the_first_heading_is_the_headline_and_others_are_lines() -> None:
    read = article(f"# Kestria says *no*\n\n{FIRST}\n\n## What now?\n\n{SECOND}")
    assert read.title == "Kestria says no"
    assert read.text == f"{FIRST}\n\nWhat now?\n\n{SECOND}"


def test_an_empty_heading_is_no_headline() -> None:
    assert article(f"#\n\n{FIRST}\n\n{SECOND}").text == f"{FIRST}\n\n{SECOND}"


def test_a_text_without_a_heading_is_titled_with_its_first_words() -> None:
    assert article(FIRST).title == FIRST


def test_items_and_rows_stand_below_each_other() -> None:
    table = "| Port | Ships |\n|---|---|\n| Velm | 40 |\n| Orm |  |"
    assert text_of(FIRST, "- one\n- two *things*\n  1. inner", table) == (
        f"{FIRST}\n\none\ntwo things\ninner\n\nPort | Ships\nVelm | 40\nOrm"
    )


def test_quotations_keep_their_words() -> None:
    assert text_of(FIRST, "> We are not\n> against it.\n>\n> Ann Lee") == f"{FIRST}\n\nWe are not against it.\nAnn Lee"


def test_pictures_are_dropped_and_named() -> None:
    reading = read_markdown(f"{FIRST}\n\n![A ship](ship.png)\n\nSee ![](map.png) it.")
    assert reading.article.text == f"{FIRST}\n\nSee it."
    assert reading.dropped == (Dropped("A ship", "picture"), Dropped("map.png", "picture"))


def test_of_markup_within_only_the_words_are_kept() -> None:
    assert text_of(FIRST, "<div class='x'>A <b>box</b></div>", "<!-- note -->", "It <i>is</i>.") == (
        f"{FIRST}\n\nA box\n\nIt is."
    )


FRONT = """---
title: "Kestria: no"
date: 2 May 2024
authors:
  - Ann Lee
  - 'Bo Karr'
publisher: The Sentinel
url: https://a.example/x
tags: [harbour, patrols]
nested:
  deep: {a: b}
---
"""


def test_front_matter_names_the_facts() -> None:
    assert article(f"{FRONT}\n# Kestria: no\n\n{FIRST}") == Article(
        title="Kestria: no",
        text=FIRST,
        url="https://a.example/x",
        source="The Sentinel",
        author="Ann Lee, Bo Karr",
        published="2024-05-02",
    )


def test_a_heading_that_is_not_the_front_matters_title_stays() -> None:
    assert article(f"{FRONT}\n# What now?\n\n{FIRST}").text == f"What now?\n\n{FIRST}"


def test_authors_may_stand_in_brackets() -> None:
    assert article(f'---\nauthor: [Ann Lee, "Bo Karr"]\n---\n{FIRST}').author == "Ann Lee, Bo Karr"


def test_a_date_that_is_none_is_told() -> None:
    reading = read_markdown(f"---\ndate: next week\n---\n{FIRST}")
    assert reading.article.published is None
    assert reading.warnings == ("The date “next week” was not understood; the article has none.",)


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert article(f"---\n\n{FIRST}\n\n{SECOND}").text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("text", ["", "# Only a heading", "- a\n- b", "![A ship](ship.png)", FRONT])
def test_a_file_without_a_sentence_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="paste the article's paragraphs"):
        read_markdown(text)


def test_a_file_that_is_too_long_is_refused() -> None:
    with pytest.raises(Unreadable, match=r"longer than 0\.2 MB"):
        read_markdown("word " * LIMIT)


@pytest.mark.parametrize(
    "sign", ["[", "![", "a**b", "`a``b", "- a\n", "> ", "|a", "<", "[a](", "*a _b ", "---\n", "# a\n"]
)
def test_signs_without_end_are_soon_read_or_refused(sign: str) -> None:
    began = time.monotonic()
    text = sign * ((LIMIT - len(FIRST) - 2) // len(sign))
    try:
        assert FIRST in article(f"{FIRST}\n\n{text}").text
    finally:
        assert time.monotonic() - began < 20


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_an_article_or_is_refused(text: str) -> None:
    try:
        read = article(text)
    except Unreadable:
        return
    assert read.text.strip()
    assert read.title
