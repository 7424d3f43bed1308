"""Remedies on a real home folder that is not the person's own: looked for, run, and logged."""

import logging
import threading
from pathlib import Path

import pytest
from samebox_agent.core import commands as c
from samebox_agent.core.events import RemedyDone, RemedyEvent, RemedyFailed, RemedyLooked
from samebox_agent.core.remedy_list import REMEDIES, Found, RemedyKey, WhyNot
from samebox_agent.desktop import remedies as desktop
from samebox_agent.desktop import remedies_programs
from samebox_agent.desktop.remedies_limits import CannotDo, Deadline
from samebox_agent.runtime.remedies import RemedyHands
from samebox_shared.model.devices import System

from tests.support.fakes import Spawned, Told

BIN = RemedyKey.EMPTY_BIN
FOLDERS = RemedyKey.BIGGEST_FOLDERS


@pytest.fixture(autouse=True)
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setattr("samebox_agent.collectors.roster.running_system", lambda: System.LINUX)


class Body:
    """Hands on a home folder, with what they said and began."""

    def __init__(self, home: Path, *, recorded: bool = False) -> None:
        self.told, self.spawned = Told(), Spawned()
        self.hands = RemedyHands(self.spawned, self.told, recorded=recorded, home=home)

    async def carry_out(self, command: c.LookForRemedy | c.RunRemedy) -> RemedyEvent:
        self.hands.carry_out(command)
        await self.spawned.finish()
        (event,) = self.told.events
        self.told.events.clear()
        assert isinstance(event, RemedyLooked | RemedyDone | RemedyFailed)
        return event


async def test_what_a_killed_program_left_off_is_tried_at_the_next_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(remedies_programs, "FOLDERS", str(tmp_path))
    monkeypatch.setattr(remedies_programs, "AWAY_SECONDS", 0.0)
    spawned = Spawned()
    hands = RemedyHands(spawned, Told(), recorded=False, home=tmp_path, data=tmp_path)
    hands.mend()
    await spawned.finish()
    assert caplog.messages == []
    (tmp_path / "network-off").touch()
    hands.mend()
    await spawned.finish()
    assert caplog.messages == ["the network may still be off: nmcli is not installed"]
    recorded = RemedyHands(spawned, Told(), recorded=True, home=tmp_path, data=tmp_path)
    recorded.mend()
    await spawned.finish()
    assert len(caplog.messages) == 1


def a_home(home: Path) -> Path:
    files = home / ".local/share/Trash/files"
    files.mkdir(parents=True)
    (files / "secret-name.txt").write_bytes(b"x" * 4_096)
    return home


async def test_a_real_bin_is_looked_into_and_emptied(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "samebox_agent")
    body = Body(a_home(tmp_path))
    full = Found(items=1, size=4_096)
    assert await body.carry_out(c.LookForRemedy(1, BIN)) == RemedyLooked(1, full)
    assert caplog.messages == []
    assert await body.carry_out(c.RunRemedy(1, BIN)) == RemedyDone(1, full)
    assert list((tmp_path / ".local/share/Trash/files").iterdir()) == []
    (line,) = caplog.messages
    assert line.startswith("remedy empty_bin: the bin was emptied; 1 items, 4096 bytes, ")


async def test_a_real_home_is_measured_and_its_names_are_not_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    body = Body(a_home(tmp_path))
    looked = await body.carry_out(c.LookForRemedy(1, FOLDERS))
    assert isinstance(looked, RemedyLooked)
    assert [one.name for one in looked.found.folders] == [".local/share/Trash"]
    assert not any("Trash" in line for line in caplog.messages)


async def test_a_recorded_machine_is_never_changed(tmp_path: Path) -> None:
    body = Body(a_home(tmp_path), recorded=True)
    for command in (c.LookForRemedy(1, BIN), c.RunRemedy(1, BIN)):
        assert await body.carry_out(command) == RemedyFailed(1, WhyNot.RECORDED)
    assert (tmp_path / ".local/share/Trash/files/secret-name.txt").exists()


def test_a_recorded_machine_shows_what_its_system_has(tmp_path: Path) -> None:
    offered = Body(tmp_path, recorded=True).hands.offered(System.WINDOWS)
    assert RemedyKey.CLEAR_TEAMS_CACHE in offered
    assert RemedyKey.RESTART_AUDIO not in offered
    assert BIN in Body(tmp_path).hands.offered(System.LINUX)


async def test_what_this_system_does_not_have_is_said(tmp_path: Path) -> None:
    failed = await Body(tmp_path).carry_out(c.RunRemedy(1, RemedyKey.CLEAR_TEAMS_CACHE))
    assert failed == RemedyFailed(1, WhyNot.NOT_HERE)


class Stub:
    """A remedy that does what it is told to, and notes its time and its thread."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble
        self.left: list[float] = []
        self.threads: list[tuple[str, bool]] = []

    def is_here(self) -> bool:
        return True

    def look(self, deadline: Deadline) -> Found:
        thread = threading.current_thread()
        self.left.append(deadline.left())
        self.threads.append((thread.name, thread.daemon))
        if self.trouble is not None:
            raise self.trouble
        return Found()

    def do(self, deadline: Deadline) -> Found:
        return self.look(deadline)


@pytest.mark.parametrize(
    ("trouble", "failed"),
    [
        (CannotDo(WhyNot.IN_USE), RemedyFailed(1, WhyNot.IN_USE)),
        (
            CannotDo(WhyNot.LEFT_OVER, "two", Found(items=2)),
            RemedyFailed(1, WhyNot.LEFT_OVER, Found(items=2)),
        ),
        (OSError("/home/ana/secret"), RemedyFailed(1, WhyNot.BROKEN)),
        (ValueError("a bug of ours"), RemedyFailed(1, WhyNot.BROKEN)),
    ],
)
async def test_trouble_becomes_an_event_and_a_line_without_names(
    trouble: Exception,
    failed: RemedyFailed,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(desktop, "doing", lambda key, laptop: Stub(trouble))
    assert await Body(tmp_path).carry_out(c.RunRemedy(1, BIN)) == failed
    assert len(caplog.messages) == 1
    assert "secret" not in caplog.text


async def test_each_has_its_own_time_and_thread_and_what_changes_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub = Stub()
    monkeypatch.setattr(desktop, "doing", lambda key, laptop: stub)
    body = Body(tmp_path)
    await body.carry_out(c.LookForRemedy(1, BIN))
    await body.carry_out(c.RunRemedy(1, RemedyKey.FLUSH_DNS))
    limits = [REMEDIES[BIN].seconds, REMEDIES[RemedyKey.FLUSH_DNS].seconds]
    assert stub.left == pytest.approx(limits, abs=1.0)
    assert stub.threads == [("remedy", True), ("remedy", False)]


async def test_while_one_hangs_no_second_begins(tmp_path: Path) -> None:
    body = Body(a_home(tmp_path))
    body.hands.carry_out(c.LookForRemedy(1, FOLDERS))
    body.hands.carry_out(c.RunRemedy(2, BIN))
    assert body.told.only(RemedyFailed) == RemedyFailed(2, WhyNot.STILL_BUSY)
    await body.spawned.finish()
    assert isinstance(body.told.only(RemedyLooked), RemedyLooked)
    assert isinstance(await body.carry_out(c.RunRemedy(3, BIN)), RemedyDone)
