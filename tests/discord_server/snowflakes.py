"""Snowflakes: Discord's ids, which carry the time at which they were made.

Clients only recognise mentions of 15 to 20 digits and read creation times out of ids, so small numbers will not do.
"""

import time

EPOCH_MS = 1_420_070_400_000
TIME_SHIFT = 22
LAST_IN_A_MILLISECOND = (1 << TIME_SHIFT) - 1

FIRST_GUILD = 262_500_000_000
"""A moment in 2023, in milliseconds since Discord's epoch, that 2, 3, 4, 5, 6, 7, 8 and 10 divide."""


class Snowflakes:
    """Ids of this moment, each greater than the one before."""

    def __init__(self) -> None:
        self._last = 0

    def new(self) -> int:
        now = int(time.time() * 1000) - EPOCH_MS
        self._last = max(now << TIME_SHIFT, self._last + 1)
        return self._last


def guild_snowflake(number: int) -> int:
    """The id of guild `number`, counted from 0: known beforehand, and on shard `number % shards` of up to eight."""
    return (FIRST_GUILD + number) << TIME_SHIFT


def shard_of(guild_id: int, shards: int) -> int:
    return (guild_id >> TIME_SHIFT) % shards
