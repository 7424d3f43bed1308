"""One bad collector costs only itself; the real ones run here for real."""

import subprocess
import sys
import threading
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
VOLUMES = Fact(name="mounts.volumes", value=1)
MACHINES = Path(__file__).parents[2] / "machines"


class FakeCollector:
    """Runs what it is given."""

    def __init__(self, name: str, kind: FactKind, read: Callable[[], Iterable[Fact]]) -> None:
        self.name = name
        self.kind = kind
        self.facts = frozenset(spec.name for spec in BY_NAME.values() if spec.kind is kind)
        self.collect = read


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
