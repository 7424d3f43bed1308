"""What can happen to the laptop beside a person's intents (those are in `core.intents`)."""

from msgspec import Struct
from samebox_shared.model.articles import ArticlePage
from samebox_shared.model.facts import Fact, FactKind
from samebox_shared.model.ids import ArticleId, TxnId
from samebox_shared.protocol.http import Board, Invite, Joined
from samebox_shared.protocol.messages import (
    ArticlesChanged,
    Done,
    Event,
    GoingDown,
    Heartbeat,
    PeerPresence,
    PeerTyping,
    Refused,
    TryLater,
    Welcome,
)

from samebox_agent.core.facts import Cost
from samebox_agent.core.intents import Appearance, Intent
from samebox_agent.core.manners import Manners
from samebox_agent.core.remedy_list import Found, RemedyKey, Tried, WhyNot
from samebox_agent.core.state import Me, SharedEntry, Snoozed, Trouble, Trying, Waiting


class Moment(Struct, frozen=True):
    """When an event is handled: `wall` in Unix seconds, `monotonic` in seconds that never go back,
    `fresh`, 32 random hex digits that no other event gets, and `utc_offset`, how many seconds the
    clock on the wall is ahead of UTC."""

    wall: float
    monotonic: float
    fresh: str
    utc_offset: float = 0.0

    @property
    def chance(self) -> float:
        """A random number from 0 up to 1, taken from `fresh`."""
        return int(self.fresh[-8:], 16) / 2**32


class Happening(Struct, frozen=True):
    """The common base."""


class ArticlesArrived(Happening, frozen=True):
    """Articles changed; already stored on the laptop. `anew`: the page is all there is now. `scope`
    and `epoch` say what the copy is of."""

    page: ArticlePage
    scope: str = ""
    epoch: str = ""
    anew: bool = False


class Started(Happening, frozen=True):
    """The program started; this is what the disk remembers. `sharing` is None until the sharing
    sheet was agreed to; `openable` are the settings pages this system has, `offered` the remedies,
    `tried` those that were run, `trying` the articles that are followed, `manners` what notices
    told of; `hosts` and `users` are names of the laptop and who is signed in; `trouble` says what
    the disk no longer remembers."""

    me: Me | None
    server: str
    epoch: str
    reading: bool
    sharing: frozenset[FactKind] | None
    sharing_agreed: bool
    appearance: Appearance
    articles: ArticlesArrived
    feed: tuple[Event, ...]
    outbox: tuple[Waiting, ...]
    snoozed: tuple[Snoozed, ...]
    texts: tuple[tuple[str, str], ...]
    show_window: bool
    openable: frozenset[str] = frozenset()
    offered: frozenset[RemedyKey] = frozenset()
    tried: tuple[Tried, ...] = ()
    trying: tuple[Trying, ...] = ()
    manners: Manners = Manners()
    hosts: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    trouble: Trouble | None = None


class JoinSucceeded(Happening, frozen=True):
    """The server knows this laptop now."""

    server: str
    joined: Joined


class JoinFailed(Happening, frozen=True):
    """The invite was not taken."""

    trouble: Trouble


class TokenKept(Happening, frozen=True):
    """Where the laptop's key went; `trouble` when the system's key store could not take it."""

    trouble: Trouble | None


class InviteMade(Happening, frozen=True):
    """A single-use invite for a colleague."""

    invite: Invite


class InviteFailed(Happening, frozen=True):
    """No invite was made."""

    trouble: Trouble


class LinkClosed(Happening, frozen=True):
    """The connection is gone or could not be made. `for_good`: trying again cannot help."""

    trouble: Trouble | None
    for_good: bool = False


ServerWord = (
    Welcome
    | Done
    | Refused
    | TryLater
    | Heartbeat
    | PeerTyping
    | PeerPresence
    | ArticlesChanged
    | GoingDown
)


class ServerSaid(Happening, frozen=True):
    """A frame that is not part of the feed."""

    frame: ServerWord


class FeedGrew(Happening, frozen=True):
    """An event of the feed, already stored on the laptop (DEL-4)."""

    event: Event


class ActKept(Happening, frozen=True):
    """An act is safe in the outbox on the disk."""

    txn_id: TxnId


class ActNotKept(Happening, frozen=True):
    """The disk did not take an act; nothing was sent."""

    txn_id: TxnId
    trouble: Trouble


class StoreFailed(Happening, frozen=True):
    """The disk did not take something else."""

    trouble: Trouble


class FactsRead(Happening, frozen=True):
    """The collectors are done; `failed` names those that hung or broke. What was read of other
    kinds before stays."""

    values: tuple[Fact, ...]
    seconds: float
    failed: tuple[str, ...] = ()
    costs: tuple[Cost, ...] = ()
    kinds: frozenset[FactKind] = frozenset(FactKind)


class SearchDone(Happening, frozen=True):
    """The articles that match the words, best first."""

    text: str
    hits: tuple[ArticleId, ...]


class ArticlesMissed(Happening, frozen=True):
    """The articles that changed could not be fetched; `is_refused`: they were not the server's."""

    is_refused: bool = False


class BoardArrived(Happening, frozen=True):
    """Open questions of others that fit."""

    board: Board


class BoardMissed(Happening, frozen=True):
    """They could not be fetched."""

    trouble: Trouble


class AvailabilityChanged(Happening, frozen=True):
    """Whether the person can be interrupted, as far as the desktop tells."""

    away: bool


class SharedLogRead(Happening, frozen=True):
    """What left this laptop, newest first."""

    entries: tuple[SharedEntry, ...]


class SettingsPageFailed(Happening, frozen=True):
    """The system did not open a settings page."""

    key: str


class PortalFailed(Happening, frozen=True):
    """The portal did not open."""

    trouble: Trouble


class RemedyLooked(Happening, frozen=True):
    """What a remedy would touch."""

    number: int
    found: Found


class RemedyDone(Happening, frozen=True):
    """A remedy was done, and what it touched."""

    number: int
    found: Found


class RemedyFailed(Happening, frozen=True):
    """A remedy could not be done; `done` is what it did until then."""

    number: int
    why: WhyNot
    done: Found = Found()


RemedyEvent = RemedyLooked | RemedyDone | RemedyFailed


class AutostartSet(Happening, frozen=True):
    """Start at login was turned on or off, or could not be."""

    on: bool


class TimerFired(Happening, frozen=True):
    """A timer that the core asked for."""

    name: str


AgentEvent = Happening | Intent
