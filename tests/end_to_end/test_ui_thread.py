"""The UI thread opens no file, no socket, no database and no process once its windows were shown.

What Qt itself opens from C++ (fonts, the display) is not seen here; our own code is.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tasks.stage.laptop import Laptop
from tasks.stage.programs import ROOT, program
from tests.end_to_end.office import THINKPAD_FULL, Office, no_screen, says

AUDITED = ROOT / "tests" / "support" / "audited_agent.py"
CODE = (".py", ".pyc", ".so")
"""Modules are imported when they are first needed, and PySide looks into each that uses it."""
AT_THE_START = ("collectors/recorded.py",)
"""Before there is a tray: `--machine`, for the demo and the tests, is read on the command line."""


@dataclass(frozen=True)
class Watched:
    """A laptop whose agent tells what it opens."""

    laptop: Laptop
    file: Path

    def opened(self, since: int = 0) -> list[dict[str, Any]]:
        """What was opened on the UI thread, from the event with this number on."""
        lines = self.file.read_text(encoding="utf-8").splitlines()[since:]
        return [event for line in lines if (event := json.loads(line))["on_ui_thread"]]

    def count(self) -> int:
        """How many events there were, on all threads."""
        return len(self.file.read_text(encoding="utf-8").splitlines())


@pytest.fixture
def watch(office: Office) -> Callable[[str, str], Watched]:
    """Hires somebody whose agent is watched."""

    def hire(person: str, machine: str) -> Watched:
        file = office.folder / f"{person.split()[0]}.audit"
        screen = no_screen(office.folder) | {"AUDIT_FILE": str(file)}
        command = (program("agent", "python"), str(AUDITED))
        laptop = office.laptop(person, machine, screen=screen, command=command)
        laptop.start()
        office.lets_in(laptop)
        return Watched(laptop, file)

    return hire


def plays(asker: Laptop, helper: Laptop, question: str) -> None:
    """One question from the tray to the draft, with every window of both sides."""
    asker.opens_help()
    asker.types("What is wrong?", "my disk is full", clear=True)
    asker.sees("Try this first")
    asker.types("What is wrong?", question, clear=True)
    asker.clicks("Ask a colleague")
    asker.clicks("Disk space")
    asker.clicks("Show the exact text")
    asker.clicks("Send")
    helper.sees(question)
    helper.clicks("Accept")
    asker.sees("You are talking with")
    says(helper, asker.person, f"About {question}: try this.")
    asker.sees(f"About {question}")
    says(asker, helper.person, f"{question} is gone")
    helper.sees(f"{question} is gone")
    asker.clicks("Solved")
    asker.types("What fixed it", "One step")
    asker.clicks("Say solved")
    asker.clicks("Look at the draft")
    asker.sees("Draft article")
    asker.clicks("Hand over for review")
    asker.sees("This is what you handed over")
    looks_around(asker, helper)


def looks_around(asker: Laptop, helper: Laptop) -> None:
    """The pages beside the story; at the end only the icons are left."""
    asker.cue("menu", name="What was shared")
    asker.sees("A question, to")
    asker.cue("menu", name="Settings")
    asker.clicks("Dark")
    asker.clicks("Like the system")
    asker.clicks("What Samebox may share")
    asker.sees("What Samebox never sees")
    asker.closes("What Samebox")
    asker.closes(helper.person)
    helper.sees("Solved, with thanks")
    helper.closes(asker.person)


def is_import(event: dict[str, Any]) -> bool:
    """Reading code, which a first look at a window may do."""
    return event["event"] == "open" and str(event["what"]).endswith(CODE)


def test_the_ui_thread_opens_nothing(office: Office, watch: Callable[[str, str], Watched]) -> None:
    asker = watch("Noor de Vries", THINKPAD_FULL)
    helper = watch("Ana Ruiz", "thinkpad-t14-gen3-windows11")
    helper.laptop.volunteers()
    plays(asker.laptop, helper.laptop, "the first thing")
    for one in (asker, helper):
        strange = [event for event in one.opened() if not is_import(event)]
        unexpected = [
            event
            for event in strange
            if not any(place in caller for place in AT_THE_START for caller in event["callers"])
        ]
        assert unexpected == []
    before = {one.file: one.count() for one in (asker, helper)}
    plays(asker.laptop, helper.laptop, "the second thing")
    for one in (asker, helper):
        assert one.opened(since=before[one.file]) == []
