"""What has to be done after a step: the commands `machine.step` gives, as orders."""

from dataclasses import dataclass

from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import AnswerId, OfferId, PersonId, SessionId
from samebox_shared.model.topics import Part, Why
from samebox_shared.protocol.events import OfferEnd, ReleaseReason
from samebox_shared.session.events import Offered


@dataclass(frozen=True)
class FindHelpers:
    """Choose the next wave and come back with `HelpersFound` or `NobodyThere`."""


@dataclass(frozen=True)
class MakeOffers:
    """Ask these people, in this wave; until its end, if their offer does not say otherwise."""

    offers: tuple[Offered, ...]
    wave: int
    until: float


@dataclass(frozen=True)
class StartTimer:
    """Come back with `WaveEnded(wave)` at `due`."""

    wave: int
    due: float


@dataclass(frozen=True)
class TellWave:
    """Tell the asker whom we are asking, and what holds for all of them; also when one of them
    said Not now."""

    wave: int
    ring: Ring
    asked: int
    until: float
    why: tuple[Why, ...] = ()


@dataclass(frozen=True)
class TellParked:
    """Tell the asker that nobody is there, and when we look again at the latest."""

    again_at: float


@dataclass(frozen=True)
class RecordAnswer:
    """Keep an answer from the board; tell the asker and its author."""

    answer_id: AnswerId
    author: PersonId
    text: str


@dataclass(frozen=True)
class CloseOffers:
    """These offers are over; tell their helpers how."""

    offers: tuple[OfferId, ...]
    end: OfferEnd


@dataclass(frozen=True)
class OpenSession:
    """The claim is won; bring the two together."""

    session_id: SessionId
    won: Offered
    fence: int


@dataclass(frozen=True)
class RecordMessage:
    """Keep what was written and show it to everyone in the session."""


@dataclass(frozen=True)
class FindCompany:
    """Choose whom to ask to join as this part and come back with `CompanyFound`."""

    part: Part


@dataclass(frozen=True)
class TellJoinAsked:
    """Tell the session whom we ask to join; 0 when nobody is there or nobody came."""

    session_id: SessionId
    part: Part
    asked: int
    until: float


@dataclass(frozen=True)
class JoinSession:
    """Somebody comes into the live session; give them everything so far."""

    session_id: SessionId
    joined: Offered
    fence: int


@dataclass(frozen=True)
class LetGo:
    """Somebody who was brought in has left; tell the session and them."""

    session_id: SessionId
    person_id: PersonId


@dataclass(frozen=True)
class ChangeHelper:
    """The helper is gone and somebody who was brought in goes on; tell everyone."""

    session_id: SessionId
    helper: Offered
    fence: int
    reason: ReleaseReason


@dataclass(frozen=True)
class ReleaseSession:
    """The helper is gone and nobody goes on; tell everyone."""

    session_id: SessionId
    reason: ReleaseReason


@dataclass(frozen=True)
class CloseSession:
    """Solved; tell everyone."""

    session_id: SessionId
    thanks: bool
    fixed_by: str


@dataclass(frozen=True)
class TellSolved:
    """Solved without a session; tell the asker and whoever answered."""

    fixed_by: str


@dataclass(frozen=True)
class TellCancelled:
    """Tell the asker's devices that the question is withdrawn."""


AnyQuestionCommand = (
    FindHelpers
    | MakeOffers
    | StartTimer
    | TellWave
    | TellParked
    | RecordAnswer
    | CloseOffers
    | OpenSession
    | RecordMessage
    | FindCompany
    | TellJoinAsked
    | JoinSession
    | LetGo
    | ChangeHelper
    | ReleaseSession
    | CloseSession
    | TellSolved
    | TellCancelled
)
