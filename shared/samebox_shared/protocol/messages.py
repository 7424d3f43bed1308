"""Every frame on the socket: two tagged unions, one for each direction."""

import msgspec

from samebox_shared.model.ids import DeviceId, EventId, PersonId, SessionId, TxnId
from samebox_shared.model.people import PersonCard, Role
from samebox_shared.protocol.acts import AnyAct
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import AnyEvent


class Frame(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """The common base; the tag on the wire is `type`."""


# From the agent.


class Hello(Frame, frozen=True, tag="hello"):
    """The first frame: who I am and how far I am. `epoch` is empty on the very first day."""

    protocol: int
    agent_version: str
    epoch: str
    acked_seq: int


class Ack(Frame, frozen=True, tag="ack"):
    """Everything up to `seq` is stored on the laptop. Also the answer to a heartbeat."""

    seq: int


class Do(Frame, frozen=True, tag="do"):
    """Carry out an act, once."""

    txn_id: TxnId
    act: AnyAct


class Typing(Frame, frozen=True, tag="typing"):
    """The person is typing. Not stored."""

    session_id: SessionId


class Away(Frame, frozen=True, tag="away"):
    """Whether the person can be interrupted; decided on the laptop. Not stored."""

    away: bool


AgentFrame = Hello | Ack | Do | Typing | Away


# From the server.


class Welcome(Frame, frozen=True, tag="welcome"):
    """The answer to `Hello`. With `resync` the agent's copy of the feed is void (DEL-5).
    `articles_scope` names which articles this device may have (`bundles`); unset is
    not sent, and is that of an older server."""

    epoch: str
    head_seq: int
    resync: bool
    server_time: float
    heartbeat_seconds: float
    person: PersonCard
    device_id: DeviceId
    organisation: str
    roles: tuple[Role, ...]
    helping: bool
    articles_head: int
    articles_scope: str | msgspec.UnsetType = msgspec.UNSET


class Event(Frame, frozen=True, tag="event"):
    """One entry of the feed."""

    seq: int
    prev_seq: int
    event_id: EventId
    at: float
    body: AnyEvent


class Done(Frame, frozen=True, tag="done"):
    """The act is committed."""

    txn_id: TxnId


class Refused(Frame, frozen=True, tag="refused"):
    """The act changed nothing, and will not if it is repeated."""

    txn_id: TxnId
    code: ErrorCode


class TryLater(Frame, frozen=True, tag="try_later"):
    """The act was not decided (the disk is full, the server is busy); send it again."""

    txn_id: TxnId
    code: ErrorCode
    after_seconds: float


class Heartbeat(Frame, frozen=True, tag="heartbeat"):
    """Still here; this is how far the feed goes."""

    head_seq: int
    server_time: float


class PeerTyping(Frame, frozen=True, tag="peer_typing"):
    """The other one in the session is typing."""

    session_id: SessionId
    person_id: PersonId


class PeerPresence(Frame, frozen=True, tag="peer_presence"):
    """Whether the other one in the session is connected."""

    session_id: SessionId
    person_id: PersonId
    here: bool


class ArticlesChanged(Frame, frozen=True, tag="articles_changed"):
    """A hint: the change feed of articles now reaches `head`."""

    head: int


class GoingDown(Frame, frozen=True, tag="going_down"):
    """The server restarts; come back after so many seconds (OP-9)."""

    retry_after: float


ServerFrame = (
    Welcome
    | Event
    | Done
    | Refused
    | TryLater
    | Heartbeat
    | PeerTyping
    | PeerPresence
    | ArticlesChanged
    | GoingDown
)
