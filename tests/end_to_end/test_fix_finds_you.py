"""A fix finds the person on a recorded laptop, its steps are done, and it is seen to be fixed (J2).

The steps are played by repairing the recording: from then on the laptop tells other facts.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from samebox_shared.model.facts import FactValue

from tasks.stage.laptop import Laptop
from tasks.stage.programs import MACHINES
from tasks.stage.server import Server
from tests.end_to_end.ledger import rows
from tests.end_to_end.office import Office, until

STEPS = "Open settings"
SEEN = "Seen on this laptop"
FIXED = "Samebox looked again and it is gone."


@dataclass(frozen=True)
class Trouble:
    """A recorded laptop, what is shown of it, and what its facts are after the steps."""

    machine: str
    article: str
    title: str
    reason: str
    repair: dict[str, FactValue]


FULL_DISK = Trouble(
    "thinkpad-t14-gen3-windows11-full-disk",
    "disk-nearly-full",
    "The disk is nearly full",
    "Only 8.9 GB of 255 GB is free on the system disk.",
    {
        "mounts.system_free": 60_000_000_000,
        "mounts.system_free_percent": 23.5,
        "mounts.fullest_free_percent": 23.5,
    },
)
NO_NAMES = Trouble(
    "thinkpad-x1-ubuntu-dns-failing",
    "dns-fails",
    "Connected, but names of websites are not found (DNS)",
    "There is a way out to the network, but the names of websites are not found.",
    {"dns_resolvers.works": True, "network.server_reachable": True},
)
WRONG_CLOCK = Trouble(
    "xps-13-fedora-clock-wrong",
    "clock-wrong",
    "The clock of this laptop is wrong",
    "The clock is off by 7 hours.",
    {"time.clock_offset": 0.3, "time.synchronised": True},
)
# No habit gives a worn battery back what it lost: the repair is a new one.
WORN_BATTERY = Trouble(
    "macbook-air-m2-worn-battery",
    "battery-worn-nl",
    "De batterij heeft een deel van de capaciteit verloren",
    "De batterij is 33% van de oorspronkelijke capaciteit kwijt.",
    {"battery.wear_percent": 0.0, "battery.cycle_count": 2},
)
OVERDUE = Trouble(
    "latitude-5440-restart-overdue",
    "restart-overdue-nl",
    "De laptop is al lang niet opnieuw opgestart",
    "Tijd sinds de laatste herstart: 36 days.",
    {"uptime.total_seconds": 240},
)


class Recording:
    """A recorded laptop whose facts can change while an agent looks at it."""

    def __init__(self, folder: Path, machine: str) -> None:
        self.file = folder / "this-laptop.json"
        self._told = json.loads((MACHINES / f"{machine}.json").read_text(encoding="utf-8"))
        self.change({})

    def change(self, facts: dict[str, FactValue]) -> None:
        """At once: no look ever finds half a file."""
        self._told["facts"].update(facts)
        draft = self.file.with_suffix(".draft")
        draft.write_text(json.dumps(self._told), encoding="utf-8")
        draft.replace(self.file)


def opens_the_steps(office: Office, recording: Recording, trouble: Trouble) -> Laptop:
    """Somebody joins with this laptop, is shown the card with its reason, and opens it."""
    laptop = office.joined("Noor de Vries", recording.file)
    laptop.sees(SEEN)
    laptop.sees(trouble.title)
    laptop.sees(trouble.reason)
    laptop.clicks(trouble.title)
    laptop.sees(trouble.reason)
    return laptop


def verified(server: Server, article: str) -> int:
    sql = "SELECT sum(amount) FROM article_outcome WHERE article_id = ? AND tried = 'verified'"
    return rows(server, sql, (article,))[0][0] or 0


@pytest.mark.parametrize(
    "trouble", [FULL_DISK, NO_NAMES, WRONG_CLOCK, WORN_BATTERY], ids=lambda one: one.article
)
def test_it_finds_the_person_and_is_seen_to_be_fixed_without_a_button(
    office: Office, tmp_path: Path, trouble: Trouble
) -> None:
    before = verified(office.server, trouble.article)
    recording = Recording(tmp_path, trouble.machine)
    laptop = opens_the_steps(office, recording, trouble)
    assert FIXED not in laptop.texts()
    laptop.clicks(STEPS)
    recording.change(trouble.repair)
    laptop.sees(FIXED)
    laptop.clicks("Back")
    laptop.sees("Fixed")
    until(lambda: verified(office.server, trouble.article) == before + 1, "the server was told")


def test_an_overdue_restart_is_seen_to_be_done_after_the_restart(
    office: Office, tmp_path: Path
) -> None:
    before = verified(office.server, OVERDUE.article)
    recording = Recording(tmp_path, OVERDUE.machine)
    laptop = opens_the_steps(office, recording, OVERDUE)
    assert laptop.terminate() == 0
    recording.change(OVERDUE.repair)
    laptop.start()
    laptop.opens_help()
    laptop.sees(OVERDUE.title)
    laptop.sees(FIXED)
    assert OVERDUE.reason not in laptop.texts()
    until(lambda: verified(office.server, OVERDUE.article) == before + 1, "the server was told")


def test_what_was_not_repaired_is_not_called_fixed(office: Office, tmp_path: Path) -> None:
    recording = Recording(tmp_path, FULL_DISK.machine)
    laptop = opens_the_steps(office, recording, FULL_DISK)
    recording.change({"mounts.system_free": 9_500_000_000, "mounts.system_free_percent": 3.7})
    laptop.clicks(STEPS)
    laptop.sees("Only 9.5 GB of 255 GB is free on the system disk.")
    assert FIXED not in laptop.texts()
    laptop.clicks("Back")
    laptop.clicks("Not now")
    laptop.cue("wait", gone=FULL_DISK.title)
    laptop.kill()
    laptop.start()
    laptop.opens_help()
    laptop.sees("Nothing stands out on this laptop")
