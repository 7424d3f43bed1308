"""Two people who chat, in a process of their own, so that nothing they wait for is the load's."""

import asyncio
import contextlib
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path

from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import QuestionId, new_id
from samebox_shared.protocol.acts import AcceptOffer, Ask, PostMessage, SetHelping
from samebox_shared.protocol.events import AnyEvent, MessagePosted, OfferMade, SessionOpened

from benchmarks.company.member import DEADLINE, Member, join
from tasks.stage.server import Server

PAUSE_SECONDS = 0.01
KIND = DeviceType(system=System.LINUX, vendor="Maker 0", model="Model 0")
"""A laptop that only these two have."""

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
def chatting(server: Server) -> Iterator[Chat]:
    """A message every few milliseconds for as long as the block lasts."""
    fresh = multiprocessing.get_context("spawn")
    began, over = fresh.Event(), fresh.Event()
    mine, theirs = fresh.Pipe(duplex=False)
    process = fresh.Process(target=_run, args=(server.data, server.url, began, over, theirs))
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
    data: Path, url: str, began: Event, over: Event, answer: "Connection[list[Said], None]"
) -> None:
    server = Server(data)  # as somebody else's: known, not started
    server.url = url
    answer.send(asyncio.run(_chat(server, began, over)))


async def _chat(server: Server, began: Event, over: Event) -> list[Said]:
    async with AsyncExitStack() as endings:
        pair = await _pair_up(server, endings)
        began.set()
        async with asyncio.TaskGroup() as posting:
            while not over.is_set():
                posting.create_task(pair.post())
                await asyncio.sleep(PAUSE_SECONDS)
        await pair.quiet()
        return pair.said


class Pair:
    """A session: one posts, the other notes how long each message took."""

    def __init__(self, asker: Member, helper: Member, opened: SessionOpened) -> None:
        self._asker = asker
        self._session_id = opened.session_id
        self._fence = opened.fence
        self._sent: dict[str, float] = {}
        self._count = 0
        self.said: list[Said] = []
        helper.on_event = self._arrived

    async def post(self) -> None:
        """Post a message; returns when the server has it on its disk."""
        self._count += 1
        text = f"Message {self._count:06} " + "It is still slow after the restart. " * 3
        self._sent[text.strip()] = time.perf_counter()
        await self._asker.do(
            PostMessage(session_id=self._session_id, fence=self._fence, text=text.strip())
        )

    async def quiet(self) -> None:
        """Wait until everything posted has arrived."""
        async with asyncio.timeout(DEADLINE):
            while self._sent:
                await asyncio.sleep(0.005)

    def _arrived(self, body: AnyEvent) -> None:
        if isinstance(body, MessagePosted):
            sent = self._sent.pop(body.text)
            self.said.append((sent, (time.perf_counter() - sent) * 1000))


async def _pair_up(server: Server, endings: AsyncExitStack) -> Pair:
    """Both join, one asks, the other helps."""
    asker, helper = [join(server, server.invite(name), KIND) for name in ("Asker", "Helper")]
    for member in (asker, helper):
        await member.connect(server.url)
        endings.push_async_callback(member.close)
    await helper.do(SetHelping(helping=True))
    coming, opening = helper.coming(OfferMade), asker.coming(SessionOpened)
    question = QuestionId(new_id())
    await asker.do(Ask(question_id=question, text="It is slow", device_type=KIND))
    offer = await asyncio.wait_for(coming, DEADLINE)
    await helper.do(AcceptOffer(offer_id=offer.offer_id))
    return Pair(asker, helper, await asyncio.wait_for(opening, DEADLINE))
