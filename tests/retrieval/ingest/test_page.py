"""Web pages: the layouts of real news sites, written for this project, against what a careful reader made of each."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.ingest.page import read_page
from retrieval.ingest.reading import Reading, Unreadable
from tests.retrieval.ingest.web.pages import (
    FIRST,
    SECOND,
    STORY,
    STORY_GOES_ON,
    THIRD,
    URL,
    html,
    linked,
    meta,
    page,
    paragraphs,
)

PAGES = Path(__file__).parent / "html"
NAMES = sorted(each.stem for each in PAGES.glob("*.html"))


def gold_of(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    return gold


def reading_of(name: str) -> Reading:
    return read_page((PAGES / f"{name}.html").read_bytes(), gold_of(name)["url"])


def text_of(source: bytes, charset: str | None = None) -> str:
    return read_page(source, URL, charset).article.text


def refusal_of(source: bytes, url: str | None = URL) -> str:
    with pytest.raises(Unreadable) as refused:
        read_page(source, url)
    return str(refused.value)


# Whole pages


@pytest.mark.parametrize("name", NAMES)
def test_the_text_is_the_articles_paragraphs_headings_lists_and_tables_and_nothing_else(name: str) -> None:
    assert reading_of(name).article.text.split("\n\n") == gold_of(name)["body"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field", ["title", "source", "author", "published", "url"])
def test_the_page_tells_its_headline_outlet_author_day_and_address(name: str, field: str) -> None:
    assert getattr(reading_of(name).article, field) == gold_of(name)[field]


@pytest.mark.parametrize("name", NAMES)
def test_no_furniture_is_in_the_text(name: str) -> None:
    text = reading_of(name).article.text
    assert [phrase for phrase in gold_of(name)["furniture"] if phrase in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_dropped_of_the_article_has_its_reason_and_is_not_in_the_text(name: str) -> None:
    reading = reading_of(name)
    assert all(dropped.why for dropped in reading.dropped)
    assert not {dropped.text for dropped in reading.dropped} & set(reading.article.text.split("\n"))


# Encodings

FRENCH = "« La fête à Étaples est annulée à cause de la grève », a déclaré l’adjointe Zoé Lœuil à l’hôtel de ville."
RUSSIAN = "Министр заявил во вторник, что мост через реку будет закрыт до конца года из-за ремонта опор."
JAPANESE = "大臣は火曜日、橋は修理のため年末まで閉鎖されるが、フェリーは運航を続けると記者団に述べた。"


def declaring(encoding: str, words: str) -> str:
    return html(f"<article>{paragraphs(words)}</article>", f'<meta charset="{encoding}">{meta("og:type", "article")}')


@pytest.mark.parametrize(
    ("words", "written", "said", "served"),
    [
        (FRENCH, "utf-8", "utf-8", None),
        (FRENCH, "utf-8", "iso-8859-1", "iso-8859-1"),
        (FRENCH, "cp1252", "iso-8859-1", None),
        (FRENCH, "cp1252", "utf-8", "utf-8"),
        (FRENCH, "utf-16", "utf-8", None),
        (FRENCH, "utf-8-sig", "windows-1251", "windows-1251"),
        (RUSSIAN, "cp1251", "windows-1251", None),
        (RUSSIAN, "koi8-r", "utf-8", "koi8-r"),
        (RUSSIAN, "cp1251", "windows-1251", "iso-8859-1"),
        (JAPANESE, "shift_jis", "Shift_JIS", None),
        (JAPANESE, "euc-jp", "utf-8", "EUC-JP"),
    ],
)
def test_the_words_come_out_whatever_is_said_of_their_encoding(
    words: str, written: str, said: str, served: str | None
) -> None:
    assert words in text_of(declaring(said, words).encode(written), served)


@pytest.mark.parametrize("name", ["punycode", "idna", "hex", "rot13", "no-such-thing", "", "\x00"])
def test_names_that_are_no_encodings_of_the_web_mean_nothing(name: str) -> None:
    assert FRENCH in text_of(declaring(name, FRENCH).encode(), name)


def test_characters_that_cannot_be_read_are_counted() -> None:
    source = declaring("utf-8", FRENCH + " " + FRENCH).encode().replace("fête".encode(), b"f\xeate", 1)
    warning = "1 of the text's characters could not be read; each is shown as \ufffd."
    assert read_page(source, URL).warnings == (warning,)


# Pages without an article


@pytest.mark.parametrize("source", [b"", b"  \n ", b"<!-- nothing -->", b"Sign in"])
def test_an_empty_page_is_refused(source: bytes) -> None:
    assert "paste the article's text" in refusal_of(source)


def teaser(number: int) -> str:
    return (
        f"<div><h3><a href='/s/{number}'>Council of district {number} is at odds over its new bridge</a></h3>"
        f"<p>Its mayor says that he will not pay for more than {number} of the nine piers.</p></div>"
    )


def test_a_front_page_is_refused() -> None:
    source = html("".join(map(teaser, range(30)))).encode()
    assert refusal_of(source, "https://www.sentinel.example/") == (
        "This is a page of headlines, not an article; give the link of one of its articles."
    )


def test_a_section_of_headlines_and_teasers_is_refused() -> None:
    assert "page of headlines" in refusal_of(html("".join(map(teaser, range(30)))).encode())


def test_an_article_is_read_though_links_to_other_stories_stand_among_its_paragraphs() -> None:
    first, second, third = (f"<p><a href='/{quay}'>PILOTS FOUND ASLEEP ON QUAY {quay}</a></p>" for quay in (1, 2, 3))
    ending = "Nobody was there when the last ship left the quay."
    lines = (first, FIRST, SECOND, second, THIRD, STORY_GOES_ON[0], third, STORY_GOES_ON[1], ending)
    assert text_of(page(*lines)).split("\n\n") == [*STORY, *STORY_GOES_ON, ending]


def test_a_page_that_asks_for_a_password_is_refused() -> None:
    source = html("<form><p>Log in to read on.</p><input name='user'><input type='password'></form>").encode()
    assert "asks to log in or subscribe" in refusal_of(source)


def test_a_page_that_shows_an_offer_instead_of_its_article_is_refused() -> None:
    offer = paragraphs("To continue reading this article, subscribe today.", "Already a subscriber? Log in.")
    source = html(f"<article>{offer}</article>", meta("og:type", "article")).encode()
    assert "asks to log in or subscribe" in refusal_of(source)


def test_a_page_that_shows_the_beginning_of_its_article_is_read_with_a_warning() -> None:
    reading = read_page(page(*STORY, "To continue reading this article, subscribe today."), URL)
    assert reading.article.text == "\n\n".join(STORY)
    assert reading.warnings == ("The page may show only the beginning of the article; the rest is for subscribers.",)


def test_a_page_that_its_scripts_have_yet_to_fill_is_refused() -> None:
    source = html('<div id="root"></div><noscript>Please enable JavaScript.</noscript><script src="a.js"></script>')
    assert "only when its scripts run" in refusal_of(source.encode())


def test_a_page_without_sentences_is_refused() -> None:
    assert refusal_of(html("<article><p>Photo</p><p>Map of Velm</p></article>").encode()).startswith("No article")


BODY = "\\n".join(STORY * 3)


def test_an_article_that_is_told_to_search_engines_alone_is_read_from_there() -> None:
    told = linked(f'{{"@type": "NewsArticle", "headline": "Patrols", "articleBody": "{BODY}"}}')
    assert text_of(html("<div id='root'></div>", told).encode()).split("\n\n") == [*STORY * 3]


def test_an_article_that_readers_have_to_pay_for_is_not_read_from_there() -> None:
    told = linked(f'{{"@type": "NewsArticle", "isAccessibleForFree": "False", "articleBody": "{BODY}"}}')
    assert "scripts" in refusal_of(html("<div id='root'></div>", told).encode())


# Lines of the article


def test_items_of_a_list_and_rows_of_a_table_stand_below_each_other() -> None:
    table = "<table><tr><th>Port</th><th>Ships</th></tr><tr><td>Velm</td><td>40</td></tr></table>"
    assert text_of(page(*STORY, "<ul><li>one</li><li><b>t</b>wo</li></ul>", THIRD + " Again.", table, FIRST)).split(
        "\n\n"
    )[3:] == ["one\ntwo", THIRD + " Again.", "Port | Ships\nVelm | 40", FIRST]


def test_what_cannot_be_seen_in_a_word_is_not_in_it() -> None:
    assert "harbour patrols" in text_of(page(FIRST.replace("harbour", "har&shy;bo\u200bur"), SECOND, THIRD))


def test_quotations_that_only_markup_marks_get_their_marks() -> None:
    assert "said: “We <went> home”." in text_of(page("She said: <q>We &lt;went&gt; <b>home</b></q>.", *STORY))


def test_a_short_paragraph_with_a_link_stays_though_it_stands_in_a_box_of_its_own() -> None:
    wrapped = "<div class='text-block'><p>Its driver, <a href='/x'>who had gone home</a>, was safe.</p></div>"
    assert "Its driver, who had gone home, was safe." in text_of(page(FIRST, wrapped, SECOND, THIRD))


def test_paragraphs_that_are_set_as_boxes_are_paragraphs() -> None:
    linking = SECOND.replace("May", "<a href='/x'>May</a>").replace("Velm", "<a href='/velm'>Velm</a>")
    boxes = "".join(f"<div class='text__1x'>{words}</div>" for words in (FIRST, linking, THIRD, *STORY_GOES_ON))
    assert text_of(page(f"<div>{boxes}</div>")).split("\n\n") == [*STORY, *STORY_GOES_ON]


def test_paragraphs_that_stand_in_boxes_of_their_own_stay_in_their_order() -> None:
    boxes = "".join(f"<div class='article-body'><p>{words}</p></div>" for words in (*STORY, *STORY_GOES_ON))
    opening = "<p>What the harbour of Velm was to be is a matter of dispute.</p>"
    assert text_of(html(f"<main>{opening}<div>{boxes}</div></main>").encode()).split("\n\n") == [
        opening[3:-4],
        *STORY,
        *STORY_GOES_ON,
    ]


def test_a_short_line_among_paragraphs_that_are_set_as_boxes_is_one_too() -> None:
    boxes = "".join(
        f"<div class='text__1x'>{words}</div>" for words in (*STORY, "($1 = 11.18 crowns)", "Advertisement")
    )
    assert text_of(page(f"<div>{boxes}</div>")).split("\n\n") == [*STORY, "($1 = 11.18 crowns)"]


def test_the_beginning_of_a_story_stays_though_it_is_called_a_teaser() -> None:
    teaser = f"<div class='teaser-content'>{paragraphs(*STORY)}</div>"
    assert text_of(page(teaser, *STORY_GOES_ON)).split("\n\n") == [*STORY, *STORY_GOES_ON]


def test_the_teaser_of_another_story_goes() -> None:
    teaser = f"<div class='teaser'><h3>Velm floods</h3>{paragraphs(*STORY_GOES_ON, 'The water rose by a metre.')}</div>"
    assert text_of(page(*STORY, teaser)).split("\n\n") == [*STORY]


# Hostile pages

HOSTILE: dict[str, Callable[[], str]] = {
    "100,000 boxes in each other": lambda: html("<div>" * 100_000 + paragraphs(*STORY)),
    "100,000 boxes in each other, closed": lambda: html(
        "<div>" * 100_000 + paragraphs(*STORY) + "</div>" * 100_000, meta("og:type", "article")
    ),
    "tables in tables": lambda: html("<table><tr><td>" * 30_000 + paragraphs(*STORY)),
    "boxes in each other many times": lambda: html(("<div>" * 200 + "a" + "</div>" * 200) * 2_000),
    "100,000 links": lambda: html("".join(f"<a href='/{n}'>Story {n} of many</a> " for n in range(100_000))),
    "100,000 paragraphs": lambda: html(paragraphs(*("It was so." for _ in range(100_000)))),
    "a paragraph of 100,000 spans": lambda: html("<article><p>" + "<b>w</b> x " * 100_000 + "</article>"),
    "100,000 headings": lambda: html("<article>" + "<h2>What now?</h2>" * 100_000 + "</article>"),
    "100,000 attributes": lambda: html("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>"),
    "5 MB and more": lambda: html("word " * 1_100_000),
}

READ_ALL_THE_SAME: dict[str, Callable[[], str]] = {
    "boxes after the article": lambda: html(f"<article>{paragraphs(*STORY)}</article>" + "<div>" * 1_000),
    "an attribute of 2 MB": lambda: html(f"<div class='{'a b ' * 500_000}'>{paragraphs(*STORY)}</div>"),
    "nested entities": lambda: (
        '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
        + html(paragraphs(*STORY, "&c;&c;"))
    ),
    "null bytes": lambda: html(paragraphs(*STORY)).replace("Home", "Ho\0me"),
    "linked data without end": lambda: html(paragraphs(*STORY), linked("[" * 500_000)),
    "linked data of many authors": lambda: html(paragraphs(*STORY), linked('{"author":' * 200_000)),
    "a headline without end": lambda: html(paragraphs(*STORY), meta("og:title", "Velm | - " * 300_000)),
    "an author without end": lambda: html(paragraphs(*STORY), meta("author", "by von and " * 300_000)),
    "teasers in each other": lambda: html("<div class='teaser'>" * 200 + paragraphs(*STORY * 900)),
    "thousands of quotations": lambda: html(
        f"<article>{paragraphs(*STORY)}" + f"<blockquote>{FIRST}</blockquote>" * 2_000
    ),
    "cells over thousands of columns": lambda: html(
        f"<article>{paragraphs(*STORY)}<table>"
        + "<tr><td colspan=99999 rowspan=99999>a</td><td>b</td></tr>" * 1_000
        + "</table></article>"
    ),
}

SOON = 15
"""Seconds, on a slow machine that has other things to do."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_that_is_made_to_be_hard_is_soon_refused_in_one_sentence(name: str) -> None:
    source = HOSTILE[name]().encode()
    began = time.monotonic()
    refusal = refusal_of(source)
    assert time.monotonic() - began < SOON
    assert refusal.endswith(".")
    assert ". " not in refusal


@pytest.mark.parametrize("name", READ_ALL_THE_SAME)
def test_an_article_is_soon_read_among_what_is_made_to_be_hard(name: str) -> None:
    source = READ_ALL_THE_SAME[name]().encode()
    began = time.monotonic()
    article = read_page(source, URL).article
    assert time.monotonic() - began < SOON
    assert article.text.startswith("\n\n".join(STORY))
    assert len(article.title) < 500
    assert len(article.author or "") < 500


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<script>alert(1)</script> Velm", "<script>alert(1)</script> Velm"),
        ("@everyone **look** [at](https://a.example) &lt;@1&gt;", "@everyone **look** [at](https://a.example) <@1>"),
        ("Velm\u202e harbour\x07", "Velm\ufffd harbour\ufffd"),
    ],
)
def test_a_title_is_text_whatever_stands_in_it(written: str, title: str) -> None:
    source = html(paragraphs(*STORY)).replace("Kestria rejects patrols", written)
    assert read_page(source.encode(), URL).article.title == title


TAGS = st.sampled_from(
    "<p> </p> <div> </div> <article> <table> <tr> <td> </table> <ul> <li> </ul> <h1> </h1> <h2> <b> <a> </a> <br> <q> "
    "<blockquote> <figure> <figcaption> <pre> <script> </script> <title> <!-- --> <svg> &amp; &#0; &nbsp; <form> "
    "<p/class=caption> <span> <time> <meta> <head> <body> <html> <address> <dl> <dt> <dd> <em> <hr> <noscript>".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(TAGS, st.sampled_from(STORY), st.text(max_size=20)), max_size=40), st.booleans())
def test_any_page_is_an_article_or_is_refused(parts: list[str], claims: bool) -> None:
    claim = meta("og:type", "article") if claims else ""
    try:
        article = read_page((claim + "".join(parts)).encode("utf-8", "surrogatepass"), URL).article
    except Unreadable:
        return
    assert article.text.strip() == article.text != ""
    assert article.title


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_an_article_or_are_refused(source: bytes) -> None:
    with suppress(Unreadable):
        assert read_page(source, None).article.text
