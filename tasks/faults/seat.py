"""One agent without a screen: the program's own store, outbox, link rules and wire, nothing else.

What is left out beside the real program (real_agent.py runs that) are the conversations in memory,
the screens and the facts; so thousands of messages fit into one process.
"""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Protocol

from samebox_agent.core import commands as c
from samebox_agent.core import outbox
from samebox_agent.core.events import AgentEvent, FeedGrew, Moment, ServerSaid, TimerFired
from samebox_agent.core.state import AgentState, Link, LinkState, Me, Waiting
from samebox_agent.core.update import update
from samebox_agent.runtime.memory import open_memory
from samebox_agent.runtime.wire import Wire
from samebox_agent.storage import settings
from samebox_agent.storage.paths import choose_paths
from samebox_agent.storage.token_store import Found, Kept, TokenPlace
from samebox_shared.model.ids import DeviceId, PersonId, TxnId
from samebox_shared.model.people import PersonCard
from samebox_shared.protocol.acts import AnyAct, PostMessage
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.messages import Done, Event, Refused, Welcome

from tasks.faults.history import Recorder
from tasks.faults.plans import Place
from tasks.faults.witness import Witness, waiting


class Doing(Protocol):
    """What a person does with the agent; errands.py has them."""

    def on_event(self, seat: "Seat", event: Event) -> None: ...
    def on_answer(
        self, seat: "Seat", txn_id: TxnId, act: AnyAct, code: ErrorCode | None
    ) -> None: ...
    def on_up(self, seat: "Seat") -> None: ...


class OneToken:
    """The device's key: the harness made it, so no key store is asked."""

    def __init__(self, token: str) -> None:
        self._token = token

    def save(self, service: str, account: str, token: str) -> Kept:
        return Kept(TokenPlace.FILE, "")

    def load(self, service: str, account: str) -> Found:
        return Found(self._token, TokenPlace.FILE)


class Seat:
    """Runs in the loop it was made in. `do` is what the person does; answers go to `doing`."""

    def __init__(self, place: Place, server: str, history: Recorder, doing: Doing) -> None:
        self.place = place
        self.witness = Witness(place.person, history)
        self._doing = doing
        self._loop = asyncio.get_running_loop()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._events: deque[AgentEvent] = deque()
        self._stepping = False
        self._is_closed = False
        paths = choose_paths(Path(place.home))
        self.memory = open_memory(paths, self._loop.call_later, self._handle)
        self.memory.store.settings.put(settings.SERVER_ADDRESS, server)
        self._wire = Wire(
            self.memory, OneToken(place.token), self._spawn, self._handle, allow_http=True
        )
        self._state = self._remembered(server)

    @property
    def is_online(self) -> bool:
        """Whether the server has welcomed it and the connection stands."""
        return self._state.link.state is LinkState.ONLINE

    @property
    def outbox(self) -> tuple[Waiting, ...]:
        """What the server has not answered."""
        return self._state.outbox

    def start(self) -> None:
        """Connect."""
        self._wire.carry_out(c.Connect())

    def do(self, act: AnyAct, *, stale: bool = False) -> TxnId:
        """Into the outbox, onto the disk, then onto the wire; its transaction id. `stale`: a
        message that has to be refused."""
        moment = self._moment()
        if isinstance(act, PostMessage):
            self.witness.saying(act, stale=stale)
        self._state, commands = outbox.act(self._state, act, moment)
        self._carry_out_all(commands)
        return TxnId(moment.fresh)

    async def close(self) -> None:
        """Say goodbye and let go of the store."""
        self._is_closed = True
        for handle in self._timers.values():
            handle.cancel()
        await self._wire.goodbye()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.memory.close()

    def _remembered(self, server: str) -> AgentState:
        place = self.place
        card = PersonCard(person_id=PersonId(place.person_id), name=place.person, is_it=False)
        store = self.memory.store
        return AgentState(
            me=Me(card, DeviceId(place.device_id), ""),
            server=server,
            epoch=store.feed.position().epoch,
            link=Link(LinkState.CONNECTING),
            outbox=tuple(
                Waiting(item.txn_id, item.act, item.at, stored=True)
                for item in store.outbox.waiting()
            ),
        )

    def _handle(self, event: AgentEvent) -> None:
        self._events.append(event)
        if self._stepping or self._is_closed:
            return
        self._stepping = True
        try:
            while self._events:
                self._step(self._events.popleft())
        finally:
            self._stepping = False

    def _step(self, event: AgentEvent) -> None:
        before = self._state
        self.witness.saw(event, before, self.memory.store.feed.position().epoch)
        if isinstance(event, FeedGrew):
            self._doing.on_event(self, event.event)
            return
        self._state, commands = update(before, event, self._moment())
        self._carry_out_all(commands)
        match event:
            case ServerSaid(frame=Done(txn_id=txn_id)):
                self._tell_answer(waiting(before, txn_id), None)
            case ServerSaid(frame=Refused(txn_id=txn_id, code=code)):
                self._tell_answer(waiting(before, txn_id), code)
            case ServerSaid(frame=Welcome()):
                self._doing.on_up(self)
            case _:
                return

    def _tell_answer(self, item: Waiting | None, code: ErrorCode | None) -> None:
        if item is not None:
            self._doing.on_answer(self, item.txn_id, item.act, code)

    def _carry_out_all(self, commands: tuple[c.AnyCommand, ...]) -> None:
        for command in commands:
            self._carry_out(command)

    def _carry_out(self, command: c.AnyCommand) -> None:
        match command:
            case c.StartTimer(name=name, seconds=seconds):
                self._stop_timer(name)
                self._timers[name] = self._loop.call_later(seconds, self._fire, name)
            case c.StopTimer(name=name):
                self._stop_timer(name)
            case c.Connect() | c.Disconnect() | c.SendAct() | c.SendTyping():
                self._wire.carry_out(command)
            case c.FetchArticles():
                return
            case _:
                self.memory.carry_out(command)

    def _fire(self, name: str) -> None:
        self._timers.pop(name, None)
        self._handle(TimerFired(name))

    def _stop_timer(self, name: str) -> None:
        handle = self._timers.pop(name, None)
        if handle is not None:
            handle.cancel()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _moment(self) -> Moment:
        return Moment(time.time(), time.monotonic(), secrets.token_hex(16))
