"""RFC 6455 case by case, as raw bytes over TCP against a real server, for both kinds of socket."""

import itertools
import struct
from collections.abc import Iterator

import pytest
from samebox_shared.protocol.codec import MAX_FRAME
from samebox_shared.protocol.errors import CloseCode

from tests.server.raw import (
    BINARY,
    CLOSE,
    CONT,
    HELLO,
    PING,
    PONG,
    TEXT,
    RawSocket,
    close_frame,
    connection,
    frame,
    opened,
    upgrade,
)
from tests.server.running import Person, RunningServer, running

PROTOCOL_ERROR, INVALID_DATA, TOO_BIG = 1002, 1007, 1009
ACK = b'{"type":"ack","seq":0}'


@pytest.fixture(scope="module")
def server(socket_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    data = tmp_path_factory.mktemp("rfc") / "data"
    with running(data, SAMEBOX_SOCKET=socket_kind) as server:
        yield server


async def lives(socket: RawSocket) -> None:
    """The socket still answers."""
    await socket.send(frame(PING, b"still there?"))
    assert (await socket.next_of(PONG)).data == b"still there?"


# Framing (5.2).


@pytest.mark.parametrize("size", [1, 2, 5, 7])
async def test_a_message_may_come_in_pieces_of_any_size(owner: Person, size: int) -> None:
    async with opened(owner, is_welcome=False) as socket:
        whole = frame(TEXT, HELLO)
        for start in range(0, len(whole), size):
            await socket.send(whole[start : start + size])
        assert b'"welcome"' in (await socket.next()).data


async def test_many_frames_may_come_in_one_piece(owner: Person) -> None:
    async with opened(owner, is_welcome=False) as socket:
        await socket.send(frame(TEXT, HELLO) + frame(TEXT, ACK) * 20 + frame(PING, b"end"))
        seen = {(await socket.next()).opcode, (await socket.next()).opcode}
        assert seen == {TEXT, PONG}


@pytest.mark.parametrize("reserved", range(1, 8))
@pytest.mark.parametrize("opcode", [TEXT, PING])
async def test_reserved_bits_are_refused(owner: Person, opcode: int, reserved: int) -> None:
    async with opened(owner) as socket:
        await socket.send(frame(opcode, ACK, reserved=reserved))
        assert await socket.closed_with() == PROTOCOL_ERROR
        await socket.ended()


@pytest.mark.parametrize("opcode", [3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
async def test_reserved_opcodes_are_refused(owner: Person, opcode: int) -> None:
    async with opened(owner) as socket:
        await socket.send(frame(opcode, b"x"))
        assert await socket.closed_with() == PROTOCOL_ERROR


async def test_a_client_must_mask(owner: Person) -> None:
    async with opened(owner) as socket:
        await socket.send(frame(TEXT, ACK, masked=False))
        assert await socket.closed_with() == PROTOCOL_ERROR


@pytest.mark.parametrize("size", [125, 126, 127, 128, 65_535])
async def test_each_way_to_write_a_length_is_read(owner: Person, size: int) -> None:
    async with opened(owner) as socket:
        await socket.send(frame(TEXT, ACK.ljust(size)))
        await lives(socket)


async def test_the_largest_frame_is_taken_and_a_larger_one_is_not(owner: Person) -> None:
    async with opened(owner) as socket:
        await socket.send(frame(TEXT, ACK.ljust(MAX_FRAME)))
        await lives(socket)
        await socket.send(frame(TEXT, ACK.ljust(MAX_FRAME + 1)))
        assert await socket.closed_with() == CloseCode.TOO_LARGE


async def test_what_is_announced_as_huge_is_not_waited_for(owner: Person) -> None:
    async with opened(owner) as socket:
        await socket.send(struct.pack("!BBQ", 0x81, 0xFF, 2**62))
        assert await socket.closed_with() == TOO_BIG


# Control frames (5.5).


@pytest.mark.parametrize("data", [b"", b"hello", bytes(range(125))])
async def test_a_ping_is_answered_with_its_own_words(owner: Person, data: bytes) -> None:
    async with opened(owner) as socket:
        await socket.send(frame(PING, data))
        assert await socket.next_of(PONG) == (PONG, data)


async def test_ten_pings_are_answered_in_order(owner: Person) -> None:
    async with opened(owner) as socket:
        await socket.send(b"".join(frame(PING, b"%d" % number) for number in range(10)))
        answers = [(await socket.next_of(PONG)).data for _ in range(10)]
        assert answers == [b"%d" % number for number in range(10)]


async def test_a_pong_that_nobody_asked_for_means_nothing(owner: Person) -> None:
    async with opened(owner) as socket:
        await socket.send(frame(PONG), frame(PONG, b"unasked"))
        await lives(socket)


@pytest.mark.parametrize("opcode", [PING, PONG, CLOSE])
async def test_a_control_frame_is_short_and_whole(owner: Person, opcode: int) -> None:
    for bad in (frame(opcode, b"\x03\xe8" + b"x" * 124), frame(opcode, b"", fin=False)):
        async with opened(owner) as socket:
            await socket.send(bad)
            assert await socket.closed_with() == PROTOCOL_ERROR


# Fragmentation (5.4).


@pytest.mark.parametrize("cuts", [(10,), (1, 2, 3), (0, 0, 30), (74,)])
async def test_a_message_may_be_fragmented(owner: Person, cuts: tuple[int, ...]) -> None:
    edges = [0, *cuts, len(HELLO)]
    async with opened(owner, is_welcome=False) as socket:
        for number, (start, end) in enumerate(itertools.pairwise(edges)):
            is_last = number == len(cuts)
            opcode = CONT if number else TEXT
            await socket.send(frame(opcode, HELLO[start:end], fin=is_last))
            if not is_last:
                await socket.send(frame(PING, b"%d" % number))
                assert await socket.next() == (PONG, b"%d" % number)
        assert b'"welcome"' in (await socket.next()).data


@pytest.mark.parametrize(
    "bad",
    [
        (frame(CONT, ACK),),
        (frame(CONT, ACK, fin=False),),
        (frame(TEXT, b"{", fin=False), frame(TEXT, ACK)),
        (frame(TEXT, b"{", fin=False), frame(BINARY, ACK, fin=False)),
        (frame(TEXT, b"{", fin=False), close_frame(1000)),
    ],
)
async def test_fragments_out_of_order_are_refused(owner: Person, bad: tuple[bytes, ...]) -> None:
    async with opened(owner) as socket:
        await socket.send(*bad)
        assert await socket.closed_with() == PROTOCOL_ERROR


async def test_fragments_count_together(owner: Person) -> None:
    async with opened(owner) as socket:
        await socket.send(frame(TEXT, b" " * MAX_FRAME, fin=False))
        await socket.send(frame(CONT, b" " * MAX_FRAME, fin=False), frame(CONT, b" "))
        assert await socket.closed_with() == TOO_BIG


# Words (5.6, 8.1).


@pytest.mark.parametrize(
    "bad", [b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\xe2\x82"]
)
async def test_text_is_utf8(owner: Person, bad: bytes) -> None:
    async with opened(owner) as socket:
        await socket.send(frame(TEXT, b'{"type":"ack","seq":0,"x":"' + bad + b'"}'))
        assert await socket.closed_with() == INVALID_DATA


async def test_a_letter_may_be_cut_in_two(owner: Person) -> None:
    whole = '{"type":"ack","seq":0,"x":"Grüße 🙂"}'.encode()
    async with opened(owner) as socket:
        for cut in range(27, len(whole) - 2):
            await socket.send(frame(TEXT, whole[:cut], fin=False), frame(CONT, whole[cut:]))
        await lives(socket)


async def test_a_binary_frame_is_read_as_the_same_json(owner: Person) -> None:
    async with opened(owner) as socket:
        await socket.send(frame(BINARY, ACK))
        await lives(socket)
        await socket.send(frame(BINARY, b"\xff\xfe"))
        assert await socket.closed_with() == CloseCode.MALFORMED


# Closing (5.5.1, 7).


@pytest.mark.parametrize(
    "code", [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999]
)
async def test_a_goodbye_is_answered_with_its_code(owner: Person, code: int) -> None:
    async with opened(owner) as socket:
        await socket.send(close_frame(code, "tschüß".encode()))
        assert await socket.closed_with() == code
        await socket.ended()


async def test_a_goodbye_without_a_code_is_answered_without(owner: Person) -> None:
    async with opened(owner) as socket:
        await socket.send(frame(CLOSE))
        assert await socket.closed_with() == 1005
        await socket.ended()


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65535])
async def test_a_goodbye_with_a_code_that_may_not_be_sent_is_refused(
    owner: Person, code: int
) -> None:
    async with opened(owner) as socket:
        await socket.send(close_frame(code))
        assert await socket.closed_with() == PROTOCOL_ERROR


async def test_a_goodbye_of_one_byte_is_refused(owner: Person) -> None:
    async with opened(owner) as socket:
        await socket.send(frame(CLOSE, b"\x03"))
        assert await socket.closed_with() == PROTOCOL_ERROR


async def test_the_reason_of_a_goodbye_is_utf8(owner: Person) -> None:
    async with opened(owner) as socket:
        await socket.send(close_frame(1000, b"\xff"))
        assert await socket.closed_with() == INVALID_DATA


async def test_nothing_counts_after_a_goodbye(owner: Person) -> None:
    async with opened(owner) as socket:
        await socket.send(close_frame(1000) + frame(PING, b"late") + frame(TEXT, b"{"))
        assert await socket.closed_with() == 1000
        await socket.ended()


async def test_our_own_goodbye_waits_for_the_answer(owner: Person) -> None:
    async with opened(owner) as socket:
        await socket.send(frame(TEXT, b"{"))
        assert await socket.closed_with() == CloseCode.MALFORMED
        await socket.send(close_frame(CloseCode.MALFORMED))
        await socket.ended()


async def test_who_cuts_the_line_in_the_middle_hurts_nobody(owner: Person) -> None:
    for whole in (frame(TEXT, HELLO), frame(TEXT, ACK.ljust(70_000)), close_frame(1000)):
        async with opened(owner, is_welcome=False) as socket:
            await socket.send(whole[: len(whole) // 2])
    async with opened(owner) as socket:
        await lives(socket)


# The opening handshake (4).


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (upgrade("t", without="Sec-WebSocket-Key"), b"400"),
        (upgrade("t", Sec_WebSocket_Key="c2hvcnQ="), b"400"),
        (upgrade("t", without="Sec-WebSocket-Version"), b"400"),
        (upgrade("t", Sec_WebSocket_Version="8"), b"400"),
        (upgrade("t").replace(b"GET", b"POST"), b"405"),
    ],
)
async def test_a_handshake_that_is_none_is_refused(
    owner: Person, request_bytes: bytes, status: bytes
) -> None:
    async with connection(owner.server.url) as socket:
        await socket.send(request_bytes)
        assert (await socket.answer()).split()[1] == status
        await socket.ended()


async def test_no_extension_and_no_subprotocol_is_taken(owner: Person) -> None:
    async with connection(owner.server.url) as socket:
        offers = {
            "Sec_WebSocket_Extensions": "permessage-deflate; client_max_window_bits",
            "Sec_WebSocket_Protocol": "chat",
        }
        await socket.send(upgrade(owner.token, **offers))
        answer = (await socket.answer()).lower()
        assert answer.startswith(b"http/1.1 101")
        assert b"sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=" in answer
        assert b"sec-websocket-extensions" not in answer
        assert b"sec-websocket-protocol" not in answer


async def test_sockets_elsewhere_are_not_there(owner: Person) -> None:
    async with connection(owner.server.url) as socket:
        await socket.send(upgrade(owner.token).replace(b"/agent", b"/agents"))
        assert (await socket.answer()).split()[1] in (b"403", b"404")


async def test_a_hundred_sockets_in_a_row_leave_nothing(owner: Person) -> None:
    for _ in range(100):
        async with opened(owner) as socket:
            await socket.send(frame(TEXT, ACK)[:3])
    async with opened(owner) as socket:
        await lives(socket)
