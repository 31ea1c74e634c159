"""Whatever goes wrong is one sentence for a person."""

import re

import pytest
from discord import app_commands
from structlog.testing import capture_logs

from bot.errors import Refused
from bot.ui.errors import sentence
from retrieval.archive import SharedArticle
from retrieval.ingest.reading import Unreadable
from retrieval.shelf import ArchiveError, NoSuchArticle


@pytest.mark.parametrize("error", [Refused("Not here."), Unreadable("Not here."), ArchiveError("Not here.")])
def test_an_error_of_the_domain_says_itself(error: Exception) -> None:
    assert sentence(error) == "Not here."


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NoSuchArticle(7), "There is no article 7 here."),
        (SharedArticle(7), "Ask whoever runs this bot"),
        (app_commands.MissingPermissions(["manage_guild"]), "Manage Server"),
        (app_commands.NoPrivateMessage(), "in a server only"),
        (app_commands.CommandOnCooldown(app_commands.Cooldown(1, 60), 12.3), "Try again in 12 seconds."),
    ],
)
def test_a_known_error_says_what_to_do(error: Exception, words: str) -> None:
    assert words in sentence(error)


def test_an_unexpected_error_is_told_by_an_id_that_is_in_the_log() -> None:
    with capture_logs() as logged:
        said = sentence(ZeroDivisionError("deep inside"))
    found = re.search(r"error ([0-9a-f]{8})\.$", said)
    assert found
    assert [entry["id"] for entry in logged] == [found[1]]
    assert isinstance(logged[0]["exc_info"], ZeroDivisionError)
    assert "deep inside" not in said


def test_each_unexpected_error_has_an_id_of_its_own() -> None:
    with capture_logs():
        assert sentence(ValueError()) != sentence(ValueError())
