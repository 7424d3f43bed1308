"""Samebox in the list of programs, for desktops that show no tray icon (Linux).

On Windows the installer makes the entry, and on macOS the program is one.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from samebox_agent.desktop import desktop_entry


class Launcher(Struct, frozen=True):
    """The person's own entry below `data_home`, and the icon it shows.

    The entry is called samebox.desktop: windows must carry that name for the desktop to match them.
    """

    data_home: Path
    command: tuple[str, ...]

    @property
    def entry_path(self) -> Path:
        return self.data_home / "applications/samebox.desktop"

    @property
    def icon_path(self) -> Path:
        return self.data_home / "icons/hicolor/scalable/apps/samebox.svg"

    def is_written(self) -> bool:
        """Whether the entry is there and starts this very program."""
        if not self.entry_path.exists():
            return False
        return self.entry_path.read_text(encoding="utf-8") == self._text()

    def write(self, icon: Path) -> None:
        """`icon` is an SVG file, which is copied. Raises OSError."""
        self.icon_path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(icon, self.icon_path)
        desktop_entry.write(self.entry_path, self._text())

    def remove(self) -> None:
        """Nothing happens when there is none. Raises OSError."""
        self.entry_path.unlink(missing_ok=True)
        self.icon_path.unlink(missing_ok=True)

    def _text(self) -> str:
        fields = {
            "Type": "Application",
            "Version": "1.0",
            "Name": "Samebox",
            "GenericName": "Help from a colleague",
            "Comment": "Help from a colleague who has the same computer",
            "Exec": desktop_entry.command_line(self.command),
            "Icon": "samebox",
            "Terminal": "false",
            "Categories": "Utility;",
            "Keywords": "help;support;colleague;problem;fix;",
            "StartupWMClass": "samebox",
        }
        return desktop_entry.entry(fields)


def data_home(home: Path, environment: Mapping[str, str]) -> Path:
    """Where a person's own programs are listed."""
    return Path(environment.get("XDG_DATA_HOME") or home / ".local/share")
