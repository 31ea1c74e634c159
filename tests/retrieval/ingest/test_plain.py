"""Pasted text: what is read from it, what is left out of it and why, and what is refused."""

import re
import time
from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.article import Article
from retrieval.ingest.plain import read_plain
from retrieval.ingest.reading import Unreadable
from retrieval.ingest.vocabulary import vocabulary
from retrieval.ingest.wrapping import paragraphs

FIRST = "Kestria has rejected a British plan for joint harbour patrols, its government said on Thursday."
SECOND = "The plan, which was first proposed in May, would have put forty British officers on the quays of Velm."
THIRD = "Britain's transport minister, Anna Reed, said that she was disappointed but would keep talking."
STORY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def article(page: str) -> Article:
    return read_plain(page).article


def why_dropped(line: str, page: str) -> str:
    """The reason for the line, which must not be in the text."""
    reading = read_plain(page)
    assert line not in reading.article.text
    return next(dropped.why for dropped in reading.dropped if dropped.text == line)


def between_paragraphs(*lines: str) -> str:
    return "\n\n".join(["Kestria rejects harbour patrols", FIRST, *lines, SECOND, THIRD])


def after_the_story(*lines: str) -> str:
    return "\n\n".join(["Kestria rejects harbour patrols", STORY, *lines])


# Simple texts


def test_a_first_line_that_is_no_sentence_is_the_headline_and_not_in_the_text() -> None:
    read = article(f"Kestria rejects harbour patrols\n\n{STORY}")
    assert (read.title, read.text) == ("Kestria rejects harbour patrols", STORY)


def test_a_text_without_a_headline_is_kept_whole_and_titled_with_its_first_words() -> None:
    read = article(f"{FIRST} {SECOND}\n\n{THIRD}")
    assert read.text == f"{FIRST} {SECOND}\n\n{THIRD}"
    assert read.title == FIRST


def test_a_long_first_sentence_is_shortened_at_a_word_for_the_title() -> None:
    title = article(SECOND + "\n\n" + THIRD).title
    assert len(title) <= 100
    assert title.endswith("…")
    assert SECOND.startswith(title[:-1] + " ")


def test_one_line_is_an_article() -> None:
    line = "Kestria has rejected the plan. Britain was angry. Talks go on."
    assert article(line).text == line
    assert article(line).title == "Kestria has rejected the plan."


def test_lines_without_blank_lines_between_them_are_paragraphs() -> None:
    assert article(f"Kestria rejects harbour patrols\n{FIRST}\n{SECOND}").text == f"{FIRST}\n\n{SECOND}"


def test_markdown_keeps_its_words_as_they_came() -> None:
    marked = "Kestria has **rejected** [the plan](https://a.example/x)."
    read = article(f"# Kestria rejects *patrols*\n\n{marked}\n\n## Next\n\n{THIRD}")
    assert (read.title, read.text) == ("Kestria rejects *patrols*", f"{marked}\n\n{THIRD}")


def test_lines_that_name_the_articles_fields_fill_them() -> None:
    read = article(
        "Title: Harbour plan rejected\nSource: Harbour Post\nDate: 2 December 2021\nAuthor: Ann Lee\n"
        f"URL: https://post.example/a\n\n{STORY}"
    )
    assert read == Article(
        title="Harbour plan rejected",
        text=STORY,
        url="https://post.example/a",
        source="Harbour Post",
        author="Ann Lee",
        published="2021-12-02",
    )


def test_lines_wrapped_at_a_column_are_joined() -> None:
    wrapped = (
        "Kestria has rejected a British plan for joint harbour patrols, its\n"
        "government said on Thursday. It called the plan, which was made in May,\n"
        "a breach of its sovereignty and of the treaty of Velm.\n"
        "\n"
        "Britain was disappointed, its transport minister said, and she would\n"
        "keep talking to the Kestrian government about other ways.\n"
    )
    assert article(wrapped).text == "\n\n".join(part.replace("\n", " ").strip() for part in wrapped.split("\n\n"))


def test_lines_wrapped_and_double_spaced_are_joined() -> None:
    wrapped = (
        "Kestria has rejected a British plan for joint harbour patrols, its\n\n"
        "government said on Thursday. It called the plan, which was made in May,\n\n"
        "a breach of its sovereignty and of the treaty of Velm.\n\n\n"
        "Britain was disappointed, its transport minister said, and she would\n\n"
        "keep talking to the Kestrian government about other ways.\n"
    )
    assert len(article(wrapped).text.split("\n\n")) == 2


def test_an_indented_line_begins_a_paragraph_of_wrapped_text() -> None:
    wrapped = (
        "   Kestria has rejected a British plan for joint harbour patrols, its\n"
        "government said on Thursday in a letter of two pages to the minister.\n"
        "   Britain was disappointed, its transport minister said, and that she\n"
        "would keep talking to the Kestrian government about other ways.\n"
    )
    assert len(article(wrapped).text.split("\n\n")) == 2


def test_no_break_spaces_and_indents_do_not_hide_a_paragraph() -> None:
    assert article(f"\u00a0\u00a0{FIRST}\n\n\t{SECOND}").text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Frankreich lehnt Streifen ab", "Frankreich hat den Vorschlag abgelehnt.\n\nLondon reagierte verärgert."),
        ("法国拒绝联合巡逻", "法国总理周四拒绝了英国关于联合巡逻的建议。\n\n英国政府表示愤怒。"),
        ("फ्रांस ने प्रस्ताव ठुकराया", "फ्रांस ने गुरुवार को प्रस्ताव ठुकरा दिया।\n\nब्रिटेन ने इस पर नाराज़गी जताई।"),
    ],
)
def test_other_languages_are_read_alike(headline: str, body: str) -> None:
    read = article(f"{headline}\n\n{body}")
    assert (read.title, read.text) == (headline, body)


# Headline, outlet, author, day and address


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2 December 2021, 22:11 | Updated: 3 December 2021, 07:15", "2021-12-02"),
        ("Updated: 3 December 2021 | Published: 2 December 2021", "2021-12-02"),
        ("Wed 5 Jun 2024 17.01 BST", "2024-06-05"),
        ("PUBLISHED: 10:03, 4 May 2024", "2024-05-04"),
        ("March 3, 2024", "2024-03-03"),
        ("Dec. 2, 2021, 10:11 PM UTC", "2021-12-02"),
        ("Posted: 2021-12-02T22:11:00Z", "2021-12-02"),
        ("Thursday 2nd December 2021 at 10:11pm", "2021-12-02"),
        ("December 2, 20215:01 AM ET", "2021-12-02"),
        ("22:11, 2 DEC 2021Updated08:02, 3 DEC 2021", "2021-12-02"),
        ("02/12/2021 22:11", "2021-12-02"),
        ("2021/12/02", "2021-12-02"),
        ("2. Dezember 2021, 22:11 Uhr", "2021-12-02"),
    ],
)
def test_the_day_is_read_from_its_line(line: str, day: str) -> None:
    page = f"Kestria rejects harbour patrols\n\n{line}\n\n{STORY}"
    assert article(page).published == day
    assert why_dropped(line, page) == "date line"


def test_a_day_without_its_year_is_not_guessed() -> None:
    reading = read_plain(f"Kestria rejects harbour patrols\n\nPublished 3 December\n\n{STORY}")
    assert reading.article.published is None
    assert any("3 December" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("line", "author", "source"),
    [
        ("By Ann Lee", "Ann Lee", None),
        ("By Ann Lee and Tom Van der Berg", "Ann Lee and Tom Van der Berg", None),
        ("By Ann Lee, Political Editor", "Ann Lee", None),
        ("By Ann Lee for The Harbour", "Ann Lee", "The Harbour"),
        ("By ANN LEE FOR MAILONLINE", "Ann Lee", "MailOnline"),
        ("By Ann Lee, BBC News", "Ann Lee", "BBC News"),
        ("ByAnn LeePolitical Editor", "Ann Lee", None),
        ("By Ann Lee in Paris", "Ann Lee", None),
        ("By Ann Lee | 2 December 2021", "Ann Lee", None),
    ],
)
def test_the_author_is_read_from_the_byline(line: str, author: str, source: str | None) -> None:
    page = f"Kestria rejects harbour patrols\n\n{line}\n\n{STORY}"
    assert (article(page).author, article(page).source) == (author, source)
    assert why_dropped(line, page) == "byline"


def test_a_name_without_by_is_the_author_when_a_day_stands_beside_it() -> None:
    page = f"Kestria rejects harbour patrols\n\nAnn Lee Education editor\n\n2 December 2021\n\n{STORY}"
    assert article(page).author == "Ann Lee"


@pytest.mark.parametrize(
    ("page", "source"),
    [
        (f"Kestria rejects harbour patrols - The Guardian\n\n{STORY}", "The Guardian"),
        (f"Kestria rejects harbour patrols | Politics | LBC News\n\n{STORY}", "LBC News"),
        (f"Sky News\n\nKestria rejects harbour patrols\n\n{STORY}", "Sky News"),
        (
            f"Kestria rejects harbour patrols\n\n{STORY}\n\n© 2024 The Velm Courier Ltd. All rights reserved.",
            "The Velm Courier",
        ),
        (f"Kestria rejects harbour patrols\n\nVELM (Reuters) - {STORY}", "Reuters"),
        (f"https://www.theguardian.com/world/1\n\nKestria rejects harbour patrols\n\n{STORY}", "The Guardian"),
        (f"https://www.velmpost.example/1\n\nKestria rejects harbour patrols\n\n{STORY}", "velmpost.example"),
    ],
)
def test_the_outlet_is_recognised_where_it_stands(page: str, source: str) -> None:
    assert article(page).source == source
    assert article(page).title == "Kestria rejects harbour patrols"


def test_an_address_on_its_own_line_is_the_articles() -> None:
    read = article(f"https://velm.example/2021/12/02/patrols\n\nKestria rejects harbour patrols\n\n{STORY}")
    assert (read.url, read.published) == ("https://velm.example/2021/12/02/patrols", "2021-12-02")


def test_menus_above_the_headline_are_not_taken_for_it() -> None:
    page = f"Home\nNews\nUK Politics\nVelm\nKestria rejects harbour patrols\nBy Ann Lee\n{STORY}"
    assert article(page).title == "Kestria rejects harbour patrols"


# What is left out


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Anna Reed leaves Downing Street. Picture: Alamy", "caption"),
        ("Photograph: Jane Doe/Getty Images", "caption"),
        ("Image source, PA Media", "caption"),
        ("Anna Reed spoke to reporters. (Photo by Jane Doe/Getty Images)", "caption"),
        ("The quay at Velm on Thursday Credit: PA", "caption"),
        ("Anna Reed speaks in Velm. Jane Doe/AP", "caption"),
        ("Anna Reed outside her home (PA Wire)", "caption"),
        ("Watch: Minister walks out of interview", "link to another story"),
        ("Read more: Storm closes the port of Velm.", "link to another story"),
        ("READ MORE: Storm closes the port", "link to another story"),
        ("READ ALSO: Storm closes the port", "link to another story"),
        ("STORM CHAOS: Thousands flee the north", "link to another story"),
        ("Sign up to our newsletter and never miss a story.", "newsletter invitation"),
        ("Subscribe to our channel for more", "newsletter invitation"),
        ("Follow us on Twitter for the latest.", "app invitation"),
        ("Download the Kite app now.", "app invitation"),
        ("Support our journalism from £1 a month.", "subscription notice"),
        ("ADVERTISEMENT", "advertisement"),
        ("Share this article", "share buttons"),
        ("1.2k comments", "reader comments"),
        ("3 hours ago", "date line"),
        ("Listen live", "link to another story"),
        ("We use cookies to improve your experience. You can change your settings at any time.", "cookie banner"),
        ("© 2024 Kite Radio", "copyright line"),
        ("Jo Park contributed to this report.", "agency credit"),
        ("What happens next?", "subheading"),
        ("A breach of the treaty", "subheading"),
        ("Home | News | Sport", "navigation"),
        ("@annlee", "contact"),
        ("View gallery", "photo gallery"),
        ("6 min read", "reading time"),
        ("Kestria rejects harbour patrols", "repeated headline"),
    ],
)
def test_what_is_not_the_story_is_left_out_with_its_reason(line: str, why: str) -> None:
    page = between_paragraphs(line)
    assert article(page).text == STORY
    assert [dropped.why for dropped in read_plain(page).dropped if dropped.text == line] == [why]


def test_a_caption_without_its_credit_is_known_by_the_caption_beside_it() -> None:
    page = between_paragraphs(
        "Anna Reed left Downing Street by car.", "Anna Reed left Downing Street by car. Picture: Alamy"
    )
    assert article(page).text == STORY


def test_a_sentence_set_apart_a_second_time_is_left_out_once() -> None:
    reading = read_plain(between_paragraphs(THIRD))
    assert reading.article.text.count(THIRD) == 1
    assert [dropped.why for dropped in reading.dropped] == ["repeated line"]


def test_headlines_behind_the_story_are_left_out() -> None:
    page = after_the_story("Storm closes the port of Velm for days", "Nurses vote on new pay offer", "2 hours ago")
    assert article(page).text == STORY


def test_teasers_of_other_stories_behind_a_heading_are_left_out() -> None:
    teaser = "Forecasters expect gusts of ninety miles an hour."
    page = after_the_story("Most read", "Storm closes schools in the north", teaser, "Nurses vote on pay", "More soon")
    assert article(page).text == STORY
    assert why_dropped(teaser, page) == "headlines of other stories"


def test_a_story_resumes_behind_a_box_of_links() -> None:
    page = between_paragraphs("Related articles", "Storm closes schools in the north", "Nurses vote on pay")
    assert article(page).text == STORY


def test_readers_comments_end_the_story() -> None:
    page = after_the_story(
        "Comments (12)", "They should never have gone there in the first place!", "I agree with you."
    )
    assert article(page).text == STORY


# What stays


@pytest.mark.parametrize(
    "line",
    [
        "“It was chaos.”",
        "“No.”",
        "A spokesman for Velm harbour has been contacted for comment.",
        "This article was amended on 3 December 2021 to correct the number of officers.",
        "Correction: an earlier version misstated the number of officers.",
        "- 12 people were hurt",
        "• The plan would have cost eleven million pounds a year.",
        "Q: Will Kestria change its mind?",
        "More than forty officers would have been sent.",
        "For more than a decade the port has been shut at night.",
        "Part of the reason is the treaty of Velm.",
        "Support for the plan fell in May.",
        "Complaints about the queues rose by half.",
        "Home owners near the quay were not asked.",
        "The picture: a port that nobody wants to pay for.",
        "By Friday the queue was twelve miles long.",
        "She won the prize twice, for the same play in two languages (“Velm/Velma”).",
        "“The sea gives. The sea takes.” Anna Reed",
        "Watching from the quay was Tom Brown, a docker.",
    ],
)
def test_what_is_of_the_story_stays(line: str) -> None:
    assert article(between_paragraphs(line)).text.split("\n\n") == [FIRST, line, SECOND, THIRD]


def test_verse_stays() -> None:
    verse = [
        "The boats come in at evening,",
        "the gulls are loud above;",
        "the harbour lights are shining",
        "on all we love",
    ]
    assert article(between_paragraphs(*verse)).text.split("\n\n")[1:5] == verse


def test_a_list_that_a_colon_announces_stays() -> None:
    points = ["The plan has three parts:", "More patrols", "A fund of £54m", "Faster visas"]
    assert article(between_paragraphs(*points)).text.split("\n\n")[1:5] == points


def test_an_interviews_questions_stay() -> None:
    interview = [
        "Will you stand again?",
        "Yes, I will.",
        "Why?",
        "The bridge is not finished.",
        "Who pays?",
        "We all do.",
    ]
    assert article(between_paragraphs(*interview)).text.split("\n\n")[1:7] == interview


def test_a_correction_stays_behind_the_lists_of_other_stories() -> None:
    note = "This article was amended on 3 December 2021 to correct a name."
    assert article(after_the_story("Most read", "Storm closes schools in the north", note)).text.endswith(note)


# What is refused


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "empty"),
        (" \n\u00a0\n", "empty"),
        ("https://www.kite.example/news/1", "only a link"),
        ("https://a.example/1\nhttps://b.example/2", "only a link"),
        ("<!DOCTYPE html><html><body><p>Kestria said no.</p></body></html>", "source of a web page"),
        ("<p>Kestria said no.</p> <p>It did.</p>", "source of a web page"),
        ("12 34 56\n\n***", "no words"),
        ("Kestria rejects harbour patrols", "No sentence"),
        ("Home\nNews\nSign in\nSubscribe now\nMost read\nStorm closes the port", "No sentence"),
    ],
)
def test_what_holds_no_article_is_refused_in_one_clear_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence) as refused:
        read_plain(text)
    assert re.search(r"paste the article's (text|paragraphs)", str(refused.value))


def test_a_text_of_more_lines_than_a_book_is_refused() -> None:
    with pytest.raises(Unreadable, match="more than 50,000 lines"):
        read_plain("Why?\n" * 50_001)


# Nothing is lost


PHRASES = sorted(vocabulary().kinds[0].whole | vocabulary().kinds[5].whole | vocabulary().sections[1].whole)
LINES = st.one_of(
    st.sampled_from(
        [FIRST, SECOND, THIRD, "By Ann Lee", "2 December 2021", "Published", "Sky News", "", "# Velm", "Title: Velm"]
    ),
    st.sampled_from(PHRASES),
    st.text("abcDE .,:;!?“”'|-•#*/©&\t\u00a0é法", max_size=90),
    st.lists(
        st.sampled_from(["harbour", "Velm", "said", "the", "Reed", "plan,", "12", "Picture:", "PA"]), max_size=30
    ).map(" ".join),
)


def signs(*texts: str) -> Counter[str]:
    """How often each sign stands in the texts, spaces and line ends aside."""
    return Counter("".join("".join(text.split()) for text in texts))


@given(st.lists(LINES, max_size=30).map("\n".join))
def test_every_sign_is_in_the_text_or_reported_or_of_the_headlines_line(page: str) -> None:
    try:
        reading = read_plain(page)
    except Unreadable:
        return
    told = signs(reading.article.text, *(dropped.text for dropped in reading.dropped))
    assert not told - signs(page)
    missing = signs(page) - told
    headlines = [signs(line) for line in paragraphs(page) if reading.article.title in line]
    assert not missing or missing in headlines


@given(st.lists(LINES, max_size=20).map("\n".join))
def test_the_text_is_made_of_the_pages_own_lines_and_every_drop_has_a_reason(page: str) -> None:
    try:
        reading = read_plain(page)
    except Unreadable:
        return
    words = page.split()
    assert all(word in words or "-" in word for word in reading.article.text.split())
    assert all(dropped.why and dropped.why == dropped.why.lower() for dropped in reading.dropped)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Unreadable):
        read = read_plain(text).article
        assert read.title
        assert read.text.strip()


HOSTILE = {
    "one endless word": "A" * 1_000_000,
    "nothing but brackets": "(" * 1_000_000 + "a",
    "a line of a million words": "word " * 200_000 + "ends.",
    "menus": ("a | b / " * 30 + "\n") * 4_000,
    "credits": ("Some text of (Getty / REUTERS/ foo Picture: " * 4 + "\n") * 5_000,
    "wrapped without end": "lorem ipsum dolor sit amet consectetur elit sed do eiusmod tempor\n" * 15_000,
    "headings of lists": "Related\nA headline of five words\nA sentence that stands alone here.\n" * 7_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_time_grows_with_the_length_only(text: str) -> None:
    started = time.process_time()
    with suppress(Unreadable):
        read_plain(text)
    assert time.process_time() - started < 5
