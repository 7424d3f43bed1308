"""What is missing on a Linux machine, and who may install it."""

from pathlib import Path

import pytest

from tasks.steps import StepFailed, Steps
from tasks.system_packages import NOT_ALLOWED, Machine, Need, commands_for, is_met, provide

LACKING = (
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Need("trayer", "trayer"),
)
INSTALL = "apt-get install -y --no-install-recommends libxcb-shape0 libxcb-xkb1 trayer"
DEBIAN = Machine(has_apt=True, has_dnf=False, is_root=False, has_sudo=False)
FEDORA = Machine(has_apt=False, has_dnf=True, is_root=True, has_sudo=True)
OTHER = Machine(has_apt=False, has_dnf=False, is_root=True, has_sudo=True)


def test_root_on_debian_installs_them() -> None:
    root = Machine(has_apt=True, has_dnf=False, is_root=True, has_sudo=False)
    assert commands_for(LACKING, root) == [["apt-get", "update"], INSTALL.split()]


def test_sudo_without_a_password_installs_them() -> None:
    someone = Machine(has_apt=True, has_dnf=False, is_root=False, has_sudo=True)
    update, install = (" ".join(command) for command in commands_for(LACKING, someone))
    assert update == "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get update"
    assert install == f"sudo -n env DEBIAN_FRONTEND=noninteractive {INSTALL}"


def test_what_would_start_a_service_is_told_not_to_before_it_is_installed() -> None:
    root = Machine(has_apt=True, has_dnf=False, is_root=True, has_sudo=False)
    lacking = (Need("no-such-server", "a-server", before="touch /etc/do-not-start"), *LACKING)
    first, *_, last = commands_for(lacking, root)
    assert first == ["sh", "-c", "touch /etc/do-not-start"]
    assert last[:2] == ["apt-get", "install"]


@pytest.mark.parametrize(
    ("machine", "words"),
    [
        (DEBIAN, f"sudo {INSTALL}"),
        (FEDORA, "sudo dnf install -y libxcb\n  Install what provides: trayer"),
        (OTHER, "Install what provides: libxcb-shape.so.0, libxcb-xkb.so.1, trayer"),
    ],
)
def test_who_may_not_install_is_told_the_exact_command(machine: Machine, words: str) -> None:
    with pytest.raises(StepFailed) as refused:
        commands_for(LACKING, machine)
    assert words in refused.value.advice
    assert refused.value.code == NOT_ALLOWED


def test_nobody_is_held_up_for_what_is_only_nice(tmp_path: Path) -> None:
    log = tmp_path / "log"
    provide([Need("/no/such/font", "fonts-none", nice=True)], Steps(log))
    assert not log.exists()


@pytest.mark.parametrize(
    ("probe", "there"),
    [
        ("module:json", True),
        ("module:no_such_module", False),
        ("python3", True),
        ("no-such-program", False),
        ("/no/such/path", False),
        ("/no/such/path|python3", True),
        ("libno-such-library.so.9", False),
    ],
)
def test_a_need_is_looked_for_in_its_own_way(probe: str, there: bool) -> None:
    assert is_met(Need(probe, "any")) is there
