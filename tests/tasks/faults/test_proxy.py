"""The proxy between a real client and a real server on loopback, with each of its toxics."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed, WebSocketException

from tasks.faults.proxy import Proxy, Toxics

NOBODY = 1
"""A port of loopback where nothing listens: the proxy takes the next one."""
WORDS = [f'{{"type":"do","number":{number}}}' for number in range(4)]


@dataclass
class Line:
    """A client, a server that keeps and echoes what it is told, and the proxy between them."""

    proxy: Proxy
    url: str = ""
    heard: list[str] = field(default_factory=list)

    async def echo(self, socket: ServerConnection) -> None:
        async for words in socket:
            self.heard.append(str(words))
            await socket.send(words)

    def client(self) -> "connect":
        headers = {"Authorization": "Bearer abc"}
        return connect(self.url, additional_headers=headers, compression=None, proxy=None)


@asynccontextmanager
async def line() -> AsyncIterator[Line]:
    kept = Line(Proxy([("127.0.0.1", 0)], seed=1))
    async with serve(kept.echo, "127.0.0.1", 0, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        kept.proxy = Proxy([("127.0.0.1", NOBODY), ("127.0.0.1", port)], seed=1)
        await kept.proxy.start("127.0.0.1")
        kept.url = f"ws://127.0.0.1:{kept.proxy.port}"
        yield kept
        await kept.proxy.close()


async def say(socket: ClientConnection, *words: str) -> list[str]:
    for each in words:
        await socket.send(each)
    async with asyncio.timeout(10):
        return [str(await socket.recv()) for _ in words]


@pytest.mark.parametrize(
    "toxics",
    [
        Toxics(),
        Toxics(latency=0.001, jitter=0.001),
        Toxics(slice_size=3, slice_delay=0.0001),
        Toxics(bandwidth=1_000_000),
        Toxics(slow_close=0.01),
    ],
)
async def test_what_is_only_slow_passes_whole_and_in_order(toxics: Toxics) -> None:
    async with line() as kept:
        kept.proxy.set(toxics)
        async with kept.client() as socket:
            assert await say(socket, *WORDS) == WORDS


@pytest.mark.parametrize(
    "toxics",
    [Toxics(down=True), Toxics(timeout=0.01), Toxics(reset_peer=0.01), Toxics(limit_data=10)],
)
async def test_what_breaks_a_connection_ends_it_at_both_ends(toxics: Toxics) -> None:
    async with line() as kept:
        async with kept.client() as socket:
            await say(socket, WORDS[0])
            kept.proxy.set(toxics)
            with pytest.raises(ConnectionClosed):
                await say(socket, *[WORDS[1]] * 3)
        kept.proxy.set(Toxics())
        async with kept.client() as socket:
            assert await say(socket, WORDS[2]) == [WORDS[2]]


async def test_nobody_comes_in_while_it_is_down() -> None:
    async with line() as kept:
        kept.proxy.set(Toxics(down=True))
        with pytest.raises((OSError, WebSocketException)):
            await kept.client()


async def test_what_is_held_back_is_not_lost() -> None:
    async with line() as kept, kept.client() as socket:
        await say(socket, WORDS[0])
        kept.proxy.hold(up=True, down=False)
        await socket.send(WORDS[1])
        await asyncio.sleep(0)
        assert kept.heard == [WORDS[0]]
        kept.proxy.hold(up=False, down=False)
        async with asyncio.timeout(10):
            assert await socket.recv() == WORDS[1]


async def test_two_frames_are_swapped_on_the_way_up() -> None:
    async with line() as kept, kept.client() as socket:
        await say(socket, WORDS[0])
        kept.proxy.swap()
        await say(socket, *WORDS[1:3])
        assert kept.heard == [WORDS[0], WORDS[2], WORDS[1]]


async def test_old_requests_come_again_also_on_the_next_connection() -> None:
    async with line() as kept:
        async with kept.client() as socket:
            await say(socket, *WORDS)
        async with kept.client() as socket:
            await say(socket, "something else")
            await kept.proxy.replay()
            async with asyncio.timeout(10):
                again = str(await socket.recv())
        assert again in WORDS[1:]
        assert kept.proxy.replayed > 0
