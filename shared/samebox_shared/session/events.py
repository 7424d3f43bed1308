"""What can happen to a question: the events `machine.step` takes, in the past tense."""

from dataclasses import dataclass

from samebox_shared.model.devices import Ring
from samebox_shared.model.ids import AnswerId, OfferId, PersonId, SessionId
from samebox_shared.model.topics import Part, Why
from samebox_shared.protocol.events import OfferEnd, ReleaseReason


@dataclass(frozen=True, kw_only=True)
class Offered:
    """One open offer: to whom, in which ring that person stands, and what they would be. With
    another part than helper it is about joining the session that is live. An offer that stands
    longer than its wave has its own `until`; 0 means as long as its wave."""

    offer_id: OfferId
    helper: PersonId
    ring: Ring
    part: Part = Part.HELPER
    until: float = 0.0
    why: tuple[Why, ...] = ()


@dataclass(frozen=True)
class QuestionPosted:
    """The asker pressed Send and nobody has been asked yet."""


@dataclass(frozen=True)
class HelpersFound:
    """Routing chose the next wave."""

    ring: Ring
    offers: tuple[Offered, ...]
    until: float


@dataclass(frozen=True)
class NobodyThere:
    """Routing found nobody in any ring; look again at `again_at` at the latest."""

    again_at: float


@dataclass(frozen=True)
class HelperCame:
    """Somebody who fits became free while the question waits; `until` is the new wave's end."""

    offer: Offered
    until: float


@dataclass(frozen=True)
class WaveEnded:
    """The timer of this wave fired; for a parked question it is time to look again."""

    wave: int


@dataclass(frozen=True)
class OfferAccepted:
    """An offer was taken; `session_id` names the session if it is a claim and the claim wins."""

    offer_id: OfferId
    session_id: SessionId


@dataclass(frozen=True)
class OfferDeclined:
    """An offer ended without a claim: declined by its helper, or withdrawn as they are busy."""

    offer_id: OfferId
    end: OfferEnd = OfferEnd.DECLINED


@dataclass(frozen=True)
class MessageWritten:
    """Somebody in the session wrote something, or said it differently, or took it back."""

    fence: int


@dataclass(frozen=True)
class HelperGone:
    """The helper left (LeaveSession) or gave no sign of life for too long."""

    fence: int
    reason: ReleaseReason


@dataclass(frozen=True)
class CompanyWanted:
    """Somebody in the session asks for a second helper or IT. `seats`: how many may be in it."""

    fence: int
    part: Part
    seats: int


@dataclass(frozen=True)
class CompanyFound:
    """Routing chose whom to ask to join as this part; no offers means that nobody is there."""

    part: Part
    offers: tuple[Offered, ...]
    until: float
    seats: int


@dataclass(frozen=True)
class PersonGone:
    """Somebody who was brought in has left."""

    fence: int
    person_id: PersonId


@dataclass(frozen=True)
class Answered:
    """Somebody answered on the board."""

    answer_id: AnswerId
    author: PersonId
    text: str


@dataclass(frozen=True)
class AskerFoundIt:
    """The asker said solved without a session."""

    fixed_by: str = ""


@dataclass(frozen=True)
class AskerSolved:
    """The asker said solved, in the session."""

    thanks: bool = False
    fixed_by: str = ""


@dataclass(frozen=True)
class AskerCancelled:
    """The asker no longer needs help."""


@dataclass(frozen=True)
class AskerLeft:
    """The asker is no longer with the organisation: nobody is left to help."""


AnyQuestionEvent = (
    QuestionPosted
    | HelpersFound
    | NobodyThere
    | HelperCame
    | WaveEnded
    | OfferAccepted
    | OfferDeclined
    | MessageWritten
    | HelperGone
    | CompanyWanted
    | CompanyFound
    | PersonGone
    | Answered
    | AskerFoundIt
    | AskerSolved
    | AskerCancelled
    | AskerLeft
)
