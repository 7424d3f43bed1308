"""A scripted agent: speaks the real protocol over a real socket and keeps its feed as a laptop
would, so that a test can say what it does and then wait for what it sees."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import QuestionId, TxnId, new_id
from samebox_shared.protocol.acts import (
    AcceptOffer,
    AnyAct,
    Ask,
    CancelQuestion,
    SetHelping,
    SolveSession,
    TellDeviceType,
)
from samebox_shared.protocol.codec import decode_server_frame, encode
from samebox_shared.protocol.events import AnyEvent, OfferMade, QuestionAsked, SessionOpened
from samebox_shared.protocol.messages import (
    Ack,
    AgentFrame,
    Do,
    Done,
    Event,
    Heartbeat,
    Hello,
    PeerPresence,
    Refused,
    ServerFrame,
    TryLater,
    Welcome,
)
from samebox_shared.protocol.versions import PROTOCOL
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, ConnectionClosedError, WebSocketException

from tests.server.running import THINKPAD, Person

DEADLINE = 20.0

E = TypeVar("E")
Answer = Done | Refused | TryLater


class ScriptedAgent:
    """One device. `feed` is its durable copy; it outlives sockets, as the real one does."""

    def __init__(self, person: Person, *, acks: bool = True) -> None:
        self.person = person
        self.acks = acks
        self.epoch = ""
        self.feed: list[Event] = []
        self.past = 0
        """Events up to here were there before the first connection and are not looked at."""
        self._by_kind: dict[type, list[AnyEvent]] = {}
        self.others: list[ServerFrame] = []
        self.welcome: Welcome | None = None
        self.answers: dict[TxnId, Answer] = {}
        self.closed: int | None = None
        self.broken: AssertionError | None = None
        """The server broke a promise of the protocol."""
        self.is_reading = True
        self.is_narrow = False
        self.answers_heartbeats = True
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._changed = asyncio.Condition()

    @property
    def seq(self) -> int:
        return self.feed[-1].seq if self.feed else 0

    @property
    def url(self) -> str:
        return self.person.server.url.replace("http", "ws") + "/agent"

    async def open(self) -> None:
        """Connects without saying hello."""
        self.closed, self.welcome = None, None
        self._socket = await connect(
            self.url,
            sock=_narrow_socket(self.person.server.url) if self.is_narrow else None,
            additional_headers={"Authorization": f"Bearer {self.person.token}"},
            compression=None,
            ping_interval=None,
            max_queue=4,
            proxy=None,
        )
        self._reader = asyncio.create_task(self._read())

    async def connect(self) -> Welcome:
        """Connects, says hello and waits for the welcome."""
        await self.open()
        await self.send(self.hello())
        return await self._unless_closed(lambda: self.welcome)

    def hello(self, protocol: int = PROTOCOL) -> Hello:
        return Hello(protocol=protocol, agent_version="0", epoch=self.epoch, acked_seq=self.seq)

    async def send(self, frame: AgentFrame) -> None:
        await self.send_raw(encode(frame).decode())

    async def send_raw(self, data: str | bytes) -> None:
        assert self._socket is not None
        await self._socket.send(data)

    async def disconnect(self) -> None:
        if self._socket is not None:
            await self._socket.close()
        if self._reader is not None:
            await asyncio.wait([self._reader])
            self._reader = None

    async def do(self, act: AnyAct, txn_id: str = "") -> Answer:
        """Sends an act and waits for its answer; raises ConnectionClosed if there is none."""
        assert self._socket is not None
        txn = TxnId(txn_id or new_id())
        self.answers.pop(txn, None)
        await self.send(Do(txn_id=txn, act=act))
        return await self._unless_closed(lambda: self.answers.get(txn))

    async def do_surely(self, act: AnyAct) -> Answer:
        """As the real outbox: the same transaction again and again until there is an answer."""
        txn = new_id()
        while True:
            try:
                return await self.do(act, txn)
            except ConnectionClosed:
                await self.reconnect()

    async def reconnect(self) -> None:
        """Tries until the server is back."""
        async with asyncio.timeout(DEADLINE):
            while True:
                await self.disconnect()
                try:
                    await self.connect()
                except (WebSocketException, OSError):
                    await asyncio.sleep(0.05)
                else:
                    return

    async def expect(self, kind: type[E], fits: Callable[[E], bool] = lambda _: True) -> E:
        """The newest event of this kind in the feed, waited for."""
        return await self.until(lambda: self.last(kind, fits))

    def last(self, kind: type[E], fits: Callable[[E], bool] = lambda _: True) -> E | None:
        return next((body for body in reversed(self.all(kind)) if fits(body)), None)

    def person_is_here(self, watcher: "ScriptedAgent") -> bool:
        """Whether `watcher` was last told that this person is connected."""
        told = [frame for frame in watcher.others if isinstance(frame, PeerPresence)]
        return told[-1].here if told else True

    def all(self, kind: type[E]) -> list[E]:
        """All events of this kind, in order."""
        found: list[Any] = self._by_kind.get(kind, [])
        return found

    async def expect_other(self, kind: type[E], fits: Callable[[E], bool] = lambda _: True) -> E:
        """A frame that is not of the feed, waited for."""
        return await self.until(
            lambda: next((f for f in self.others if isinstance(f, kind) and fits(f)), None)
        )

    async def expect_close(self) -> int:
        return await self.until(lambda: self.closed)

    async def until(self, look: Callable[[], E | None]) -> E:
        """Waits, with a deadline, until `look` finds something."""
        found: E | None = None

        def has_found() -> bool:
            nonlocal found
            if self.broken is not None:
                raise self.broken
            found = look()
            return found is not None

        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(has_found), DEADLINE)
        assert found is not None
        return found

    async def _unless_closed(self, look: Callable[[], E | None]) -> E:
        await self.until(lambda: (look() or self.closed) is not None or None)
        found = look()
        if found is None:
            raise ConnectionClosedError(None, None)
        return found

    async def _read(self) -> None:
        assert self._socket is not None
        try:
            while True:
                while not self.is_reading:
                    await asyncio.sleep(0.01)
                await self._take(decode_server_frame(await self._socket.recv()))
        except ConnectionClosed:
            self.closed = self._socket.close_code or 1006
        except AssertionError as error:
            self.broken = error
        async with self._changed:
            self._changed.notify_all()

    async def _take(self, frame: ServerFrame) -> None:
        match frame:
            case Event():
                assert frame.seq == self.seq + 1, (frame.seq, self.seq)
                assert frame.prev_seq == self.seq
                self.feed.append(frame)
                if frame.seq > self.past:
                    self._by_kind.setdefault(type(frame.body), []).append(frame.body)
                if self.acks:
                    await self.send(Ack(seq=frame.seq))
            case Welcome():
                if frame.resync:
                    self.feed.clear()
                    self._by_kind.clear()
                self.past = frame.head_seq if not self.epoch else self.past
                self.epoch, self.welcome = frame.epoch, frame
            case Done() | Refused() | TryLater():
                self.answers[frame.txn_id] = frame
            case Heartbeat():
                self.others.append(frame)
                if self.answers_heartbeats:
                    await self.send(Ack(seq=self.seq))
            case _:
                self.others.append(frame)
        async with self._changed:
            self._changed.notify_all()


def _narrow_socket(url: str) -> socket.socket:
    """A socket that holds little, so that an agent that does not read is noticed soon."""
    host, port = url.removeprefix("http://").split(":")
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    try:
        narrow.connect((host, int(port)))
    except OSError:
        narrow.close()
        raise
    narrow.setblocking(False)
    return narrow


@asynccontextmanager
async def connected(*people: Person) -> AsyncIterator[list[ScriptedAgent]]:
    """Agents of these people, connected; disconnected at the end."""
    agents = [ScriptedAgent(person) for person in people]
    try:
        for agent in agents:
            await agent.connect()
        yield agents
    finally:
        for agent in agents:
            await tidy(agent)
            await agent.disconnect()


async def tidy(agent: ScriptedAgent) -> None:
    """Ends whatever this agent left open, so that the next test on this server finds no trace."""
    try:
        for asked in agent.all(QuestionAsked):
            await agent.do(CancelQuestion(question_id=asked.question_id))
        for opened in agent.all(SessionOpened):
            await agent.do(SolveSession(session_id=opened.session_id))
        await agent.do(SetHelping(helping=False))
    except ConnectionClosed:
        return  # its test has closed it


async def volunteer(agent: ScriptedAgent, device_type: DeviceType = THINKPAD) -> None:
    """This person wants to be asked about this kind of laptop."""
    assert isinstance(await agent.do(TellDeviceType(device_type=device_type)), Done)
    assert isinstance(await agent.do(SetHelping(helping=True)), Done)


def question(text: str = "The Wi-Fi is gone after sleep.", **changes: object) -> Ask:
    values: dict[str, object] = {"text": text, "device_type": THINKPAD} | changes
    return Ask(question_id=QuestionId(new_id()), **values)  # type: ignore[arg-type]


async def bring_together(
    asker: ScriptedAgent, helper: ScriptedAgent, device_type: DeviceType = THINKPAD
) -> SessionOpened:
    """A question, its offer, the claim."""
    ask = question(device_type=device_type)
    assert isinstance(await asker.do(ask), Done)
    offer = await helper.expect(OfferMade, lambda made: made.question_id == ask.question_id)
    assert isinstance(await helper.do(AcceptOffer(offer_id=offer.offer_id)), Done)
    return await asker.expect(SessionOpened, lambda opened: opened.question_id == ask.question_id)
