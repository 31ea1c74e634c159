import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.asking.small_talk import SmallTalk, small_talk
from tests.retrieval.world import TESTS, lines_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("thanks!", SmallTalk.THANKS),
        ("Thank you so much", SmallTalk.THANKS),
        ("Thanks, good bot", SmallTalk.THANKS),
        ("hello", SmallTalk.GREETING),
        ("Hi there!", SmallTalk.GREETING),
        ("Good morning everyone", SmallTalk.GREETING),
        ("bye", SmallTalk.FAREWELL),
        ("lol ok", SmallTalk.REMARK),
        ("👍", SmallTalk.REMARK),
        ("🙂🙂", SmallTalk.REMARK),
        ("I think France was right", SmallTalk.REMARK),
        ("My uncle worked there.", SmallTalk.REMARK),
    ],
)
def test_what_asks_nothing_is_small_talk(text: str, kind: SmallTalk) -> None:
    assert small_talk(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "who rejected joint patrols",
        "Hello, who rejected joint patrols?",
        "thanks, and why?",
        "I wonder who sold the ferry",
        "Thanks?",
        "barrier costs",
        "Castex",
        "name the biscuits that are moving to Poland",
        "Hurricane Ida was so powerful it:",
        "Roughly ___ percent of the deaths could have been prevented.",
        "The mill burned down.",
        "",
        "...",
    ],
)
def test_what_may_ask_something_is_none(text: str) -> None:
    assert small_talk(text) is None


def test_no_question_of_the_sample_stories_is_taken_for_small_talk() -> None:
    asked = [line["question"] for line in lines_of(TESTS / "questions" / "stories.jsonl")]
    assert not [question for question in asked if small_talk(question)]


@given(st.text(max_size=200))
def test_what_has_a_question_mark_after_a_word_is_a_question(text: str) -> None:
    assert small_talk(f"{text} thanks?") is None
