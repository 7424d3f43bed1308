"""The table from a key to an action: closed, and the same systems as the list says."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from samebox_agent.core.remedy_list import REMEDIES, RemedyKey
from samebox_agent.desktop.remedies import Laptop, doing, offered, on_system, turn_back_on
from samebox_agent.desktop.remedies_programs import NM_ON
from samebox_shared.model.devices import COMPUTERS, System

from tests.support.recording_runner import RecordingRunner


def laptop(system: System, home: Path, *, installed: bool = True) -> Laptop:
    runner = RecordingRunner()
    runner.installed = installed
    return Laptop(system, home, runner.programs(), root=home)


@pytest.mark.parametrize("system", System)
@pytest.mark.parametrize("key", RemedyKey)
def test_there_is_an_action_exactly_where_the_list_says_so(
    key: RemedyKey, system: System, tmp_path: Path
) -> None:
    there = doing(key, laptop(system, tmp_path)) is not None
    assert there == (system in REMEDIES[key].systems) == (key in on_system(system))
    assert not there or system in COMPUTERS


def test_only_a_network_that_was_left_off_is_turned_on(tmp_path: Path) -> None:
    runner, marker = RecordingRunner(), tmp_path / "network-off"
    here = Laptop(System.LINUX, tmp_path, runner.programs(), tmp_path, network_off=marker)
    turn_back_on(here)
    turn_back_on(replace(here, system=System.WINDOWS))
    assert runner.argvs == []
    marker.touch()
    turn_back_on(here)
    assert runner.argvs == [NM_ON]


def test_a_linux_laptop_offers_what_it_has(tmp_path: Path) -> None:
    bare = offered(laptop(System.LINUX, tmp_path, installed=False))
    assert bare == {RemedyKey.EMPTY_BIN, RemedyKey.BIGGEST_FOLDERS, RemedyKey.CLEAR_THUMBNAILS}
    units = tmp_path / "usr/lib/systemd/user"
    units.mkdir(parents=True)
    (units / "pipewire.service").touch()
    assert offered(laptop(System.LINUX, tmp_path)) == on_system(System.LINUX)


def test_where_data_and_caches_lie_elsewhere_the_usual_places_are_not_called_empty(
    tmp_path: Path,
) -> None:
    runner = RecordingRunner()
    runner.installed = False
    usual = (str(tmp_path / ".local/share"), str(tmp_path / ".cache"))
    for places, there in ((usual, True), (("/data/ana", "/data/cache"), False)):
        here = offered(
            Laptop(System.LINUX, tmp_path, runner.programs(), tmp_path, places[0], places[1])
        )
        assert (RemedyKey.EMPTY_BIN in here) is there
        assert (RemedyKey.CLEAR_THUMBNAILS in here) is there


def test_windows_offers_teams_only_where_it_is(tmp_path: Path) -> None:
    here = offered(laptop(System.WINDOWS, tmp_path))
    assert here == {RemedyKey.FLUSH_DNS, RemedyKey.EMPTY_BIN, RemedyKey.BIGGEST_FOLDERS}


def test_a_mac_that_bars_its_bin_offers_no_emptying(tmp_path: Path) -> None:
    here = offered(laptop(System.MACOS, tmp_path))
    assert here == {RemedyKey.FLUSH_DNS, RemedyKey.RECONNECT_NETWORK}


def test_to_offer_runs_nothing(tmp_path: Path) -> None:
    runner = RecordingRunner()
    for system in COMPUTERS:
        offered(Laptop(system, tmp_path, runner.programs(), root=tmp_path))
    assert runner.argvs == []
