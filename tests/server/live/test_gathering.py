"""Questions of many sockets, answered together."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from samebox_server.live.gathering import MOST, Gathering


class Desk:
    """Doubles numbers, and can be kept from answering."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.answers: list[int | Exception] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.gathering: Gathering[int, int] = Gathering(self.double, self.spawn, 0.0)
        self._tasks: list[asyncio.Task[None]] = []

    async def double(self, asked: list[int]) -> list[int]:
        self.batches.append(asked)
        await self.may_answer.wait()
        if 13 in asked:
            raise OSError("no luck")
        return [2 * number for number in asked]

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.ensure_future(work))

    def ask(self, *numbers: int) -> None:
        for number in numbers:
            self.gathering.ask(number, self.answers.append)

    async def quiet(self) -> None:
        while self._tasks:
            await asyncio.wait_for(self._tasks.pop(), 5)


async def test_what_comes_together_is_answered_together_and_in_order() -> None:
    desk = Desk()
    assert desk.gathering.is_idle
    desk.ask(1, 2, 3)
    assert not desk.gathering.is_idle
    await desk.quiet()
    assert (desk.batches, desk.answers) == ([[1, 2, 3]], [2, 4, 6])
    assert desk.gathering.is_idle


async def test_what_comes_meanwhile_goes_into_the_next() -> None:
    desk = Desk()
    desk.may_answer.clear()
    desk.ask(1)
    while not desk.batches:
        await asyncio.sleep(0)
    desk.ask(2, 3)
    desk.may_answer.set()
    await desk.quiet()
    assert desk.batches == [[1], [2, 3]]


async def test_one_answer_is_never_for_too_many() -> None:
    desk = Desk()
    desk.ask(*range(14, 14 + 2 * MOST + 1))
    await desk.quiet()
    assert [len(batch) for batch in desk.batches] == [MOST, MOST, 1]


async def test_a_failure_is_told_to_those_who_asked_and_to_nobody_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk()
    desk.ask(12, 13)
    await desk.quiet()
    assert [type(answer) for answer in desk.answers] == [OSError, OSError]
    desk.ask(14)
    await desk.quiet()
    assert desk.answers[2:] == [28]
    assert "could not be answered" in caplog.text


async def test_one_who_cannot_use_an_answer_takes_nobody_elses(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fall_over(_: int | Exception) -> None:
        raise ValueError

    desk = Desk()
    desk.gathering.ask(1, fall_over)
    desk.ask(2)
    await desk.quiet()
    assert desk.answers == [4]
    assert "could not be used" in caplog.text
