"""The story in a PDF."""

from dataclasses import replace

import pytest

from retrieval.ingest.pdf import Limits, read_pdf
from retrieval.ingest.reading import Reading, Unreadable
from tests.retrieval.ingest.pdf.printing import LEADING, TOP, Text, column, pdf, with_contents

FIRST = "The council of Velm will close the old bridge for three years from the first of June, the mayor has said."
SECOND = "Nobody had asked the people who live beside it, said Anna Reed, who does and who sells rope and lamps there."
THIRD = "A wooden bridge would have cost eleven million pounds and stood for thirty years at most, engineers wrote."
STORY = [FIRST, SECOND, THIRD]
HEADLINE = Text("Velm closes its old bridge for years", y=TOP, size=24)


def front_page(*above: Text, headline: Text = HEADLINE) -> list[Text]:
    return [*above, headline, *column(STORY, top=TOP - 60)]


def read(*pages: list[Text], **about: str) -> Reading:
    return read_pdf(pdf(*pages, **about))


# The text


def test_broken_lines_are_paragraphs_again() -> None:
    assert read(front_page()).article.text == "\n\n".join(STORY)


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = column([FIRST, SECOND], width=40), column([THIRD, FIRST.replace("June", "July")], x=320, width=40)
    text = read([HEADLINE, *(replace(part, y=part.y - 60) for part in (*left, *right))]).article.text
    assert text.split("\n\n") == [FIRST, SECOND, THIRD, FIRST.replace("June", "July")]


def test_a_story_goes_on_from_page_to_page_without_what_stands_in_the_margins() -> None:
    ends = [Text("The Velm Post 4 May 2024", y=800, size=8), Text("Local news", y=40, size=8)]
    lines = column(STORY, top=TOP - 60)
    break_at = len(lines) // 2
    following = [replace(line, y=line.y + LEADING * break_at + 60) for line in lines[break_at:]]
    reading = read([*ends, HEADLINE, *lines[:break_at]], [*ends, *following])
    assert reading.article.text == "\n\n".join(STORY)
    assert [(part.text, part.why) for part in reading.dropped] == [
        ("The Velm Post 4 May 2024", "running header"),
        ("Local news", "running footer"),
    ]


def test_what_is_not_the_story_is_left_out_as_from_pasted_text() -> None:
    reading = read([HEADLINE, *column([FIRST, "Sign up to our newsletter.", SECOND, THIRD], top=TOP - 60)])
    assert reading.article.text == "\n\n".join(STORY)
    assert [(part.text, part.why) for part in reading.dropped] == [
        ("Sign up to our newsletter.", "newsletter invitation")
    ]


# Title, outlet, author, day, address


def test_the_headline_is_what_is_largest() -> None:
    kicker = Text("Local news", y=TOP + 30)
    assert read(front_page(kicker)).article.title == HEADLINE.words


def test_the_files_title_tells_which_line_is_the_headline() -> None:
    larger = Text("Summer sale at the quay today", y=TOP + 40, size=40)
    reading = read(front_page(larger), Title="Velm closes its old bridge for years - The Guardian")
    assert (reading.article.title, reading.article.source) == (HEADLINE.words, "The Guardian")


def test_the_files_title_is_the_headline_where_none_is_printed() -> None:
    assert read(column(STORY), Title="Velm closes its old bridge").article.title == "Velm closes its old bridge"
    assert read(column(STORY), Title="Microsoft Word - bridge.doc").article.title.startswith("The council of Velm")


def test_a_headline_that_is_drawn_last_is_still_above_the_story() -> None:
    reading = read([*column(STORY, top=TOP - 60), HEADLINE])
    assert (reading.article.title, reading.article.text) == (HEADLINE.words, "\n\n".join(STORY))


def test_byline_and_day_on_the_page_win_over_the_files_own() -> None:
    lines = [Text("By Ann Lee", y=TOP - 30), Text("4 May 2024", y=TOP - 46)]
    reading = read([HEADLINE, *lines, *column(STORY, top=TOP - 80)], Author="Tom Brown", CreationDate="D:20250101")
    assert (reading.article.author, reading.article.published) == ("Ann Lee", "2024-05-04")
    assert reading.warnings == ()


def test_the_files_own_author_and_day_stand_in_with_a_warning() -> None:
    reading = read(front_page(), Author="Tom Brown", CreationDate="D:20240504101200Z")
    assert (reading.article.author, reading.article.published) == ("Tom Brown", "2024-05-04")
    assert reading.warnings == (
        "No page says when it was published; 2024-05-04, when the PDF was made, is taken for the day.",
    )


def test_the_papers_name_and_day_are_read_from_the_heads_of_its_pages() -> None:
    head = Text("The Velm Post 4 May 2024", y=800, size=8)
    reading = read(front_page(head), [head, *column([FIRST.replace("June", "July")])], CreationDate="D:20250101")
    assert (reading.article.source, reading.article.published) == ("The Velm Post", "2024-05-04")


def test_the_address_that_a_browser_printed_is_the_articles_and_its_day_is_not() -> None:
    marks = [
        Text("04/05/2024, 10:12 Velm closes its old bridge for years", y=820, size=8),
        Text("https://courier.example/bridge 1/1", y=20, size=8),
    ]
    article = read(front_page(*marks), Producer="Skia/PDF m120", CreationDate="D:20240504").article
    assert (article.url, article.published) == ("https://courier.example/bridge", None)


def test_pages_that_are_damaged_are_named() -> None:
    source = pdf(front_page(), column(STORY)).replace(b"/Contents 7 0 R", b"/Contents 7 0 R /Rotate (x)")
    assert read_pdf(source).warnings == ("Page 2 of 2 could not be read; what stands there is missing.",)


# What is refused


@pytest.mark.parametrize("pages", [[], [[]], [[], []]])
def test_a_file_without_text_is_refused(pages: list[list[Text]]) -> None:
    with pytest.raises(Unreadable, match="There is no text in the PDF, only pictures or empty pages"):
        read(*pages)


def test_letters_without_meaning_are_refused() -> None:
    unknown = b"BT /F9 11 Tf 72 700 Td (The council of Velm will close the old bridge.) Tj ET"
    with pytest.raises(Unreadable, match="does not say which letters it shows"):
        read_pdf(with_contents(unknown))


def test_a_file_without_a_sentence_is_refused() -> None:
    with pytest.raises(Unreadable, match="No sentence of an article was found"):
        read([Text("Velm")])


def test_the_limits_are_the_callers() -> None:
    with pytest.raises(Unreadable, match="more than 2 pages"):
        read_pdf(pdf(front_page(), column(STORY), column(STORY)), Limits(pages=2))
