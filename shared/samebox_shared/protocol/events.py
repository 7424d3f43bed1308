"""What can stand in a person's feed: what happened, in the past tense, in the order it happened."""

from enum import StrEnum

import msgspec

from samebox_shared.model.articles import Article
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.facts import Fact
from samebox_shared.model.ids import (
    ArticleId,
    MessageId,
    OfferId,
    PersonId,
    QuestionId,
    SessionId,
    TxnId,
)
from samebox_shared.model.people import PersonCard


class FeedEvent(msgspec.Struct, frozen=True, kw_only=True, tag_field="event"):
    """The common base; the tag on the wire is `event`. Times are seconds since the Unix epoch."""


class QuestionAsked(FeedEvent, frozen=True, tag="question_asked"):
    """To the asker: the server has the question; from here it has an owner or a timer."""

    question_id: QuestionId
    text: str
    device_type: DeviceType
    facts: tuple[Fact, ...]
    name_hidden: bool


class WaveStarted(FeedEvent, frozen=True, tag="wave_started"):
    """To the asker: whom we are asking now, and until when. `asked` 0 means nobody was there."""

    question_id: QuestionId
    wave: int
    ring: Ring
    asked: int
    until: float


class QuestionCancelled(FeedEvent, frozen=True, tag="question_cancelled"):
    """To the asker: the question is withdrawn."""

    question_id: QuestionId


class OfferMade(FeedEvent, frozen=True, tag="offer_made"):
    """To a helper: a colleague asks. No name: that comes with the claim (PR-5)."""

    offer_id: OfferId
    question_id: QuestionId
    device_type: DeviceType
    line: str
    ring: Ring
    until: float


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


class SessionOpened(FeedEvent, frozen=True, tag="session_opened", omit_defaults=True):
    """To both: the claim is won. `facts` are those granted to this session, `tried` the articles
    that did not help."""

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


class MessagePosted(FeedEvent, frozen=True, tag="message_posted"):
    """To both: a message, with the transaction id its author gave it."""

    session_id: SessionId
    message_id: MessageId
    author_id: PersonId
    txn_id: TxnId
    text: str


class MessagesRead(FeedEvent, frozen=True, tag="messages_read"):
    """How far `person_id` has received and seen; only ever moves forward. To both when seen; what
    is merely delivered only to the author."""

    session_id: SessionId
    person_id: PersonId
    delivered: MessageId | None = None
    seen: MessageId | None = None


class ReleaseReason(StrEnum):
    """Why a session lost its helper."""

    LEFT = "left"
    NO_SIGN_OF_LIFE = "no_sign_of_life"


class SessionReleased(FeedEvent, frozen=True, tag="session_released"):
    """To both: the helper is gone; the question is asked again with a new fence."""

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
    """To both: the solved session became a draft article, waiting for review."""

    session_id: SessionId
    draft: Article


class HelpingChanged(FeedEvent, frozen=True, tag="helping_changed"):
    """To the person's own devices: whether they are asked."""

    helping: bool


AnyEvent = (
    QuestionAsked
    | WaveStarted
    | QuestionCancelled
    | OfferMade
    | OfferClosed
    | SessionOpened
    | MessagePosted
    | MessagesRead
    | SessionReleased
    | SessionSolved
    | DraftWritten
    | HelpingChanged
)
