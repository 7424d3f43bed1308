"""One WebSocket against real servers on this machine: kind, rude, silent and gone."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from samebox_agent.net.closing import Closed, Why
from samebox_agent.net.connection import MOST_WAITING, Connection
from samebox_agent.net.failures import BadCertificate, CertificateFlaw, NotSamebox
from samebox_shared.model.ids import DeviceId, PersonId, SessionId, TxnId
from samebox_shared.model.people import PersonCard
from samebox_shared.protocol.acts import PostMessage, SetHelping
from samebox_shared.protocol.codec import MAX_FRAME, decode_agent_frame, encode
from samebox_shared.protocol.errors import CloseCode, LocalProtocolError
from samebox_shared.protocol.messages import (
    Ack,
    AgentFrame,
    ArticlesChanged,
    Do,
    Heartbeat,
    Hello,
    ServerFrame,
    Welcome,
)
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.http11 import Request, Response

from tests.agent.net.conftest import Certificate

HELLO = Hello(protocol=1, agent_version="1.2", epoch="spring", acked_seq=41)
WELCOME = Welcome(
    epoch="spring",
    head_seq=41,
    resync=False,
    server_time=1000.0,
    heartbeat_seconds=20.0,
    person=PersonCard(person_id=PersonId("ana"), name="Ana"),
    device_id=DeviceId("d1"),
    organisation="Example",
    roles=(),
    helping=True,
    articles_head=3,
)
BEAT = Heartbeat(head_seq=41, server_time=1020.0)
Play = Callable[[ServerConnection], Awaitable[None]]


class Line:
    """A connection with everything it told."""

    def __init__(self, url: str, **options: float) -> None:
        self.frames: list[ServerFrame] = []
        self.ends: list[Closed] = []
        self.got_frame = asyncio.Event()
        self.connection = Connection(
            url,
            "secret",
            HELLO,
            on_frame=self._frame,
            on_closed=self.ends.append,
            silence=options.get("silence", 30.0),
            open_timeout=options.get("open_timeout", 10.0),
        )

    def _frame(self, frame: ServerFrame) -> None:
        self.frames.append(frame)
        self.got_frame.set()


@asynccontextmanager
async def a_server(play: Play) -> AsyncIterator[str]:
    async with serve(play, "127.0.0.1", 0, close_timeout=0.5) as server:
        yield address(server)


def address(server: Server | asyncio.Server, scheme: str = "ws") -> str:
    return f"{scheme}://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/agent"


async def heard(socket: ServerConnection) -> AgentFrame:
    message = await socket.recv()
    assert isinstance(message, str), "a frame is text"
    return decode_agent_frame(message)


async def say(socket: ServerConnection, frame: ServerFrame) -> None:
    await socket.send(encode(frame), text=True)


async def test_hello_comes_first_then_everything_in_order() -> None:
    first: list[AgentFrame] = []

    async def play(socket: ServerConnection) -> None:
        first.append(await heard(socket))
        for frame in (WELCOME, BEAT, ArticlesChanged(head=4)):
            await say(socket, frame)
        await socket.close(CloseCode.GOING_DOWN, "update")

    async with a_server(play) as url:
        line = Line(url)
        closed = await line.connection.run()
    assert first == [HELLO]
    assert line.frames == [WELCOME, BEAT, ArticlesChanged(head=4)]
    assert closed == Closed(Why.GOING_DOWN, CloseCode.GOING_DOWN, "update")
    assert line.ends == [closed]


async def test_what_is_sent_arrives_in_order_before_the_goodbye() -> None:
    told: list[AgentFrame] = []

    async def play(socket: ServerConnection) -> None:
        await heard(socket)
        await say(socket, WELCOME)
        async for message in socket:
            told.append(decode_agent_frame(message))

    sent: list[AgentFrame] = [
        Ack(seq=41),
        Do(txn_id=TxnId("t"), act=SetHelping(helping=True)),
        Ack(seq=42),
    ]
    async with a_server(play) as url:
        line = Line(url)
        assert line.connection.send(Ack(seq=1)) is False
        running = asyncio.create_task(line.connection.run())
        await line.got_frame.wait()
        assert all(line.connection.send(frame) for frame in sent)
        line.connection.close()
        line.connection.close()
        assert line.connection.send(Ack(seq=43)) is False
        closed = await running
    assert told == sent
    assert closed.why is Why.CLOSED_HERE
    assert line.ends == [closed]
    assert line.connection.send(Ack(seq=44)) is False


async def test_a_frame_that_is_too_large_for_the_server_is_our_own_bug() -> None:
    act = PostMessage(session_id=SessionId("s"), fence=1, text="x" * MAX_FRAME)
    with pytest.raises(LocalProtocolError):
        Line("ws://127.0.0.1:1/agent").connection.send(Do(txn_id=TxnId("t"), act=act))


async def test_a_slow_server_does_not_make_us_grow() -> None:
    enough = asyncio.Event()

    async def play(socket: ServerConnection) -> None:
        await say(socket, WELCOME)
        await enough.wait()
        socket.transport.abort()

    async with a_server(play) as url:
        line = Line(url)
        running = asyncio.create_task(line.connection.run())
        await line.got_frame.wait()
        taken = [line.connection.send(Ack(seq=seq)) for seq in range(MOST_WAITING + 50)]
        enough.set()
        await running
    assert taken.count(True) == MOST_WAITING


async def test_closing_before_it_is_open_says_nothing_but_goodbye() -> None:
    told: list[str | bytes] = []

    async def play(socket: ServerConnection) -> None:
        told.extend([message async for message in socket])

    async with a_server(play) as url:
        line = Line(url)
        line.connection.close()
        closed = await line.connection.run()
    assert (closed.why, told) == (Why.CLOSED_HERE, [])


async def test_nothing_is_delivered_after_we_closed() -> None:
    async def play(socket: ServerConnection) -> None:
        for frame in (WELCOME, BEAT, BEAT):
            await say(socket, frame)
        await socket.wait_closed()

    frames: list[ServerFrame] = []

    def take_one(frame: ServerFrame) -> None:
        frames.append(frame)
        connection.close()

    async with a_server(play) as url:
        connection = Connection(url, "x", HELLO, on_frame=take_one, on_closed=lambda closed: None)
        closed = await connection.run()
    assert frames == [WELCOME]
    assert closed.why is Why.CLOSED_HERE


async def test_cancelling_ends_it_at_once_on_both_sides() -> None:
    gone = asyncio.Event()

    async def play(socket: ServerConnection) -> None:
        await say(socket, WELCOME)
        await socket.wait_closed()
        gone.set()

    async with a_server(play) as url:
        line = Line(url)
        running = asyncio.create_task(line.connection.run())
        await line.got_frame.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await asyncio.wait_for(gone.wait(), 10)
    assert line.ends == []


async def test_half_open_silence_is_noticed() -> None:
    async def play(socket: ServerConnection) -> None:
        await say(socket, WELCOME)
        await socket.wait_closed()

    async with a_server(play) as url:
        line = Line(url, silence=0.05)
        closed = await line.connection.run()
    assert closed.why is Why.SILENT
    assert line.frames == [WELCOME]


async def test_every_frame_is_a_sign_of_life() -> None:
    async def play(socket: ServerConnection) -> None:
        await say(socket, WELCOME)
        for _ in range(15):
            await asyncio.sleep(0.1)
            await say(socket, BEAT)
        await socket.close(CloseCode.REPLACED)

    async with a_server(play) as url:
        line = Line(url, silence=1.0, open_timeout=1.0)
        closed = await line.connection.run()
    assert closed.why is Why.REPLACED
    assert len(line.frames) == 16


async def test_a_server_that_never_welcomes_is_given_up() -> None:
    async def play(socket: ServerConnection) -> None:
        await socket.wait_closed()

    async with a_server(play) as url:
        closed = await Line(url, open_timeout=0.3).connection.run()
    assert closed.why is Why.SILENT


@pytest.mark.parametrize(
    "message", ["{", "[]", '{"type":"unheard_of"}', '{"type":"heartbeat"}', b"\xff\xfe", ""]
)
async def test_a_malformed_frame_ends_it(message: str | bytes) -> None:
    codes: list[int | None] = []

    async def play(socket: ServerConnection) -> None:
        await say(socket, WELCOME)
        await socket.send(message)
        await socket.wait_closed()
        codes.append(socket.close_code)

    async with a_server(play) as url:
        line = Line(url)
        closed = await line.connection.run()
    assert (closed.why, closed.code) == (Why.MALFORMED, CloseCode.MALFORMED)
    assert line.frames == [WELCOME]
    assert codes == [CloseCode.MALFORMED]


@pytest.mark.parametrize(
    ("size", "code"), [(MAX_FRAME + 1, CloseCode.TOO_LARGE), (MAX_FRAME * 4, 1009)]
)
async def test_an_oversized_frame_ends_it(size: int, code: int) -> None:
    async def play(socket: ServerConnection) -> None:
        await say(socket, WELCOME)
        await socket.send("x" * size)
        await socket.wait_closed()

    async with a_server(play) as url:
        closed = await Line(url).connection.run()
    assert (closed.why, closed.code) == (Why.MALFORMED, code)


async def test_a_cut_line_is_lost() -> None:
    async def play(socket: ServerConnection) -> None:
        await say(socket, WELCOME)
        socket.transport.abort()

    async with a_server(play) as url:
        assert (await Line(url).connection.run()).why is Why.LOST


async def test_an_error_in_the_callback_is_not_swallowed() -> None:
    async def play(socket: ServerConnection) -> None:
        await say(socket, WELCOME)
        await socket.wait_closed()

    def fail(frame: ServerFrame) -> None:
        raise ZeroDivisionError

    async with a_server(play) as url:
        connection = Connection(url, "x", HELLO, on_frame=fail, on_closed=lambda closed: None)
        with pytest.raises(ZeroDivisionError):
            await connection.run()


@pytest.mark.parametrize(
    ("status", "why"), [(401, Why.NOT_SIGNED_IN), (403, Why.NOT_ALLOWED), (404, Why.NOT_SAMEBOX)]
)
async def test_a_handshake_that_is_refused(status: int, why: Why) -> None:
    def refuse(socket: ServerConnection, request: Request) -> Response:
        assert request.headers["Authorization"] == "Bearer secret"
        return socket.respond(status, "no")

    async def play(socket: ServerConnection) -> None:
        raise AssertionError("never open")

    async with serve(play, "127.0.0.1", 0, process_request=refuse) as server:
        line = Line(address(server))
        closed = await line.connection.run()
    assert (closed.why, closed.code) == (why, status)
    assert line.ends == [closed]


async def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    closed = await Line(f"ws://127.0.0.1:{port}/agent").connection.run()
    assert closed.why is Why.UNREACHABLE


async def test_a_server_that_takes_the_call_and_says_nothing() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        url = f"ws://127.0.0.1:{deaf.getsockname()[1]}/agent"
        closed = await Line(url, open_timeout=0.3).connection.run()
    assert closed.why is Why.UNREACHABLE


async def test_something_else_at_the_address() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.com ESMTP\r\n")
        await writer.drain()
        await reader.read()
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        closed = await Line(address(server)).connection.run()
    assert closed.why is Why.NOT_SAMEBOX
    assert isinstance(closed.failure, NotSamebox)


async def test_a_certificate_that_proves_nothing(certificate: Certificate) -> None:
    async def play(socket: ServerConnection) -> None:
        await heard(socket)
        await socket.close(CloseCode.REPLACED)

    async with serve(play, "127.0.0.1", 0, ssl=certificate.server) as server:
        url = address(server, "wss")
        bad = await Line(url).connection.run()
        good = await Connection(
            url,
            "secret",
            HELLO,
            on_frame=lambda frame: None,
            on_closed=lambda closed: None,
            tls=certificate.trusting,
        ).run()
    assert isinstance(bad.failure, BadCertificate)
    assert bad.failure.reason is CertificateFlaw.SELF_SIGNED
    assert (bad.why, bad.reason) == (Why.BAD_CERTIFICATE, bad.failure.sentence)
    assert good.why is Why.REPLACED


async def test_the_safe_kind_on_a_port_that_is_not() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        await reader.read()
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        closed = await Line(address(server, "wss")).connection.run()
    assert closed.why is Why.NOT_SAMEBOX
