"""Receipts of late."""

from dataclasses import replace

import pytest

from bot import recent
from bot.outcome import Receipt
from bot.recent import RecentReceipts
from retrieval.archive import Added
from retrieval.article import SHARED, Article, Version
from retrieval.ingest.reading import Dropped, Reading

DROPPED = (Dropped("Sign up", "newsletter"),)
STORM = Article("Storm", "A storm came.")


def receipt(number: int) -> Receipt:
    return Receipt(Added(number, 1), Reading(STORM, DROPPED), "en")


def version(number: int) -> Version:
    return Version(number, 1, SHARED, replace(STORM, title="Edited"), "2024-03-06T00:00:00+00:00", "en")


def test_a_receipt_is_told_anew_with_what_was_left_out_and_what_is_known_now() -> None:
    receipts = RecentReceipts()
    receipts.note(receipt(1))
    edited = Reading(replace(STORM, title="Edited"), DROPPED)
    assert receipts.anew(version(1), (7,)) == Receipt(Added(1, 1, copy_of=(7,)), edited, "en")
    assert receipts.left_out(version(1)) == DROPPED


def test_of_an_article_that_is_not_known_only_what_is_stored_is_told() -> None:
    receipts = RecentReceipts()
    assert receipts.anew(version(2), ()) == Receipt(Added(2, 1), Reading(replace(STORM, title="Edited")), "en")
    assert receipts.left_out(version(2)) == ()


def test_what_was_there_already_is_not_remembered_in_the_place_of_what_was_added() -> None:
    receipts = RecentReceipts()
    receipts.note(receipt(1))
    receipts.note(Receipt(Added(1, 1, duplicate_of=1), Reading(STORM)))
    assert receipts.left_out(version(1)) == DROPPED


def test_the_oldest_are_forgotten_when_there_are_too_many_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "_MOST_CHARACTERS", 3 * len("A storm came.Sign up"))
    receipts = RecentReceipts()
    for number in range(1, 6):
        receipts.note(receipt(number))
    assert [bool(receipts.left_out(version(number))) for number in range(1, 6)] == [False, False, True, True, True]
