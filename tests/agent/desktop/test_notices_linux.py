"""A notice on a real message bus, with a notification service of our own on it."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from jeepney import HeaderFields, Message, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.asyncio import DBusConnection, open_dbus_connection
from samebox_agent.desktop.notices_linux import CLICK, NAME, SERVICE, show

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="this service is there on Linux only"),
    pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon"),
]

NUMBER = 7


class Service:
    """Shows one notice; what it is told, and what its person does with it."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self.shown: tuple[Any, ...] = ()

    async def play(
        self, *signals: tuple[str, str, tuple[object, ...]], fails: bool = False
    ) -> None:
        """Take the call, answer it, and then say these."""
        call = await self._call()
        self.shown = tuple(call.body)
        if fails:
            await self._connection.send(
                new_error(call, f"{NAME}.Error.ExcessNotificationGeneration")
            )
            return
        await self._connection.send(new_method_return(call, "u", (NUMBER,)))
        for name, kinds, body in signals:
            await self._connection.send(new_signal(SERVICE, name, kinds, body))

    async def _call(self) -> Message:
        while True:
            said = await self._connection.receive()
            if said.header.fields.get(HeaderFields.member) == "Notify":
                return said


@pytest.fixture
async def service(bus: str) -> AsyncIterator[Service]:
    connection = await open_dbus_connection(bus)
    await connection.send(message_bus.RequestName(NAME), serial=99)
    while (await connection.receive()).header.fields.get(HeaderFields.reply_serial) != 99:
        pass
    yield Service(connection)
    await connection.close()


ANOTHERS = ("ActionInvoked", "us", (NUMBER + 1, CLICK))
CLICKED = ("ActionInvoked", "us", (NUMBER, CLICK))
CLOSED = ("NotificationClosed", "uu", (NUMBER, 2))


@pytest.mark.parametrize(("signals", "clicks"), [((ANOTHERS, CLICKED), 1), ((CLOSED,), 0)])
async def test_a_click_on_it_is_heard_and_only_on_ours(
    bus: str, service: Service, signals: tuple[Any, ...], clicks: int
) -> None:
    heard: list[str] = []
    async with asyncio.timeout(20):
        was_shown, _ = await asyncio.gather(
            show("The disk is full", "<b>2 GB</b> & less", lambda: heard.append("click"), bus),
            service.play(*signals),
        )
    assert (was_shown, len(heard)) == (True, clicks)
    assert service.shown[3:6] == (
        "The disk is full",
        "&lt;b&gt;2 GB&lt;/b&gt; &amp; less",
        [CLICK, "Open"],
    )


async def test_a_service_that_refuses_has_shown_nothing(bus: str, service: Service) -> None:
    async with asyncio.timeout(20):
        was_shown, _ = await asyncio.gather(
            show("The disk is full", "", lambda: None, bus), service.play(fails=True)
        )
    assert not was_shown


async def test_without_a_service_or_a_bus_nothing_is_shown(bus: str) -> None:
    async with asyncio.timeout(20):
        assert not await show("The disk is full", "", lambda: None, bus)
        assert not await show("The disk is full", "", lambda: None, "unix:path=/nowhere/bus")
