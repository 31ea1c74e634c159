"""verify: stored answers against the archive."""

import json
from pathlib import Path

from tests.bot.cli.conftest import Terminal

FERRY = "Ferry sold. Marta Lindgren sold the Sandholm ferry to Nordwater on Monday. She had owned it for eleven years."
WHO = "Who sold the Sandholm ferry?"


def publishes(quotidian: Terminal, folder: Path, text: str) -> None:
    line = {"id": "ferry", "title": "Ferry sold", "source": "The Bell", "text": text}
    (folder / "ferry.jsonl").write_text(json.dumps(line), "utf-8")
    quotidian("import", "ferry.jsonl")


def test_answers_whose_words_still_stand_are_counted(quotidian: Terminal, tmp_path: Path) -> None:
    publishes(quotidian, tmp_path, FERRY)
    quotidian("ask", WHO)
    publishes(quotidian, tmp_path, f"{FERRY} Nordwater is from Oslo.")
    ran = quotidian("verify")
    assert (ran.code, ran.out) == (0, "1 answer checked: every quoted word stands in the archive.\n")


def test_an_answer_that_quoted_corrected_words_is_found_and_shown(quotidian: Terminal, tmp_path: Path) -> None:
    publishes(quotidian, tmp_path, FERRY)
    key = quotidian("ask", WHO, "--json").objects[0]["id"]
    publishes(quotidian, tmp_path, FERRY.replace("Marta Lindgren", "Tom Aske"))
    ran = quotidian("verify")
    assert ran.code == 1
    assert f"{WHO} ({key})" in ran.out
    assert "Marta Lindgren sold the Sandholm ferry to Nordwater on Monday." in ran.out
    assert "Version 2 says:\n  │ Tom Aske sold the Sandholm ferry to Nordwater on Monday." in ran.out
    assert ran.out.endswith("1 answer checked: 1 with words that the archive no longer holds.\n")


def test_json_is_an_object_for_each_answer(quotidian: Terminal, tmp_path: Path) -> None:
    publishes(quotidian, tmp_path, FERRY)
    first, second = (quotidian("ask", question, "--json").objects[0]["id"] for question in (WHO, "Who is the pope?"))
    publishes(quotidian, tmp_path, FERRY.replace("Marta Lindgren", "Tom Aske"))
    ran = quotidian("verify", "--json")
    assert [(each["id"], each["verified"]) for each in ran.objects] == [(first, False), (second, True)]
    (quotation,) = ran.objects[0]["quotations"]
    assert (quotation["article_id"], quotation["version"], quotation["state"]) == (1, 1, "corrected")
    assert quotation["quote"] == FERRY[quotation["start"] : quotation["end"]]
    assert (quotation["newest_version"], "Tom Aske" in quotation["now"]) == (2, True)


def test_one_answer_is_checked_by_its_id(quotidian: Terminal, tmp_path: Path) -> None:
    publishes(quotidian, tmp_path, FERRY)
    key = quotidian("ask", WHO, "--json").objects[0]["id"]
    quotidian("ask", WHO)
    assert [each["id"] for each in quotidian("verify", key, "--json").objects] == [key]
    ran = quotidian("verify", "nothing")
    assert ran.code == 1
    assert "There is no answer nothing here." in ran.complaint


def test_an_archive_that_gave_no_answer_says_so(quotidian: Terminal) -> None:
    assert quotidian("verify").out == "No answer has been given from this archive yet.\n"
