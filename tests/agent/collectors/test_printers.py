"""Printers and what waits for them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from samebox_agent.collectors import ipp
from samebox_agent.collectors.printers import CupsPrinters, WindowsPrinters

from tests.agent.collectors.ipp_samples import NOTHING, REFUSED, answer
from tests.agent.collectors.machine_fakes import FakeRegistry, tree, values

PRINT = r"HKLM\SYSTEM\CurrentControlSet\Control\Print\Printers"
CHOSEN = r"HKCU\Software\Microsoft\Windows NT\CurrentVersion\Windows"
SERVERS = r"HKCU\Printers\Connections"


def cups(**answers: bytes) -> Callable[[bytes], bytes | None]:
    operations = {ipp.GET_PRINTERS: "printers", ipp.GET_DEFAULT: "default", ipp.GET_JOBS: "jobs"}
    return lambda question: answers.get(operations[int.from_bytes(question[2:4], "big")])


def test_cups_with_jobs_that_wait(tmp_path: Path) -> None:
    post = cups(printers=answer(printers=2), default=answer(printers=1), jobs=answer(jobs=3))
    assert values(CupsPrinters(tmp_path, post)) == {
        "cups_destinations.count": 2,
        "cups_destinations.default_set": True,
        "cups_jobs.waiting": 3,
    }


def test_cups_without_printers(tmp_path: Path) -> None:
    post = cups(printers=NOTHING, default=NOTHING, jobs=answer())
    assert values(CupsPrinters(tmp_path, post)) == {
        "cups_destinations.count": 0,
        "cups_destinations.default_set": False,
        "cups_jobs.waiting": 0,
    }


def test_the_persons_own_standard_goes_first(tmp_path: Path) -> None:
    tree(tmp_path, {".cups/lpoptions": "Dest Attic\nDefault Office sides=two-sided\n"})
    found = values(CupsPrinters(tmp_path, cups(printers=answer(printers=2), default=NOTHING)))
    assert found["cups_destinations.default_set"] is True


def test_options_alone_are_no_standard(tmp_path: Path) -> None:
    tree(tmp_path, {".cups/lpoptions": "Dest Office sides=two-sided\n"})
    found = values(CupsPrinters(tmp_path, cups(printers=answer(printers=2), default=NOTHING)))
    assert found["cups_destinations.default_set"] is False


def test_what_cups_refuses_is_left_out(tmp_path: Path) -> None:
    post = cups(printers=answer(printers=1), default=REFUSED, jobs=REFUSED)
    assert values(CupsPrinters(tmp_path, post)) == {"cups_destinations.count": 1}


def test_without_cups_nothing_is_said(tmp_path: Path) -> None:
    assert values(CupsPrinters(tmp_path, lambda question: None)) == {}


@pytest.mark.parametrize(
    ("chosen", "is_set"),
    [
        ("HP LaserJet,winspool,Ne01:", True),
        ("Microsoft Print to PDF,winspool,PORTPROMPT:", False),
        ("", False),
    ],
)
def test_windows_without_what_only_writes_files(chosen: str, is_set: bool) -> None:
    registry = FakeRegistry(
        {
            rf"{PRINT}\HP LaserJet": {"Port": "WSD-1"},
            rf"{PRINT}\Microsoft Print to PDF": {"Port": "PORTPROMPT:"},
            rf"{PRINT}\Fax": {"Port": "SHRFAX:"},
            rf"{PRINT}\Broken": {},
            rf"{SERVERS}\,,print01,Floor 2": {"Provider": "win32spl.dll"},
            CHOSEN: {"Device": chosen},
        }
    )
    assert values(WindowsPrinters(registry)) == {
        "cups_destinations.count": 2,
        "cups_destinations.default_set": is_set,
    }
