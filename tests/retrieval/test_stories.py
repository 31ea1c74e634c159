import json
from collections import Counter
from urllib.parse import urlsplit

import pytest

from retrieval.article import Article
from retrieval.ingest.jsonl import read_line
from retrieval.shipped import shipped
from tests.retrieval.world import TESTS, lines_of, sample_stories

LINES = shipped("stories.jsonl").read_text("utf-8").splitlines()


def test_there_are_a_dozen_stories_or_more() -> None:
    assert len(LINES) >= 12


@pytest.mark.parametrize("line", LINES, ids=lambda line: str(json.loads(line)["id"]))
def test_a_story_is_an_import_line_that_is_stored_as_it_is(line: str) -> None:
    reading = read_line(line)
    assert not reading.warnings
    assert reading.article.text == json.loads(line)["text"]
    assert all((reading.article.title, reading.article.source, reading.article.published))


@pytest.mark.parametrize("story", sample_stories(), ids=lambda story: str(story.key))
def test_no_story_points_to_a_real_address(story: Article) -> None:
    assert (urlsplit(story.url or "").hostname or "").endswith(".example")


def test_keys_addresses_and_texts_are_unique() -> None:
    for field in ("key", "url", "text"):
        assert Counter(getattr(story, field) for story in sample_stories()).most_common(1)[0][1] == 1


def test_a_story_corrects_itself() -> None:
    assert [story for story in sample_stories() if "correct" in story.text.casefold()]


def test_two_outlets_tell_of_one_event() -> None:
    fire = [story for story in sample_stories() if "Aldersyke" in story.title]
    assert len({story.source for story in fire}) == 2


def test_the_questions_on_them_ask_for_what_stands_in_them() -> None:
    texts = {story.key: story.text for story in sample_stories()}
    for question in lines_of(TESTS / "questions" / "stories.jsonl"):
        if question["answers"]:
            assert any(question["sentence"] in texts[key] for key in question["gold_article_ids"])
        else:
            assert question["gold_article_ids"] == []
