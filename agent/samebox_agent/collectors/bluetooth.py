"""Whether Bluetooth is on. Nothing is searched for, and no device is named.

Only Linux: Windows and macOS tell it to programs that were given the right to use Bluetooth.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from msgspec import Struct
from samebox_shared.model.facts import Fact, FactKind

from samebox_agent.collectors import files

NAME = "bluetooth"
_BLUETOOTH, _HCI = 31, 1  # AF_BLUETOOTH, BTPROTO_HCI: not every Python knows them
_LIST_ADAPTERS = 0x800448D2  # HCIGETDEVLIST
_MOST = 16
_POWERED = 0x1  # HCI_UP


def adapters() -> list[bool] | None:
    """For each adapter whether it is on; None when the kernel does not tell."""
    if sys.platform != "linux":
        return None
    import fcntl
    import socket
    import struct

    question = struct.pack("=HH", _MOST, 0).ljust(4 + 8 * _MOST, b"\0")
    try:
        with socket.socket(_BLUETOOTH, socket.SOCK_RAW, _HCI) as asking:
            told = fcntl.ioctl(asking, _LIST_ADAPTERS, question)
    except OSError:
        return None
    return powered(told)


def powered(told: bytes) -> list[bool]:
    """The kernel's list: a count, then number and flags of each adapter."""
    import struct

    (count,) = struct.unpack_from("=H", told)
    flags = [struct.unpack_from("=I", told, 8 + 8 * place)[0] for place in range(count)]
    return [bool(each & _POWERED) for each in flags]


class LinuxBluetooth(Struct, frozen=True):
    """Without an adapter nothing is said; asking for one would load the kernel's part for it."""

    name: ClassVar[str] = NAME
    kind: ClassVar[FactKind] = FactKind.PERIPHERALS
    facts: ClassVar[frozenset[str]] = frozenset({"bluetooth_info.powered"})
    root: Path = Path("/")
    adapters: Callable[[], list[bool] | None] = adapters

    def collect(self) -> Iterable[Fact]:
        if files.entries(self.root / "sys/class/bluetooth") and (told := self.adapters()):
            yield Fact(name="bluetooth_info.powered", value=any(told))
