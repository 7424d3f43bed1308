"""The answer to a device's hello: resume from its cursor, or start over (DEL-5)."""

import logging
from dataclasses import dataclass

from samebox_shared.model.ids import SessionId
from samebox_shared.model.people import PersonCard, Role
from samebox_shared.protocol.messages import Hello, Welcome

from samebox_server.live import conversation
from samebox_server.live.connection import received_in
from samebox_server.live.conversation import Received
from samebox_server.live.work import Work
from samebox_server.store import articles, devices, feeds, people, values
from samebox_server.store.devices import Caller

_PAGE = 200

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Greeting:
    """What the server knows of a device at one moment; events after `cursor` are sent next."""

    epoch: str
    head: int
    cursor: int
    resync: bool
    person: PersonCard
    organisation: str
    roles: tuple[Role, ...]
    helping: bool
    articles_head: int

    def welcome(self, caller: Caller, heartbeat_seconds: float, now: float) -> Welcome:
        """The frame."""
        return Welcome(
            epoch=self.epoch,
            head_seq=self.head,
            resync=self.resync,
            server_time=now,
            heartbeat_seconds=heartbeat_seconds,
            person=self.person,
            device_id=caller.device_id,
            organisation=self.organisation,
            roles=self.roles,
            helping=self.helping,
            articles_head=self.articles_head,
        )


def greet(work: Work, caller: Caller, hello: Hello) -> Greeting:
    """Decides between resume and resync, and notes what the device stored since we last knew."""
    connection = work.connection
    epoch = values.epoch(connection)
    head = feeds.head(connection, caller.person_id)
    resync = _must_start_over(hello, epoch, head)
    if resync:
        _log.warning(
            "a device starts over: its copy is of another epoch or ahead of the feed",
            extra={"device_id": caller.device_id, "acked_seq": hello.acked_seq, "head": head},
        )
    cursor = 0 if resync else hello.acked_seq
    _note_received(work, caller, devices.acked(connection, caller.device_id), cursor)
    devices.move_cursor(connection, caller.device_id, cursor, work.now)
    return Greeting(
        epoch=epoch,
        head=head,
        cursor=cursor,
        resync=resync,
        person=people.card(connection, caller.person_id),
        organisation=values.organisation(connection),
        roles=people.roles(connection, caller.person_id),
        helping=people.is_helping(connection, caller.person_id),
        articles_head=articles.head(connection),
    )


def _must_start_over(hello: Hello, epoch: str, head: int) -> bool:
    """A first hello has nothing to forget, so it is a plain resume from 0."""
    is_first = not hello.epoch and hello.acked_seq == 0
    return not is_first and (hello.epoch != epoch or not 0 <= hello.acked_seq <= head)


def _note_received(work: Work, caller: Caller, before: int, cursor: int) -> None:
    """Messages whose acknowledgement was lost with the last connection are delivered now."""
    newest: dict[SessionId, Received] = {}
    while before < cursor:
        page = feeds.page(work.connection, caller.person_id, before, _PAGE)
        for event in page:
            received = received_in(event, caller)
            if received is not None and event.seq <= cursor:
                newest[received.session_id] = received
        before = page[-1].seq if page else cursor
    for received in newest.values():
        conversation.deliver(work, received)
