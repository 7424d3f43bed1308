"""Remedies that run programs: always the same words, no shell, no password, and back on again."""

import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from samebox_agent.core.remedy_list import Found, WhyNot
from samebox_agent.desktop import remedies_programs as programs
from samebox_agent.desktop.remedies_limits import CannotDo, Deadline

from tests.support.recording_runner import RecordingRunner

MAY = f"org.freedesktop.NetworkManager.sleep-wake:no\n{programs.NM_PERMISSION}\n"
PORTS = """
Hardware Port: Ethernet
Device: en5
Ethernet Address: 00:00:00:00:00:05

Hardware Port: Wi-Fi
Device: en0
Ethernet Address: 00:00:00:00:00:00
"""
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="runs programs of Unix")


def soon() -> Deadline:
    return Deadline(10.0)


@pytest.mark.parametrize(
    ("argv", "partial"),
    [
        (programs.FLUSH_LINUX, False),
        (programs.FLUSH_WINDOWS, False),
        (programs.FLUSH_MACOS, True),
    ],
)
def test_names_are_dropped_by_one_program(argv: tuple[str, ...], partial: bool) -> None:
    runner = RecordingRunner()
    flush = programs.FlushNames(runner.programs(), argv, partial)
    assert flush.is_here()
    assert flush.look(soon()) == Found()
    assert runner.argvs == []
    assert flush.do(soon()) == Found(partial=partial)
    assert runner.argvs == [argv]
    assert 0 < runner.seconds[0] <= 10.0
    runner.installed = False
    assert not flush.is_here()


def test_linux_never_lets_a_window_ask_for_a_password() -> None:
    assert "--allow-interactive-authorization=no" in programs.FLUSH_LINUX


def test_only_the_sound_services_that_are_installed_are_restarted(tmp_path: Path) -> None:
    runner = RecordingRunner()
    audio = programs.RestartAudio(runner.programs(), tmp_path)
    assert not audio.is_here()
    with pytest.raises(CannotDo) as caught:
        audio.do(soon())
    assert (caught.value.why, runner.argvs) == (WhyNot.NOT_HERE, [])
    units = tmp_path / "usr/lib/systemd/user"
    units.mkdir(parents=True)
    for name in ("pipewire.service", "wireplumber.service", "pipewire-evil.service"):
        (units / name).touch()
    assert audio.is_here()
    assert (audio.look(soon()), audio.do(soon())) == (Found(), Found(items=2))
    restart = ("systemctl", "--user", "--no-ask-password", "restart")
    assert runner.argvs == [(*restart, "pipewire.service", "wireplumber.service")]


def test_the_network_goes_off_and_on_again() -> None:
    runner = RecordingRunner({programs.NM_MAY: MAY})
    network = programs.ReconnectLinux(runner.programs())
    assert network.is_here()
    assert (network.look(soon()), network.do(soon())) == (Found(), Found())
    assert runner.argvs == [programs.NM_MAY, programs.NM_OFF, programs.NM_ON]
    assert runner.waited == [programs.AWAY_SECONDS]


@pytest.mark.parametrize("said", ["", MAY.replace(":yes", ":auth"), MAY.replace(":yes", ":no")])
def test_the_network_stays_on_where_a_password_would_be_asked(said: str) -> None:
    runner = RecordingRunner({programs.NM_MAY: said})
    with pytest.raises(CannotDo) as caught:
        programs.ReconnectLinux(runner.programs()).do(soon())
    assert caught.value.why is WhyNot.NOT_ALLOWED
    assert runner.argvs == [programs.NM_MAY]


def test_on_is_tried_until_it_works() -> None:
    runner = RecordingRunner({programs.NM_MAY: MAY}, {programs.NM_ON: programs.TRIES - 1})
    assert programs.ReconnectLinux(runner.programs()).do(soon()) == Found()
    assert runner.argvs.count(programs.NM_ON) == programs.TRIES


def test_a_network_that_does_not_come_back_is_said() -> None:
    runner = RecordingRunner({programs.NM_MAY: MAY}, {programs.NM_ON: 99})
    with pytest.raises(CannotDo) as caught:
        programs.ReconnectLinux(runner.programs()).do(soon())
    assert caught.value.why is WhyNot.NOT_BACK


def test_when_off_fails_it_is_turned_on_all_the_same() -> None:
    runner = RecordingRunner({programs.NM_MAY: MAY}, {programs.NM_OFF: 1})
    with pytest.raises(CannotDo) as caught:
        programs.ReconnectLinux(runner.programs()).do(soon())
    assert caught.value.why is WhyNot.BROKEN
    assert runner.argvs[-1] == programs.NM_ON


def test_a_network_that_a_killed_program_left_off_is_turned_on_again(tmp_path: Path) -> None:
    marker = tmp_path / "network-off"
    seen: list[bool] = []
    runner = RecordingRunner({programs.NM_MAY: MAY, programs.MAC_PORTS: PORTS})
    network = programs.ReconnectLinux(runner.programs(), marker)
    network.turn_back_on()
    assert runner.argvs == []
    watched = replace(network.programs, wait=lambda _: seen.append(marker.exists()))
    replace(network, programs=watched).do(soon())
    assert (seen, marker.exists()) == ([True], False)
    marker.touch()
    network.turn_back_on()
    assert (runner.argvs[-1], marker.exists()) == (programs.NM_ON, False)
    marker.touch()
    programs.ReconnectMac(runner.programs(), marker).turn_back_on()
    assert runner.argvs[-1] == ("networksetup", "-setairportpower", "en0", "on")
    assert not marker.exists()


def test_while_it_cannot_be_turned_on_the_mark_stays_for_the_next_start(tmp_path: Path) -> None:
    marker = tmp_path / "network-off"
    marker.touch()
    runner = RecordingRunner(failing={programs.NM_ON: 99})
    with pytest.raises(CannotDo):
        programs.ReconnectLinux(runner.programs(), marker).turn_back_on()
    assert marker.exists()


def test_all_tries_of_the_network_fit_its_time() -> None:
    from samebox_agent.core.remedy_list import REMEDIES, RemedyKey

    steps = 2 + programs.TRIES
    waits = 1 + programs.TRIES
    longest = steps * programs.STEP_SECONDS + waits * programs.AWAY_SECONDS
    assert longest <= REMEDIES[RemedyKey.RECONNECT_NETWORK].seconds


def test_a_mac_turns_its_wifi_off_and_on() -> None:
    runner = RecordingRunner({programs.MAC_PORTS: PORTS})
    network = programs.ReconnectMac(runner.programs())
    assert network.is_here()
    assert network.do(soon()) == Found()
    assert runner.argvs == [
        programs.MAC_PORTS,
        ("networksetup", "-setairportpower", "en0", "off"),
        ("networksetup", "-setairportpower", "en0", "on"),
    ]


@pytest.mark.parametrize("device", ["en10", "en0; rm -rf ~", "-setwebproxy", ""])
def test_a_device_that_we_do_not_know_is_left_alone(device: str) -> None:
    runner = RecordingRunner(
        {programs.MAC_PORTS: PORTS.replace("Device: en0", f"Device: {device}")}
    )
    with pytest.raises(CannotDo) as caught:
        programs.ReconnectMac(runner.programs()).do(soon())
    assert (caught.value.why, runner.argvs) == (WhyNot.NOT_HERE, [programs.MAC_PORTS])


def test_every_vector_is_constant_and_none_is_a_shell() -> None:
    vectors = [value for name, value in vars(programs).items() if name.isupper()]
    argvs = [value for value in vectors if isinstance(value, tuple) and len(value) > 1]
    assert not {argv[0] for argv in argvs} & {"sh", "bash", "cmd", "powershell", "sudo", "pkexec"}


@UNIX
def test_a_real_program_is_found_in_the_systems_folders_and_speaks_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    evil = tmp_path / "env"
    evil.write_text("#!/bin/sh\necho evil\n", encoding="utf-8")
    evil.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    said = programs.run(("env",), 5.0).splitlines()
    assert "LC_ALL=C" in said
    assert "evil" not in said


@UNIX
def test_a_program_that_hangs_is_ended() -> None:
    with pytest.raises(CannotDo) as caught:
        programs.run(("sleep", "30"), 0.1)
    assert caught.value.why is WhyNot.TOO_SLOW


@UNIX
@pytest.mark.parametrize(
    ("program", "why"),
    [
        (("samebox-has-no-such-program",), WhyNot.NOT_HERE),
        (("false",), WhyNot.BROKEN),
        (("mkdir", "/proc/samebox"), WhyNot.BROKEN),
    ],
)
def test_a_program_that_fails_is_a_value(program: tuple[str, ...], why: WhyNot) -> None:
    with pytest.raises(CannotDo) as caught:
        programs.run(program, 5.0)
    assert caught.value.why is why


@UNIX
def test_rights_that_are_missing_are_told_from_other_trouble() -> None:
    words = "Call failed: Interactive authentication required."
    with pytest.raises(CannotDo) as caught:
        programs.run(("ls", f"/no/{words}"), 5.0)
    assert caught.value.why is WhyNot.NOT_ALLOWED
