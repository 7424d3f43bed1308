"""Every byte that leaves a laptop is read here: no fact that was not granted is among them."""

import json
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from samebox_shared.model.facts import (
    CATALOGUE,
    SHAREABLE,
    FactKind,
    FactSpec,
    FactType,
    FactValue,
)

from tasks.stage.laptop import Laptop
from tests.end_to_end.office import MACBOOK, Office, says
from tests.support.recording_proxy import Recording, recording

TITLES = {
    FactKind.DEVICE_TYPE: "Device type",
    FactKind.SYSTEM: "System and restarts",
    FactKind.HARDWARE: "Processor and memory",
    FactKind.STORAGE: "Disk space",
    FactKind.BATTERY: "Battery",
    FactKind.NETWORK: "Network",
    FactKind.CLOCK: "Clock and time zone",
    FactKind.DESKTOP: "Desktop and language",
    FactKind.PERIPHERALS: "Printers, sound and camera",
    FactKind.PROGRAMS: "Versions of some programs",
}
READING = "Read facts on this laptop"
FIXED_BY = "Imran called 06 1234 5678.\nAdd it by 10.20.30.40.\nLeave this out."
PERSONAL = ("Imran", "Noor", "06 1234", "10.20.30", "Leave this out")


def marker(number: int, spec: FactSpec) -> FactValue:
    """A value that occurs nowhere else, as far as its type allows."""
    if spec.name == "os_version.platform":
        return "windows"
    match spec.type:
        case FactType.STRING:
            return f"Marker{number:03}Of{spec.name.replace('.', '')}"
        case FactType.INT:
            return 70_100_000_000 + number * 1_009
        case FactType.DOUBLE:
            return 40.0625 + number / 1_024
        case FactType.BOOL:
            return True


MARKERS = {spec.name: marker(number, spec) for number, spec in enumerate(CATALOGUE)}


def traces(kinds: frozenset[FactKind]) -> dict[str, bytes]:
    """The bytes that would give facts of these kinds away: their values, and their names."""
    found = {}
    for spec in CATALOGUE:
        if spec.kind in kinds:
            found[f"the name {spec.name}"] = spec.name.encode()
            if spec.type is not FactType.BOOL:
                found[f"the value of {spec.name}"] = json.dumps(MARKERS[spec.name]).encode()
    return found


def leaked(said: bytes, kinds: frozenset[FactKind]) -> list[str]:
    return [what for what, trace in traces(kinds).items() if trace in said]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A recorded machine on which every fact of the catalogue can be told apart."""
    file = tmp_path / "machine.json"
    about = "Every fact is a marker."
    file.write_text(json.dumps({"name": "markers", "about": about, "facts": MARKERS}))
    return file


@pytest.fixture
def tap(office: Office) -> Iterator[Recording]:
    port = urllib.parse.urlsplit(office.server.url).port
    assert port is not None
    with recording(port) as tap:
        yield tap


def comes_in(office: Office, laptop: Laptop, tap: Recording, *, reading: bool) -> None:
    """Join through the tap and switch everything off."""
    laptop.start()
    invite = urllib.parse.urlsplit(office.server.invite(laptop.person))
    laptop.joins(f"http://127.0.0.1:{tap.port}{invite.path}")
    laptop.sees(str(MARKERS["system_info.hardware_model"]))
    laptop.clicks(TITLES[FactKind.DEVICE_TYPE])
    if not reading:
        laptop.clicks(READING)
        laptop.cue("wait", gone=str(MARKERS["system_info.hardware_model"]))
    laptop.agrees()


@pytest.mark.parametrize("reading", [True, False], ids=["facts are read", "nothing is read"])
def test_with_every_switch_off_help_works_and_no_fact_leaves(
    office: Office, machine: Path, tap: Recording, reading: bool
) -> None:
    asker = office.laptop("Noor de Vries", machine)
    comes_in(office, asker, tap, reading=reading)
    it = office.laptop("Imran Aziz", MACBOOK)
    it.start()
    it.joins(office.server.invite("Imran Aziz", "it"))
    it.agrees()
    asker.types("What is wrong?", "Nothing works")
    asker.clicks("Ask a colleague")
    asker.sees("To IT, because the kind of laptop is not told.")
    asker.clicks("Send")
    it.sees("Nothing works")
    it.clicks("Accept")
    asker.sees("You are talking with Imran Aziz")
    says(it, "Noor", "Is it plugged in?")
    asker.sees("Is it plugged in?")
    says(asker, "Imran", "It was not")
    it.sees("It was not")
    asker.clicks("Solved")
    asker.types("What fixed it", "The plug")
    asker.clicks("Say solved")
    asker.sees("Look at the draft")
    said = tap.said()
    assert b"Nothing works" in said
    assert b"It was not" in said
    assert leaked(said, frozenset(FactKind)) == []


def test_of_the_kinds_switched_on_exactly_what_the_preview_shows_leaves(
    office: Office, machine: Path, tap: Recording
) -> None:
    asker = office.laptop("Noor de Vries", machine)
    comes_in(office, asker, tap, reading=True)
    for kind in TITLES:
        before = len(tap.said())
        preview = asks_with(asker, kind)
        said = tap.said()[before:]
        others = frozenset(FactKind) - {kind}
        assert (kind, leaked(said, others)) == (kind, [])
        assert preview == asked_acts(tap)[-1]
        assert told(preview) == {name: MARKERS[name] for name in names_of(kind)}
        withdraws(asker)


def test_a_draft_leaves_only_when_it_is_handed_over_and_then_as_it_was_shown(
    office: Office, machine: Path, tap: Recording
) -> None:
    asker = office.laptop("Noor de Vries", machine)
    comes_in(office, asker, tap, reading=False)
    it = office.laptop("Imran Aziz", MACBOOK)
    it.start()
    it.joins(office.server.invite("Imran Aziz", "it"))
    it.agrees()
    asker.types("What is wrong?", "The printer is gone")
    asker.clicks("Ask a colleague")
    asker.clicks("Send")
    it.sees("The printer is gone")
    it.clicks("Accept")
    asker.sees("You are talking with Imran Aziz")
    asker.clicks("Solved")
    asker.types("What fixed it", FIXED_BY)
    asker.clicks("Say solved")
    asker.clicks("Look at the draft")
    asker.sees("Only on this laptop")
    asker.sees("1 telephone number")
    asker.clicks("Step 3 goes along")
    assert acts_of(tap, "propose_article") == []
    asker.clicks("Hand over for review")
    asker.sees("Waiting for Imran Aziz to look")
    (proposed,) = acts_of(tap, "propose_article")
    sent = json.dumps(proposed)
    assert "[name] called [telephone number]." in sent
    assert "Add it by [network address]." in sent
    assert [word for word in PERSONAL if word in sent] == []
    it.clicks("See the draft")
    it.sees("Add it by [network address].")


def test_the_kinds_that_may_leave_are_all_tried() -> None:
    assert set(TITLES) == SHAREABLE


def asks_with(asker: Laptop, kind: FactKind) -> dict[str, object]:
    """Ask with this kind alone; what the preview says will be sent."""
    asker.types("What is wrong?", f"About {kind.value}")
    asker.clicks("Ask a colleague")
    asker.clicks(TITLES[kind])
    asker.clicks("Show the exact text")
    asker.sees('"question_id"')
    shown = next(text for text in asker.texts("Ask") if '"question_id"' in text)
    asker.clicks("Send")
    asker.sees("Nobody who fits is there right now")
    preview: dict[str, object] = json.loads(shown)
    return preview


def withdraws(asker: Laptop) -> None:
    asker.clicks("Withdraw")
    asker.sees("Withdrawn")
    asker.closes("Your question")
    asker.sees("Ask a colleague")


def asked_acts(tap: Recording) -> list[dict[str, object]]:
    """Every question as it went over the wire."""
    return acts_of(tap, "ask")


def acts_of(tap: Recording, kind: str) -> list[dict[str, object]]:
    """Every act of a kind as it went over the wire."""
    frames = [json.loads(frame) for frame in tap.frames() if frame.startswith(b"{")]
    acts = [frame["act"] for frame in frames if frame["type"] == "do"]
    return [act for act in acts if act["act"] == kind]


def names_of(kind: FactKind) -> list[str]:
    return [spec.name for spec in CATALOGUE if spec.kind is kind]


PLACES = {
    "system": "os_version.platform",
    "system_version": "os_version.version",
    "vendor": "system_info.hardware_vendor",
    "family": "system_info.hardware_family",
    "model": "system_info.hardware_model",
}
"""A device type's fields and the facts they tell."""


def told(preview: dict[str, object]) -> dict[str, object]:
    """The facts in a question, by name; the device type has fields of its own."""
    facts = preview.get("facts") or []
    device_type = preview["device_type"]
    assert isinstance(facts, list)
    assert isinstance(device_type, dict)
    by_name = {fact["name"]: fact["value"] for fact in facts}
    return by_name | {PLACES[place]: word for place, word in device_type.items() if word}
