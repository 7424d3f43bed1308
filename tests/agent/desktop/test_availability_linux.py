"""Locks and sleep on a real message bus, with a login manager of our own on it."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.asyncio import DBusConnection, open_dbus_connection
from samebox_agent.desktop.availability_linux import (
    LOGIND,
    MANAGER,
    PROPERTIES,
    SESSION,
    LinuxAvailability,
)

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="logind is there on Linux only"),
    pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon"),
]

SCREEN = "/org/freedesktop/login1/session/_32"
NOBODY = "unix:path=/nowhere/bus"


class Login:
    """A login manager with one session, and the screen saver beside it."""

    def __init__(self, connection: DBusConnection, *, locked: bool) -> None:
        self._connection = connection
        self._locked = locked
        self.asked = asyncio.Event()

    async def answer(self) -> None:
        """Answer what is asked of it, until cancelled."""
        while True:
            call = await self._connection.receive()
            if call.header.message_type is not MessageType.method_call:
                continue
            what: Any = {"Display": ("(so)", ("2", SCREEN)), "LockedHint": ("b", self._locked)}
            await self._connection.send(new_method_return(call, "v", (what[call.body[1]],)))
            if call.body[1] == "LockedHint":
                self.asked.set()

    async def say(
        self, path: str, interface: str, name: str, kinds: str, body: tuple[object, ...]
    ) -> None:
        """A signal."""
        address = DBusAddress(path, None, interface)
        await self._connection.send(new_signal(address, name, kinds, body))

    async def close(self) -> None:
        """Leave the bus."""
        await self._connection.close()

    async def lock(self, locked: bool) -> None:
        """The session's hint changes, with others that mean nothing here."""
        changed = {"IdleHint": ("b", True), "LockedHint": ("b", locked)}
        body: tuple[object, ...] = (SESSION, changed, [])
        await self.say(SCREEN, PROPERTIES, "PropertiesChanged", "sa{sv}as", body)


async def login_on(bus: str, *, locked: bool = False) -> Login:
    connection = await open_dbus_connection(bus)
    call = message_bus.RequestName(LOGIND)
    await connection.send(call, serial=99)
    while (await connection.receive()).header.fields.get(HeaderFields.reply_serial) != 99:
        pass
    return Login(connection, locked=locked)


class Told:
    """What the watch told, in order."""

    def __init__(self) -> None:
        self.all: list[bool] = []

    def __call__(self, away: bool) -> None:
        self.all.append(away)

    async def becomes(self, expected: list[bool]) -> None:
        async with asyncio.timeout(20):
            while self.all != expected:
                await asyncio.sleep(0.005)


async def ended(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def told(bus: str) -> AsyncIterator[tuple[Told, Login]]:
    """A watch on a bus with a login manager, which has been asked how the session stands."""
    login, heard = await login_on(bus), Told()
    answering = asyncio.create_task(login.answer())
    watching = asyncio.create_task(LinuxAvailability(bus, bus).watch(heard))
    async with asyncio.timeout(20):
        await login.asked.wait()
    yield heard, login
    await ended(watching, answering)
    await login.close()


async def test_a_lock_and_its_end_are_told(told: tuple[Told, Login]) -> None:
    heard, login = told
    await login.lock(True)
    await heard.becomes([True])
    await login.lock(False)
    await heard.becomes([True, False])


async def test_sleep_and_waking_are_told(told: tuple[Told, Login]) -> None:
    heard, login = told
    manager = "/org/freedesktop/login1"
    await login.say(manager, MANAGER, "PrepareForSleep", "b", (True,))
    await heard.becomes([True])
    await login.say(manager, MANAGER, "PrepareForSleep", "b", (False,))
    await heard.becomes([True, False])


async def test_where_nothing_is_there_nothing_is_told() -> None:
    heard = Told()
    async with asyncio.timeout(20):
        await LinuxAvailability(NOBODY, NOBODY).watch(heard)
    assert heard.all == []


async def test_a_session_that_is_locked_already_is_away(bus: str) -> None:
    login, heard = await login_on(bus, locked=True), Told()
    answering = asyncio.create_task(login.answer())
    watching = asyncio.create_task(LinuxAvailability(bus, NOBODY).watch(heard))
    await heard.becomes([True])
    await ended(watching, answering)
    await login.close()


async def test_a_screen_saver_that_covers_the_screen_is_away(bus: str) -> None:
    """Without a login manager; said again and again, since nobody says when the watch listens."""
    connection = await open_dbus_connection(bus)
    saver, heard = Login(connection, locked=False), Told()
    watching = asyncio.create_task(LinuxAvailability(NOBODY, bus).watch(heard))
    name = "org.gnome.ScreenSaver"
    for covered, expected in ((True, [True]), (False, [True, False])):
        async with asyncio.timeout(20):
            while heard.all != expected:
                await saver.say("/org/gnome/ScreenSaver", name, "ActiveChanged", "b", (covered,))
                await asyncio.sleep(0.02)
    await ended(watching)
    await saver.close()
