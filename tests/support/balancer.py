"""A small TCP balancer, as dumb as one can be: each connection goes to the next server that takes
it, and what a server sends or cuts, the other end gets."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress


class Balancer:
    """`url` leads to one of the servers; those in `out` get nobody new."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = list(ports)
        self.out: set[int] = set()
        self.url = ""

    async def serve(self) -> asyncio.Server:
        server = await asyncio.start_server(self._pass, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return server

    async def _pass(self, inner: asyncio.StreamReader, outer: asyncio.StreamWriter) -> None:
        link = await self._connect()
        if link is None:
            outer.close()
            return
        reader, writer = link
        await asyncio.gather(_copy(inner, writer), _copy(reader, outer))

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for _ in range(len(self._ports)):
            self._ports.append(self._ports.pop(0))
            if self._ports[-1] not in self.out:
                with suppress(OSError):
                    return await asyncio.open_connection("127.0.0.1", self._ports[-1])
        return None


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def balanced(*ports: int) -> AsyncIterator[Balancer]:
    """For as long as the block runs."""
    balancer = Balancer(ports)
    server = await balancer.serve()
    try:
        yield balancer
    finally:
        server.close()
