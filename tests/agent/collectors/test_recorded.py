"""Recorded machines: all of ours are good, and a bad one says what is wrong."""

from pathlib import Path

import pytest
from samebox_agent.collectors.recorded import BadRecording, RecordedMachine, again, load
from samebox_agent.core.facts import device_type_from
from samebox_shared.model.facts import BY_NAME, Fact, FactValue, is_well_typed

from tests.agent.collectors.machine_fakes import as_table

MACHINES = sorted((Path(__file__).parents[2] / "machines").glob("*.json"))


def test_a_recording_is_read_again_and_a_broken_one_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "laptop.json"
    path.write_text('{"name": "one", "about": "", "facts": {"battery.present": true}}')
    machine = load(path)
    path.write_text('{"name": "one", "about": "", "facts": {"battery.present": false}}')
    repaired = again(machine)
    assert repaired.facts == (Fact(name="battery.present", value=False),)
    path.write_text("{")
    assert again(repaired) is repaired
    loose = RecordedMachine(name="one", about="", facts=())
    assert again(loose) is loose


def test_there_are_enough_of_them() -> None:
    assert len(MACHINES) >= 10


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.stem)
def test_every_machine_is_believable(path: Path) -> None:
    machine = load(path)
    assert machine.name == path.stem
    assert machine.about.endswith(".")
    assert all(is_well_typed(BY_NAME[fact.name], fact.value) for fact in machine.facts)
    assert device_type_from(machine.facts).system is not None
    facts = as_table(machine.facts)
    free, size = facts.get("mounts.system_free", 0), facts.get("mounts.system_size", 1)
    assert isinstance(free, int)
    assert isinstance(size, int)
    assert facts.get("mounts.system_free_percent", 0.0) == round(100 * free / size, 1)


@pytest.mark.parametrize("path", MACHINES, ids=lambda path: path.stem)
def test_every_machine_tells_what_its_system_can_tell(path: Path) -> None:
    facts = load(path).facts
    system = device_type_from(facts).system
    assert [fact.name for fact in facts if system not in BY_NAME[fact.name].systems] == []


@pytest.mark.parametrize(
    ("machine", "trouble"),
    [
        ("thinkpad-x13-fedora-captive-portal", {"network.captive_portal": True}),
        ("latitude-7440-windows11-no-printer-spooled", {"cups_destinations.count": 0}),
        ("macbook-pro-14-updates-waiting", {"updates.last_installed_days": 94}),
        ("elitebook-845-ubuntu-jobs-waiting", {"cups_jobs.waiting": 2}),
    ],
)
def test_a_recorded_trouble_is_that_of_one_machine(
    machine: str, trouble: dict[str, FactValue]
) -> None:
    told = {path.stem: as_table(load(path).facts) for path in MACHINES}
    assert [name for name, facts in told.items() if trouble.items() <= facts.items()] == [machine]


def test_two_of_them_are_the_same_box() -> None:
    types = [device_type_from(load(path).facts) for path in MACHINES]
    assert sum(one.model == "ThinkPad T14 Gen 3" for one in types) >= 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "is not a recorded machine"),
        ('{"name": "x", "about": "y"}', "missing required field `facts`"),
        ('{"name": "x", "about": "y", "facts": {}, "more": 1}', "unknown field `more`"),
        ('{"name": "x", "about": "y", "facts": {"made.up": 1}}', 'there is no fact "made.up"'),
        (
            '{"name": "x", "about": "y", "facts": {"mounts.volumes": "two"}}',
            "mounts.volumes must be of type int, not 'two'",
        ),
        (
            '{"name": "x", "about": "y", "facts": {"battery.wear_percent": true}}',
            "battery.wear_percent must be of type double, not True",
        ),
    ],
)
def test_a_bad_recording_says_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "machine.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRecording) as caught:
        load(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BadRecording, match="could not be read"):
        load(tmp_path / "none.json")


def test_a_whole_number_will_do_for_a_fraction(tmp_path: Path) -> None:
    path = tmp_path / "machine.json"
    path.write_text('{"name": "x", "about": "y", "facts": {"battery.wear_percent": 31}}')
    (fact,) = load(path).facts
    assert fact == Fact(name="battery.wear_percent", value=31.0)
    assert isinstance(fact.value, float)
