"""What can happen to the laptop beside a person's intents (those are in `core.intents`)."""

from dataclasses import dataclass

from samebox_shared.model.articles import ArticlePage
from samebox_shared.model.facts import Fact, FactKind
from samebox_shared.model.ids import ArticleId, TxnId
from samebox_shared.protocol.http import Invite, Joined
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

from samebox_agent.core.intents import Appearance, Intent
from samebox_agent.core.state import Me, SharedEntry, Snoozed, Trouble, Waiting


@dataclass(frozen=True, slots=True)
class Moment:
    """When an event is handled: `wall` in Unix seconds, `monotonic` in seconds that never go back,
    and `fresh`, 32 random hex digits that no other event gets."""

    wall: float
    monotonic: float
    fresh: str

    @property
    def chance(self) -> float:
        """A random number from 0 up to 1, taken from `fresh`."""
        return int(self.fresh[-8:], 16) / 2**32


@dataclass(frozen=True, slots=True)
class Happening:
    """The common base."""


@dataclass(frozen=True, slots=True)
class Started(Happening):
    """The program started; this is what the disk remembers. `sharing` is None until the sharing
    sheet was agreed to; `openable` are the settings pages this system has; `trouble`
    says what the disk no longer remembers."""

    me: Me | None
    server: str
    epoch: str
    reading: bool
    sharing: frozenset[FactKind] | None
    sharing_agreed: bool
    appearance: Appearance
    articles: ArticlePage
    feed: tuple[Event, ...]
    outbox: tuple[Waiting, ...]
    snoozed: tuple[Snoozed, ...]
    texts: tuple[tuple[str, str], ...]
    show_window: bool
    openable: frozenset[str] = frozenset()
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class JoinSucceeded(Happening):
    """The server knows this laptop now."""

    server: str
    joined: Joined


@dataclass(frozen=True, slots=True)
class JoinFailed(Happening):
    """The invite was not taken."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class TokenKept(Happening):
    """Where the laptop's key went; `trouble` when the system's key store could not take it."""

    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class InviteMade(Happening):
    """A single-use invite for a colleague."""

    invite: Invite


@dataclass(frozen=True, slots=True)
class InviteFailed(Happening):
    """No invite was made."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class LinkClosed(Happening):
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


@dataclass(frozen=True, slots=True)
class ServerSaid(Happening):
    """A frame that is not part of the feed."""

    frame: ServerWord


@dataclass(frozen=True, slots=True)
class FeedGrew(Happening):
    """An event of the feed, already stored on the laptop (DEL-4)."""

    event: Event


@dataclass(frozen=True, slots=True)
class ActKept(Happening):
    """An act is safe in the outbox on the disk."""

    txn_id: TxnId


@dataclass(frozen=True, slots=True)
class ActNotKept(Happening):
    """The disk did not take an act; nothing was sent."""

    txn_id: TxnId
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class StoreFailed(Happening):
    """The disk did not take something else."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class FactsRead(Happening):
    """The collectors are done; `failed` names those that hung or broke."""

    values: tuple[Fact, ...]
    seconds: float
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchDone(Happening):
    """The articles that match the words, best first."""

    text: str
    hits: tuple[ArticleId, ...]


@dataclass(frozen=True, slots=True)
class ArticlesArrived(Happening):
    """Articles changed; already stored on the laptop."""

    page: ArticlePage


@dataclass(frozen=True, slots=True)
class ArticlesMissed(Happening):
    """The articles that changed could not be fetched."""


@dataclass(frozen=True, slots=True)
class SharedLogRead(Happening):
    """What left this laptop, newest first."""

    entries: tuple[SharedEntry, ...]


@dataclass(frozen=True, slots=True)
class SettingsPageFailed(Happening):
    """The system did not open a settings page."""

    key: str


@dataclass(frozen=True, slots=True)
class AutostartSet(Happening):
    """Start at login was turned on or off, or could not be."""

    on: bool


@dataclass(frozen=True, slots=True)
class TimerFired(Happening):
    """A timer that the core asked for."""

    name: str


AgentEvent = Happening | Intent
