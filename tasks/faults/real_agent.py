"""The program itself with a person who is a script: the real engine in its thread, no window.

Told by a plan of one place, like carrier.py, and speaks the same way with the harness. Everything
of the agent runs here but Qt: conversations, screens as values, key store process, facts.
"""

import select
import sys
import time
from pathlib import Path

import msgspec
from samebox_agent.core.events import AgentEvent, FeedGrew, ServerSaid
from samebox_agent.core.intents import (
    OpenHelp,
    SaySystem,
    SendMessage,
    SendQuestion,
    SetHelpingWish,
    StartAsking,
    TakeOffer,
    TypeAsk,
)
from samebox_agent.core.state import Conversation, LinkState, Phase
from samebox_agent.runtime.engine import Engine, Options, Outputs
from samebox_agent.storage.paths import choose_paths
from samebox_shared.model.ids import new_id
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import PostMessage
from samebox_shared.protocol.events import OfferMade
from samebox_shared.protocol.messages import Event, Welcome

from tasks.faults.history import Recorder
from tasks.faults.plans import Errand, Plan, Status, read_plan
from tasks.faults.witness import Witness

LOOK_SECONDS = 0.1


class Watched(Engine):
    """The engine; what goes into its core is written down, and a small person answers."""

    def __init__(self, options: Options, plan: Plan, recorder: Recorder) -> None:
        super().__init__(options, Outputs(_ignore, _ignore, _end, _ignore))
        self._place = plan.places[0]
        self._recorder = recorder
        self.witness = Witness(self._place.person, recorder)
        self._began = False

    @property
    def live(self) -> Conversation | None:
        """The conversation that is open."""
        found = self._state.conversations.values()
        return next((one for one in found if one.phase is Phase.LIVE), None)

    @property
    def waiting(self) -> int:
        """Acts that the server has not answered."""
        return len(self._state.outbox)

    @property
    def is_online(self) -> bool:
        """Whether the server has welcomed it and the connection stands."""
        return self._state.link.state is LinkState.ONLINE

    def _step(self, event: AgentEvent) -> None:
        if isinstance(event, SendMessage) and self.live is not None and self.live.session_id:
            live = self.live
            self.witness.saying(
                PostMessage(session_id=self.live.session_id, fence=live.fence, text=event.text)
            )
        self.witness.saw(event, self._state, self._state.epoch)
        super()._step(event)
        match event:
            case ServerSaid(frame=Welcome()):
                self._be_there()
            case FeedGrew(event=Event(body=OfferMade(offer_id=offer_id, part=Part.HELPER))):
                self.submit(TakeOffer(offer_id))
            case _:
                return

    def _be_there(self) -> None:
        """The first time: ask, or be ready to help; unless that was done before a kill."""
        if self._began or self._state.conversations or self._state.outbox:
            return
        self._began = True
        if self._place.errand is Errand.HELP_AND_TALK:
            self.submit(SetHelpingWish(True))
            return
        system = self._place.device_type.system or ""
        asking = (OpenHelp(), StartAsking(), SaySystem(system), TypeAsk("It is slow"))
        for intent in (*asking, SendQuestion()):
            self.submit(intent)


def _ignore(_: object) -> None:
    """Nobody looks."""


def _end() -> None:
    raise SystemExit(0)


def run(plan: Plan) -> None:
    """Until standard input ends; a message now and then."""
    recorder = Recorder(Path(plan.history))
    options = Options(choose_paths(Path(plan.places[0].home)), allow_http=True)
    engine = Watched(options, plan, recorder)
    engine.start()
    person, incarnation, said, told = plan.places[0].person, new_id()[:6], 0, Status()
    next_at, stopped = 0.0, False
    while True:
        ready, _, _ = select.select([sys.stdin], [], [], LOOK_SECONDS)
        if ready:
            if not sys.stdin.readline():
                break
            stopped = True
        live, now = engine.live, time.monotonic()
        if live and not stopped and now >= next_at and engine.waiting < plan.window:
            said, next_at = said + 1, now + 1 / plan.rate
            text = f"{person}/{incarnation}/{said:07} I am the real one."
            engine.submit(SendMessage(live.question_id, text))
        status = _status(engine)
        if status != told:
            told = status
            sys.stdout.buffer.write(msgspec.json.encode(status) + b"\n")
            sys.stdout.buffer.flush()
    engine.stop()
    recorder.close()


def _status(engine: Watched) -> Status:
    return Status(
        online=int(engine.is_online),
        talking=int(engine.live is not None),
        waiting=engine.waiting,
        answered=engine.witness.answered,
        shown=engine.witness.shown,
    )


if __name__ == "__main__":
    run(read_plan(Path(sys.argv[1])))
