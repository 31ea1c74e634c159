"""Turns: one at a time, in rounds of one of each asker's."""

import asyncio

import pytest

from bot.turns import Turns

ANN, BEA, CAT = "Ann", "Bea", "Cat"


async def queued(turns: Turns, *askers: str) -> tuple[list[asyncio.Task[None]], list[str]]:
    """Let each wait for a turn, in this order; return the tasks, and the list that they note their turns in."""
    served: list[str] = []

    async def wait(asker: str) -> None:
        async with turns.of(asker):
            served.append(asker)
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(wait(asker)) for asker in askers]
    await asyncio.sleep(0)
    return tasks, served


async def test_a_turn_that_nobody_has_is_taken_at_once() -> None:
    turns = Turns()
    for _ in range(2):
        async with asyncio.timeout(1), turns.of(ANN):
            pass


async def test_there_is_one_turn_at_a_time() -> None:
    turns = Turns()
    within = 0

    async def work(asker: int) -> None:
        nonlocal within
        async with turns.of(asker):
            within += 1
            await asyncio.sleep(0)
            assert within == 1
            within -= 1

    await asyncio.gather(*(work(number % 3) for number in range(20)))


async def test_turns_go_round_the_askers_in_the_order_they_came() -> None:
    tasks, served = await queued(Turns(), ANN, ANN, ANN, ANN, BEA, CAT, BEA)
    await asyncio.gather(*tasks)
    assert served == [ANN, ANN, BEA, CAT, ANN, BEA, ANN]


async def test_one_who_gives_up_is_passed_over() -> None:
    tasks, served = await queued(Turns(), ANN, BEA, CAT)
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert served == [ANN, CAT]


async def test_a_turn_is_passed_on_by_one_who_gives_up_just_when_it_is_theirs() -> None:
    turns = Turns()
    first = turns.of(ANN)
    await first.__aenter__()
    tasks, served = await queued(turns, BEA, CAT)
    await first.__aexit__(None, None, None)
    tasks[0].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert served == [CAT]


async def test_a_turn_ends_with_an_error_too() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError):
        async with turns.of(ANN):
            print(1 // 0)
    async with asyncio.timeout(1), turns.of(BEA):
        pass
