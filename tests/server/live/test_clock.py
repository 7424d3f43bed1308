"""Server time never goes back, and the alarm rings when it should."""

import asyncio
from pathlib import Path

import pytest
from samebox_server.live.clock import JUMP_SECONDS, LONGEST_WAIT, Alarm, ServerClock, shifted


class Hands:
    """A wall clock and a counter that a test sets by hand."""

    def __init__(self) -> None:
        self.wall = 1_000.0
        self.counted = 5.0

    def clock(self) -> ServerClock:
        return ServerClock(lambda: self.wall, lambda: self.counted)


class FakeClock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = 0.0
        self._moved = asyncio.Event()

    def now(self) -> float:
        return self.time

    def move(self, seconds: float) -> None:
        self.time += seconds
        self._moved.set()

    async def wait(self, until: float | None, woken: asyncio.Event) -> None:
        while not woken.is_set() and (until is None or self.time < until):
            self._moved.clear()
            waits = {asyncio.create_task(event.wait()) for event in (self._moved, woken)}
            _, left = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for task in left:
                task.cancel()


def test_time_follows_the_wall_clock_forward() -> None:
    hands = Hands()
    clock = hands.clock()
    hands.wall += 10
    assert clock.now() == 1_010.0


def test_time_goes_on_by_counting_when_the_wall_clock_is_set_back() -> None:
    hands = Hands()
    clock = hands.clock()
    hands.wall, hands.counted = 400.0, 8.0
    assert clock.now() == 1_003.0
    hands.counted = 9.0
    assert clock.now() == 1_004.0


def test_a_clock_that_jumps_ahead_is_followed_and_told(caplog: pytest.LogCaptureFixture) -> None:
    hands = Hands()
    clock = hands.clock()
    hands.wall += JUMP_SECONDS
    assert (clock.now(), caplog.messages) == (1_060.0, [])
    hands.wall += 3_600
    assert clock.now() == 4_660.0
    assert caplog.messages == ["the clock jumped ahead by 3600 s; server time follows"]


def test_a_test_can_shift_the_wall_clock(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    look = shifted(file, lambda: 1_000.0)
    assert look() == 1_000.0
    file.write_text("-86400")
    assert look() == -85_400.0
    file.write_text("soon")
    assert look() == 1_000.0


def test_time_starts_after_what_was_written_last() -> None:
    clock = Hands().clock()
    clock.start_after(2_000.0)
    assert clock.now() == 2_000.0


async def test_waiting_ends_at_its_time_or_when_woken() -> None:
    clock = ServerClock()
    woken = asyncio.Event()
    await clock.wait(clock.now() - 1, woken)
    woken.set()
    await clock.wait(None, woken)


async def test_an_alarm_that_waits_sees_that_the_clock_was_set_ahead() -> None:
    hands, rung = Hands(), asyncio.Event()

    async def ring() -> None:
        rung.set()

    clock = hands.clock()
    alarm = Alarm(clock, ring)
    alarm.set(clock.now() + 3_600.0)
    running = asyncio.create_task(alarm.run())
    await asyncio.sleep(0)
    hands.wall += 3_600.0
    await asyncio.wait_for(rung.wait(), 10 * LONGEST_WAIT)
    running.cancel()


async def test_the_alarm_rings_once_for_each_time_and_never_early() -> None:
    clock = FakeClock()
    rung: asyncio.Queue[float] = asyncio.Queue()

    async def ring() -> None:
        rung.put_nowait(clock.now())

    alarm = Alarm(clock, ring)
    running = asyncio.create_task(alarm.run())
    alarm.set(20.0)
    alarm.set(10.0)
    alarm.set(10.0)
    await asyncio.sleep(0)
    assert rung.empty()
    for seconds, at in ((10.0, 10.0), (10.0, 20.0)):
        clock.move(seconds)
        assert await asyncio.wait_for(rung.get(), 5) == at
    assert rung.empty()
    running.cancel()
