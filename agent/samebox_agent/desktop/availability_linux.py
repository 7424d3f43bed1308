"""Linux: logind says when the session is locked and when the laptop goes to sleep, over D-Bus.

Desktops that do not set logind's hint have a screen saver that says the same on the session's bus.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.asyncio import DBusConnection, open_dbus_connection

from samebox_agent.desktop.availability import Reasons, Tell

log = logging.getLogger(__name__)

LOGIND = "org.freedesktop.login1"
MANAGER = f"{LOGIND}.Manager"
SESSION = f"{LOGIND}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)

OnSignal = Callable[[str, tuple[Any, ...]], None]
"""The signal's name and what it carries."""


@dataclass(frozen=True)
class LinuxAvailability:
    """The buses by name or by the path of their socket."""

    system_bus: str = "SYSTEM"
    session_bus: str = "SESSION"

    async def watch(self, tell: Tell) -> None:
        """Both buses, as far as they are there."""
        reasons = Reasons(tell)
        await asyncio.gather(
            _listen(self.system_bus, _Logind(reasons)),
            _listen(self.session_bus, _Saver(reasons)),
        )


class _Logind:
    """The lock of the person's own session, and sleep."""

    def __init__(self, reasons: Reasons) -> None:
        self._reasons = reasons

    async def begin(self, bus: "_Bus") -> None:
        """Find the session, ask once how it stands, and listen from then on."""
        await bus.match(MatchRule(interface=MANAGER, member="PrepareForSleep", type="signal"))
        path = await self._session(bus)
        if not path:
            return
        await bus.match(MatchRule(interface=PROPERTIES, path=path, type="signal"))
        locked = await bus.call(path, LOGIND, PROPERTIES, "Get", "ss", (SESSION, "LockedHint"))
        if locked:
            self._reasons.set("locked", bool(locked[0][1]))

    async def _session(self, bus: "_Bus") -> str:
        """The session on the screen, also when this program runs beside it as a user's service."""
        path = "/org/freedesktop/login1/user/self"
        user = f"{LOGIND}.User"
        found = await bus.call(path, LOGIND, PROPERTIES, "Get", "ss", (user, "Display"))
        if found:
            return str(found[0][1][1])
        return ""

    def on_signal(self, name: str, body: tuple[Any, ...]) -> None:
        """Sleep comes and goes; properties of the session change."""
        if name == "PrepareForSleep":
            self._reasons.set("asleep", bool(body[0]))
        elif name == "PropertiesChanged" and body[0] == SESSION:
            changed: Mapping[str, tuple[str, Any]] = body[1]
            if "LockedHint" in changed:
                self._reasons.set("locked", bool(changed["LockedHint"][1]))


class _Saver:
    """The screen savers that lock; they tell while they cover the screen."""

    def __init__(self, reasons: Reasons) -> None:
        self._reasons = reasons

    async def begin(self, bus: "_Bus") -> None:
        """Listen to each kind; which one runs does not matter."""
        for saver in SAVERS:
            await bus.match(MatchRule(interface=saver, member="ActiveChanged", type="signal"))

    def on_signal(self, name: str, body: tuple[Any, ...]) -> None:
        """It covers the screen, or no longer."""
        if name == "ActiveChanged":
            self._reasons.set("covered", bool(body[0]))


class _Bus:
    """One connection on which calls are made at the beginning and signals are heard for good."""

    def __init__(self, connection: DBusConnection, on_signal: OnSignal) -> None:
        self._connection = connection
        self._on_signal = on_signal

    async def match(self, rule: MatchRule) -> None:
        """Be told of these signals."""
        await self._reply_to(message_bus.AddMatch(rule))

    async def call(
        self, path: str, name: str, interface: str, method: str, kinds: str, body: Sequence[str]
    ) -> tuple[Any, ...]:
        """What a method answers, or nothing when there is no such thing here."""
        address = DBusAddress(path, bus_name=name, interface=interface)
        reply = await self._reply_to(new_method_call(address, method, kinds, tuple(body)))
        is_error = reply.header.message_type is MessageType.error
        return () if is_error else tuple(reply.body)

    async def hear(self) -> None:
        """Pass on every signal until the bus ends."""
        while True:
            self._take(await self._connection.receive())

    async def _reply_to(self, call: Message) -> Message:
        serial = next(self._connection.outgoing_serial)
        await self._connection.send(call, serial=serial)
        while True:
            said: Message = await self._connection.receive()
            if said.header.fields.get(HeaderFields.reply_serial) == serial:
                return said
            self._take(said)

    def _take(self, said: Message) -> None:
        if said.header.message_type is MessageType.signal:
            self._on_signal(str(said.header.fields[HeaderFields.member]), tuple(said.body))


async def _listen(address: str, source: "_Logind | _Saver") -> None:
    """A bus that is not there, or ends, tells nothing; the person is taken for available."""
    try:
        connection = await open_dbus_connection(address)
    except (OSError, EOFError, KeyError, RuntimeError, ValueError) as error:
        log.info("no bus to hear of locks on: %s", error)
        return
    try:
        bus = _Bus(connection, source.on_signal)
        await source.begin(bus)
        await bus.hear()
    except (OSError, EOFError) as error:
        log.info("a bus ended: %s", error)
    finally:
        with contextlib.suppress(OSError):
            await connection.close()
