"""How many sound outputs, microphones and cameras there are. None of them is opened: nothing is
heard, and no light goes on."""

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct, field
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files, windows_registry
from samebox_agent.collectors.windows_registry import Registry, SystemRegistry

NAME = "media devices"
FACTS = frozenset({"audio_devices.outputs", "audio_devices.inputs", "video_devices.cameras"})

_ENDPOINTS = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\MMDevices\Audio"
_ACTIVE = 1
_CAMERA_CLASS = (0xE5323777, 0xF976, 0x4F5B, bytes.fromhex("9b55b94699c46e44"))


def media_facts(outputs: int | None, inputs: int | None, cameras: int | None) -> Iterable[Fact]:
    """None is what could not be read."""
    told = {
        "audio_devices.outputs": outputs,
        "audio_devices.inputs": inputs,
        "video_devices.cameras": cameras,
    }
    for name, count in told.items():
        if count is not None:
            yield Fact(name=name, value=count)


class LinuxMediaDevices(Struct, frozen=True):
    """Sound cards that play and that record, and cameras; what comes over Bluetooth is no card."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.PERIPHERALS
    facts: ClassVar[frozenset[str]] = FACTS
    root: Path = Path("/")

    def collect(self) -> Iterable[Fact]:
        lines = self._sound()
        yield from media_facts(_cards(lines, "playback"), _cards(lines, "capture"), self._cameras())

    def _sound(self) -> list[str] | None:
        """None when the kernel was built without sound. A screen's loudspeakers are left out: the
        graphics chip offers them also when no screen is there."""
        sound = self.root / "proc/asound"
        if not sound.is_dir():
            return None
        told = (files.text(sound / "pcm") or "").splitlines()
        return [line for line in told if not re.search(r"HDMI|DisplayPort|Loopback", line)]

    def _cameras(self) -> int | None:
        """A camera has several entries; one is counted for each device on a bus. Other entries are
        made up by programs, or belong to the graphics chip of a phone."""
        if not (self.root / "sys/class").is_dir():
            return None
        entries = files.entries(self.root / "sys/class/video4linux")
        return len({device for entry in entries if (device := _camera(entry / "device"))})


def _camera(device: Path) -> Path | None:
    """One USB camera is several interfaces of one device."""
    bus = (device / "subsystem").resolve().name
    return {"usb": device.resolve().parent, "pci": device.resolve()}.get(bus)


def _cards(lines: list[str] | None, what: str) -> int | None:
    """ "00-02: ALC257 Analog : ALC257 Analog : playback 1 : capture 1"."""
    if lines is None:
        return None
    return len({line.partition("-")[0] for line in lines if f": {what} " in line})


def windows_cameras() -> int | None:
    """Cameras that are plugged in and switched on; None on other systems."""
    if sys.platform != "win32":
        return None
    import ctypes

    class Guid(ctypes.Structure):
        _fields_ = (
            ("first", ctypes.c_uint32),
            ("second", ctypes.c_uint16),
            ("third", ctypes.c_uint16),
            ("rest", ctypes.c_ubyte * 8),
        )

    *numbers, rest = _CAMERA_CLASS
    wanted = Guid(*numbers, (ctypes.c_ubyte * 8)(*rest))
    manager = ctypes.windll.cfgmgr32
    size = ctypes.c_ulong(0)
    if manager.CM_Get_Device_Interface_List_SizeW(
        ctypes.byref(size), ctypes.byref(wanted), None, 0
    ):
        return None
    names = ctypes.create_unicode_buffer(size.value)
    if manager.CM_Get_Device_Interface_ListW(ctypes.byref(wanted), None, names, size, 0):
        return None
    return len([name for name in names[: size.value].split("\0") if name])


class WindowsMediaDevices(Struct, frozen=True):
    """Sound that is plugged in and not switched off, as the registry keeps it."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.PERIPHERALS
    facts: ClassVar[frozenset[str]] = FACTS
    registry: Registry = field(default_factory=SystemRegistry)
    cameras: Callable[[], int | None] = windows_cameras

    def collect(self) -> Iterable[Fact]:
        yield from media_facts(self._active("Render"), self._active("Capture"), self.cameras())

    def _active(self, direction: str) -> int:
        key = rf"{_ENDPOINTS}\{direction}"
        states = [
            windows_registry.number(self.registry, rf"{key}\{name}", "DeviceState")
            for name in self.registry.subkeys(key)
        ]
        return states.count(_ACTIVE)
