"""One line of a feed on its way to a device."""

from msgspec import Struct
from samebox_shared.model.ids import PersonId
from samebox_shared.protocol.codec import decode_event
from samebox_shared.protocol.events import AnyEvent, MessagePosted
from samebox_shared.protocol.messages import Event

from samebox_server.live.conversation import Received
from samebox_server.store.feeds import Line as Stored

_MESSAGE = '{"event":"message_posted"'


class Line(Struct, frozen=True):
    """One event of a feed, ready to be sent."""

    seq: int
    data: bytes
    received: Received | None
    """What its author is told once a device has it."""


def line_of(stored: Stored, person_id: PersonId, body: AnyEvent | None = None) -> Line:
    """A stored line of this person's feed; only a message is decoded, and only if its `body` is
    not at hand."""
    if body is None and stored.payload.startswith(_MESSAGE):
        body = decode_event(stored.payload)
    return Line(stored.seq, stored.data(), None if body is None else _received(body, person_id))


def received_in(event: Event, person_id: PersonId) -> Received | None:
    """The message of another person that this event brings, if it does."""
    return _received(event.body, person_id)


def _received(body: AnyEvent, person_id: PersonId) -> Received | None:
    if isinstance(body, MessagePosted) and body.author_id != person_id:
        return Received(body.session_id, body.message_id, person_id)
    return None
