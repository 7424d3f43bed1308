"""Everything the laptop knows at one moment, as one frozen value."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace
from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.model.facts import Fact, FactKind
from samebox_shared.model.ids import (
    AnswerId,
    ArticleId,
    DeviceId,
    MessageId,
    OfferId,
    PersonId,
    QuestionId,
    SessionId,
    TxnId,
)
from samebox_shared.model.people import OwnDevice, PersonCard, Role, Volunteering
from samebox_shared.model.topics import Part, Topic, Why
from samebox_shared.protocol.acts import MOST_OPEN, AnyAct
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import AnyEvent, OfferEnd
from samebox_shared.protocol.http import Board

from samebox_agent.core.draft_state import Drafts
from samebox_agent.core.facts import Cost
from samebox_agent.core.fix_state import Finding as Finding
from samebox_agent.core.fix_state import Fixes as Fixes
from samebox_agent.core.fix_state import Outcome as Outcome
from samebox_agent.core.fix_state import Snoozed as Snoozed
from samebox_agent.core.fix_state import Trying as Trying
from samebox_agent.core.intents import Appearance, Page
from samebox_agent.core.manners import Manners
from samebox_agent.core.problems import Problem as Problem
from samebox_agent.core.remedy_list import Remedies
from samebox_agent.core.session_intents import Confirm


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
    """What was read on this laptop, when, at what cost, and which collectors failed. `again`: look
    once more when the look under way is done, because something changed meanwhile."""

    values: tuple[Fact, ...] = ()
    read_at: float = 0.0
    seconds: float = 0.0
    failed: tuple[str, ...] = ()
    busy: bool = False
    again: bool = False
    costs: tuple[Cost, ...] = ()


class AskForm(Struct, frozen=True):
    """The ask sheet. `included` are the kinds of fact that go along; `topic` None follows the
    words; `language` and `place` say whether those go along."""

    question_id: QuestionId | None = None
    text: str = ""
    included: frozenset[FactKind] = frozenset()
    name_hidden: bool = True
    system: str = ""
    preview: bool = False
    topic: Topic | None = None
    topics_shown: bool = False
    language: bool = False
    place: bool = True


class Phase(StrEnum):
    """Where a question stands, as its asker or helper sees it."""

    KEPT = "kept"
    ASKING = "asking"
    PARKED = "parked"
    LIVE = "live"
    SOLVED = "solved"
    CANCELLED = "cancelled"
    ENDED = "ended"


OPEN_PHASES = (Phase.KEPT, Phase.ASKING, Phase.PARKED, Phase.LIVE)
"""Not over: nobody has said solved or withdrawn yet."""
WAITING_PHASES = (Phase.KEPT, Phase.ASKING, Phase.PARKED)
"""Nobody has come yet."""


class Keeping(StrEnum):
    """How far a message has come (DEL-9). A draft was tried for a while and is sent again only
    when its author says so."""

    SAVING = "saving"
    SAVED = "saved"
    DRAFT = "draft"
    SENT = "sent"
    NOT_SAVED = "not_saved"
    REFUSED = "refused"


class Line(Struct, frozen=True):
    """One message, or one thing that happened (`event`, which presenters put into words).

    The key of a message is its transaction id, so that what was typed here and what comes back
    from the server are one line. `resumed`: the connection came back here."""

    key: str
    at: float
    text: str = ""
    author: PersonId | None = None
    message_id: MessageId | None = None
    keeping: Keeping = Keeping.SENT
    event: AnyEvent | None = None
    edited: bool = False
    taken_back: bool = False
    resumed: bool = False


class Companion(Struct, frozen=True):
    """Somebody else in a conversation; `part` None is its asker. `delivered` and `seen` say how
    far they are; one who is gone is kept, because what they said still bears their name."""

    person: PersonCard
    part: Part | None = None
    why: tuple[Why, ...] = ()
    here: bool = True
    typing: bool = False
    gone: bool = False
    delivered: MessageId | None = None
    seen: MessageId | None = None


class Answer(Struct, frozen=True):
    """What somebody wrote to a parked question."""

    answer_id: AnswerId
    author: PersonCard
    text: str
    at: float


class Conversation(Struct, frozen=True):
    """One question with everything said about it.

    `part` is this person's own, beside the asker; `again_at` is when a parked question is asked
    again at the latest; `unread` is the answer that a notice tells of; `erased` are messages taken
    back, so that no late copy shows them again; `bringing` are the parts that somebody was asked
    for and has not come yet."""

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
    topic: Topic = Topic.OTHER
    why: tuple[Why, ...] = ()
    usual_seconds: float = 0.0
    again_at: float = 0.0
    was_parked: bool = False
    answers: tuple[Answer, ...] = ()
    unread: AnswerId | None = None
    part: Part = Part.HELPER
    company: tuple[Companion, ...] = ()
    typing_told: bool = False
    lines: tuple[Line, ...] = ()
    erased: frozenset[MessageId] = frozenset()
    seen_sent: MessageId | None = None
    editing: MessageId | None = None
    edit_text: str = ""
    confirming: Confirm | None = None
    confirm_whom: PersonId | None = None
    bringing: frozenset[Part] = frozenset()
    composer: str = ""
    open: bool = False
    raised: int = 0
    solving: bool = False
    solved_wish: bool = False
    thanks: bool = True
    fixed_by: str = ""

    @property
    def is_aside(self) -> bool:
        """Nobody was there: it waits on the board, and another can be asked beside it."""
        again = self.was_parked and self.phase is Phase.ASKING
        return again or self.phase is Phase.PARKED

    @property
    def present(self) -> tuple[Companion, ...]:
        """Everyone else who is in it now."""
        return tuple(item for item in self.company if not item.gone)

    @property
    def other(self) -> Companion | None:
        """The one this person mainly talks with: the asker's helper, or else the asker."""
        wanted = Part.HELPER if self.mine else None
        return next((item for item in self.present if item.part is wanted), None)

    @property
    def peer(self) -> PersonCard | None:
        """Who that is."""
        return self.other.person if self.other else None

    def companion(self, person_id: PersonId) -> Companion | None:
        """Somebody else by id, also when they are gone."""
        return next((item for item in self.company if item.person.person_id == person_id), None)

    def with_companion(self, changed: Companion) -> "Conversation":
        """The same with this one put in or replaced."""
        person_id = changed.person.person_id
        if self.companion(person_id) is None:
            return replace(self, company=(*self.company, changed))
        return replace(
            self,
            company=tuple(
                changed if item.person.person_id == person_id else item for item in self.company
            ),
        )


class Offer(Struct, frozen=True):
    """Someone asks this person for help; with another `part`, to join a session that runs."""

    offer_id: OfferId
    question_id: QuestionId
    device_type: DeviceType
    line: str
    ring: Ring
    until: float
    accepting: bool = False
    end: OfferEnd | None = None
    why: tuple[Why, ...] = ()
    topic: Topic = Topic.OTHER
    part: Part = Part.HELPER


class Waiting(Struct, frozen=True):
    """An act that the server has not answered yet. `stored` once it is safe on the disk; a `draft`
    was tried for long enough and waits for its author."""

    txn_id: TxnId
    act: AnyAct
    at: float
    stored: bool = False
    draft: bool = False


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


class Preferences(Struct, frozen=True):
    """What the person chose on the settings page."""

    appearance: Appearance = Appearance.SYSTEM
    autostart: bool = False
    helping: bool = False


class HelpingForm(Struct, frozen=True):
    """The page about helping while it is changed: `wish` with the words of its typed fields. `days`
    has one text for each weekday. `touched` until it is saved or the server has it."""

    wish: Volunteering = Volunteering()
    languages: str = ""
    days: tuple[str, ...] = ("",) * 7
    touched: bool = False


class DeviceForm(Struct, frozen=True):
    """A device about to be added by hand."""

    system: str = ""
    vendor: str = ""
    model: str = ""


class Helping(Struct, frozen=True):
    """How the person wants to be asked, as the server knows it, and the page about it."""

    volunteering: Volunteering = Volunteering()
    form: HelpingForm = HelpingForm()
    devices: tuple[OwnDevice, ...] = ()
    device_form: DeviceForm = DeviceForm()
    blocked: tuple[PersonCard, ...] = ()
    away: bool = False


class BoardPage(Struct, frozen=True):
    """Open questions of others that fit, and the answer being written to one of them."""

    board: Board | None = None
    busy: bool = False
    trouble: Trouble | None = None
    open: QuestionId | None = None
    text: str = ""
    answered: frozenset[QuestionId] = frozenset()


class Notices(Struct, frozen=True):
    """Notices of what was found: what the rules remember of them, until when it stays quiet on the
    clock that never goes back, and the newest notice by its number with the articles it tells of.
    `wall` and `monotonic` are the two clocks at the last look."""

    manners: Manners = Manners()
    quiet_until: float = 0.0
    number: int = 0
    shown: tuple[ArticleId, ...] = ()
    wall: float = 0.0
    monotonic: float = 0.0


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
    helping: Helping = Helping()
    board: BoardPage = BoardPage()
    reading: bool = True
    sharing: frozenset[FactKind] = DEFAULT_SHARING
    sharing_agreed: bool = False
    told: DeviceType | None = None
    facts: Facts = Facts()
    fixes: Fixes = Fixes()
    notices: Notices = Notices()
    remedies: Remedies = Remedies()
    drafts: Drafts = Drafts()
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
        """The person's own question that keeps them from asking another, if there is one: it is
        asked or talked about, or it is the oldest of too many."""
        mine = [c for c in self.conversations.values() if c.mine and c.phase in OPEN_PHASES]
        busy = next((c for c in mine if not c.is_aside), None)
        return busy or (mine[0] if len(mine) >= MOST_OPEN else None)
