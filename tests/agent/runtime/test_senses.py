"""What the laptop itself is asked for: facts, settings pages; here of a recorded machine."""

from collections.abc import Callable
from pathlib import Path

import pytest
from samebox_agent.collectors.recorded import RecordedMachine, load
from samebox_agent.core import commands as c
from samebox_agent.core.events import AutostartSet, FactsRead, RemedyFailed, SettingsPageFailed
from samebox_agent.core.intents import OpenHelp
from samebox_agent.core.remedy_list import RemedyKey, WhyNot
from samebox_agent.runtime.senses import SenseCommand, Senses, own_command
from samebox_shared.model.facts import BY_NAME, Fact, FactKind

from tests.support.fakes import Spawned, Told

MACHINES = Path(__file__).parents[2] / "machines"
T14 = load(MACHINES / "thinkpad-t14-gen3-windows11-full-disk.json")


class Body:
    """Senses on a recorded machine, with what they said and what they began."""

    def __init__(self, machine: RecordedMachine | None) -> None:
        self.told, self.spawned = Told(), Spawned()
        self.senses = Senses(machine, self.spawned, self.told)

    async def carry_out(self, command: SenseCommand) -> None:
        self.senses.carry_out(command, server="https://help.example.com")
        await self.spawned.finish()


async def test_only_facts_of_the_wanted_kinds_are_read() -> None:
    body = Body(T14)
    await body.carry_out(c.ReadFacts(frozenset({FactKind.STORAGE})))
    read = body.told.only(FactsRead)
    assert Fact(name="mounts.system_free_percent", value=3.5) in read.values
    assert {BY_NAME[fact.name].kind for fact in read.values} == {FactKind.STORAGE}
    assert read.kinds == {FactKind.STORAGE}
    assert read.failed == ()


async def test_a_recording_that_was_repaired_is_seen_at_the_next_look(tmp_path: Path) -> None:
    path = tmp_path / "laptop.json"
    path.write_text('{"name": "one", "about": "", "facts": {"mounts.volumes": 1}}')
    body = Body(load(path))
    path.write_text('{"name": "one", "about": "", "facts": {"mounts.volumes": 2}}')
    await body.carry_out(c.ReadFacts(frozenset({FactKind.STORAGE})))
    assert body.told.only(FactsRead).values == (Fact(name="mounts.volumes", value=2),)


async def test_a_look_at_this_machine_tells_what_it_cost() -> None:
    body = Body(None)
    await body.carry_out(c.ReadFacts(frozenset({FactKind.STORAGE}), asked=True))
    read = body.told.only(FactsRead)
    assert [(cost.collector, cost.kind) for cost in read.costs] == [("storage", FactKind.STORAGE)]
    assert 0 < read.costs[0].seconds <= read.seconds


async def test_a_recorded_machine_opens_nothing_on_this_one() -> None:
    body = Body(T14)
    await body.carry_out(c.OpenSystemSettings("storage"))
    assert body.told.only(SettingsPageFailed) == SettingsPageFailed("storage")


@pytest.mark.parametrize(
    ("machine", "there", "missing"),
    [
        ("thinkpad-t14-gen3-windows11-full-disk", "startup", "screen_capture"),
        ("macbook-pro-14", "screen_capture", "apps"),
        ("framework-13-debian", "wifi", "encryption"),
    ],
)
def test_the_settings_pages_are_those_of_the_recorded_system(
    machine: str, there: str, missing: str
) -> None:
    pages = Body(load(MACHINES / f"{machine}.json")).senses.openable()
    assert there in pages
    assert missing not in pages


async def test_a_recorded_machine_runs_no_remedy() -> None:
    body = Body(T14)
    assert RemedyKey.CLEAR_TEAMS_CACHE in body.senses.offered()
    assert RemedyKey.RESTART_AUDIO not in body.senses.offered()
    await body.carry_out(c.RunRemedy(1, RemedyKey.EMPTY_BIN))
    assert body.told.only(RemedyFailed) == RemedyFailed(1, WhyNot.RECORDED)


async def test_start_at_login_is_only_looked_at_when_nobody_switched_it() -> None:
    body = Body(T14)
    body.senses.look_at_autostart()
    await body.spawned.finish()
    assert isinstance(body.told.only(AutostartSet).on, bool)


def test_the_program_knows_how_it_is_started_again() -> None:
    assert own_command()[-2:] == ("-m", "samebox_agent")


@pytest.mark.parametrize(("there", "expected"), [(True, []), (False, ["beside the icon"])])
async def test_a_notice_is_shown_beside_the_icon_only_where_the_desktop_does_not(
    monkeypatch: pytest.MonkeyPatch, there: bool, expected: list[str]
) -> None:
    async def show(title: str, text: str, on_click: Callable[[], None]) -> bool:
        if there:
            on_click()
        return there

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("samebox_agent.desktop.notices_linux.show", show)
    body, shown = Body(T14), list[str]()
    body.senses.notify("Full", "2 GB", OpenHelp(), lambda: shown.append("beside the icon"))
    await body.spawned.finish()
    assert (shown, body.told.events) == (expected, [OpenHelp()] if there else [])
