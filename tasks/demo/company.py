"""The small company of the demo: five people, four kinds of laptop, one server."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tasks.stage.laptop import Laptop
from tasks.stage.programs import MACHINES
from tasks.stage.server import Server

ORGANISATION = "Harbour & Vine"
OWNER = "Imran Aziz"
FULL_DISK = "thinkpad-t14-gen3-windows11-full-disk"
SAME_MODEL = "thinkpad-t14-gen3-windows11"
SAME_MODEL_DOCKED = "thinkpad-t14-gen3-windows11-docked"
OTHER_TYPE = "macbook-air-m2-worn-battery"


@dataclass(frozen=True)
class Company:
    """Everybody of the story. IT sits at the machine that the demo runs on."""

    server: Server
    asker: Laptop
    same: Laptop
    same_too: Laptop
    other: Laptop
    it: Laptop

    def everybody(self) -> tuple[Laptop, ...]:
        """In the order they come in."""
        return (self.it, self.asker, self.same, self.same_too, self.other)

    def colleagues(self) -> tuple[Laptop, ...]:
        """Everybody but the owner."""
        return (self.asker, self.same, self.same_too, self.other)


def has_display() -> bool:
    """Whether windows can be seen on this machine."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def hired(folder: Path, *, offscreen: bool) -> Iterator[Company]:
    """A company in a folder of its own, whose programs end with the block."""
    screen = {"QT_QPA_PLATFORM": "offscreen"} if offscreen else {}

    def laptop(person: str, machine: str | None) -> Laptop:
        home = folder / person.split()[0].lower()
        recorded = MACHINES / f"{machine}.json" if machine else None
        return Laptop(person, home, recorded, screen)

    company = Company(
        server=Server(folder / "server", {"SAMEBOX_WAVE_SECONDS": "20"}),
        asker=laptop("Noor de Vries", FULL_DISK),
        same=laptop("Ana Ruiz", SAME_MODEL),
        same_too=laptop("Ben Okafor", SAME_MODEL_DOCKED),
        other=laptop("Chiara Conti", OTHER_TYPE),
        it=laptop(OWNER, None),
    )
    with ExitStack() as endings:
        endings.callback(company.server.stop)
        for person in company.everybody():
            endings.callback(person.quit)
        yield company
