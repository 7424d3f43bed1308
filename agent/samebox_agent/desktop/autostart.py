"""Starting at login: a desktop entry on Linux, a LaunchAgent on macOS, the Run key on Windows.

All three are the person's own and can be switched off in the system's settings, which we respect.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field
from samebox_shared.model.devices import System

from samebox_agent.desktop import desktop_entry

RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
VALUE_NAME = "Samebox"
LABEL = "org.samebox.agent"


class Autostart(Protocol):
    """The switch "start at login". All three raise OSError when the system refuses."""

    def is_on(self) -> bool:
        """Whether the next login starts Samebox."""

    def turn_on(self) -> None:
        """Also replaces an entry that names an earlier place of the program."""

    def turn_off(self) -> None:
        """Leaves nothing behind; nothing happens when it is off already."""


class XdgAutostart(Struct, frozen=True):
    """Linux. Desktops switch an entry off by marking it hidden."""

    folder: Path
    command: tuple[str, ...]

    @property
    def _path(self) -> Path:
        return self.folder / "samebox.desktop"

    def is_on(self) -> bool:
        if not self._path.exists():
            return False
        told = desktop_entry.fields_of(self._path.read_text(encoding="utf-8"))
        shown = told.get("Hidden", "false").lower() != "true"
        return shown and told.get("X-GNOME-Autostart-enabled", "true").lower() != "false"

    def turn_on(self) -> None:
        fields = {
            "Type": "Application",
            "Version": "1.0",
            "Name": "Samebox",
            "Comment": "Help from a colleague who has the same computer",
            "Exec": desktop_entry.command_line(self.command),
            "Icon": "samebox",
            "Terminal": "false",
            "NoDisplay": "true",
        }
        desktop_entry.write(self._path, desktop_entry.entry(fields))

    def turn_off(self) -> None:
        self._path.unlink(missing_ok=True)


class LaunchAgent(Struct, frozen=True):
    """macOS. Read by launchd at login; nothing is started now."""

    folder: Path
    command: tuple[str, ...]

    @property
    def _path(self) -> Path:
        return self.folder / f"{LABEL}.plist"

    def is_on(self) -> bool:
        return self._path.exists()

    def turn_on(self) -> None:
        import plistlib

        told = {
            "Label": LABEL,
            "ProgramArguments": list(self.command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
            "LimitLoadToSessionType": "Aqua",
        }
        desktop_entry.write(self._path, plistlib.dumps(told).decode("utf-8"))

    def turn_off(self) -> None:
        self._path.unlink(missing_ok=True)


class RunKey(Protocol):
    """The values of the person's own Run key."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, value: str) -> None: ...

    def delete(self, name: str) -> None: ...


class SystemRunKey:
    """The Run key of the running Windows. On other systems every call raises OSError."""

    if sys.platform == "win32":

        def get(self, name: str) -> str | None:
            import winreg

            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
                    value, _ = winreg.QueryValueEx(key, name)
            except FileNotFoundError:
                return None
            return value if isinstance(value, str) else None

        def set(self, name: str, value: str) -> None:
            import winreg

            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, RUN_KEY) as key:
                winreg.SetValueEx(key, name, 0, winreg.REG_SZ, value)

        def delete(self, name: str) -> None:
            import contextlib
            import winreg

            access = winreg.KEY_SET_VALUE
            with (
                contextlib.suppress(FileNotFoundError),
                winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN_KEY, 0, access) as key,
            ):
                winreg.DeleteValue(key, name)

    else:

        def get(self, name: str) -> str | None:
            raise OSError("there is no Run key on this system")

        def set(self, name: str, value: str) -> None:
            raise OSError("there is no Run key on this system")

        def delete(self, name: str) -> None:
            raise OSError("there is no Run key on this system")


class RunKeyAutostart(Struct, frozen=True):
    """Windows. The task manager's own switch is kept elsewhere and is not fought."""

    command: tuple[str, ...]
    run_key: RunKey = field(default_factory=SystemRunKey)

    def is_on(self) -> bool:
        return self.run_key.get(VALUE_NAME) is not None

    def turn_on(self) -> None:
        from subprocess import list2cmdline

        self.run_key.set(VALUE_NAME, list2cmdline(self.command))

    def turn_off(self) -> None:
        self.run_key.delete(VALUE_NAME)


def autostart_for(
    system: System, command: tuple[str, ...], home: Path, environment: Mapping[str, str]
) -> Autostart:
    """`command` starts the agent quietly; `home` is the person's home folder."""
    match system:
        case System.WINDOWS:
            return RunKeyAutostart(command)
        case System.MACOS:
            return LaunchAgent(home / "Library/LaunchAgents", command)
        case System.LINUX:
            config = environment.get("XDG_CONFIG_HOME") or home / ".config"
            return XdgAutostart(Path(config) / "autostart", command)
        case System.IOS | System.ANDROID:
            raise ValueError(f"the agent does not run on {system}")
