"""Timers that are due: each once, one that fails holds up no other, and old ones wait a moment."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import pytest
from samebox_server.live.due import Due
from samebox_server.live.work import Work
from samebox_server.metrics import Metrics
from samebox_server.store import timers
from samebox_server.store.database import Database, open_database
from samebox_server.store.timers import TimerKind

from tests.server.live.test_news import FakeClock


class Desk:
    """Takes timers without their effects. `fails` names the subject that cannot be done."""

    def __init__(self) -> None:
        self.fired: list[str] = []
        self.fails = ""
        self.is_taken = False

    async def write(self, job: Callable[[Work], bool]) -> bool:
        assert isinstance(job, partial)
        subject = job.keywords["timer"].subject
        if subject == self.fails:
            raise LookupError(subject)
        self.fired.append(subject)
        return not self.is_taken


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "data") as database:
        for number, subject in enumerate(("first", "second", "later")):
            await database.write(
                partial(
                    timers.start,
                    kind=TimerKind.WAVE,
                    subject=subject,
                    generation=1,
                    due_at=100.0 - 10 + 8 * number,
                )
            )
        yield database


def late(metrics: Metrics) -> float:
    return metrics.registry.get_sample_value("samebox_timer_late_seconds_count") or 0.0


async def test_what_is_due_is_fired_and_counted(database: Database) -> None:
    desk, metrics = Desk(), Metrics()
    due = Due(database, FakeClock(), desk.write, metrics)
    await due.fire()
    assert (desk.fired, late(metrics)) == (["first", "second"], 2)
    desk.is_taken = True
    await due.fire()
    assert late(metrics) == 2


async def test_a_timer_is_left_for_a_while_to_whoever_set_it(database: Database) -> None:
    desk = Desk()
    await Due(database, FakeClock(), desk.write, Metrics()).fire(late=5.0)
    assert desk.fired == ["first"]


async def test_one_that_fails_holds_up_no_other(database: Database) -> None:
    desk = Desk()
    desk.fails = "first"
    await Due(database, FakeClock(), desk.write, Metrics()).fire()
    assert desk.fired == ["second"]


@pytest.mark.parametrize(("grace", "fired"), [(10.0, []), (0.0, ["first", "second"])])
async def test_old_timers_wait_for_everyone_to_come_back_unless_others_run(
    database: Database, grace: float, fired: list[str]
) -> None:
    desk, clock = Desk(), FakeClock()
    due = Due(database, clock, desk.write, Metrics())
    await due.start(grace)
    await due.fire()
    assert desk.fired == fired
    clock.time += 11.0
    await due.fire()
    assert set(desk.fired) == {"first", "second", "later"}


async def test_the_alarm_rings_for_what_was_left_behind(database: Database) -> None:
    desk = Desk()
    due = Due(database, FakeClock(), desk.write, Metrics())
    await due.start(0.0)
    running = asyncio.create_task(due.run())
    async with asyncio.timeout(20):
        while len(desk.fired) < 2:
            await asyncio.sleep(0.01)
    running.cancel()
