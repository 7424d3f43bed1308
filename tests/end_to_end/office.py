"""The people of one test: real agents with homes of their own, all ended when the test ends."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tasks.stage.laptop import PATIENCE, Laptop
from tasks.stage.programs import MACHINES
from tasks.stage.server import Server

LOOK_AGAIN = 0.01

THINKPAD = "thinkpad-t14-gen3-windows11"
THINKPAD_TOO = "thinkpad-t14-gen3-windows11-docked"
THINKPAD_FULL = "thinkpad-t14-gen3-windows11-full-disk"
OTHER_WINDOWS = "elitebook-840-windows10"
MACBOOK = "macbook-pro-14"


class Office:
    """Makes laptops in `folder`. None of them sees a screen, a key store or a file of ours."""

    def __init__(self, folder: Path, server: Server | None = None) -> None:
        self.folder = folder
        self._server = server
        self._laptops: list[Laptop] = []

    @property
    def server(self) -> Server:
        """The server of this office."""
        assert self._server is not None, "this office has no server"
        return self._server

    def laptop(
        self,
        person: str,
        machine: str | Path | None = THINKPAD,
        *,
        screen: Mapping[str, str] | None = None,
        command: Sequence[str] = (),
        home: Path | None = None,
    ) -> Laptop:
        """One that is not started yet; `machine` names a recorded one, None is this machine."""
        recorded = MACHINES / f"{machine}.json" if isinstance(machine, str) else machine
        home = home or self.folder / person.split()[0].lower()
        alone = screen or no_screen(self.folder)
        laptop = Laptop(person, home, recorded, alone, command)
        self._laptops.append(laptop)
        return laptop

    def joined(self, person: str, machine: str | Path = THINKPAD) -> Laptop:
        """A laptop whose person has joined and agreed to the sharing sheet as it stands."""
        laptop = self.laptop(person, machine)
        laptop.start()
        self.lets_in(laptop)
        return laptop

    def lets_in(self, laptop: Laptop) -> None:
        """Join with an invite of our server, and agree."""
        laptop.joins(self.server.invite(laptop.person))
        laptop.agrees()

    def helper(self, person: str, machine: str | Path = THINKPAD_TOO) -> Laptop:
        """Somebody who has joined and wants to help, and the server knows it."""
        laptop = self.joined(person, machine)
        laptop.volunteers()
        laptop.cue("menu", name="Settings")
        laptop.clicks("Back")
        return laptop

    def close(self) -> None:
        """End every agent."""
        for laptop in self._laptops:
            laptop.kill()


def no_screen(folder: Path) -> dict[str, str]:
    """An environment in which a program finds no screen, no key store and no file of ours."""
    return {
        "QT_QPA_PLATFORM": "offscreen",
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/no-bus",
        "DISPLAY": "",
        "WAYLAND_DISPLAY": "",
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }


def until(is_so: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Look again and again until it is so; AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"after {seconds} s still not: {what}"
        time.sleep(LOOK_AGAIN)


def asks(asker: Laptop, text: str) -> None:
    """Write a question and send it with what the sheet has switched on."""
    asker.opens_help()
    asker.types("What is wrong?", text, clear=True)
    asker.clicks("Ask a colleague")
    asker.sees("Show the exact text")
    asker.clicks("Send")


def says(person: Laptop, to: str, text: str) -> None:
    """Write a message in the window of the session with somebody."""
    person.types("Message", text, window=to)
    person.cue("press", key="Return", window=to)


def brings_together(asker: Laptop, helper: Laptop, text: str = "My screen flickers") -> None:
    """A question is asked and accepted; both have the window of the session."""
    asks(asker, text)
    helper.sees(text)
    helper.clicks("Accept")
    asker.sees(f"You are talking with {helper.person}")
    helper.sees(f"You are helping {asker.person}")
