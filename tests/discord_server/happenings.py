"""Happenings: what the bot has done so far, and waiting for it to do more.

NothingHappened    what a test waits for did not come in time
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.discord_server.refusals import Refusal

T = TypeVar("T")

SHOWN_CALLS = 12

GLANCE = 0.02
"""Seconds after which a wait looks again of its own accord: what a test waits for may be inside the bot."""


class NothingHappened(AssertionError):
    """What was awaited did not come; the message lists the bot's last calls."""


@dataclass(slots=True)
class Call:
    """One HTTP request of the bot.

    `path` is without the API's base; `body` is the JSON, also out of a form's payload_json; `files` are the form's
    (name, bytes); `at` is in seconds of the event loop's clock; `status` and `answer` are what it was answered with.
    """

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any
    files: list[tuple[str, bytes]]
    at: float
    status: int = 0
    answer: Any = None

    def __str__(self) -> str:
        return f"{self.method} {self.path} → {self.status or 'not answered yet'}"


@dataclass(frozen=True, slots=True)
class Typing:
    """The bot showed in a channel that it is typing; `at` is in seconds of the event loop's clock."""

    channel_id: int
    at: float


@dataclass(slots=True)
class Happenings:
    """The record of one server's life. `patience` is how many seconds a wait takes at most."""

    patience: float
    calls: list[Call] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    typing: list[Typing] = field(default_factory=list)
    _waiting: set[asyncio.Future[None]] = field(default_factory=set)

    def changed(self) -> None:
        """Let everyone who waits look again."""
        for wake in self._waiting:
            if not wake.done():
                wake.set_result(None)

    async def until(self, found: Callable[[], T | None], awaited: str, within: float | None = None) -> T:
        """Wait until `found` returns something else than None and return that; `awaited` completes "the bot did not …".

        Raises `NothingHappened` after `within` seconds (otherwise the server's patience).
        """
        seconds = self.patience if within is None else within
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while (result := found()) is None:
            if loop.time() >= deadline:
                raise NothingHappened(self._told(awaited, seconds))
            wake = loop.create_future()
            self._waiting.add(wake)
            await asyncio.wait((wake,), timeout=min(GLANCE, deadline - loop.time()))
            self._waiting.discard(wake)
        return result

    def _told(self, awaited: str, seconds: float) -> str:
        calls = "\n".join(f"  {call}" for call in self.calls[-SHOWN_CALLS:]) or "  none"
        refusals = "\n".join(f"  {refusal}" for refusal in self.refusals[-SHOWN_CALLS:]) or "  none"
        return f"the bot did not {awaited} within {seconds:g} s\nits last calls:\n{calls}\nrefused:\n{refusals}"
