"""Durable messages from one person to another: quiet, by the clock, and as many as it takes."""

import asyncio
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.load.client import Client, Ear
from benchmarks.load.effort import Effort, watching
from benchmarks.load.ledger import Ledger

QUIET_MESSAGES = 200
QUIET_PAUSE = 0.01
PACED_SECONDS = 5.0
FLIGHT_SECONDS = 4.0
WARM_UP_SECONDS = 0.7
DRAIN_SECONDS = 15.0
"""How long what was sent may take to arrive before it is called missing."""

_tokens = itertools.count(1)


@dataclass(frozen=True)
class Paced:
    """Messages sent by the clock whatever became of the ones before."""

    ledger: Ledger
    effort: Effort


@dataclass(frozen=True)
class Flood:
    """Messages acknowledged and received a second while so many were on their way."""

    acked: float
    received: float
    ledger: Ledger
    effort: Effort


class Talk(Ear):
    """Writes everything into a ledger; `after_ack` may send the next."""

    def __init__(self, clients: Sequence[Client]) -> None:
        self.ledger = Ledger()
        self.settled = asyncio.Event()
        self.flowing = False
        self._clients = clients
        for client in clients:
            client.ear = self

    def send(self, client: Client) -> None:
        """One message to this client's partner."""
        token = next(_tokens)
        self.ledger.note_sent(token, client.number, time.perf_counter())
        client.send(token)

    def on_received(self, client: Client, token: int) -> None:
        if self.ledger.note_received(token, client.number, time.perf_counter()):
            self.settled.set()

    def on_ack(self, client: Client, token: int) -> None:
        if self.ledger.note_acked(token) and self.flowing:
            self.send(client)

    def on_refused(self, client: Client, token: int, why: str) -> None:
        self.ledger.note_refused(why)
        if self.flowing:
            asyncio.get_running_loop().call_later(0.05, self.send, client)

    async def drained(self, seconds: float = DRAIN_SECONDS) -> None:
        """Until everything arrived, or so long has passed."""
        until = time.perf_counter() + seconds
        while self.ledger.missing and time.perf_counter() < until:
            await asyncio.sleep(0.01)


async def quiet(clients: Sequence[Client], pids: Sequence[int]) -> Paced:
    """One at a time, from changing pairs; a message that does not come ends the measurement."""
    talk = Talk(clients)
    with watching(pids) as effort:
        for number in range(QUIET_MESSAGES):
            talk.settled.clear()
            talk.send(clients[2 * number % len(clients)])
            await asyncio.wait_for(talk.settled.wait(), DRAIN_SECONDS)
            await asyncio.sleep(QUIET_PAUSE)
    return Paced(talk.ledger, effort)


async def paced(clients: Sequence[Client], pids: Sequence[int], rate: float) -> Paced:
    """At a rate, spread over everybody."""
    talk = Talk(clients)
    with watching(pids) as effort:
        await pace(talk, clients, rate, PACED_SECONDS)
    await talk.drained()
    return Paced(talk.ledger, effort)


async def pace(talk: Talk, clients: Sequence[Client], rate: float, seconds: float) -> None:
    """Send by the clock. What became due while the loop was busy is sent at once, so that a slow
    server cannot slow its own test down."""
    began, sent, total = time.perf_counter(), 0, int(rate * seconds)
    while sent < total:
        due = min(total, int((time.perf_counter() - began) * rate) + 1)
        for number in range(sent, due):
            talk.send(clients[number % len(clients)])
        sent = due
        await asyncio.sleep(max(0.0, began + sent / rate - time.perf_counter()))


async def flood(clients: Sequence[Client], pids: Sequence[int], in_flight: int) -> Flood:
    """Each acknowledgement lets the next message go."""
    talk = Talk(clients)
    talk.flowing = True
    for number in range(in_flight):
        talk.send(clients[number % len(clients)])
    await asyncio.sleep(WARM_UP_SECONDS)
    with watching(pids) as effort:
        acked, received = talk.ledger.acked, talk.ledger.received
        await asyncio.sleep(FLIGHT_SECONDS)
        acked, received = talk.ledger.acked - acked, talk.ledger.received - received
    talk.flowing = False
    await talk.drained()
    return Flood(acked / effort.seconds, received / effort.seconds, talk.ledger, effort)
