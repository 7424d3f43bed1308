"""The WebSocket of `/agent` without a task, a queue or a parser for each device.

Framing, masking, fragmentation, pings and the closing handshake are the websockets library's. Its
protocol object takes 4 KB, but between two whole messages one that is open knows nothing of its
peer: so idle sockets have none. One is borrowed when bytes arrive and given back when they ended
with a message; only a socket in the middle of one keeps it. Decision 10 tells why.
"""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus

from samebox_shared.protocol.codec import MAX_FRAME, decode_agent_frame
from samebox_shared.protocol.errors import CloseCode, RemoteProtocolError
from samebox_shared.protocol.messages import AgentFrame, Hello
from websockets.datastructures import Headers
from websockets.frames import CloseCode as WireCloseCode
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol

from samebox_server.live.connection import Connection
from samebox_server.live.doorway import Doorway
from samebox_server.live.hub import Hub
from samebox_server.live.socket import refuse
from samebox_server.logs import new_connection_id, on_connection
from samebox_server.store.devices import Caller

CLOSE_SECONDS = 10.0
"""How long a peer has to answer our goodbye."""
MOST_WAITING = 1024 * 1024
"""Bytes that may wait for one device (DEL-15)."""
TAKEN_AS_SENT = 64 * 1024
"""Bytes in the buffer of a socket that say nothing yet about its reader."""
MOST_EARLY = 16
"""Frames a device may send ahead of its welcome before it is not read any more."""
FULL_BELOW = 16 * 1024
SPARE = 64

_log = logging.getLogger(__name__)
_library = logging.getLogger("websockets")  # on DEBUG it would log people's words; logs.py mutes it
_HANDSHAKE = (
    b"host",
    b"connection",
    b"upgrade",
    b"origin",
    b"sec-websocket-key",
    b"sec-websocket-version",
    b"sec-websocket-protocol",
    b"sec-websocket-extensions",
)
_DATA = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)


@dataclass
class Room:
    """What all lean sockets share."""

    hub: Hub
    hello_seconds: float
    doorway: Doorway
    gate: ServerProtocol = field(default_factory=ServerProtocol)
    """Checks handshakes; it is asked, never fed."""
    _spare: list[ServerProtocol] = field(default_factory=list)
    _last: tuple[bytes, bytes] = (b"", b"")
    _unflushed: list["LeanSocket"] = field(default_factory=list)

    def framed(self, data: bytes) -> bytes:
        """A text frame; the same words for thousands of devices are framed once."""
        last, framed = self._last
        if last is not data:
            framed = Frame(Opcode.TEXT, data).serialize(mask=False)
            self._last = (data, framed)
        return framed

    def flush_soon(self, socket: "LeanSocket") -> None:
        """At the end of this turn of the loop."""
        if not self._unflushed:
            asyncio.get_running_loop().call_soon(self._flush)
        self._unflushed.append(socket)

    def _flush(self) -> None:
        unflushed, self._unflushed = self._unflushed, []
        for socket in unflushed:
            socket.flush()

    @property
    def spare(self) -> int:
        """Protocol objects that nobody holds."""
        return len(self._spare)

    def borrow(self) -> ServerProtocol:
        """A protocol object between two messages."""
        if self._spare:
            return self._spare.pop()
        return ServerProtocol(state=State.OPEN, max_size=2 * MAX_FRAME, logger=_library)

    def give_back(self, protocol: ServerProtocol) -> None:
        """It is between two messages again."""
        if len(self._spare) < SPARE:
            self._spare.append(protocol)


class LeanSocket(asyncio.Protocol):
    """One device's socket, from its upgrade on. Also the Wire of its connection."""

    __slots__ = (
        "_caller",
        "_connection",
        "_connections",
        "_deadline",
        "_early",
        "_fed",
        "_is_closing",
        "_is_paused",
        "_kind",
        "_message",
        "_out",
        "_parser",
        "_room",
        "_roomy",
        "_transport",
        "_unsent",
        "connection_id",
    )

    def __init__(
        self, room: Room, transport: asyncio.Transport, connections: set[asyncio.Protocol]
    ) -> None:
        self.connection_id = new_connection_id()
        self._room = room
        self._transport = transport
        self._connections = connections
        """Everything the server has to close at its end."""
        self._caller: Caller | None = None
        self._connection: Connection | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._early: list[bytes | str] | None = None
        self._parser: ServerProtocol | None = None
        self._fed = 0
        """Bytes the parser has got that no frame has come out of."""
        self._message: bytearray | None = None
        self._kind = Opcode.TEXT
        self._unsent = 0
        self._out: bytes | None = None
        self._is_closing = False
        self._is_paused = False
        self._roomy: asyncio.Future[None] | None = None

    # The upgrade.

    def open(self, method: str, version: str, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """Answers the handshake, or refuses it and ends the connection."""
        told, authorization = Headers(), ""
        for name, text in headers:
            if name in _HANDSHAKE:
                told[name.decode("latin-1")] = text.decode("latin-1")
            elif name == b"authorization":
                authorization = text.decode("latin-1")
        request = Request("/agent", told, method=method, protocol=f"HTTP/{version}")
        response = self._room.gate.accept(request)
        self._transport.write(response.serialize())
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            self._transport.close()
            return
        self._connections.add(self)
        self._transport.set_write_buffer_limits(high=TAKEN_AS_SENT, low=FULL_BELOW)
        if self._room.hub.is_going_down:
            self.close(CloseCode.GOING_DOWN)
            return
        loop = asyncio.get_running_loop()
        self._deadline = loop.call_later(self._room.hello_seconds, self._no_hello)
        self._room.hub.identify(authorization, self._identified)

    def _identified(self, caller: Caller | Exception | None) -> None:
        self._room.doorway.leave(self)
        if self._is_closing:
            return
        if not isinstance(caller, Caller):
            unknown = CloseCode.NOT_SIGNED_IN if caller is None else CloseCode.GOING_DOWN
            self.close(unknown)
            return
        self._caller = caller
        self._take_early()

    def turn_away(self) -> None:
        """Too many have not said who they are, and this one has waited longest."""
        self._transport.abort()

    def _no_hello(self) -> None:
        self.close(CloseCode.MALFORMED)

    def _welcomed(self) -> None:
        self._stop_clock()
        self._take_early()

    # What comes in.

    def data_received(self, data: bytes) -> None:
        parser = self._parser or self._room.borrow()
        self._parser = parser
        self._fed += len(data)
        parser.receive_data(data)
        for event in parser.events_received():
            if isinstance(event, Frame):
                self._fed -= _size_on_wire(event)
                if event.opcode in _DATA and not self._is_closing:
                    self._on_data(event)
        self._write_out(parser)
        if self._fed == 0 and self._message is None and not self._is_closing:
            self._parser = None
            self._room.give_back(parser)

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_closing = True
        self._connections.discard(self)
        self._room.doorway.leave(self)
        self._stop_clock()
        self.resume_writing()
        self._parser = self._early = self._out = None
        self._let_go()

    def _on_data(self, frame: Frame) -> None:
        if frame.opcode is not Opcode.CONT:
            self._kind = frame.opcode
        if not frame.fin or self._message is not None:
            self._message = self._message or bytearray()
            self._message += frame.data
        if frame.fin:
            data = frame.data if self._message is None else self._message
            self._message = None
            self._on_message(bytes(data))

    def _on_message(self, data: bytes) -> None:
        try:
            self._take(data.decode() if self._kind is Opcode.TEXT else data)
        except UnicodeDecodeError:
            self.close(WireCloseCode.INVALID_DATA)

    def _take(self, data: bytes | str) -> None:
        try:
            if self._connection is not None and self._connection.is_welcome:
                self._room.hub.receive(self._connection, decode_agent_frame(data))
            elif self._connection is not None or self._caller is None:
                self._keep_early(data)
            else:
                self._hello(self._caller, decode_agent_frame(data))
        except RemoteProtocolError as error:
            device_id = None if self._caller is None else self._caller.device_id
            with on_connection(self.connection_id):
                _log.info("a device broke the protocol", extra={"device_id": device_id})
            self.close(error.close)

    def _hello(self, caller: Caller, first: AgentFrame) -> None:
        refusal = refuse(first)
        if refusal is not None or not isinstance(first, Hello):
            self.close(refusal or CloseCode.MALFORMED)
        else:
            self._connection = self._room.hub.greet(caller, first, self, self._welcomed)

    def _keep_early(self, data: bytes | str) -> None:
        self._early = self._early or []
        self._early.append(data)
        if len(self._early) == MOST_EARLY:
            self.hold(True)

    def _take_early(self) -> None:
        early, self._early = self._early or [], None
        if len(early) >= MOST_EARLY:
            self.hold(False)
        for data in early:
            if not self._is_closing:
                self._take(data)

    # What goes out.

    @property
    def waiting(self) -> int:
        size = self._transport.get_write_buffer_size()
        if size <= TAKEN_AS_SENT:
            self._unsent = 0
        return self._unsent if size < MOST_WAITING else MOST_WAITING

    @property
    def is_full(self) -> bool:
        return self._is_paused

    def send(self, data: bytes) -> None:
        self._unsent += 1
        if self._out is None:
            self._out = self._room.framed(data)
            self._room.flush_soon(self)
            return
        self._out += self._room.framed(data)
        if len(self._out) > FULL_BELOW:
            self.flush()

    def flush(self) -> None:
        """What was said in one turn of the loop goes out in one piece: each costs a system call."""
        out, self._out = self._out, None
        if out is not None:
            self._transport.write(out)

    def close(self, code: int) -> None:
        if not self._is_closing:
            self._parser = self._parser or self._room.borrow()
            self._parser.send_close(code)
            self._write_out(self._parser)

    def hold(self, is_held: bool) -> None:
        if self._transport.is_closing():
            return
        if is_held:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    async def drained(self) -> None:
        if self._is_paused:
            self._roomy = self._roomy or asyncio.get_running_loop().create_future()
            await asyncio.shield(self._roomy)

    def pause_writing(self) -> None:
        self._is_paused = True

    def resume_writing(self) -> None:
        self._is_paused = False
        roomy, self._roomy = self._roomy, None
        if roomy is not None and not roomy.done():
            roomy.set_result(None)

    def shutdown(self) -> None:
        """The server ends; whoever has not been told is told now, and answers."""
        self.close(CloseCode.GOING_DOWN)

    def _write_out(self, parser: ServerProtocol) -> None:
        """Pongs, answers to a goodbye, and what the library says to a peer that broke RFC 6455."""
        for data in parser.data_to_send():
            self.flush()
            if data:
                self._transport.write(data)
            else:
                self._transport.close()  # only after what is buffered
        if parser.state is not State.OPEN and not self._is_closing:
            self._wind_up()
        if self._transport.get_write_buffer_size() > MOST_WAITING:
            self._transport.abort()  # whoever sends pings and never reads

    def _wind_up(self) -> None:
        """One of the two has said goodbye; a peer that does not read is cut off in the end."""
        self._is_closing = True
        self._let_go()
        self._stop_clock()
        abort = self._transport.abort
        self._deadline = asyncio.get_running_loop().call_later(CLOSE_SECONDS, abort)

    def _let_go(self) -> None:
        """The hub counts this device as gone from the first word of a goodbye on."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.is_closing = True
            self._room.hub.leave(connection)

    def _stop_clock(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def _size_on_wire(frame: Frame) -> int:
    """Bytes of this frame as a client must send it: with a mask, and the shortest length. One
    that used a longer length leaves bytes unaccounted for and merely keeps its parser."""
    length = len(frame.data)
    return length + (6 if length < 126 else 8 if length < 65536 else 14)
