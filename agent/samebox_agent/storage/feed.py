"""The agent's copy of the person's feed: event and cursor in one transaction (DEL-4)."""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace
from samebox_shared.model.ids import EventId, MessageId
from samebox_shared.protocol.codec import decode_event, encode_event
from samebox_shared.protocol.errors import RemoteProtocolError
from samebox_shared.protocol.events import AnyEvent, MessageDeleted, MessageEdited, MessagePosted
from samebox_shared.protocol.messages import Event

from samebox_agent.storage import trouble
from samebox_agent.storage.database import Database


class Position(NamedTuple):
    """How far the copy goes; `epoch` is empty before the first `Welcome`."""

    epoch: str
    seq: int


class FeedGap(Exception):
    """Events are missing between `have` and `event.prev_seq`; nothing was written."""

    def __init__(self, have: int, event: Event) -> None:
        super().__init__(f"have {have}, event {event.seq} follows {event.prev_seq}")
        self.have = have
        self.event = event


class Feed:
    """The stored feed. To apply many at once, wrap the calls in one `Database.transaction`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def apply(self, event: Event) -> bool:
        """Store the event and move the cursor; False when it was already there.

        Raises FeedGap when it does not follow what is stored.
        """
        with self._database.transaction():
            have = self.position().seq
            if event.seq <= have:
                return False
            if event.prev_seq != have:
                raise FeedGap(have, event)
            added = self._database.execute(
                "INSERT OR IGNORE INTO feed VALUES (?, ?, ?, ?, ?)",
                (
                    event.seq,
                    event.prev_seq,
                    event.event_id,
                    event.at,
                    encode_event(event.body),
                ),
            )
            self._database.execute("UPDATE cursor SET seq = ?", (event.seq,))
            if isinstance(event.body, MessageDeleted):
                self._wipe(event.body.message_id)
            return added == 1

    def _wipe(self, message_id: MessageId) -> None:
        """Taken back: the words go from this disk, too; the entries keep their numbers."""
        rows = self._database.rows(
            "SELECT seq, body FROM feed WHERE instr(body, ?)", (message_id.encode(),)
        )
        for seq, body in tuple(rows):
            said = self._decoded(body)
            if isinstance(said, MessagePosted | MessageEdited) and said.message_id == message_id:
                wiped = encode_event(replace(said, text=""))
                self._database.execute("UPDATE feed SET body = ? WHERE seq = ?", (wiped, seq))

    def position(self) -> Position:
        """Where to resume: what `Hello` and `Ack` say."""
        row = self._database.row("SELECT epoch, seq FROM cursor")
        return Position("", 0) if row is None else Position(*row)

    def forget(self, epoch: str) -> None:
        """The server's answer was `resync`: empty the copy and begin `epoch` at 0."""
        with self._database.transaction():
            self._database.execute("DELETE FROM feed")
            self._database.execute("UPDATE cursor SET epoch = ?, seq = 0", (epoch,))

    def load(self) -> Iterator[Event]:
        """Every stored event in order. Raises StorageTrouble when one is damaged."""
        rows = self._database.rows(
            "SELECT seq, prev_seq, event_id, at, body FROM feed ORDER BY seq"
        )
        for seq, prev_seq, event_id, at, body in rows:
            decoded = self._decoded(body)
            yield Event(
                seq=seq,
                prev_seq=prev_seq,
                event_id=EventId(event_id),
                at=at,
                body=decoded,
            )

    def _decoded(self, body: bytes) -> AnyEvent:
        try:
            return decode_event(body)
        except RemoteProtocolError as error:
            raise trouble.corrupt(self._database.file) from error
