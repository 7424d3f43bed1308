"""What can stand in a person's feed: what happened, in the past tense, in the order it happened."""

from enum import StrEnum

import msgspec

from samebox_shared.model.articles import Article, DraftState
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.facts import Fact
from samebox_shared.model.ids import (
    AnswerId,
    ArticleId,
    MessageId,
    OfferId,
    PersonId,
    QuestionId,
    SessionId,
    TxnId,
)
from samebox_shared.model.people import OwnDevice, Participant, PersonCard, Volunteering
from samebox_shared.model.topics import Part, Topic, Why


class FeedEvent(msgspec.Struct, frozen=True, kw_only=True, tag_field="event"):
    """The common base; the tag on the wire is `event`. Times are seconds since the Unix epoch."""


class QuestionAsked(FeedEvent, frozen=True, tag="question_asked", omit_defaults=True):
    """To the asker: the server has the question; from here it has an owner or a timer."""

    question_id: QuestionId
    text: str
    device_type: DeviceType
    facts: tuple[Fact, ...]
    name_hidden: bool
    topic: Topic = Topic.OTHER


class WaveStarted(FeedEvent, frozen=True, tag="wave_started", omit_defaults=True):
    """To the asker: whom we are asking now, why them, and until when. `asked` 0 means nobody was
    there; `usual_seconds` is how long it usually takes until somebody comes, 0 for not known."""

    question_id: QuestionId
    wave: int
    ring: Ring
    asked: int
    until: float
    why: tuple[Why, ...] = ()
    usual_seconds: float = 0.0


class QuestionParked(FeedEvent, frozen=True, tag="question_parked"):
    """To the asker: nobody is there. The question stands on the board of its device type and is
    asked again at `again_at` at the latest, or when somebody fitting comes."""

    question_id: QuestionId
    again_at: float


class QuestionAnswered(FeedEvent, frozen=True, tag="question_answered"):
    """To the asker and the author: somebody answered the parked question on the board."""

    question_id: QuestionId
    answer_id: AnswerId
    author: PersonCard
    text: str


class QuestionSolved(FeedEvent, frozen=True, tag="question_solved"):
    """To the asker and whoever answered on the board: solved without a session."""

    question_id: QuestionId
    fixed_by: str


class QuestionCancelled(FeedEvent, frozen=True, tag="question_cancelled"):
    """To the asker: the question is withdrawn."""

    question_id: QuestionId


class OfferMade(FeedEvent, frozen=True, tag="offer_made", omit_defaults=True):
    """To a helper: a colleague asks. No name: that comes with the claim (PR-5). With another
    `part` than helper it is about joining a session that is live already."""

    offer_id: OfferId
    question_id: QuestionId
    device_type: DeviceType
    line: str
    ring: Ring
    until: float
    why: tuple[Why, ...] = ()
    topic: Topic = Topic.OTHER
    part: Part = Part.HELPER


class OfferEnd(StrEnum):
    """How an offer ended, as its helper is told."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN = "taken"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class OfferClosed(FeedEvent, frozen=True, tag="offer_closed"):
    """To a helper: the offer is over."""

    offer_id: OfferId
    end: OfferEnd


class ReleaseReason(StrEnum):
    """Why a session lost its helper."""

    LEFT = "left"
    NO_SIGN_OF_LIFE = "no_sign_of_life"
    ASKER_LEFT = "asker_left"


class SessionOpened(FeedEvent, frozen=True, tag="session_opened", omit_defaults=True):
    """To both: the claim is won. `facts` are those granted to this session, `tried` the articles
    that did not help. Somebody who is brought in later gets it too, with their own `part`, and
    then everything said so far; `others` are in the session beside asker and helper."""

    session_id: SessionId
    question_id: QuestionId
    asker: PersonCard
    helper: PersonCard
    fence: int
    ring: Ring
    text: str
    device_type: DeviceType
    facts: tuple[Fact, ...]
    tried: tuple[ArticleId, ...] = ()
    why: tuple[Why, ...] = ()
    topic: Topic = Topic.OTHER
    part: Part = Part.HELPER
    others: tuple[Participant, ...] = ()


class JoinAsked(FeedEvent, frozen=True, tag="join_asked"):
    """To everyone in the session: how many are asked to join it, as what, and until when. `asked`
    0 means that nobody is there, or that nobody came."""

    session_id: SessionId
    part: Part
    asked: int
    until: float


class PersonJoined(FeedEvent, frozen=True, tag="person_joined"):
    """To everyone who was in the session already: somebody was brought in."""

    session_id: SessionId
    who: Participant


class PersonLeft(FeedEvent, frozen=True, tag="person_left"):
    """To everyone in the session and to them: somebody who was brought in has left."""

    session_id: SessionId
    person_id: PersonId


class HelperChanged(FeedEvent, frozen=True, tag="helper_changed"):
    """To everyone in the session and to the helper who is gone: somebody who was brought in goes
    on. What is said from now on carries the new fence."""

    session_id: SessionId
    helper: PersonCard
    fence: int
    reason: ReleaseReason


class MessagePosted(FeedEvent, frozen=True, tag="message_posted", omit_defaults=True):
    """To everyone in the session: a message, with the transaction id its author gave it.
    `said_at` is set when it is told again to somebody who came later."""

    session_id: SessionId
    message_id: MessageId
    author_id: PersonId
    txn_id: TxnId
    text: str
    said_at: float = 0.0


class MessageEdited(FeedEvent, frozen=True, tag="message_edited"):
    """To everyone in the session: its author says it differently."""

    session_id: SessionId
    message_id: MessageId
    text: str


class MessageDeleted(FeedEvent, frozen=True, tag="message_deleted"):
    """To everyone in the session: its author took it back. From then on every copy of the message
    that is sent has an empty text."""

    session_id: SessionId
    message_id: MessageId


class MessagesRead(FeedEvent, frozen=True, tag="messages_read"):
    """How far `person_id` has received and seen; only ever moves forward. To everyone when seen;
    what is merely delivered to the others only."""

    session_id: SessionId
    person_id: PersonId
    delivered: MessageId | None = None
    seen: MessageId | None = None


class SessionReleased(FeedEvent, frozen=True, tag="session_released"):
    """To both: the helper is gone; the question is asked again with a new fence. Or the asker has
    left the organisation, and the question is over."""

    session_id: SessionId
    question_id: QuestionId
    reason: ReleaseReason


class SessionSolved(FeedEvent, frozen=True, tag="session_solved"):
    """To both: the asker said solved."""

    session_id: SessionId
    question_id: QuestionId
    thanks: bool
    fixed_by: str


class DraftWritten(FeedEvent, frozen=True, tag="draft_written"):
    """To everyone who was in the session: the asker handed over a draft article of it."""

    session_id: SessionId
    draft: Article


class DraftMoved(FeedEvent, frozen=True, tag="draft_moved", omit_defaults=True):
    """To everyone who was in the session: how far its draft is. `words` are what somebody said who
    found something wrong; `waits_for` are those who have not said yet that it is right as it is
    now; `article_id` is set once it is published."""

    session_id: SessionId
    state: DraftState
    words: str = ""
    waits_for: tuple[PersonId, ...] = ()
    article_id: ArticleId | None = None


class HelpingChanged(FeedEvent, frozen=True, tag="helping_changed"):
    """To the person's own devices: whether they are asked."""

    helping: bool


class VolunteeringChanged(FeedEvent, frozen=True, tag="volunteering_changed"):
    """To the person's own devices: how they want to be asked."""

    volunteering: Volunteering


class DevicesChanged(FeedEvent, frozen=True, tag="devices_changed"):
    """To the person's own devices: which devices the server knows of them."""

    devices: tuple[OwnDevice, ...]


class BlockedChanged(FeedEvent, frozen=True, tag="blocked_changed"):
    """To the person's own devices: whom they never want to meet."""

    people: tuple[PersonCard, ...]


AnyEvent = (
    QuestionAsked
    | WaveStarted
    | QuestionParked
    | QuestionAnswered
    | QuestionSolved
    | QuestionCancelled
    | OfferMade
    | OfferClosed
    | SessionOpened
    | JoinAsked
    | PersonJoined
    | PersonLeft
    | HelperChanged
    | MessagePosted
    | MessageEdited
    | MessageDeleted
    | MessagesRead
    | SessionReleased
    | SessionSolved
    | DraftWritten
    | DraftMoved
    | HelpingChanged
    | VolunteeringChanged
    | DevicesChanged
    | BlockedChanged
)
