"""What is said over HTTP: about, join, invites. Articles travel as bundles
(`bundles`) of one `ArticlePage` each."""

from typing import Annotated

import msgspec

from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import DeviceId, QuestionId
from samebox_shared.model.people import PersonCard, Role
from samebox_shared.model.topics import Topic
from samebox_shared.protocol.errors import ErrorCode


class ServerKey(msgspec.Struct, frozen=True, kw_only=True):
    """What the server's signatures are checked with: an Ed25519 public key in hexadecimal digits.
    `key_id` is the beginning of its SHA-256, for people who compare two keys."""

    key_id: str
    public: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /api/about`: proves that this address is a Samebox server, and which."""

    product: str
    version: str
    oldest_protocol: int
    protocol: int
    organisation: str
    server_time: float
    server_key: ServerKey | None = None


class JoinRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /api/join`. The token is made on the laptop, so that a lost answer can be asked for
    again with the same token; the server keeps only its SHA-256."""

    code: Annotated[str, msgspec.Meta(max_length=200)]
    device_token: Annotated[str, msgspec.Meta(min_length=43, max_length=43)]
    device_type: DeviceType = DeviceType()
    agent_version: Annotated[str, msgspec.Meta(max_length=40)] = ""


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a join."""

    person: PersonCard
    device_id: DeviceId
    organisation: str
    roles: tuple[Role, ...] = ()
    server_key: ServerKey | None = None


class InviteRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /api/invites`, by the owner or IT."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    roles: tuple[Role, ...] = ()


class Invite(msgspec.Struct, frozen=True, kw_only=True):
    """A single-use invite: the link to hand over, and until when it works."""

    link: str
    expires_at: float


class ParkedQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question on the board. No name and no fact: those come with a session."""

    question_id: QuestionId
    device_type: DeviceType
    topic: Topic
    text: str
    asked_at: float
    answers: int


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /api/board`: parked questions of others that fit the caller's own device types, at most
    50; the nearest type first, and within it the newest."""

    questions: tuple[ParkedQuestion, ...]


class PortalLinkRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`POST /api/portal-links`: where the portal shall open, a path that begins with /portal."""

    to: Annotated[str, msgspec.Meta(max_length=200, pattern=r"^/portal(/[A-Za-z0-9_-]+)*$")] = (
        "/portal"
    )


class PortalLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link that opens the portal in a browser once, signed in as the caller."""

    link: str
    expires_at: float


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Every refusal over HTTP: a code for the program, one sentence for a person."""

    code: ErrorCode
    message: str
