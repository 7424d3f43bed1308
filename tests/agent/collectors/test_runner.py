"""One bad collector costs only itself; the real ones run here for real."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event

import pytest
from samebox_agent.collectors.recorded import load
from samebox_agent.collectors.roster import collectors_for, running_system
from samebox_agent.collectors.runner import Runner, Trouble, collect
from samebox_shared.model.facts import BY_NAME, Fact, FactKind, is_well_typed

from tests.agent.collectors.machine_fakes import as_table, values

ALL = frozenset(FactKind)
CHARGE = Fact(name="battery.percent_remaining", value=64)
CYCLES = Fact(name="battery.cycle_count", value=512)
PRINTERS = Fact(name="cups_destinations.count", value=1)
VOLUMES = Fact(name="mounts.volumes", value=1)
MACHINES = Path(__file__).parents[2] / "machines"


class FakeCollector:
    """Runs what it is given."""

    def __init__(self, name: str, kind: FactKind, read: Callable[[], Iterable[Fact]]) -> None:
        self.name = name
        self.kind = kind
        self.facts = frozenset(spec.name for spec in BY_NAME.values() if spec.kind is kind)
        self.collect = read
        self.is_costly = False


def battery(read: Callable[[], Iterable[Fact]]) -> FakeCollector:
    return FakeCollector("battery", FactKind.BATTERY, read)


DISK = FakeCollector("storage", FactKind.STORAGE, lambda: [VOLUMES])


@pytest.fixture
def release() -> Iterator[Event]:
    """Lets a hanging collector go when the test is over."""
    event = Event()
    yield event
    event.set()


def test_a_raising_collector_keeps_what_it_read_and_the_rest() -> None:
    def read() -> Iterator[Fact]:
        yield CHARGE
        raise ValueError("no such battery")

    reading = Runner([battery(read), DISK]).collect(ALL)
    assert reading.facts == (CHARGE, VOLUMES)
    assert reading.troubles == (Trouble("battery", "ValueError: no such battery"),)


def test_a_hanging_collector_keeps_what_it_read_and_the_rest(release: Event) -> None:
    reached = Event()

    def read() -> Iterator[Fact]:
        yield CHARGE
        reached.set()
        release.wait(30)

    def slow() -> Iterable[Fact]:
        reached.wait(30)
        return [VOLUMES]

    disk = FakeCollector("storage", FactKind.STORAGE, slow)
    reading = Runner([battery(read), disk], time_limit=1.0).collect(ALL)
    assert reading.facts == (CHARGE, VOLUMES)
    assert reading.troubles == (Trouble("battery", "no answer in 1 s"),)


def test_a_collector_that_still_hangs_is_left_alone_until_it_answers(release: Event) -> None:
    started: list[int] = []

    def read() -> Iterable[Fact]:
        started.append(1)
        release.wait(30)
        return [CHARGE]

    runner = Runner([battery(read), DISK], time_limit=0.05)
    runner.collect(ALL)
    again = runner.collect(ALL)
    assert started == [1]
    assert again.facts == (VOLUMES,)
    assert again.troubles == (Trouble("battery", "still hangs since an earlier reading"),)
    release.set()
    for thread in threading.enumerate():
        if thread.name == "collector battery":
            thread.join(30)
    assert runner.collect(ALL).facts == (CHARGE, VOLUMES)


@pytest.mark.parametrize(
    ("fact", "what"),
    [
        (Fact(name="made.up", value=1), 'told "made.up", which is not among its facts'),
        (VOLUMES, 'told "mounts.volumes", which is not among its facts'),
        (
            Fact(name="battery.percent_remaining", value="full"),
            "battery.percent_remaining has the wrong type: 'full'",
        ),
        (
            Fact(name="battery.percent_remaining", value=True),
            "battery.percent_remaining has the wrong type: True",
        ),
    ],
)
def test_a_fact_it_may_not_tell_is_dropped(fact: Fact, what: str) -> None:
    reading = Runner([battery(lambda: [fact, CYCLES])]).collect(ALL)
    assert reading.facts == (CYCLES,)
    assert reading.troubles == (Trouble("battery", what),)


def test_what_is_switched_off_does_not_run() -> None:
    def read() -> Iterable[Fact]:
        raise AssertionError("the switch is off")

    reading = Runner([battery(read), DISK]).collect(frozenset({FactKind.STORAGE}))
    assert reading.facts == (VOLUMES,)
    assert reading.troubles == ()


COSTLY = FakeCollector("printers", FactKind.PERIPHERALS, lambda: [PRINTERS])
COSTLY.is_costly = True


@pytest.mark.parametrize(
    ("on_battery", "asked", "read"),
    [
        (True, False, {VOLUMES}),
        (True, True, {VOLUMES, PRINTERS}),
        (False, False, {VOLUMES, PRINTERS}),
        (False, True, {VOLUMES, PRINTERS}),
    ],
)
def test_on_battery_costly_ones_wait_until_somebody_asks(
    on_battery: bool, asked: bool, read: set[Fact]
) -> None:
    runner = Runner([COSTLY, DISK], on_battery=lambda: on_battery)
    reading = runner.collect(ALL, asked=asked)
    assert set(reading.facts) == read
    assert {cost.kind for cost in reading.costs} == {BY_NAME[fact.name].kind for fact in read}


def test_whoever_asks_does_not_wait_for_word_of_the_battery() -> None:
    def on_battery() -> bool:
        raise AssertionError("it makes no difference")

    assert Runner([COSTLY], on_battery=on_battery).collect(ALL).facts == (PRINTERS,)


def test_each_collector_tells_what_it_cost() -> None:
    def slow() -> Iterator[Fact]:
        time.sleep(0.05)
        yield CHARGE

    reading = Runner([battery(slow), DISK]).collect(ALL)
    costs = {cost.collector: cost for cost in reading.costs}
    assert (costs["battery"].kind, costs["storage"].kind) == (FactKind.BATTERY, FactKind.STORAGE)
    assert 0 <= costs["storage"].seconds <= reading.seconds
    assert 0.05 <= costs["battery"].seconds <= reading.seconds


def test_one_that_hangs_cost_as_long_as_it_was_waited_for(release: Event) -> None:
    def hang() -> Iterator[Fact]:
        release.wait(30)
        yield CHARGE

    (cost,) = Runner([battery(hang)], time_limit=0.05).collect(ALL).costs
    assert 0.05 <= cost.seconds < 30


def test_nothing_switched_on_reads_nothing() -> None:
    assert collect(frozenset()).facts == ()


def test_a_recorded_machine_is_filtered_by_kind() -> None:
    machine = load(MACHINES / "thinkpad-t14-gen3-windows11-full-disk.json")
    reading = collect(frozenset({FactKind.STORAGE}), machine=machine)
    assert as_table(reading.facts)["mounts.system_free_percent"] == 3.5
    assert {BY_NAME[fact.name].kind for fact in reading.facts} == {FactKind.STORAGE}
    assert reading.troubles == ()


def test_this_machine_for_real() -> None:
    reading = collect(ALL, time_limit=30)
    assert reading.troubles == ()
    assert all(is_well_typed(BY_NAME[fact.name], fact.value) for fact in reading.facts)
    assert as_table(reading.facts)["os_version.platform"] == running_system().value
    assert {"uptime.total_seconds", "mounts.system_free", "system_info.physical_memory"} <= set(
        as_table(reading.facts)
    )


@pytest.mark.parametrize(
    "collector", collectors_for(running_system(), "localhost"), ids=lambda one: one.name
)
def test_each_collector_of_this_system_for_real(collector: FakeCollector) -> None:
    values(collector)


def test_importing_it_is_cheap() -> None:
    program = (
        "import sys; import samebox_agent.collectors.runner;"
        "heavy = {'psutil', 'subprocess', 'samebox_agent.collectors.roster'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    subprocess.run((sys.executable, "-c", program), check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc and /sys tell it there")
def test_linux_needs_neither_psutil_nor_a_program() -> None:
    program = (
        "import sys, os; os.environ.pop('XDG_CURRENT_DESKTOP', None);"
        "from samebox_agent.collectors.runner import collect, FactKind;"
        "collect(frozenset(FactKind));"
        "heavy = {'psutil', 'subprocess', 'PySide6'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run((sys.executable, "-c", program), check=True)
