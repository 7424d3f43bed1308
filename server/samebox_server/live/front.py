"""What every connection meets first: uvicorn's HTTP, with a clock, a limit and a door.

uvicorn waits for ever for the rest of a request. Here a request has a deadline and its head a
size, and those who have not said who they are are bounded. With a room for lean sockets given, an
upgrade at `/agent` goes there; everything else goes where uvicorn brings it.
"""

import asyncio
from dataclasses import dataclass

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from samebox_server.live.doorway import Doorway
from samebox_server.live.lean_socket import LeanSocket, Room

AGENT = b"/agent"
MOST_HEAD = 64 * 1024
"""Bytes of a request before its headers are complete."""


@dataclass(frozen=True)
class Entrance:
    """What all connections share."""

    doorway: Doorway
    request_seconds: float
    room: Room | None
    """Where `/agent` is served without the web framework."""


class Front(HttpToolsProtocol):
    """Subclassed once for each server, by `front`."""

    entrance: Entrance
    _deadline: asyncio.TimerHandle | None = None
    _head: int = 0
    _upgrade: bytes | None = None
    _is_upgrade_known = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.entrance.doorway.enter(self, self.client[0] if self.client else "")
        self._start_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._let_in()

    def data_received(self, data: bytes) -> None:
        if self._deadline is not None:
            self._head += len(data)
        super().data_received(data)  # first: what came may be a short head and a long body
        if self._deadline is not None and self._head > MOST_HEAD:
            self.turn_away()

    def _get_upgrade(self) -> bytes | None:
        """Asked four times for each request, and the headers are long."""
        if not self._is_upgrade_known:
            self._is_upgrade_known, self._upgrade = True, super()._get_upgrade()
        return self._upgrade

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_upgrade_known = False
        self._start_clock()

    def on_headers_complete(self) -> None:
        self._head = -(1 << 62)  # the body has limits of its own
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        if not (self.parser.should_upgrade() and self._should_upgrade()):
            self._let_in()

    def handle_websocket_upgrade(self) -> None:
        room = self.entrance.room
        if room is None or self.url.partition(b"?")[0] != AGENT:
            self._let_in()
            super().handle_websocket_upgrade()
            return
        self._stop_clock()
        self.connections.discard(self)
        lean = LeanSocket(room, self.transport, self.connections)  # type: ignore[arg-type]
        self.entrance.doorway.pass_on(self, lean)
        self.transport.set_protocol(lean)
        lean.open(self.scope["method"], self.scope["http_version"], self.headers)

    def turn_away(self) -> None:
        """It took too long, or others are waiting."""
        self.transport.abort()

    def _let_in(self) -> None:
        self._stop_clock()
        self.entrance.doorway.leave(self)

    def _start_clock(self) -> None:
        self._head = 0
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.entrance.request_seconds, self.turn_away)

    def _stop_clock(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def front(entrance: Entrance) -> type[Front]:
    """The class to give to uvicorn."""
    return type("Front", (Front,), {"entrance": entrance})
