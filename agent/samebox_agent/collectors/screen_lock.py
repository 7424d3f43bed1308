"""Whether the screen locks by itself when nobody is there."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, windows_registry
from samebox_agent.collectors.system_command import Run, run, run_with_errors
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "screen lock"
FACTS = frozenset({"screenlock.enabled"})

_SCHEMAS = {
    "GNOME": "org.gnome.desktop",
    "Unity": "org.gnome.desktop",
    "Budgie": "org.gnome.desktop",
    "Cinnamon": "org.cinnamon.desktop",
    "X-Cinnamon": "org.cinnamon.desktop",
}
_NEVER_IDLE = b"uint32 0"

_POLICIES = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System"
_SAVERS = (
    r"HKCU\Software\Policies\Microsoft\Windows\Control Panel\Desktop",
    r"HKCU\Control Panel\Desktop",
)
_STATUS = ("/usr/sbin/sysadminctl", "-screenLock", "status")


class LinuxScreenLock(Struct, frozen=True):
    """GNOME, its relatives, and KDE; other desktops leave it to programs of many kinds."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SECURITY
    facts: ClassVar[frozenset[str]] = FACTS
    is_costly: ClassVar[bool] = True
    root: Path = Path("/")
    home: Path = field(default_factory=Path.home)
    environment: Mapping[str, str] = field(default_factory=dict)
    run: Run = run

    def collect(self) -> Iterable[Fact]:
        desktops = self.environment.get("XDG_CURRENT_DESKTOP", "").split(":")
        schema = next((_SCHEMAS[name] for name in desktops if name in _SCHEMAS), None)
        if schema is not None:
            locks = self._get(f"{schema}.screensaver", "lock-enabled") == b"true"
            comes = self._get(f"{schema}.session", "idle-delay") != _NEVER_IDLE
            yield Fact(name="screenlock.enabled", value=locks and comes)
        elif "KDE" in desktops:
            yield Fact(name="screenlock.enabled", value=self._of_kde() != "false")

    def _get(self, schema: str, key: str) -> bytes:
        return self.run(("gsettings", "get", schema, key)).strip()

    def _of_kde(self) -> str | None:
        """The person's choice, else the distribution's; KDE locks unless one of them says no."""
        places = (self.home / ".config/kscreenlockerrc", self.root / "etc/xdg/kscreenlockerrc")
        told = [files.settings(path).get("Autolock") for path in places]
        return next((each for each in told if each is not None), None)


class WindowsScreenLock(Struct, frozen=True):
    """A screen saver that asks for the password, or the organisation's limit.

    Without either Windows may still lock when it goes to sleep, which is not readable: then
    nothing is said.
    """

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SECURITY
    facts: ClassVar[frozenset[str]] = FACTS
    registry: Registry = field(default_factory=SystemRegistry)

    def collect(self) -> Iterable[Fact]:
        limit = windows_registry.number(self.registry, _POLICIES, "InactivityTimeoutSecs")
        saver = all(self._says_yes(n) for n in ("ScreenSaveActive", "ScreenSaverIsSecure"))
        if limit or saver:
            yield Fact(name="screenlock.enabled", value=True)

    def _says_yes(self, name: str) -> bool:
        told = [windows_registry.text(self.registry, key, name) for key in _SAVERS]
        return next((each for each in told if each is not None), "0") == "1"


class MacScreenLock(Struct, frozen=True):
    """Whether the password is asked for once the screen went dark, which macOS does by itself
    unless it was told never to; the program says it as if it were an error."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.SECURITY
    facts: ClassVar[frozenset[str]] = FACTS
    is_costly: ClassVar[bool] = True
    run: Run = run_with_errors

    def collect(self) -> Iterable[Fact]:
        told = self.run(_STATUS)
        found = re.search(rb"screenLock (?:is (off)|delay is (-|immediate|\d))", told)
        if found:  # some versions say "-1 seconds" for never
            yield Fact(name="screenlock.enabled", value=found[2] not in (None, b"-"))
