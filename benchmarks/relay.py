"""A chat message from one person to another: on the server's disk first, then at the other end."""

import asyncio
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack

from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import QuestionId, SessionId, new_id
from samebox_shared.protocol.acts import AcceptOffer, Ask, PostMessage, SetHelping
from samebox_shared.protocol.events import AnyEvent, MessagePosted, OfferMade, SessionOpened

from benchmarks import limits
from benchmarks.figures import Figure, Goal, figure, publish
from benchmarks.office import Office, office
from benchmarks.wire import DEADLINE, Member, invited, join

PAIRS = 8
IDLE_MESSAGES = 200
IDLE_PAUSE = 0.02
RATE = 200
RATE_SECONDS = 5.0
FLIGHT_SECONDS = 4.0
IDLE_GOAL = Goal("median", 0.5)
IDLE_TAIL = Goal("p99", 1.0)
STORED_GOAL = Goal("median", 15_000, at_least=True)


class Pair:
    """A session: one posts, the other notes how long each message took."""

    def __init__(self, asker: Member, helper: Member, opened: SessionOpened) -> None:
        self._asker = asker
        self._session_id: SessionId = opened.session_id
        self._fence = opened.fence
        self._sent: dict[str, float] = {}
        self._count = 0
        self.took: list[float] = []
        self.said: list[tuple[float, float]] = []
        """When each was posted, too."""
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
            self.took.append((time.perf_counter() - sent) * 1000)
            self.said.append((sent, self.took[-1]))


async def measure(place: Office) -> list[Figure]:
    """All rows, limits of the same minute included."""
    owner = join(place.server, place.owner_invite, DeviceType())
    async with AsyncExitStack() as endings:
        pairs = [await pair_up(place, owner, number, endings) for number in range(PAIRS)]
        one = pairs[0]
        idle = await _one_by_one(one)
        echoes = await limits.echo_round_trips()
        paced = await _paced(one)
        rows = [
            figure("relay one way, idle", "ms", idle, IDLE_GOAL),
            figure("relay one way, idle, worst of 100", "ms", idle, IDLE_TAIL),
            figure(f"relay one way at {RATE}/s", "ms", paced),
        ]
        for each in (4, 32):
            rate = await _in_flight(pairs, each)
            name = f"messages acknowledged a second, {each * PAIRS} in flight"
            rows.append(figure(name, "1/s", [rate], STORED_GOAL))
    rows.append(figure("limit: TCP echo on loopback, round trip", "ms", echoes))
    rows.append(figure("limit: 4 KiB written and synced", "ms", limits.syncs(place.folder)))
    rows.append(
        figure("limit: sqlite3 insert and commit, FULL", "ms", limits.commits(place.folder))
    )
    return rows


async def pair_up(place: Office, owner: Member, number: int, endings: AsyncExitStack) -> Pair:
    """Two people with a laptop that only they have, in a session."""
    kind = DeviceType(system=System.LINUX, vendor=f"Maker {number}", model=f"Model {number}")
    asker, helper = [
        join(place.server, invited(place.server, owner, f"{who} {number}"), kind)
        for who in ("Asker", "Helper")
    ]
    for member in (asker, helper):
        await member.connect(place.server.url)
        endings.push_async_callback(member.close)
    await helper.do(SetHelping(helping=True))
    coming, opening = helper.coming(OfferMade), asker.coming(SessionOpened)
    question = QuestionId(new_id())
    await asker.do(Ask(question_id=question, text="It is slow", device_type=kind))
    offer = await asyncio.wait_for(coming, DEADLINE)
    await helper.do(AcceptOffer(offer_id=offer.offer_id))
    return Pair(asker, helper, await asyncio.wait_for(opening, DEADLINE))


async def _one_by_one(pair: Pair) -> list[float]:
    pair.took.clear()
    for _ in range(IDLE_MESSAGES):
        await pair.post()
        await pair.quiet()
        await asyncio.sleep(IDLE_PAUSE)
    return list(pair.took)


async def _paced(pair: Pair) -> list[float]:
    """Posted by the clock, whatever became of the ones before."""
    pair.took.clear()
    began = time.perf_counter()
    async with asyncio.TaskGroup() as posting:
        for number in range(int(RATE * RATE_SECONDS)):
            await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
            posting.create_task(pair.post())
    await pair.quiet()
    return list(pair.took)


async def _in_flight(pairs: Sequence[Pair], each: int) -> float:
    """Messages a second with so many of each pair on their way at any time."""
    until = time.perf_counter() + FLIGHT_SECONDS
    counts = [0]

    async def keep_posting(pair: Pair) -> None:
        while time.perf_counter() < until:
            await pair.post()
            counts[0] += 1

    async with asyncio.TaskGroup() as posting:
        for pair in pairs:
            for _ in range(each):
                posting.create_task(keep_posting(pair))
    for pair in pairs:
        await pair.quiet()
    return counts[0] / FLIGHT_SECONDS


def main() -> int:
    """Measure on one real server; both ends of every pair live in this process."""
    with office() as place:
        rows = asyncio.run(measure(place))
    return publish("relay", rows, ["the clients share the machine with the server"])


if __name__ == "__main__":
    sys.exit(main())
