"""What a unit of the writer works with, and what it leaves for after the commit."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from samebox_shared.model.ids import PersonId
from samebox_shared.protocol.events import AnyEvent

from samebox_server.core.routing import Routing
from samebox_server.live.presence import Presence
from samebox_server.live.whereabouts import Whereabouts
from samebox_server.store import feeds, timers
from samebox_server.store.database import Connection
from samebox_server.store.feeds import Entry
from samebox_server.store.timers import TimerKind


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The settings that decide about questions."""

    routing: Routing
    silence_seconds: float
    rest_seconds: float
    join_seconds: float
    seats: int
    answers_per_hour: int


@dataclass(frozen=True)
class Written:
    """What was committed and has to be sent, and when the next look at the timers is due."""

    entries: tuple[Entry, ...] = ()
    due: tuple[float, ...] = ()
    claimed: tuple[float, ...] = ()
    """How many seconds each question had waited that found its helper here."""
    touched: frozenset[PersonId] = frozenset()
    """People of whom other servers remember something that is old now."""
    articles_head: int = 0
    """How far the changes of articles go since this unit; 0 if it changed none."""


NOTHING = Written()


@dataclass
class Work:
    """One unit's desk: the connection, the time, who is here; events and timers are collected."""

    connection: Connection
    now: float
    presence: Presence
    rules: Rules
    whereabouts: Whereabouts
    is_shared: bool = False
    """Whether other servers write to this database, so that memory does not know everything."""
    told: list[tuple[PersonId, AnyEvent]] = field(default_factory=list)
    due: list[float] = field(default_factory=list)
    freed: list[PersonId] = field(default_factory=list)
    """People who can be asked again because of this unit."""
    claimed: list[float] = field(default_factory=list)
    """How many seconds each question had waited that found its helper in this unit."""
    gone: set[PersonId] = field(default_factory=set)
    """People who leave the organisation in this unit: nothing is told to them any more."""
    touched: set[PersonId] = field(default_factory=set)
    """People of whom the routing was told something; doubtful if the unit fails."""
    articles_head: int = 0

    def tell(self, people: Iterable[PersonId], event: AnyEvent) -> None:
        """Puts one event into the feeds of these people."""
        self.told.extend(
            (person, event) for person in dict.fromkeys(people) if person not in self.gone
        )

    def start_timer(self, kind: TimerKind, subject: str, generation: int, due_at: float) -> None:
        """Sets a durable timer."""
        timers.start(self.connection, kind, subject, generation, due_at)
        self.due.append(due_at)

    def finish(self) -> Written:
        """Hands over what was told, to be written at the end of the transaction; the unit's last
        step."""
        entries = feeds.tell(self.connection, self.told, self.now)
        return Written(
            tuple(entries),
            tuple(self.due),
            tuple(self.claimed),
            frozenset(self.touched),
            self.articles_head,
        )
