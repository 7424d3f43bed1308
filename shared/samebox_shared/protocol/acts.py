"""What a person can do, as the agent asks it of the server. Each is sent inside `Do`."""

import msgspec

from samebox_shared.model.devices import DeviceType
from samebox_shared.model.facts import Fact
from samebox_shared.model.ids import ArticleId, MessageId, OfferId, QuestionId, SessionId


class Act(msgspec.Struct, frozen=True, kw_only=True, tag_field="act", forbid_unknown_fields=True):
    """The common base; the tag on the wire is `act`."""


class Ask(Act, frozen=True, tag="ask"):
    """Ask a question. `facts` is all that leaves the laptop and nothing else does (PR-5)."""

    question_id: QuestionId
    text: str
    device_type: DeviceType
    facts: tuple[Fact, ...] = ()
    name_hidden: bool = False
    tried: tuple[ArticleId, ...] = ()


class CancelQuestion(Act, frozen=True, tag="cancel_question"):
    """The asker no longer needs help."""

    question_id: QuestionId


class AcceptOffer(Act, frozen=True, tag="accept_offer"):
    """The helper takes the question; the first one wins (DEL-11)."""

    offer_id: OfferId


class DeclineOffer(Act, frozen=True, tag="decline_offer"):
    """Not now. Costs the helper nothing."""

    offer_id: OfferId


class PostMessage(Act, frozen=True, tag="post_message"):
    """Say something in a session. `fence` is the one the session was opened with."""

    session_id: SessionId
    fence: int
    text: str


class MarkSeen(Act, frozen=True, tag="mark_seen"):
    """The person has this message on the screen, and everything before it."""

    session_id: SessionId
    message_id: MessageId


class SolveSession(Act, frozen=True, tag="solve_session"):
    """Only the asker says solved. `fixed_by` is the asker's answer to "what fixed it"."""

    session_id: SessionId
    thanks: bool = False
    fixed_by: str = ""


class LeaveSession(Act, frozen=True, tag="leave_session"):
    """The helper hands the question back; it is asked of others."""

    session_id: SessionId
    fence: int


class SetHelping(Act, frozen=True, tag="set_helping"):
    """Whether this person wants to be asked about their own kind of laptop."""

    helping: bool


class TellDeviceType(Act, frozen=True, tag="tell_device_type"):
    """What this device is, as its owner agreed to tell; all empty takes it back."""

    device_type: DeviceType


AnyAct = (
    Ask
    | CancelQuestion
    | AcceptOffer
    | DeclineOffer
    | PostMessage
    | MarkSeen
    | SolveSession
    | LeaveSession
    | SetHelping
    | TellDeviceType
)
