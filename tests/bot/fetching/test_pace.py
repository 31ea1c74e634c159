"""One call at a time to a host, and a rest after each."""

import asyncio
import gc
from time import monotonic

import pytest

from bot.fetching.pace import Pace


async def test_a_host_has_one_call_at_a_time() -> None:
    pace = Pace(pause=0)
    within = 0

    async def call() -> None:
        nonlocal within
        async with pace.at("news.example"):
            within += 1
            await asyncio.sleep(0)
            assert within == 1
            within -= 1

    await asyncio.gather(*(call() for _ in range(10)))


async def test_a_host_rests_after_each_call() -> None:
    pace = Pace(pause=0.05)
    began = monotonic()
    for _ in range(3):
        async with pace.at("news.example"):
            pass
    assert monotonic() - began >= 0.09


async def test_a_host_rests_after_a_call_that_failed() -> None:
    pace = Pace(pause=0.05)
    began = monotonic()
    with pytest.raises(ZeroDivisionError):
        async with pace.at("news.example"):
            print(1 // 0)
    async with pace.at("news.example"):
        assert monotonic() - began >= 0.04


async def test_nobody_waits_for_another_host() -> None:
    pace = Pace(pause=60)
    async with asyncio.timeout(1):
        for host in ("a.example", "b.example"):
            async with pace.at(host):
                pass


async def test_one_who_gives_up_keeps_nobody_waiting() -> None:
    pace = Pace(pause=0)
    async with pace.at("news.example"):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), pace.at("news.example"):
                pass
    async with asyncio.timeout(1), pace.at("news.example"):
        pass


async def test_a_host_that_nobody_calls_any_more_is_forgotten() -> None:
    pace = Pace(pause=0)
    async with pace.at("news.example"):
        assert len(pace._turns) == 1
    await asyncio.sleep(0.01)
    gc.collect()
    assert len(pace._turns) == 0
