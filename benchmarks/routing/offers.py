"""From a question sent to its durable offers in the helpers' sockets, through a real server."""

import asyncio
import time
from contextlib import AsyncExitStack

from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import QuestionId, new_id
from samebox_shared.protocol.acts import Ask, CancelQuestion, SetHelping
from samebox_shared.protocol.events import AnyEvent, OfferClosed, OfferMade

from benchmarks.company.member import DEADLINE, Member, invited, join
from benchmarks.company.office import Office
from benchmarks.measures.figures import Figure, Goal, figure

HELPERS = 50
TYPES = 5
QUESTIONS = 200
WAVE = 2
"""How many the first wave asks, unless it is set otherwise."""
OFFERS_GOAL = Goal("p99", 10.0)
PAUSE = 0.05


async def through_the_server(place: Office) -> list[Figure]:
    """Until the last offer of the first wave is in its helper's socket, stored before. Questions of
    every type in turn, each taken back before the next."""
    owner = join(place.server, place.owner_invite, DeviceType())
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
        figure(f"{name}: the last of the wave", "ms", last, OFFERS_GOAL),
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
