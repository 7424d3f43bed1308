"""The answer to a device's hello: resume from its cursor, or start over (DEL-5)."""

import logging
from collections.abc import Sequence

from msgspec import Struct
from samebox_shared.model.devices import System
from samebox_shared.model.ids import SessionId
from samebox_shared.protocol.messages import Hello, Welcome

from samebox_server.core.readers import Reader, scope
from samebox_server.live import conversation
from samebox_server.live.conversation import Received
from samebox_server.live.lines import received_in
from samebox_server.live.work import Work
from samebox_server.store import articles, devices, feeds, people, questions, values
from samebox_server.store.database import Connection as Sql
from samebox_server.store.devices import Caller, Known
from samebox_server.store.people import Self

_PAGE = 200

_log = logging.getLogger(__name__)

Coming = tuple[Caller, Hello]


class Greeting(Struct, frozen=True, kw_only=True):
    """What the server knows of a device at one moment; events after `cursor` are sent next."""

    caller: Caller
    organisation: "Organisation"
    person: Self
    head: int
    acked: int
    """How far the device was when we last wrote it down."""
    system: System | None
    cursor: int
    resync: bool

    @property
    def is_news(self) -> bool:
        """Whether the hello told anything that has to be written down."""
        return self.resync or self.cursor > self.acked

    def welcome(self, heartbeat_seconds: float, now: float) -> Welcome:
        """The frame."""
        return Welcome(
            epoch=self.organisation.epoch,
            head_seq=self.head,
            resync=self.resync,
            server_time=now,
            heartbeat_seconds=heartbeat_seconds,
            person=self.person.card,
            device_id=self.caller.device_id,
            organisation=self.organisation.name,
            roles=self.person.roles,
            helping=self.person.is_helping,
            articles_head=self.organisation.articles_head,
            articles_scope=scope(Reader(frozenset(self.person.roles), self.system)),
        )


class Organisation(Struct, frozen=True, kw_only=True):
    """What is the same for everyone at one moment."""

    epoch: str
    name: str
    articles_head: int
    is_anyone_asking: bool


def greet_all(connection: Sql, coming: Sequence[Coming]) -> list[Greeting | None]:
    """Decides between resume and resync for each, on one snapshot and with a handful of queries
    however many they are: position and state are of the same moment (DEL-6). None for whoever
    has left the organisation since they were identified."""
    callers = [caller for caller, _ in coming]
    organisation = _organisation(connection)
    heads = feeds.heads(connection, {caller.person_id for caller in callers})
    selves = people.selves(connection, {caller.person_id for caller in callers})
    known = devices.known_of(connection, {caller.device_id for caller in callers})
    return [
        _greeting(
            organisation,
            selves[caller.person_id],
            caller,
            hello,
            heads[caller.person_id],
            known[caller.device_id],
        )
        if caller.person_id in selves
        else None
        for caller, hello in coming
    ]


def note(work: Work, greeting: Greeting) -> None:
    """Writes down what the hello told: the device starts over, or messages whose acknowledgement
    was lost with the last connection are delivered now."""
    if greeting.resync:
        devices.start_over(work.connection, greeting.caller.device_id)
    newest: dict[SessionId, Received] = {}
    before = greeting.acked
    while before < greeting.cursor:
        page = feeds.page(work.connection, greeting.caller.person_id, before, _PAGE)
        for event in page:
            received = received_in(event, greeting.caller.person_id)
            if received is not None and event.seq <= greeting.cursor:
                newest[received.session_id] = received
        before = page[-1].seq if page else greeting.cursor
    for received in newest.values():
        conversation.deliver(work, received)


def _organisation(connection: Sql) -> Organisation:
    return Organisation(
        epoch=values.epoch(connection),
        name=values.organisation(connection),
        articles_head=articles.head(connection),
        is_anyone_asking=bool(questions.waiting(connection)),
    )


def _greeting(
    organisation: Organisation, person: Self, caller: Caller, hello: Hello, head: int, known: Known
) -> Greeting:
    resync = _must_start_over(hello, organisation.epoch, head)
    if resync:
        _log.warning(
            "a device starts over: its copy is of another epoch or ahead of the feed",
            extra={"device_id": caller.device_id, "acked_seq": hello.acked_seq, "head": head},
        )
    return Greeting(
        caller=caller,
        organisation=organisation,
        person=person,
        head=head,
        acked=known.acked,
        system=known.system,
        cursor=0 if resync else hello.acked_seq,
        resync=resync,
    )


def _must_start_over(hello: Hello, epoch: str, head: int) -> bool:
    """A first hello has nothing to forget, so it is a plain resume from 0."""
    is_first = not hello.epoch and hello.acked_seq == 0
    return not is_first and (hello.epoch != epoch or not 0 <= hello.acked_seq <= head)
