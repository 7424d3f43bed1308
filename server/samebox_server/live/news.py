"""What this server tells the others on its database after a commit, and what it does with theirs.

Nothing here decides anything: news that is lost, late or doubled changes when somebody hears of
something, never what is true. What nobody told is found by nodes.py.
"""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress

from samebox_shared.model.ids import DeviceId, PersonId, SessionId
from samebox_shared.protocol.codec import decode_event, decode_server_frame
from samebox_shared.protocol.errors import CloseCode, RemoteProtocolError
from samebox_shared.protocol.events import (
    HelperChanged,
    PersonJoined,
    PersonLeft,
    SessionOpened,
    SessionReleased,
    SessionSolved,
)
from samebox_shared.protocol.messages import Event

from samebox_server.live.berths import Berths
from samebox_server.live.bus import Bus, Fed, Here, Hints
from samebox_server.live.clock import Clock
from samebox_server.live.lines import Line, received_in
from samebox_server.live.outgoing import Outgoing
from samebox_server.live.peers import Peers
from samebox_server.live.presence import Presence
from samebox_server.live.roster import Roster
from samebox_server.store.feeds import Entry
from samebox_server.store.nodes import Berth

_ABOUT_SESSIONS = (
    SessionOpened,
    PersonJoined,
    PersonLeft,
    HelperChanged,
    SessionReleased,
    SessionSolved,
)


class News:
    """Out with `committed`, `typed`, `articles_changed`, `people_changed`; in with `receive`."""

    def __init__(
        self,
        bus: Bus,
        clock: Clock,
        peers: Peers,
        roster: Roster,
        presence: Presence,
        berths: Berths,
        forget: Callable[[Collection[PersonId]], None],
    ) -> None:
        self._clock = clock
        self._peers = peers
        self._roster = roster
        self._presence = presence
        self._berths = berths
        self._forget = forget
        self._out = Outgoing(bus)
        self._articles = 0
        presence.on_change = self._own_device

    # What the others are told.

    def committed(self, entry: Entry, line: Line | None) -> None:
        """A feed has a new line; `line` is the one to send, if it was made for somebody here."""
        frame = None
        if self._presence.is_elsewhere(entry.person_id):
            frame = entry.line.data() if line is None else line.data
        self._out.fed(entry.person_id, entry.seq, frame)
        if isinstance(entry.body, _ABOUT_SESSIONS):
            self._out.event(entry.payload.encode())

    def typed(self, person_id: PersonId, session_id: SessionId) -> None:
        """Somebody here is typing."""
        self._out.typing(session_id, person_id)

    def people_changed(self, people: Iterable[PersonId]) -> None:
        """What others remember of these people is old."""
        self._out.people(people)

    def articles_changed(self, head: int) -> None:
        """Articles were taken in here."""
        self._articles = max(self._articles, head)
        self._out.articles(head)

    def flush(self) -> None:
        """Sends what waits, at the end."""
        self._out.flush()

    def _own_device(self, device_id: DeviceId, person_id: PersonId, away: bool, gone: bool) -> None:
        self._berths.changed(device_id, person_id, away, gone)
        berth = self._berths.of(device_id)
        since = self._clock.now() if berth is None else berth.since
        self._out.here(Here(device_id, person_id, away, gone, since))

    # What they tell.

    def receive(self, node_id: str, hints: Hints) -> None:
        """News of another server."""
        for here in hints.here:
            self._device(node_id, here)
        for fed in hints.feeds:
            self._fed(fed)
        for typed in hints.typing:
            self._peers.typing(typed.person_id, typed.session_id)
        if hints.events:
            with suppress(RemoteProtocolError):  # of a newer version: a look shows the outcome
                self._peers.follow([decode_event(event) for event in hints.events])
        if hints.people:
            self._forget(hints.people)
        self.articles_reach(hints.articles)

    def articles_reach(self, head: int) -> None:
        """The change feed of articles goes this far."""
        if head > self._articles > 0:
            self._peers.articles(head)
        self._articles = max(self._articles, head)

    def replaced(self, device_id: DeviceId) -> None:
        """The device has come to another server since: one socket a device (DEL-8)."""
        connection = self._roster.at(device_id)
        if connection is not None:
            connection.close(CloseCode.REPLACED)

    def _fed(self, fed: Fed) -> None:
        connections = self._roster.of(fed.person_id)
        lines = _lines(fed) if connections else []
        for connection in connections:
            for line in lines:
                connection.deliver(line)
            if not lines:
                connection.notice(fed.head)

    def _device(self, node_id: str, here: Here) -> None:
        before = self._presence.is_here(here.person_id)
        if here.gone:
            self._presence.left_elsewhere(here.device_id, node_id, self._clock.now())
        else:
            berth = Berth(here.device_id, here.person_id, node_id, here.away, here.since)
            if self._berths.is_newer(berth):
                self.replaced(here.device_id)
            self._presence.came_elsewhere(berth)
        after = self._presence.is_here(here.person_id)
        self._forget({here.person_id})
        if after != before:
            self._peers.tell(here.person_id, after)


def _lines(fed: Fed) -> list[Line]:
    """The frames that came along, if they are what they say."""
    lines = []
    for seq, data in enumerate(fed.frames, start=fed.head - len(fed.frames) + 1):
        try:
            event = decode_server_frame(data)
        except RemoteProtocolError:
            return []
        if not isinstance(event, Event) or event.seq != seq:
            return []
        lines.append(Line(seq, data, received_in(event, fed.person_id)))
    return lines
