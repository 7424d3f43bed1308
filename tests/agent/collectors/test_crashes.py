"""Programs that crashed in a week, counted and not named."""

import os
import time
from pathlib import Path

from samebox_agent.collectors.crashes import WEEK, LinuxCrashes, MacCrashes, WindowsCrashes

from tests.agent.collectors.machine_fakes import FakePrograms, tree, values

CORES = "var/lib/systemd/coredump"
REPORTS = "Library/Logs/DiagnosticReports"
CRASH = '{"app_name":"Mail","bug_type":"309"}\n{}'
EVENT = (
    b"<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System/></Event>\r\n"
)


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_linux_counts_the_files_of_a_week(tmp_path: Path) -> None:
    new = ("core.firefox.1000.a.1.zst", "core.gimp.1000.a.2.zst")
    tree(tmp_path, {f"{CORES}/{name}": "" for name in (*new, "core.old.0.a.3", ".#half")})
    tree(tmp_path, {"var/crash/_usr_bin_eog.1000.crash": "", "var/crash/_usr_bin_eog.upload": ""})
    age(tmp_path / CORES / "core.old.0.a.3", WEEK + 60)
    age(tmp_path / CORES / new[0], WEEK - 60)
    assert values(LinuxCrashes(tmp_path)) == {"crashes.last_week": 3}


def test_linux_without_crashes_and_without_a_place_for_them(tmp_path: Path) -> None:
    assert values(LinuxCrashes(tmp_path)) == {}
    (tmp_path / CORES).mkdir(parents=True)
    assert values(LinuxCrashes(tmp_path)) == {"crashes.last_week": 0}


def test_a_report_that_is_just_taken_away_does_not_count(tmp_path: Path) -> None:
    tree(tmp_path, {f"{CORES}/core.gone": "-> nowhere"})
    assert values(LinuxCrashes(tmp_path)) == {"crashes.last_week": 0}


def test_windows_counts_events() -> None:
    programs = FakePrograms({"Application": EVENT * 3})
    crashes = WindowsCrashes({"SystemRoot": r"D:\Windows"}, programs)
    assert values(crashes) == {"crashes.last_week": 3}
    assert programs.ran[0][0] == r"D:\Windows\System32\wevtutil.exe"
    assert "604800000" in programs.ran[0][3]
    assert values(WindowsCrashes(run=FakePrograms({"Application": b""}))) == {
        "crashes.last_week": 0
    }


def test_macos_counts_only_crashes(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            f"{REPORTS}/Mail-2026-11-26.ips": CRASH,
            f"{REPORTS}/Mail-2026-11-01.ips": CRASH,
            f"{REPORTS}/Safari.ips": '{"bug_type": "309", "app_name": "Safari"}\n',
            f"{REPORTS}/Zoom.ips": '{"app_name":"Zoom","bug_type":"288"}\n{"bug_type":"309"}',
            f"{REPORTS}/Gone.ips": "-> nowhere",
            f"{REPORTS}/Mail.diag": CRASH,
        },
    )
    age(tmp_path / REPORTS / "Mail-2026-11-01.ips", WEEK + 60)
    assert values(MacCrashes(tmp_path)) == {"crashes.last_week": 2}


def test_macos_where_nothing_ever_crashed(tmp_path: Path) -> None:
    assert values(MacCrashes(tmp_path)) == {}


def test_a_report_that_may_not_be_read_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / REPORTS / "Folder.ips").mkdir(parents=True)
    assert values(MacCrashes(tmp_path)) == {"crashes.last_week": 0}
