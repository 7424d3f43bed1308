"""What an idle socket holds: nothing but itself."""

import asyncio
import struct
from collections.abc import AsyncIterator, Callable
from typing import cast

import pytest
from samebox_server.live.doorway import Doorway
from samebox_server.live.hub import Hub
from samebox_server.live.lean_socket import MOST_EARLY, LeanSocket, Room
from samebox_server.store.devices import Caller
from samebox_shared.model.ids import DeviceId, PersonId
from samebox_shared.protocol.messages import Hello

from tests.server.raw import CLOSE, HELLO, KEY, MASK, PING, TEXT, close_frame, frame

GREETING = [
    (b"upgrade", b"websocket"),
    (b"connection", b"Upgrade"),
    (b"sec-websocket-key", KEY.encode()),
    (b"sec-websocket-version", b"13"),
    (b"authorization", b"Bearer t"),
]


class FakeTransport(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.is_over = self.is_reading_paused = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written.append(bytes(data))

    def close(self) -> None:
        self.is_over = True

    def abort(self) -> None:
        self.is_over = True

    def is_closing(self) -> bool:
        return self.is_over

    def pause_reading(self) -> None:
        self.is_reading_paused = True

    def resume_reading(self) -> None:
        self.is_reading_paused = False

    def get_write_buffer_size(self) -> int:
        return 0

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass


class FakeHub:
    """Remembers who asks, and answers when the test does."""

    def __init__(self) -> None:
        self.is_going_down = False
        self.identified: list[Callable[[Caller | Exception | None], None]] = []
        self.hellos: list[Hello] = []

    def identify(self, _: str, then: Callable[[Caller | Exception | None], None]) -> None:
        self.identified.append(then)

    def greet(self, _: Caller, hello: Hello, *__: object) -> None:
        self.hellos.append(hello)


class Open:
    """A socket after its handshake."""

    def __init__(self) -> None:
        self.hub = FakeHub()
        self.room = Room(hub=cast(Hub, self.hub), hello_seconds=60, doorway=Doorway(10))
        self.transport = FakeTransport()
        self.socket = LeanSocket(self.room, self.transport, set())
        self.socket.open("GET", "1.1", GREETING)
        assert self.transport.written[0].startswith(b"HTTP/1.1 101")
        self.transport.written.clear()

    @property
    def is_holding_a_parser(self) -> bool:
        return self.socket._parser is not None


@pytest.fixture
async def here() -> AsyncIterator[Open]:
    opened = Open()
    yield opened
    opened.socket.connection_lost(None)


async def test_an_idle_socket_holds_no_parser_and_all_share_one(here: Open) -> None:
    assert not here.is_holding_a_parser
    for data in (frame(PING), frame(PING, b"x" * 125) + frame(PING), frame(TEXT, HELLO)):
        here.socket.data_received(data)
        assert not here.is_holding_a_parser
    assert here.room.spare == 1


@pytest.mark.parametrize("kept", range(1, 20))
async def test_one_in_the_middle_of_a_frame_keeps_its_parser(here: Open, kept: int) -> None:
    whole = frame(PING, b"fourteen bytes")
    here.socket.data_received(whole[:kept])
    assert here.is_holding_a_parser
    here.socket.data_received(whole[kept:] + whole)
    assert not here.is_holding_a_parser
    assert len(here.transport.written) == 2


async def test_one_in_the_middle_of_a_message_keeps_its_parser(here: Open) -> None:
    here.socket.data_received(frame(TEXT, b"", fin=False))
    assert here.is_holding_a_parser


async def test_a_length_that_is_longer_than_need_be_is_read_all_the_same(here: Open) -> None:
    ping = struct.pack("!BBH", 0x80 | TEXT, 0x80 | 126, len(HELLO)) + MASK + frame(TEXT, HELLO)[6:]
    here.socket.data_received(ping)
    assert here.is_holding_a_parser
    here.hub.identified[0](Caller(PersonId("ada"), DeviceId("1")))
    assert len(here.hub.hellos) == 1


async def test_who_talks_before_being_known_is_heard_later_and_not_read_for_ever(
    here: Open,
) -> None:
    for _ in range(MOST_EARLY):
        assert not here.transport.is_reading_paused
        here.socket.data_received(frame(TEXT, HELLO))
    assert here.transport.is_reading_paused
    here.hub.identified[0](Caller(PersonId("ada"), DeviceId("1")))
    assert not here.transport.is_reading_paused
    assert len(here.hub.hellos) == MOST_EARLY  # the hub that is there takes the first only


async def test_whoever_is_not_known_is_told_so_once(here: Open) -> None:
    here.hub.identified[0](None)
    here.socket.close(4400)
    (said,) = here.transport.written
    assert said == bytes([0x80 | CLOSE, 2]) + struct.pack("!H", 4401)
    here.socket.data_received(close_frame(4401))
    assert here.transport.is_over


async def test_the_same_words_for_many_are_framed_once(here: Open) -> None:
    words = b'{"type":"articles_changed","head":1}'
    here.socket.send(words)
    here.socket.flush()
    here.socket.send(words)
    here.socket.flush()
    first, second = here.transport.written
    assert first is second


async def test_what_is_said_in_one_turn_goes_out_in_one_piece_and_in_order(here: Open) -> None:
    here.socket.send(b"1")
    here.socket.send(b"2")
    assert here.transport.written == []
    await asyncio.sleep(0)
    assert here.transport.written == [b"\x81\x011\x81\x012"]
    here.socket.send(b"3")
    here.socket.close(4401)
    assert here.transport.written[1] == b"\x81\x013"
    here.socket.send(b"4")
    here.socket.connection_lost(None)
    await asyncio.sleep(0)
    assert b"4" not in b"".join(here.transport.written[2:])


async def test_much_in_one_turn_does_not_wait_for_its_end(here: Open) -> None:
    for _ in range(5):
        here.socket.send(b"x" * 4_000)
    assert here.transport.written
