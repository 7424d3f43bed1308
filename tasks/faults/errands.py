"""What people do while things break: talk in pairs, race for a question, wait for a helper."""

from samebox_shared.model.ids import QuestionId, TxnId, new_id
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import (
    AcceptOffer,
    AnyAct,
    Ask,
    DeclineOffer,
    MarkSeen,
    PostMessage,
    SetHelping,
)
from samebox_shared.protocol.codec import decode_event
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import (
    MessagePosted,
    OfferMade,
    QuestionAsked,
    QuestionParked,
    SessionOpened,
    WaveStarted,
)
from samebox_shared.protocol.messages import Event

from tasks.faults.seat import Seat

FILLING = " It is still slow after the restart, and the fan is loud."
READ_EVERY = 25
"""Messages after which a person looks at the window."""


class Talk:
    """One half of a pair: comes into a session with the other half, then writes and writes."""

    def __init__(self, *, asks: bool, window: int, rate: float) -> None:
        self._asks = asks
        self._window = window
        self._pause = 1 / rate
        self._session: SessionOpened | None = None
        self._began = False
        self._said = 0
        self._unread = 0
        self._credit = 0.0
        self._looked = 0.0
        self._incarnation = new_id()[:6]
        self.stopped = False

    @property
    def is_talking(self) -> bool:
        """Whether the session is there."""
        return self._session is not None

    def on_up(self, seat: Seat) -> None:
        """The first time: ask, or be ready to help; unless that was done before a kill."""
        if self._began:
            return
        self._began = True
        self._session = opened_before(seat)
        if self._session is not None or seat.outbox:
            return
        if not self._asks:
            seat.do(SetHelping(helping=True))
        elif not was_asked(seat):
            seat.do(question(seat, QuestionId(new_id())))

    def on_event(self, seat: Seat, event: Event) -> None:
        """Accept the other's question; talk once the session is open."""
        match event.body:
            case OfferMade() as offer if not self._asks and is_from_ones_own(seat, offer):
                seat.do(AcceptOffer(offer_id=offer.offer_id))
            case OfferMade() as offer if not self._asks:
                seat.do(DeclineOffer(offer_id=offer.offer_id))  # free for the other half
            case SessionOpened() as opened:
                self._session = opened
            case MessagePosted(author_id=author) if author != seat.place.person_id:
                self._read(seat, event.body)
            case _:
                return

    def on_answer(self, seat: Seat, txn_id: TxnId, act: AnyAct, code: ErrorCode | None) -> None:
        """The history has it."""

    def _read(self, seat: Seat, posted: MessagePosted) -> None:
        """Now and then somebody looks at the window, and the other one is told."""
        self._unread += 1
        if self._unread >= READ_EVERY and not self.stopped:
            self._unread = 0
            seat.do(MarkSeen(session_id=posted.session_id, message_id=posted.message_id))

    def go_on(self, seat: Seat, now: float) -> None:
        """Write as much as the rate and the window allow; called again and again."""
        self._credit = min(self._window, self._credit + (now - self._looked) / self._pause)
        self._looked = now
        if self._session is None or self.stopped:
            return
        room = self._window - len(seat.outbox)
        while room > 0 and self._credit >= 1:
            room, self._credit, self._said = room - 1, self._credit - 1, self._said + 1
            label = f"{seat.place.person}/{self._incarnation}/{self._said:07}{FILLING}"
            fence, session = self._session.fence, self._session.session_id
            seat.do(PostMessage(session_id=session, fence=fence, text=label))


class Wait:
    """Asks what nobody can answer, and sees the waves come."""

    def __init__(self) -> None:
        self._began = False
        self.waves = 0

    def on_up(self, seat: Seat) -> None:
        """Ask once."""
        if not self._began and not seat.outbox and not was_asked(seat):
            seat.do(question(seat, QuestionId(new_id())))
        self._began = True

    def on_event(self, seat: Seat, event: Event) -> None:
        """Count."""
        self.waves += isinstance(event.body, WaveStarted | QuestionParked)

    def on_answer(self, seat: Seat, txn_id: TxnId, act: AnyAct, code: ErrorCode | None) -> None:
        """The history has it."""


def is_from_ones_own(seat: Seat, offer: OfferMade) -> bool:
    """Whether it is the other half of the pair who asks; others with the same system may, too."""
    return offer.part is Part.HELPER and offer.device_type == seat.place.device_type


def question(seat: Seat, question_id: QuestionId) -> Ask:
    """A question about one's own device."""
    return Ask(question_id=question_id, text="It is slow", device_type=seat.place.device_type)


def was_asked(seat: Seat) -> bool:
    """Whether the store remembers a question of this person."""
    return any(isinstance(body, QuestionAsked) for body in _bodies(seat, "question_asked"))


def opened_before(seat: Seat) -> SessionOpened | None:
    """The newest session that the store remembers."""
    found = [body for body in _bodies(seat, "session_opened") if isinstance(body, SessionOpened)]
    return found[-1] if found else None


def _bodies(seat: Seat, kind: str) -> list[object]:
    rows = seat.memory.store.database.rows(
        "SELECT body FROM feed WHERE instr(CAST(body AS TEXT), ?) ORDER BY seq",
        (f'"event":"{kind}"',),
    )
    return [decode_event(body) for (body,) in rows]
