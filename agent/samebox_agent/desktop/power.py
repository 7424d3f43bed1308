"""Whether the laptop runs on its battery now: then Samebox puts off what can wait."""

import sys
from pathlib import Path

from samebox_shared.model.devices import System

_UNLIMITED = -2.0  # kIOPSTimeRemainingUnlimited: the cable is in


def on_battery(system: System, root: Path = Path("/")) -> bool | None:
    """None when it cannot be told. Cheap enough to ask again each time (no process is started)."""
    match system:
        case System.LINUX:
            return _linux(root / "sys/class/power_supply")
        case System.WINDOWS:
            return _windows()
        case System.MACOS:
            return _macos()


def _linux(supplies: Path) -> bool | None:
    """By the chargers; where none is listed, by a built-in battery that is being drained."""
    try:
        folders = sorted(supplies.iterdir())
    except OSError:
        return None
    chargers = [_text(folder / "online") for folder in folders if _is_charger(folder)]
    if any(chargers):
        return "1" not in chargers
    states = [_text(folder / "status") for folder in folders if _is_built_in(folder)]
    return "Discharging" in states


def _is_charger(folder: Path) -> bool:
    return _text(folder / "type") in ("Mains", "USB")


def _is_built_in(folder: Path) -> bool:
    return _text(folder / "type") == "Battery" and _text(folder / "scope") != "Device"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _windows() -> bool | None:
    if sys.platform != "win32":
        return None
    import ctypes

    # SYSTEM_POWER_STATUS: ACLineStatus is the first of 12 bytes; 0 battery, 1 mains, 255 unknown.
    status = (ctypes.c_ubyte * 12)()
    if not ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)):
        return None
    return {0: True, 1: False}.get(status[0])


def _macos() -> bool | None:
    if sys.platform != "darwin":
        return None
    import ctypes

    power = ctypes.CDLL("/System/Library/Frameworks/IOKit.framework/IOKit")
    power.IOPSGetTimeRemainingEstimate.restype = ctypes.c_double
    return bool(power.IOPSGetTimeRemainingEstimate() != _UNLIMITED)
