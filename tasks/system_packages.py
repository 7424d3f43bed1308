"""Linux only: finds system libraries and programs that are missing, and installs or names them.

The lists were measured on a bare Debian 12; Windows and macOS need nothing.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.steps import StepFailed, Steps

NOT_ALLOWED = 3


@dataclass(frozen=True)
class Need:
    """`probe` is a library's file name, a program, a path, or "module:NAME"; with "|" between two,
    either will do. `before` is what root's shell does first where we install by ourselves.

    `fedora` is empty where the package's name there is not certain. What is only `nice` to have is
    installed along with the rest, and nobody is held up for it.
    """

    probe: str
    debian: str
    fedora: str = ""
    nice: bool = False
    before: str = ""


PYTHON = (Need("module:ensurepip", f"python3.{sys.version_info.minor}-venv", "python3"),)
QT = (
    Need("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Need("libGL.so.1", "libgl1", "libglvnd-glx"),
    Need("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Need("libX11.so.6", "libx11-6", "libX11"),
    Need("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Need("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Need("libfreetype.so.6", "libfreetype6", "freetype"),
    Need("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Need("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Need("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Need("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    Need("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    Need("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    Need("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
)
# The letters that the look was drawn with; without them the system's own are used.
LETTERS = (Need("/usr/share/fonts/opentype/inter", "fonts-inter", nice=True),)
WAYLAND = (
    Need("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    Need("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
    Need("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl"),
)
# A screen, a tray, a mouse, a key store and eyes, all of the tests' own.
DESKTOP = (
    Need("Xvfb", "xvfb", "xorg-x11-server-Xvfb"),
    Need("xdotool", "xdotool", "xdotool"),
    Need("openbox", "openbox", "openbox"),
    Need("trayer", "trayer"),
    Need("dbus-daemon", "dbus", "dbus-daemon"),
    Need("/usr/libexec/at-spi-bus-launcher", "at-spi2-core", "at-spi2-core"),
    Need("/usr/lib/python3/dist-packages/pyatspi", "python3-pyatspi"),
    Need("import", "imagemagick", "ImageMagick"),
    Need("gnome-keyring-daemon", "gnome-keyring", "gnome-keyring"),
)
# The web portal is looked at as people do.
BROWSER = (Need("chromium|google-chrome", "chromium", "chromium"),)
# The fault harness cuts cables between network namespaces; without them it uses its own proxy.
NETWORK = (Need("ip", "iproute2", "iproute", nice=True),)

# Programs that the tests run as servers of their own. Debian would start one of each for the whole
# machine and again at every boot: nobody asked for that.
SERVERS = (
    Need(
        "/usr/lib/postgresql|initdb",
        "postgresql",
        "postgresql-server",
        before="cd /etc && mkdir -p postgresql-common && cd postgresql-common && "
        "test -e createcluster.conf || echo 'create_main_cluster = false' > createcluster.conf",
    ),
    Need(
        "redis-server|valkey-server",
        "redis-server",
        before="mkdir -p /etc/systemd/system && ln -s /dev/null "
        "/etc/systemd/system/redis-server.service || true",
    ),
)


@dataclass(frozen=True)
class Machine:
    """What this machine lets us do about a missing package."""

    has_apt: bool
    has_dnf: bool
    is_root: bool
    has_sudo: bool  # without a password


def provide(needs: Sequence[Need], steps: Steps) -> None:
    """Sees to it that all needs are met; raises StepFailed with the exact command otherwise."""
    if not sys.platform.startswith("linux"):
        return
    lacking = [need for need in needs if not is_met(need)]
    if all(need.nice for need in lacking):
        return
    commands = commands_for(lacking, this_machine())
    with steps.step(f"Installing {len(lacking)} system packages"):
        for command in commands:
            steps.run(command, environment={"DEBIAN_FRONTEND": "noninteractive"})
    importlib.invalidate_caches()
    still = [need.probe for need in lacking if not (need.nice or is_met(need))]
    if still:
        raise StepFailed(
            f"These are still missing after the installation: {', '.join(still)}.",
            "Install what provides them, then run the same command again.",
            NOT_ALLOWED,
        )


def is_met(need: Need) -> bool:
    """Asks in the way that the program itself will ask."""
    return any(_is_there(probe) for probe in need.probe.split("|"))


def _is_there(probe: str) -> bool:
    if probe.startswith("module:"):
        return importlib.util.find_spec(probe.removeprefix("module:")) is not None
    if probe.startswith("/"):
        return Path(probe).exists()
    if ".so" not in probe:
        return shutil.which(probe) is not None
    try:
        ctypes.CDLL(probe)
    except OSError:
        return False
    return True


def commands_for(lacking: Sequence[Need], machine: Machine) -> list[list[str]]:
    """The commands that install them; raises StepFailed where we may not run them."""
    packages = sorted({need.debian for need in lacking})
    commands = [["sh", "-c", need.before] for need in lacking if need.before]
    commands.append(["apt-get", "update"])
    commands.append(["apt-get", "install", "-y", "--no-install-recommends", *packages])
    if machine.has_apt and machine.is_root:
        return commands
    if machine.has_apt and machine.has_sudo:
        as_root = ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
        return [[*as_root, *command] for command in commands]
    raise StepFailed(
        "This machine lacks system packages that Samebox needs here.",
        by_hand(lacking, machine),
        NOT_ALLOWED,
    )


def by_hand(lacking: Sequence[Need], machine: Machine) -> str:
    """The command a person can run where Samebox may not."""
    if machine.has_apt:
        packages = " ".join(sorted({need.debian for need in lacking}))
        command = f"sudo apt-get install -y --no-install-recommends {packages}"
        return f"Run this, then the same command again:\n\n  sudo apt-get update\n  {command}\n"
    named = " ".join(sorted({need.fedora for need in lacking if need.fedora}))
    unnamed = ", ".join(need.probe for need in lacking if not (machine.has_dnf and need.fedora))
    lines = [f"  sudo dnf install -y {named}"] if machine.has_dnf and named else []
    lines += [f"  Install what provides: {unnamed}"] if unnamed else []
    return "\n".join(["Do this, then run the same command again:", "", *lines, ""])


def this_machine(which: Callable[[str], str | None] = shutil.which) -> Machine:
    """What can be told without asking for a password."""
    has_sudo = False
    if which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        has_sudo = asked.returncode == 0
    return Machine(
        has_apt=which("apt-get") is not None,
        has_dnf=which("dnf") is not None,
        is_root=os.geteuid() == 0,
        has_sudo=has_sudo,
    )
