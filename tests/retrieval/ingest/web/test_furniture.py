"""What is left of furniture in an article that was found on a page."""

import pytest

from retrieval.ingest.page import read_page
from tests.retrieval.ingest.web.pages import FIRST, SECOND, STORY, THIRD, URL, linked, page, paragraphs

AUTHOR = linked('{"@type": "NewsArticle", "headline": "Kestria rejects harbour patrols", "author": "Ann Lee"}')


def why_dropped(words: str, markup: str) -> str:
    """The reason for the words, which stand between paragraphs."""
    reading = read_page(page(FIRST, markup, SECOND, THIRD, head=AUTHOR), URL)
    assert reading.article.text == "\n\n".join(STORY)
    return next(dropped.why for dropped in reading.dropped if dropped.text == words)


def stays(markup: str, *lines: str) -> bool:
    text = read_page(page(FIRST, markup, SECOND, THIRD, head=AUTHOR), URL).article.text
    return text.split("\n") == [FIRST, "", *lines, "", SECOND, "", THIRD]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Sign up to our newsletter here.", "newsletter invitation"),
        ("READ MORE: Ferries stop at Velm after storm", "link to another story"),
        ("Follow us on Facebook for more.", "app invitation"),
        ("Have your say in the comments below.", "invitation to readers"),
        ("Advertisement", "advertisement"),
        ("Image source, Harbour Police", "caption"),
        ("The quay of Velm on Thursday. (Staff Photo/Pim Vos)", "caption"),
        ("Kestria rejects harbour patrols", "repeated headline"),
        ("* * *", "page furniture"),
        ("Want more from Velm? Follow our news every morning.", "newsletter invitation"),
        ("One long read a week. Join 80,000 readers.", "newsletter invitation"),
        ("The Velm Bell is a reader-supported publication.", "subscription notice"),
        ("By clicking Join you agree to our terms.", "cookie banner"),
        ("This story appears in the June issue of the Sentinel.", "print edition"),
        ("Copyright 2024 The Wire", "copyright notice"),
        ("(c)2024 The Wire. Some words are ours.", "copyright notice"),
        ("Citation: Kestria rejects patrols (2024, May 2) retrieved 3 May 2024", "citation"),
        ("First published on: 02-05-2024 at 03:45 IST", "date line"),
        ("The Wire is solely responsible for all content.", "agency credit"),
        ("The quay of Velm. (Representational image)", "caption"),
        ("Follow the Sentinel’s coverage at https://sentinel.example/kestria", "link to another story"),
    ],
)
def test_a_line_is_known_by_its_words(words: str, why: str) -> None:
    assert why_dropped(words, f"<p>{words}</p>") == why


@pytest.mark.parametrize(
    ("words", "markup", "why"),
    [
        ("The quay at dawn", '<p class="imageCaption">The quay at dawn</p>', "caption"),
        ("Sea: All Velm ferries stop again", "<p>Sea: <a>All Velm ferries stop again</a></p>", "link to another story"),
        ("By Ann Lee", '<p class="contributor">By Ann Lee</p>', "byline"),
        ("Updated 22:31", "<p class='posted-on'>Updated 22:31</p>", "date line"),
    ],
)  # fmt: skip
def test_a_line_is_known_by_its_markup(words: str, markup: str, why: str) -> None:
    assert why_dropped(words, markup) == why


def test_the_rest_of_a_box_goes_with_the_furniture_in_it() -> None:
    box = "<div class='css-1x'><h3>The Velm Bell</h3><p>Sign up to our newsletter here.</p></div>"
    assert why_dropped("The Velm Bell", box) == "newsletter invitation"


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<h2>About the poll</h2>", ["About the poll"]),
        ("<h2>2005</h2>", ["2005"]),
        ("<p>Help wanted: two divers</p>", ["Help wanted: two divers"]),
        ("<p>CREW CHIEF: Wayne Carroll</p>", ["CREW CHIEF: Wayne Carroll"]),
        ("<p>Have you ever turned a ship away?</p>", ["Have you ever turned a ship away?"]),
        ("<p>What do you think of the captain now?</p>", ["What do you think of the captain now?"]),
        ("<p>Do you know where your pilots are? That was what the posters asked.</p>",
         ["Do you know where your pilots are? That was what the posters asked."]),
        ("<p>Want more pay from the harbour? Stop asking for it, the union says.</p>",
         ["Want more pay from the harbour? Stop asking for it, the union says."]),
        ("<p>By clicking on the link, three captains gave thieves their savings.</p>",
         ["By clicking on the link, three captains gave thieves their savings."]),
        ("<ul><li>England</li><li>Wales</li><li>a cup</li></ul>", ["England", "Wales", "a cup"]),
        ("<ol><li>43:53</li><li>44:02</li><li>none</li></ol>", ["43:53", "44:02", "none"]),
        ("<table><tr><td>Golf</td><td>12</td></tr></table>", ["Golf | 12"]),
        ("<p>This article was amended on 3 May. An earlier version said read more.</p>",
         ["This article was amended on 3 May. An earlier version said read more."]),
    ],
)  # fmt: skip
def test_lines_that_merely_look_like_furniture_stay(markup: str, lines: list[str]) -> None:
    assert stays(markup, *lines)


def test_what_stands_beside_the_headline_stays() -> None:
    head = "<div><h1>Kestria rejects harbour patrols</h1><h3>Forty officers were to watch the quays</h3></div>"
    text = read_page(page(head, *STORY, head=AUTHOR), URL).article.text
    assert text.split("\n\n") == ["Forty officers were to watch the quays", *STORY]


def test_a_heading_stays_though_a_box_of_furniture_follows() -> None:
    assert stays("<h2>Empty seats</h2><div><p>Sign up to our newsletter here.</p></div>", "Empty seats")


def test_a_list_of_nothing_but_share_buttons_goes() -> None:
    assert why_dropped("Copy link", "<ul><li>Facebook</li><li>Print</li><li>Copy link</li></ul>") == "share buttons"


def test_headlines_with_a_sentence_each_go_with_the_line_that_opens_them() -> None:
    ferries = "<p><b><a>Ferries:</a></b> In a town of two quays, nobody sails on Mondays.</p>"
    pilots = "<p><b><a>Pilots:</a></b> How one old harbour trains those who bring the ships in, and why they stay.</p>"
    box = f"<div class='css-1x'><h3>More on the Harbour</h3>{ferries}{pilots}</div>"
    assert why_dropped("Ferries: In a town of two quays, nobody sails on Mondays.", box) == "headlines of other stories"


def test_sentences_below_the_headlines_of_other_stories_go_with_them() -> None:
    sail = "Half of the boats lie on the quay of Orm since the price of rope went up twice in one year."
    teaser = f"<h4><a href='/sail'>Fewer boats sail</a></h4><p>{sail}</p><p>2 May 2024</p>"
    assert why_dropped(sail, f"<div><h3>Related</h3>{teaser}</div>") == "headlines of other stories"


def test_what_stands_in_a_box_of_readers_comments_goes_with_its_heading() -> None:
    box = "<div><h2>What readers are saying</h2><p>Most of those who wrote were fond of the pilots of Velm.</p></div>"
    assert why_dropped("Most of those who wrote were fond of the pilots of Velm.", box) == "reader comments"


def test_a_count_of_comments_takes_no_story_with_it() -> None:
    story = f"<div class='post'><p>3 comments</p>{paragraphs(*STORY)}</div>"
    assert read_page(page(story), URL).article.text == "\n\n".join(STORY)


def test_the_authors_name_alone_is_a_byline() -> None:
    reading = read_page(page("Ann Lee", *STORY, head=AUTHOR), URL)
    assert reading.article.text == "\n\n".join(STORY)
    assert [dropped.why for dropped in reading.dropped] == ["byline"]


def test_a_name_within_the_story_stays_though_it_is_the_authors() -> None:
    assert stays("<p>Ann Lee</p>", "Ann Lee")


def test_a_day_between_bars_above_the_story_goes() -> None:
    assert read_page(page("Our Correspondent | Velm | July 4, 2017", *STORY), URL).article.text == "\n\n".join(STORY)


@pytest.mark.parametrize("markup", ["<blockquote>{}</blockquote>", "<div class='pull-quote'><p>{}</p></div>"])
def test_a_quotation_that_the_text_says_too_goes(markup: str) -> None:
    words = "“Forty British officers on the quays”"
    assert why_dropped(words, markup.format(words)) == "pull quote"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<blockquote>“Not one British officer on the quays”</blockquote>", "“Not one British officer on the quays”"),
        ("<p>‘Forty British officers on the quays’</p>", "‘Forty British officers on the quays’"),
    ],
)
def test_a_quotation_stays_that_only_it_says_or_that_is_a_subheading(markup: str, words: str) -> None:
    assert stays(markup, words)


def test_a_label_makes_another_line_of_the_headlines_words() -> None:
    claim = "The claim: Kestria rejects the harbour patrols"
    head = linked('{"@type": "NewsArticle", "headline": "Fact check: Kestria rejects the harbour patrols"}')
    assert read_page(page(claim, *STORY, head=head), URL).article.text.startswith(claim)


def test_what_is_said_of_the_author_at_the_end_goes() -> None:
    reading = read_page(page(*STORY, "Ann Lee covers harbours for the Sentinel.", head=AUTHOR), URL)
    assert reading.article.text == "\n\n".join(STORY)
    assert reading.dropped[-1].why == "about the author"
