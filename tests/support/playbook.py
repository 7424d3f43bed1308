"""A test as a script: `play >> event` lets it happen, `play << command` says what it leads to.

    play >> intents.SendQuestion() << KeepAct(play.txn, ask, play.wall)
    play >> ActKept(play.txn) << SendAct(play.txn, ask)

`<<` looks among the commands of the last event, in their order; others between are allowed. To say
that there were no others, compare `play.commands`.
"""

from samebox_agent.core.commands import AnyCommand
from samebox_agent.core.events import ActKept, AgentEvent, FeedGrew, Moment, ServerSaid, ServerWord
from samebox_agent.core.state import AgentState, Conversation
from samebox_agent.core.update import update
from samebox_shared.model.ids import EventId, TxnId
from samebox_shared.protocol.events import AnyEvent
from samebox_shared.protocol.messages import Event

from tests.support.builders import NOW, QUESTION


class Playbook:
    """Carries a state from event to event. The clock goes on by a second with each."""

    def __init__(self, state: AgentState | None = None) -> None:
        self.state = AgentState() if state is None else state
        self.commands: tuple[AnyCommand, ...] = ()
        self.wall = NOW
        self._left: tuple[AnyCommand, ...] = ()
        self._events = 0
        self._seq = 0

    def __rshift__(self, event: AgentEvent) -> "Playbook":
        self._events += 1
        self.wall += 1
        moment = Moment(self.wall, self.wall - NOW, f"{self._events:032x}")
        self.state, self.commands = update(self.state, event, moment)
        self._left = self.commands
        return self

    def __lshift__(self, command: AnyCommand) -> "Playbook":
        assert command in self._left, f"expected {command}\nof {self._left}"
        self._left = self._left[self._left.index(command) + 1 :]
        return self

    @property
    def txn(self) -> TxnId:
        """The transaction id that the last event got, if it made an act."""
        return TxnId(f"{self._events:032x}")

    @property
    def question(self) -> Conversation:
        """The conversation these tests are about."""
        return self.state.conversations.get(QUESTION) or next(
            iter(self.state.conversations.values())
        )

    def hear(self, frame: ServerWord) -> "Playbook":
        """The server says something outside the feed."""
        return self >> ServerSaid(frame)

    def feed(self, body: AnyEvent) -> "Playbook":
        """The feed grows by one."""
        self._seq += 1
        at = self.wall + 1
        event = Event(
            seq=self._seq,
            prev_seq=self._seq - 1,
            event_id=EventId(f"e{self._seq}"),
            at=at,
            body=body,
        )
        return self >> FeedGrew(event)

    def keep(self) -> TxnId:
        """The disk has taken the act of the last event; its transaction id."""
        txn = self.txn
        self.__rshift__(ActKept(txn))
        return txn
