"""Linux: a notice by the desktop's own service, which holds back what comes while the person does
not want to be disturbed. Qt shows one too, but without the action that makes a click on it heard.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable

from jeepney import DBusAddress, MatchRule, Message, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.asyncio import DBusConnection, DBusRouter, open_dbus_connection

log = logging.getLogger(__name__)

NAME = "org.freedesktop.Notifications"
SERVICE = DBusAddress("/org/freedesktop/Notifications", bus_name=NAME, interface=NAME)
CLICK = "default"
"""The action that servers take a click on the notice itself for."""
AS_THE_SERVER_LIKES = -1
"""How long it stays."""


async def show(title: str, text: str, on_click: Callable[[], None], bus: str = "SESSION") -> bool:
    """Show it and wait until it is gone; False when there is no such service, and nothing shown."""
    try:
        connection = await open_dbus_connection(bus)
    except (OSError, EOFError, KeyError, RuntimeError, ValueError) as error:
        log.info("no bus to show a notice on: %s", error)
        return False
    try:
        return await _show(connection, title, text, on_click)
    except (OSError, EOFError) as error:
        log.info("the bus ended while a notice was shown: %s", error)
        return True
    finally:
        with contextlib.suppress(OSError):
            await connection.close()


async def _show(
    connection: DBusConnection, title: str, text: str, on_click: Callable[[], None]
) -> bool:
    async with DBusRouter(connection) as router:
        rule = MatchRule(type="signal", interface=NAME, path=SERVICE.object_path)
        with router.filter(rule, queue=asyncio.Queue()) as signals:
            await router.send_and_get_reply(message_bus.AddMatch(rule))
            reply = await router.send_and_get_reply(_notify(title, text))
            if reply.header.message_type is MessageType.error:
                return False
            number = reply.body[0]
            while True:
                said: Message = await signals.get()
                if said.body[:1] != (number,):
                    continue
                if said.body[1:] == (CLICK,):
                    on_click()
                return True


def _notify(title: str, text: str) -> Message:
    """The text is plain; servers that read markup are given none."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    actions = [CLICK, "Open"]
    hints = {"desktop-entry": ("s", "samebox")}
    body = ("Samebox", 0, "samebox", title, plain, actions, hints, AS_THE_SERVER_LIKES)
    return new_method_call(SERVICE, "Notify", "susssasa{sv}i", body)
