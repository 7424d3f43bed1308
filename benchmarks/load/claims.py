"""Claim races: several want the same thing at the same moment, and exactly one may have it.

Ours is the whole way of a question: asked, offered, all who were asked accept at once, one opens
the session. The nearest thing a peer has is JetStream's publish that expects an empty subject;
MQTT and XMPP have no claim. The first does much more than the second, so compare with care.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from samebox_shared.model.devices import DeviceType

from benchmarks.load.client import Client, Ear
from benchmarks.load.nats import NatsClient
from benchmarks.load.samebox import Body, SameboxClient

RACE_SECONDS = 20.0


@dataclass
class Races:
    """For each race how many won, how many took part, and milliseconds until the winner and until
    the last of all knew."""

    winners: list[int] = field(default_factory=list)
    racers: list[int] = field(default_factory=list)
    won: list[float] = field(default_factory=list)
    known: list[float] = field(default_factory=list)

    @property
    def split(self) -> int:
        """Races without exactly one winner."""
        return sum(1 for winners in self.winners if winners != 1)


class _Race(Ear):
    """Counts answers to one race."""

    def __init__(self, racers: int) -> None:
        self._left = racers
        self.winners = 0
        self.won = 0.0
        self.known = 0.0
        self.over = asyncio.Event()
        self.began = time.perf_counter()

    def on_ack(self, client: Client, token: int) -> None:
        self.winners += 1
        self.won = time.perf_counter()
        self._answered()

    def on_refused(self, client: Client, token: int, why: str) -> None:
        self._answered()

    def _answered(self) -> None:
        self._left -= 1
        if not self._left:
            self.known = time.perf_counter()
            self.over.set()

    async def into(self, races: Races, racers: int) -> None:
        """Waits for its end and adds it to the others."""
        await asyncio.wait_for(self.over.wait(), RACE_SECONDS)
        races.winners.append(self.winners)
        races.racers.append(racers)
        races.won.append((self.won - self.began) * 1000)
        races.known.append((self.known - self.began) * 1000)


class Racer(SameboxClient):
    """A device that remembers its newest offer, and how many were asked."""

    offer_id = ""
    asked = 0

    def on_event(self, body: Body) -> None:
        if body.event == "offer_made":
            self.offer_id = body.offer_id
        elif body.event == "wave_started":
            self.asked = body.asked


async def race_samebox(
    groups: Sequence[Sequence[Racer]], kind_of: Callable[[int], DeviceType]
) -> Races:
    """One race a group, of which `kind_of` tells the laptop: its first member asks, whoever was
    offered it accepts at once."""
    races = Races()
    for number, (asker, *helpers) in enumerate(groups):
        await _ask(number, kind_of(number), asker, helpers)
        racing = [helper for helper in helpers if helper.offer_id]
        race = _Race(len(racing))
        for helper in racing:
            helper.ear = race
        for helper in racing:
            helper.act(f"{number:032x}", {"act": "accept_offer", "offer_id": helper.offer_id})
        await race.into(races, len(racing))
    return races


async def _ask(number: int, kind: DeviceType, asker: Racer, helpers: Sequence[Racer]) -> None:
    device_type = {"system": kind.system, "vendor": kind.vendor, "model": kind.model}
    question = {"act": "ask", "question_id": f"{number:032x}", "text": "It is slow"}
    asker.act(f"{number:032x}", {**question, "device_type": device_type})
    async with asyncio.timeout(RACE_SECONDS):
        while not asker.asked or sum(1 for each in helpers if each.offer_id) < asker.asked:
            await asyncio.sleep(0.002)


async def race_nats(clients: Sequence[NatsClient], count: int) -> Races:
    """Each publishes to the same new subject, which must be empty."""
    races = Races()
    for number in range(count):
        race = _Race(len(clients))
        for client in clients:
            client.ear = race
        for client in clients:
            client.claim(str(number), number)
        await race.into(races, len(clients))
    return races
