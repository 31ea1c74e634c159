"""The newest answer in each direct conversation, so that “and why?” needs no reply to it."""

import time
from collections import OrderedDict

_CONVERSATIONS = 1_000
_GOES_ON_S = 30 * 60.0
"""After so long a question is no follow-up, unless it replies to an answer."""


class Latest:
    """Knows the messages with the newest answers, in memory alone: which person a direct channel belongs to is private.

    What was not used for longest is forgotten.
    """

    def __init__(self) -> None:
        self._messages: OrderedDict[int, tuple[int, float]] = OrderedDict()

    def note(self, channel: int, message: int) -> None:
        self._messages[channel] = (message, time.monotonic())
        self._messages.move_to_end(channel)
        if len(self._messages) > _CONVERSATIONS:
            self._messages.popitem(last=False)

    def in_channel(self, channel: int) -> int | None:
        """Return the message with the newest answer in a channel; None where there is none of late."""
        message, at = self._messages.get(channel, (None, 0.0))
        return message if time.monotonic() - at < _GOES_ON_S else None
