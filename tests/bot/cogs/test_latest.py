import pytest

from bot.cogs.latest import Latest


def test_the_newest_answer_in_a_channel_is_known() -> None:
    latest = Latest()
    latest.note(1, 10)
    latest.note(1, 11)
    latest.note(2, 20)
    assert (latest.in_channel(1), latest.in_channel(2), latest.in_channel(3)) == (11, 20, None)


def test_a_conversation_ends_after_half_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    latest = Latest()
    monkeypatch.setattr("bot.cogs.latest.time.monotonic", lambda: 0.0)
    latest.note(1, 10)
    for minute, known in ((29, 10), (31, None)):
        monkeypatch.setattr("bot.cogs.latest.time.monotonic", lambda minute=minute: 60.0 * minute)
        assert latest.in_channel(1) == known


def test_of_many_conversations_those_are_forgotten_that_were_not_used_for_longest() -> None:
    latest = Latest()
    for channel in range(1_001):
        latest.note(channel, channel)
    assert latest.in_channel(0) is None
    assert latest.in_channel(1) == 1
    assert latest.in_channel(1_000) == 1_000
