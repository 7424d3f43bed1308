"""Writes into the history what one agent is told, wherever its rules run: in a seat or in the
program's own engine."""

import time

from samebox_agent.core.events import AgentEvent, FeedGrew, LinkClosed, ServerSaid
from samebox_agent.core.state import AgentState, Waiting
from samebox_shared.model.ids import TxnId
from samebox_shared.protocol.acts import PostMessage
from samebox_shared.protocol.messages import Done, Refused, Welcome

from tasks.faults.history import Answered, Down, Recorder, Said, Up
from tasks.faults.showing import shown


class Witness:
    """Of one person. Counts what was answered and shown since the process began."""

    def __init__(self, person: str, history: Recorder) -> None:
        self.answered = 0
        self.shown = 0
        self._person = person
        self._history = history

    def saying(self, act: PostMessage, *, stale: bool = False) -> None:
        """A message is about to go into the outbox."""
        said = Said(time.monotonic(), self._person, act.text, act.session_id, stale)
        self._history.now(said)

    def saw(self, event: AgentEvent, before: AgentState, epoch: str) -> None:
        """The agent is told this; `before` is what it knew until then."""
        now = time.monotonic()
        match event:
            case FeedGrew(event=grown):
                self.shown += 1
                self._history.soon(shown(self._person, epoch, grown, now))
            case ServerSaid(frame=Done(txn_id=txn_id)):
                self._answer(waiting(before, txn_id), "", now)
            case ServerSaid(frame=Refused(txn_id=txn_id, code=code)):
                self._answer(waiting(before, txn_id), code, now)
            case ServerSaid(frame=Welcome(resync=resync, head_seq=head)):
                self._history.soon(Up(now, self._person, resync, head))
            case LinkClosed():
                self._history.soon(Down(now, self._person))
            case _:
                return

    def _answer(self, item: Waiting | None, code: str, now: float) -> None:
        if item is not None and isinstance(item.act, PostMessage):
            self.answered += not code
            self._history.soon(Answered(now, self._person, item.act.text, code))


def waiting(state: AgentState, txn_id: TxnId) -> Waiting | None:
    """What this answer is about; None when it was answered before."""
    return next((item for item in state.outbox if item.txn_id == txn_id), None)
