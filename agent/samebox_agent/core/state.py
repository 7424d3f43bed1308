"""Everything the laptop knows at one moment, as one frozen value."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace
from samebox_shared.model.articles import Article
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.facts import Fact, FactKind
from samebox_shared.model.ids import (
    ArticleId,
    DeviceId,
    MessageId,
    OfferId,
    PersonId,
    QuestionId,
    SessionId,
    TxnId,
)
from samebox_shared.model.people import PersonCard, Role
from samebox_shared.protocol.acts import AnyAct
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import AnyEvent, OfferEnd

from samebox_agent.core.intents import Appearance, Page


class Problem(StrEnum):
    """What can stand between the laptop and the server, or the laptop and its own disk.

    `presenters.refusals` has the words for each.
    """

    BAD_ADDRESS = "bad_address"
    UNSAFE_ADDRESS = "unsafe_address"
    NAME_NOT_FOUND = "name_not_found"
    CONNECTION_REFUSED = "connection_refused"
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    NOT_SAMEBOX = "not_samebox"
    BAD_CERTIFICATE = "bad_certificate"
    SERVER_TOO_OLD = "server_too_old"
    AGENT_TOO_OLD = "agent_too_old"
    SIGNED_OUT = "signed_out"
    SERVER_TROUBLE = "server_trouble"
    DISK_FULL = "disk_full"
    STORE_BROKEN = "store_broken"
    STORE_UNUSABLE = "store_unusable"
    NO_KEY_STORE = "no_key_store"
    KEY_NOT_KEPT = "key_not_kept"
    REPLACED = "replaced"
    SETTINGS_NOT_OPENED = "settings_not_opened"


class Trouble(Struct, frozen=True):
    """Something a person should know. `detail` is the outside world's own words, if any."""

    problem: Problem | ErrorCode
    detail: str = ""


class Me(Struct, frozen=True):
    """Who this laptop belongs to, as the server knows it."""

    person: PersonCard
    device_id: DeviceId
    organisation: str
    roles: tuple[Role, ...] = ()


class LinkState(StrEnum):
    """How the laptop stands with the server."""

    NOT_JOINED = "not_joined"
    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"
    REFUSED = "refused"


class Link(Struct, frozen=True):
    """The connection. `attempt` counts failures since the last success; `pause` are the seconds a
    server that restarts asked us to stay away; feed events up to `history_until` are told again."""

    state: LinkState = LinkState.NOT_JOINED
    attempt: int = 0
    trouble: Trouble | None = None
    pause: float = 0.0
    clock_offset: float | None = None
    history_until: int = 0


class JoinForm(Struct, frozen=True):
    """The join page."""

    invite: str = ""
    busy: bool = False
    trouble: Trouble | None = None


class InviteForm(Struct, frozen=True):
    """The page where the owner or IT invites a colleague."""

    name: str = ""
    link: str = ""
    busy: bool = False
    trouble: Trouble | None = None


class Facts(Struct, frozen=True):
    """What was read on this laptop, when, and which collectors failed. `again`: look once more
    when the look under way is done, because something changed meanwhile."""

    values: tuple[Fact, ...] = ()
    read_at: float = 0.0
    seconds: float = 0.0
    failed: tuple[str, ...] = ()
    busy: bool = False
    again: bool = False


class Finding(Struct, frozen=True):
    """An article whose condition holds on this laptop now, with the reason in words."""

    article_id: ArticleId
    reason: str


class Outcome(StrEnum):
    """What came of an article's steps."""

    LOOKING = "looking"
    FIXED = "fixed"
    NOT_YET = "not_yet"
    CANNOT_TELL = "cannot_tell"
    SAID_SOLVED = "said_solved"


class Snoozed(Struct, frozen=True):
    """A suggestion put away until a time; infinity is for ever."""

    article_id: ArticleId
    until: float


class Fixes(Struct, frozen=True):
    """Articles, what matched, and what the person did with them. `ruled_out` are articles whose
    condition does not hold on this laptop."""

    articles: Mapping[ArticleId, Article] = field(default_factory=lambda: MappingProxyType({}))
    head: int = 0
    fitting: frozenset[ArticleId] = frozenset()
    findings: tuple[Finding, ...] = ()
    ruled_out: frozenset[ArticleId] = frozenset()
    text: str = ""
    searched: str = ""
    hits: tuple[ArticleId, ...] = ()
    open: ArticleId | None = None
    outcomes: tuple[tuple[ArticleId, Outcome], ...] = ()
    snoozed: tuple[Snoozed, ...] = ()
    tried: tuple[ArticleId, ...] = ()
    openable: frozenset[str] = frozenset()

    def outcome(self, article_id: ArticleId) -> Outcome | None:
        """What came of this article on this laptop, if anything."""
        return dict(self.outcomes).get(article_id)


class AskForm(Struct, frozen=True):
    """The ask sheet. `included` are the kinds of fact that go along."""

    question_id: QuestionId | None = None
    text: str = ""
    included: frozenset[FactKind] = frozenset()
    name_hidden: bool = True
    system: str = ""
    preview: bool = False


class Phase(StrEnum):
    """Where a question stands, as its asker or helper sees it."""

    KEPT = "kept"
    ASKING = "asking"
    LIVE = "live"
    SOLVED = "solved"
    CANCELLED = "cancelled"
    ENDED = "ended"


class Keeping(StrEnum):
    """How far a message has come (DEL-9)."""

    SAVING = "saving"
    SAVED = "saved"
    SENT = "sent"
    NOT_SAVED = "not_saved"
    REFUSED = "refused"


class Line(Struct, frozen=True):
    """One message, or one thing that happened (`event`, which presenters put into words).

    The key of a message is its transaction id, so that what was typed here and what comes back
    from the server are one line."""

    key: str
    at: float
    text: str = ""
    author: PersonId | None = None
    message_id: MessageId | None = None
    keeping: Keeping = Keeping.SENT
    event: AnyEvent | None = None


class Conversation(Struct, frozen=True):
    """One question with everything said about it."""

    question_id: QuestionId
    mine: bool
    text: str
    device_type: DeviceType
    facts: tuple[Fact, ...] = ()
    phase: Phase = Phase.KEPT
    name_hidden: bool = False
    ring: Ring | None = None
    asked: int = 0
    until: float = 0.0
    since: float = 0.0
    session_id: SessionId | None = None
    fence: int = 0
    peer: PersonCard | None = None
    peer_here: bool = True
    peer_typing: bool = False
    typing_told: bool = False
    lines: tuple[Line, ...] = ()
    peer_delivered: MessageId | None = None
    peer_seen: MessageId | None = None
    seen_sent: MessageId | None = None
    composer: str = ""
    open: bool = False
    raised: int = 0
    solving: bool = False
    solved_wish: bool = False
    thanks: bool = True
    fixed_by: str = ""
    draft: Article | None = None


class Offer(Struct, frozen=True):
    """Someone asks this person for help."""

    offer_id: OfferId
    question_id: QuestionId
    device_type: DeviceType
    line: str
    ring: Ring
    until: float
    accepting: bool = False
    end: OfferEnd | None = None


class Waiting(Struct, frozen=True):
    """An act that the server has not answered yet. `stored` once it is safe on the disk."""

    txn_id: TxnId
    act: AnyAct
    at: float
    stored: bool = False


class SharedEntry(Struct, frozen=True):
    """One thing that left this laptop, for the page that shows it."""

    at: float
    what: str
    payload: str


class Window(Struct, frozen=True):
    """The main window: its pages, the front one last."""

    open: bool = False
    raised: int = 0
    pages: tuple[Page, ...] = (Page.HELP,)
    draft: SessionId | None = None


class Preferences(Struct, frozen=True):
    """What the person chose on the settings page."""

    appearance: Appearance = Appearance.SYSTEM
    autostart: bool = False
    helping: bool = False


DEFAULT_SHARING = frozenset({FactKind.DEVICE_TYPE})
"""What stands switched on when the sharing sheet is first shown: what routing needs (PR-2)."""


class AgentState(Struct, frozen=True):
    """The whole of it. `told` is the device type as this run of the program told it, if it did."""

    me: Me | None = None
    server: str = ""
    epoch: str = ""
    link: Link = Link()
    window: Window = Window()
    join: JoinForm = JoinForm()
    invite: InviteForm = InviteForm()
    preferences: Preferences = Preferences()
    reading: bool = True
    sharing: frozenset[FactKind] = DEFAULT_SHARING
    sharing_agreed: bool = False
    told: DeviceType | None = None
    facts: Facts = Facts()
    fixes: Fixes = Fixes()
    ask: AskForm = AskForm()
    conversations: Mapping[QuestionId, Conversation] = field(
        default_factory=lambda: MappingProxyType({})
    )
    offers: Mapping[OfferId, Offer] = field(default_factory=lambda: MappingProxyType({}))
    outbox: tuple[Waiting, ...] = ()
    shared: tuple[SharedEntry, ...] = ()
    trouble: Trouble | None = None
    quitting: bool = False

    def conversation_of(self, session_id: SessionId) -> Conversation | None:
        """The conversation that this session belongs to."""
        return next(
            (item for item in self.conversations.values() if item.session_id == session_id), None
        )

    def with_conversation(self, conversation: Conversation) -> "AgentState":
        """The same state with this conversation put in or replaced."""
        changed = {**self.conversations, conversation.question_id: conversation}
        return replace(self, conversations=MappingProxyType(changed))

    def asking_now(self) -> Conversation | None:
        """The person's own question that is not over, if there is one."""
        running = (Phase.KEPT, Phase.ASKING, Phase.LIVE)
        return next((c for c in self.conversations.values() if c.mine and c.phase in running), None)
