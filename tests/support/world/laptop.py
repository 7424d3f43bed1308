"""A laptop of the world: the real core and the real store, and no program around them."""

from pathlib import Path

from samebox_agent.core import commands as c
from samebox_agent.core import link, outbox
from samebox_agent.core.events import (
    AgentEvent,
    FeedGrew,
    LinkClosed,
    Moment,
    ServerSaid,
    TimerFired,
)
from samebox_agent.core.state import AgentState
from samebox_agent.core.update import update
from samebox_agent.runtime.memory import Memory
from samebox_agent.storage import settings
from samebox_agent.storage.feed import FeedGap
from samebox_agent.storage.store import open_store
from samebox_server.store.devices import Caller
from samebox_shared.model.ids import TxnId, new_id
from samebox_shared.protocol.acts import AnyAct
from samebox_shared.protocol.messages import Ack, Do, Event, Hello, ServerFrame
from samebox_shared.protocol.versions import PROTOCOL

from tests.support.world.desk import Desk, ProcessDied, Socket, Stranger

_TABLES = ("feed", "outbox", "unsent_text", "setting", "shared")


class Laptop:
    """One device. Its store outlives the program, which a test may kill at any moment."""

    def __init__(self, file: Path) -> None:
        self.memory = Memory(open_store(file), lambda *_: None, self._tell, None)
        for pragma in ("synchronous = OFF", "journal_mode = MEMORY"):
            self.memory.store.database.execute(f"PRAGMA {pragma}")  # no disk dies in this world
        self.caller: Caller | None = None
        self.state = AgentState()
        self.socket: Socket | None = None
        self.now = 0.0
        self.dismissed_at: int | None = None
        """How far the feed was when this person left the organisation."""
        self.answered: dict[TxnId, ServerFrame] = {}
        self.desk: Desk | None = None
        self._events: list[AgentEvent] = []
        self._is_handling = False

    def begin(self, desk: Desk, caller: Caller, now: float) -> None:
        """A new laptop with an empty disk that has joined."""
        store = self.memory.store
        with store.database.transaction():
            for table in _TABLES:
                store.database.execute(f"DELETE FROM {table}")
            store.database.execute("UPDATE cursor SET epoch = '', seq = 0")
        store.settings.put(settings.DEVICE_ID, caller.device_id)
        store.settings.put(settings.PERSON_ID, caller.person_id)
        store.settings.put(settings.SERVER_ADDRESS, "https://help.example.com")
        self.desk, self.caller, self.now = desk, caller, now
        self.answered = {}
        self.socket = None
        self.dismissed_at = None
        self.start()

    def start(self) -> None:
        """The program starts and reads what the disk remembers."""
        self._events = []
        self.state = AgentState()
        self.happen(self.memory.started(show_window=False, openable=frozenset()))

    def die(self) -> None:
        """kill -9: everything in memory is gone, the socket too."""
        self.cut()
        self.start()

    def as_read_from_the_disk(self) -> AgentState:
        """What the program would know if it started now."""
        started = self.memory.started(show_window=False, openable=frozenset())
        return update(AgentState(), started, self._moment())[0]

    def happen(self, *events: AgentEvent) -> None:
        """Handles events, and what they lead to, until nothing is left."""
        self._events.extend(events)
        if self._is_handling:
            return
        self._is_handling = True
        try:
            while self._events:
                self.state, commands = update(self.state, self._events.pop(0), self._moment())
                self._carry_out(commands)
        finally:
            self._is_handling = False

    def do(self, act: AnyAct) -> TxnId:
        """The person acts; the transaction id, also if nothing can be sent now."""
        moment = self._moment()
        self.state, commands = outbox.act(self.state, act, moment)
        self._carry_out(commands)
        self.happen()
        return TxnId(moment.fresh)

    def take(self, frame: ServerFrame) -> None:
        """One frame has come over the wire: to the disk first, then on (DEL-4)."""
        if not isinstance(frame, Event):
            txn = getattr(frame, "txn_id", None)
            if txn is not None:
                self.answered[txn] = frame
            self.happen(ServerSaid(frame))
            return
        try:
            fresh = self.memory.grow([frame])
        except FeedGap:
            self.cut()
            self.happen(LinkClosed(None))
            return
        self.happen(*(FeedGrew(grown) for grown in fresh))
        if self.socket is not None:
            self.socket.to_server.append(Ack(seq=self.memory.store.feed.position().seq))

    def cut(self) -> None:
        """The wire is cut; what lay on it is gone."""
        if self.socket is not None and self.desk is not None:
            socket, self.socket = self.socket, None
            self.desk.leave(socket)

    def lose(self) -> None:
        """The wire is cut and the program notices."""
        if self.socket is not None:
            self.cut()
            self.happen(LinkClosed(None))

    def send_drafts(self) -> None:
        """The person sends again what rests as a draft."""
        for item in self.state.outbox:
            if item.draft:
                self.state, commands = outbox.send_again(self.state, item.txn_id, self._moment())
                self._carry_out(commands)
        self.happen()

    def come_back(self) -> None:
        """The wait before a new try is over."""
        self.happen(TimerFired(link.RECONNECT))

    def feed(self) -> list[Event]:
        return list(self.memory.store.feed.load())

    def _carry_out(self, commands: tuple[c.AnyCommand, ...]) -> None:
        for command in commands:
            match command:
                case c.Connect():
                    self._connect()
                case c.Disconnect():
                    self.cut()
                    self._tell(LinkClosed(None))
                case c.SendAct(txn_id=txn_id, act=act):
                    if self.socket is not None:
                        self.socket.to_server.append(Do(txn_id=txn_id, act=act))
                case (
                    c.KeepAct()
                    | c.SettleAct()
                    | c.RenewAct()
                    | c.ForgetFeed()
                    | c.KeepMe()
                    | c.KeepText()
                    | c.KeepSetting()
                ):
                    self.memory.carry_out(command)
                case _:
                    continue  # timers, articles, windows: not of this world

    def _connect(self) -> None:
        assert self.desk is not None
        assert self.caller is not None
        if self.socket is not None:
            return
        epoch, seq = self.memory.store.feed.position()
        hello = Hello(protocol=PROTOCOL, agent_version="0", epoch=epoch, acked_seq=seq)
        try:
            self.socket = self.desk.greet(self.caller, hello)
        except ProcessDied:
            self._tell(LinkClosed(None))
        except Stranger:
            self._tell(LinkClosed(None, for_good=True))

    def _tell(self, event: AgentEvent) -> None:
        self._events.append(event)

    def _moment(self) -> Moment:
        return Moment(self.now, self.now, new_id())
