"""Two people who chat, in a process of their own, so that nothing they wait for is the load's."""

import asyncio
import contextlib
import multiprocessing
from collections.abc import Iterator
from contextlib import AsyncExitStack
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path

from samebox_shared.model.devices import DeviceType

from benchmarks.office import Office
from benchmarks.relay import pair_up
from benchmarks.wire import DEADLINE, join
from tasks.stage.server import Server

PAUSE_SECONDS = 0.01

Said = tuple[float, float]
"""When something was said, and how many milliseconds later it was there."""


class Chat:
    """What was measured; complete when the block of `chatting` is over."""

    def __init__(self) -> None:
        self.said: list[Said] = []

    def took(self, since: float = 0.0, until: float = float("inf")) -> list[float]:
        """Milliseconds of what was said in between, by the clock of time.perf_counter."""
        return [took for at, took in self.said if since <= at < until]


@contextlib.contextmanager
def chatting(office: Office) -> Iterator[Chat]:
    """A message every few milliseconds for as long as the block lasts."""
    fresh = multiprocessing.get_context("spawn")
    began, over = fresh.Event(), fresh.Event()
    mine, theirs = fresh.Pipe(duplex=False)
    server = office.server
    process = fresh.Process(
        target=_run, args=(server.data, server.url, office.owner_invite, began, over, theirs)
    )
    process.start()
    chat = Chat()
    try:
        if not began.wait(DEADLINE):
            raise TimeoutError("the chat did not begin")
        yield chat
        over.set()
        if mine.poll(DEADLINE):
            chat.said = mine.recv()
    finally:
        process.terminate()
        process.join()


def _run(
    data: Path,
    url: str,
    owner_invite: str,
    began: Event,
    over: Event,
    answer: "Connection[list[Said], None]",
) -> None:
    server = Server(data)  # as somebody else's: known, not started
    server.url = url
    answer.send(asyncio.run(_chat(Office(data.parent, server, owner_invite), began, over)))


async def _chat(office: Office, began: Event, over: Event) -> list[Said]:
    owner = join(office.server, office.owner_invite, DeviceType())
    async with AsyncExitStack() as endings:
        pair = await pair_up(office, owner, 0, endings)
        began.set()
        async with asyncio.TaskGroup() as posting:
            while not over.is_set():
                posting.create_task(pair.post())
                await asyncio.sleep(PAUSE_SECONDS)
        await pair.quiet()
        return pair.said
