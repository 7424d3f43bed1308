"""From a question sent to the offer at a helper: on the wire, and as a painted notice."""

import asyncio
import sys
import time
from contextlib import AsyncExitStack

from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import QuestionId, new_id
from samebox_shared.protocol.acts import Ask, CancelQuestion, SetHelping
from samebox_shared.protocol.events import AnyEvent, OfferClosed, OfferMade

from benchmarks.figures import Figure, Goal, figure, publish
from benchmarks.office import SAME, Office, office
from benchmarks.probed import ProbedAgent
from benchmarks.screen import offscreen
from benchmarks.wire import DEADLINE, Member, invited, join
from tasks.stage.laptop import Laptop
from tasks.stage.programs import MACHINES

HELPERS = 50
TYPES = 5
QUESTIONS = 200
ROUNDS = 10
WAVE = 2
"""How many the first wave asks, unless it is set otherwise."""
OFFER_GOAL = Goal("p99", 5.0)
NOTICE_TITLE = "A colleague asks"
PAUSE = 0.05


async def on_the_wire(place: Office, owner: Member) -> list[Figure]:
    """Questions of every type in turn, each taken back before the next."""
    async with AsyncExitStack() as endings:
        helpers = [await _member(place, owner, n, endings) for n in range(HELPERS)]
        for helper in helpers:
            await helper.do(SetHelping(helping=True))
        asker = await _member(place, owner, HELPERS, endings)
        first, last = [], []
        for number in range(QUESTIONS):
            offered = await _ask_once(asker, helpers, _kind(number))
            first.append(offered[0])
            last.append(offered[-1])
            await asyncio.sleep(PAUSE)
    name = f"question to offer, {HELPERS} helpers of {TYPES} types"
    return [
        figure(f"{name}: the first of the wave", "ms", first),
        figure(f"{name}: the last of the wave", "ms", last, OFFER_GOAL),
    ]


async def _member(place: Office, owner: Member, number: int, endings: AsyncExitStack) -> Member:
    invite = invited(place.server, owner, f"Person {number}")
    member = join(place.server, invite, _kind(number))
    await member.connect(place.server.url)
    endings.push_async_callback(member.close)
    return member


def _kind(number: int) -> DeviceType:
    name = f"Model {number % TYPES}"
    return DeviceType(system=System.LINUX, vendor="Maker", family=name, model=name)


async def _ask_once(asker: Member, helpers: list[Member], kind: DeviceType) -> list[float]:
    """Milliseconds until each offer of the first wave; then the question is cancelled."""
    offers: list[float] = []
    open_offers = [0]
    began = time.perf_counter()

    def note(body: AnyEvent) -> None:
        if isinstance(body, OfferMade):
            offers.append((time.perf_counter() - began) * 1000)
            open_offers[0] += 1
        elif isinstance(body, OfferClosed):
            open_offers[0] -= 1

    for helper in helpers:
        helper.on_event = note
    question = QuestionId(new_id())
    began = time.perf_counter()
    await asker.do(Ask(question_id=question, text="It is slow", device_type=kind))
    async with asyncio.timeout(DEADLINE):
        while len(offers) < WAVE:
            await asyncio.sleep(0.001)
    await asker.do(CancelQuestion(question_id=question))
    async with asyncio.timeout(DEADLINE):
        while open_offers[0]:
            await asyncio.sleep(0.001)
    return sorted(offers)


def as_a_notice(place: Office) -> Figure:
    """Two real agents of the same type; from the click on Send to the painted notice."""
    asker, helper = place.laptop("noor", SAME), place.laptop("ana", SAME)
    for person in (asker, helper):
        person.start()
        person.joins(place.server.invite(person.person))
        person.agrees()
    helper.volunteers()
    helper.quit()
    machine = str(MACHINES / f"{SAME}.json")
    watched = ProbedAgent(helper.home, offscreen(), "--machine", machine)
    try:
        watched.await_icon()
        time.sleep(3.0)  # until it is connected again and its start is over
        took = [_ask_and_see(asker, watched) for _ in range(ROUNDS)]
    finally:
        watched.end()
        asker.quit()
    return figure("question to painted notice, two real agents", "ms", took)


def _ask_and_see(asker: Laptop, helper: ProbedAgent) -> float:
    asker.opens_help()
    asker.types("What is wrong?", "It is slow", window="How can we help?", clear=True)
    asker.clicks("Ask a colleague", window="How can we help?")
    asker.sees("Show the exact text")
    began = time.monotonic()
    asker.clicks("Send")
    painted = helper.said("painted")
    if NOTICE_TITLE not in painted["painted"]:
        raise AssertionError(f"painted {painted['painted']!r} instead of a notice")
    asker.sees("Asking")
    asker.clicks("Withdraw", window="Your question")
    asker.sees("Withdrawn")
    asker.cue("press", key="Ctrl+W", window="Your question")
    return float((painted["at"] - began) * 1000)


async def _everything_on_the_wire(place: Office) -> list[Figure]:
    return await on_the_wire(place, join(place.server, place.owner_invite, DeviceType()))


def main() -> int:
    """One server for the wire, another for the two agents, so that neither sees the other's."""
    with office() as place:
        rows = asyncio.run(_everything_on_the_wire(place))
    with office() as place:
        rows.append(as_a_notice(place))
    return publish("question", rows, ["the clients share the machine with the server"])


if __name__ == "__main__":
    sys.exit(main())
