"""Settings pages: a closed table, and nothing from outside in what is opened."""

import re
import shutil
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samebox_agent.desktop.deeplinks import (
    Address,
    CouldNotOpen,
    Program,
    Target,
    environment_of_the_system,
    keys,
    open_settings,
    openable,
    start_target,
    target,
)
from samebox_shared.model.devices import System


@pytest.mark.parametrize(
    ("key", "system", "desktop", "found"),
    [
        ("wifi", System.WINDOWS, "", Address("ms-settings:network-wifi")),
        (
            "wifi",
            System.MACOS,
            "",
            Address("x-apple.systempreferences:com.apple.wifi-settings-extension"),
        ),
        ("wifi", System.LINUX, "GNOME", Program(("gnome-control-center", "wifi"))),
        ("sound", System.LINUX, "ubuntu:GNOME", Program(("gnome-control-center", "sound"))),
        ("wifi", System.LINUX, "KDE", Program(("systemsettings", "kcm_networkmanagement"))),
        ("update", System.LINUX, "GNOME", Program(("gnome-software", "--mode=updates"))),
        ("update", System.LINUX, "KDE", Program(("plasma-discover", "--mode", "Update"))),
        ("wifi", System.LINUX, "XFCE", None),
        ("wifi", System.LINUX, "", None),
        ("encryption", System.LINUX, "GNOME", None),
        ("encryption", System.LINUX, "KDE", None),
        ("screen_capture", System.WINDOWS, "", None),
        ("apps", System.MACOS, "", None),
        ("ms-msdt:/id PCWDiagnostic", System.WINDOWS, "", None),
    ],
)
def test_target(key: str, system: System, desktop: str, found: Target | None) -> None:
    assert target(key, system, desktop) == found


@given(st.text(), st.sampled_from(System))
def test_only_keys_of_the_table_open_anything(key: str, system: System) -> None:
    assert (target(key, system, "GNOME") is None) or key in keys()


@pytest.mark.parametrize("system", System)
def test_every_target_is_of_the_systems_own_settings(system: System) -> None:
    for key in openable(system, "GNOME"):
        match target(key, system, "GNOME"):
            case Address(uri=uri):
                assert re.fullmatch(r"(ms-settings|x-apple\.systempreferences):[\w.?-]+", uri)
            case Program(argv=argv):
                assert argv[0] in ("gnome-control-center", "gnome-software")
            case None:
                raise AssertionError(key)


def test_most_pages_open_on_windows_and_macos_and_none_on_an_unknown_desktop() -> None:
    assert len(openable(System.WINDOWS)) > 20
    assert len(openable(System.MACOS)) > 20
    assert openable(System.LINUX, "sway") == frozenset()


def test_opening_starts_the_target() -> None:
    started: list[Target] = []
    assert open_settings("wifi", System.WINDOWS, start=started.append) is None
    assert started == [Address("ms-settings:network-wifi")]


def test_an_unknown_key_starts_nothing() -> None:
    started: list[Target] = []
    refused = open_settings("calc.exe", System.WINDOWS, start=started.append)
    assert isinstance(refused, CouldNotOpen)
    assert started == []


def test_a_missing_program_is_said_to_the_person() -> None:
    def start(found: Target) -> None:
        raise FileNotFoundError(found)

    refused = open_settings("wifi", System.LINUX, "GNOME", start)
    assert refused == CouldNotOpen("The settings did not open. Please open them yourself.")


def test_a_program_that_is_not_installed() -> None:
    with pytest.raises(FileNotFoundError):
        start_target(Program(("samebox-has-no-such-program", "wifi")))


@pytest.mark.skipif(shutil.which("true") is None, reason="needs the program true")
def test_a_program_is_started_without_waiting_for_it() -> None:
    start_target(Program(("true",)))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there the address opens")
def test_an_address_is_for_windows_and_macos_only() -> None:
    with pytest.raises(FileNotFoundError):
        start_target(Address("ms-settings:network-wifi"))


def test_the_frozen_programs_libraries_are_kept_from_others() -> None:
    frozen = {"PATH": "/bin", "LD_LIBRARY_PATH": "/opt/samebox", "LD_LIBRARY_PATH_ORIG": "/usr/x"}
    assert environment_of_the_system(frozen) == {"PATH": "/bin", "LD_LIBRARY_PATH": "/usr/x"}
    assert environment_of_the_system({"LD_LIBRARY_PATH": "/opt/samebox"}) == {}
