"""try, ask and chat."""

from pathlib import Path
from typing import Any

import pytest

from tests.bot.cli.conftest import Terminal
from tests.bot.stories import CHAIR, MINE

COMPOUND = "Who is the chair of the harbour board, and who won the chess cup in Reykjavik?"
PATROLS = "Who rejected joint patrols?"
UNANSWERABLE = "Who won the chess cup in Reykjavik?"
ANSWER = ["id", "question", "answered", "as_of", "after", "parts"]
PART = ["question", "answered", "text", "confidence", "evidence", "reason", "nearest"]
EVIDENCE = [
    *("article_id", "version", "title", "source", "url", "author", "published", "quote", "start", "end"),
    *("answer_start", "answer_end", "speaker", "also_in"),
]


def without_id(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "id"}


# try


def test_try_answers_from_the_sample_stories_and_leaves_nothing_behind(quotidian: Terminal, tmp_path: Path) -> None:
    ran = quotidian("try", CHAIR)
    assert (ran.code, ran.err) == (0, "")
    assert "**" in ran.out
    assert "  │ " in ran.out
    assert list(tmp_path.iterdir()) == []


def test_try_without_an_answer_is_1(quotidian: Terminal) -> None:
    ran = quotidian("try", UNANSWERABLE)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("Not in the archive. ")


@pytest.mark.parametrize("goodbye", ["", "quit", "EXIT", "bye"])
def test_try_is_a_conversation_until_it_is_ended(quotidian: Terminal, goodbye: str) -> None:
    ran = quotidian("try", given=f"{CHAIR}\n{UNANSWERABLE}\n{goodbye}\n{CHAIR}\n".encode())
    assert ran.code == 0
    assert ran.out.count("As of ") == 1
    assert ran.out.count("Not in the archive.") == 1


def test_try_has_the_same_json_as_ask(stocked: Terminal) -> None:
    (tried,), (asked,) = (stocked(command, COMPOUND, "--json").objects for command in ("try", "ask"))
    assert without_id(tried) == without_id(asked)


# Follow-ups


def test_ask_follows_up_on_an_earlier_answer(stocked: Terminal) -> None:
    (first,) = stocked("ask", PATROLS, "--json").objects
    (second,) = stocked("ask", "and why?", "--after", first["id"], "--json").objects
    (third,) = stocked("ask", "when was that?", "--after", second["id"], "--json").objects
    assert (first["after"], second["after"], third["after"]) == (None, first["id"], second["id"])
    assert second["question"] == "and why?"
    assert second["parts"][0]["question"].startswith("Why did the French prime minister")
    assert "compromise the nation's sovereignty" in second["parts"][0]["text"]
    assert third["parts"][0]["question"].startswith("When did the French prime minister")


def test_a_full_question_after_another_is_answered_as_by_itself(stocked: Terminal) -> None:
    (first,) = stocked("ask", PATROLS, "--json").objects
    (alone,) = stocked("ask", CHAIR, "--json").objects
    (after,) = stocked("ask", CHAIR, "--after", first["id"], "--json").objects
    assert after["parts"] == alone["parts"]


def test_an_unknown_answer_cannot_be_followed_up(stocked: Terminal) -> None:
    ran = stocked("ask", "and why?", "--after", "0000")
    assert (ran.code, ran.out) == (1, "")
    assert ran.complaint == "quotidian: There is no answer 0000 here. Ask the whole question again."


def test_an_answer_is_followed_up_in_its_own_guild_alone(stocked: Terminal) -> None:
    (first,) = stocked("ask", PATROLS, "--json").objects
    assert stocked("ask", "and why?", "--after", first["id"], "--guild", "7").code == 1


@pytest.mark.parametrize("command", ["chat", "try"])
def test_a_conversation_takes_up_what_was_asked(stocked: Terminal, command: str) -> None:
    ran = stocked(command, given=f"{PATROLS}\nand why?\n".encode())
    assert "Why did the French prime minister, Jean Castex, reject joint patrols?" in ran.out


# Time


def test_a_time_counts_from_the_day_that_is_given(stocked: Terminal) -> None:
    question = "Who was arrested for the mill fire last week?"
    assert stocked("ask", question, "--today", "2024-10-24").code == 0
    (refused,) = stocked("ask", question, "--today", "2024-12-24", "--json").objects
    assert refused["parts"][0]["reason"] == "No article of that time (“last week”) answers it."


def test_a_day_that_is_none_is_wrong_use(stocked: Terminal) -> None:
    assert stocked("ask", CHAIR, "--today", "yesterday").code == 2


# ask


def test_ask_prints_the_answer_marked_in_its_quotation_and_the_source(stocked: Terminal) -> None:
    (part,) = stocked("ask", CHAIR, "--json").objects[0]["parts"]
    ran = stocked("ask", CHAIR)
    lines = ran.out.splitlines()
    best = part["evidence"][0]
    assert (ran.code, ran.err, lines[0]) == (0, "", part["text"])
    assert f"  │ {best['quote'].replace(part['text'], '**' + part['text'] + '**', 1)}" in lines
    assert f"    {best['title']}" in lines
    assert f"    {best['url']}" in lines


def test_ask_without_an_answer_is_1(stocked: Terminal) -> None:
    assert stocked("ask", UNANSWERABLE).code == 1
    assert stocked("ask", UNANSWERABLE, "--json").code == 1
    assert stocked("ask", COMPOUND).code == 0


def test_an_empty_archive_says_how_to_add_an_article(quotidian: Terminal) -> None:
    for ran in (quotidian("ask", CHAIR), quotidian("chat")):
        assert ran.code == 1
        assert "Add one with: quotidian add LINK or FILE" in ran.out


def test_the_json_of_an_answer_has_the_contracts_fields_in_their_order(stocked: Terminal) -> None:
    (given,) = stocked("ask", COMPOUND, "--json").objects
    assert list(given) == ANSWER
    assert (given["question"], given["answered"], given["after"]) == (COMPOUND, True, None)
    answered, refused = given["parts"]
    assert list(answered) == list(refused) == PART
    assert all(list(each) == EVIDENCE for each in [*answered["evidence"], *refused["nearest"]])
    assert given["as_of"] == max(each["published"] for each in answered["evidence"])
    assert 0 < answered["confidence"] <= 1
    assert answered["reason"] is None
    assert answered["nearest"] == []


def test_a_part_without_an_answer_has_a_reason_and_no_words_of_its_own(stocked: Terminal) -> None:
    (given,) = stocked("ask", COMPOUND, "--json").objects
    refused = given["parts"][1]
    assert (refused["answered"], refused["text"], refused["evidence"]) == (False, None, [])
    assert "Reykjavik" in refused["reason"]


@pytest.mark.parametrize("question", [COMPOUND, "What did the harbour board decide, and why?", UNANSWERABLE])
def test_every_quote_and_answer_stands_in_the_shown_text_at_its_offsets(stocked: Terminal, question: str) -> None:
    (given,) = stocked("ask", question, "--json").objects
    for part in given["parts"]:
        for each in part["evidence"] + part["nearest"]:
            (article,) = stocked("show", each["article_id"], "--json").objects
            assert each["quote"] == article["text"][each["start"] : each["end"]]
            assert {name: each[name] for name in ("title", "source", "url", "author", "published", "version")} == {
                name: article[name] for name in ("title", "source", "url", "author", "published", "version")
            }
        if part["text"] is not None:
            first = part["evidence"][0]
            (article,) = stocked("show", first["article_id"], "--json").objects
            assert part["text"] == article["text"][first["answer_start"] : first["answer_end"]]
            assert first["start"] <= first["answer_start"] < first["answer_end"] <= first["end"]


def test_the_same_question_gets_the_same_answer_under_another_id(stocked: Terminal) -> None:
    first, second = (stocked("ask", CHAIR, "--json").objects[0] for _ in range(2))
    assert without_id(first) == without_id(second)
    assert first["id"] != second["id"]


def test_questions_from_standard_input_are_answered_in_their_order_without_blank_lines(stocked: Terminal) -> None:
    questions = [CHAIR, UNANSWERABLE, "What did the harbour board reject?"]
    ran = stocked("ask", "-", "--json", given="\n\n \n".join(questions).encode() + b"\r\n\n")
    assert ran.code == 0
    assert [given["question"] for given in ran.objects] == questions
    assert [given["answered"] for given in ran.objects][:2] == [True, False]


def test_no_question_on_standard_input_is_no_error(stocked: Terminal) -> None:
    assert stocked("ask", "-", "--json") == (quietly := stocked("ask", "-"))
    assert (quietly.code, quietly.out, quietly.err) == (0, "", "")


def test_standard_input_may_begin_with_a_byte_order_mark_and_hold_what_is_no_utf8(stocked: Terminal) -> None:
    ran = stocked("ask", "-", "--json", given=b"\xef\xbb\xbf" + CHAIR.encode() + b"\nWho is \xff\xfe?\n")
    assert [given["answered"] for given in ran.objects] == [True, False]
    assert ran.objects[0]["question"] == CHAIR


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "?",
        "why " * 1_000,
        "a" * 4_000,
        "'; drop table articles; --",
        '"harbour" OR NEAR(board*, 3) AND NOT {x}:y^2',
        "@everyone <@123456789012345678> who?",
        "who\x00\x1b[31m\x07\nis\tthe chair?",
        "\u202ewho\u200f is \u2066the chair\u2069?",
        "who is \udcff the chair?",
        "👩‍👩‍👧 是谁？",
        "[bold]who[/bold] **is** `it`?",
    ],
)
def test_any_words_are_a_question(stocked: Terminal, question: str) -> None:
    for options in ((), ("--json",)):
        ran = stocked("ask", question, *options)
        assert ran.code in (0, 1)
        assert ran.out.strip()
        assert ran.err == ""
    assert len(ran.objects) == 1


def test_a_question_that_looks_like_an_option_needs_two_dashes(stocked: Terminal) -> None:
    assert stocked("ask", "--who").code == 2
    assert stocked("ask", "--json", "--", "--who").code in (0, 1)


def test_a_guilds_articles_answer_for_that_guild_alone(stocked: Terminal, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text(
        "Hester Quill owns the Brackwater mine. It will reopen in May, she said.", "utf-8"
    )
    stocked("add", "mine.txt", "--guild", 7)
    assert stocked("ask", MINE, "--guild", 7).code == 0
    for options in ((), ("--guild", 8)):
        ran = stocked("ask", MINE, *options)
        assert ran.code == 1
        assert "Quill" not in ran.out
    assert stocked("ask", CHAIR, "--guild", 7).code == 0


# chat


def test_chat_answers_one_question_after_another_and_ends_with_its_input(stocked: Terminal) -> None:
    ran = stocked("chat", given=f"{CHAIR}\n{UNANSWERABLE}\n".encode())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.index("As of ") < ran.out.index("Not in the archive.")
