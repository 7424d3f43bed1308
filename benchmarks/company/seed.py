"""A company that is in the database before the server starts: people, devices, live sessions.

Pairs are made by the store's own functions, one by one; the many who only listen are put in as
rows, because a hundred thousand of them must take seconds. A column that this file does not know
gets the empty value of its kind.
"""

import asyncio
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from samebox_server.store import devices, offers, people, questions, sessions, tables, values
from samebox_server.store.database import open_database
from samebox_server.store.devices import sha256
from samebox_server.store.sessions import StoredSession
from samebox_shared.model.devices import DeviceType, Ring, System
from samebox_shared.model.ids import (
    MessageId,
    OfferId,
    PersonId,
    QuestionId,
    SessionId,
    TxnId,
    new_id,
)
from samebox_shared.model.people import Role
from samebox_shared.protocol.acts import Ask
from samebox_shared.protocol.codec import encode_event
from samebox_shared.protocol.events import HelpingChanged, MessagePosted, OfferEnd
from samebox_shared.session.commands import MakeOffers
from samebox_shared.session.events import Offered
from samebox_shared.session.machine import Phase, QuestionState
from sqlalchemy import Boolean, Connection, Double, Integer, Table, insert

from benchmarks.load.samebox import Seat

ROWS_AT_ONCE = 5_000
MODELS = 2_000
FAR_AWAY = 10 * 365 * 86_400.0
FENCE = 1


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is put in. Users 0 to 2 × `pairs` - 1 talk in pairs; then come the `groups` of people
    with a laptop that only they have, its first member the asker; the rest only listen, and the
    last of these is far `behind`."""

    pairs: int = 0
    groups: int = 0
    group_size: int = 0
    listeners: int = 0
    models: int = MODELS
    """Among the listeners."""
    one_helps_of: int = 1
    """So many listeners."""
    open_questions: int = 0
    events_each: int = 0
    """In the feed of everybody but the pairs, and acknowledged."""
    behind: int = 0
    """Messages in one more listener's feed, none of them acknowledged."""

    @property
    def people(self) -> int:
        """Everybody who has a seat."""
        grouped = self.groups * self.group_size
        return 2 * self.pairs + grouped + self.listeners + (1 if self.behind else 0)


@dataclass(frozen=True)
class _Listener:
    """Somebody who has a laptop and says nothing."""

    kind: DeviceType
    helping: bool
    head: int
    acked: int
    person: PersonId = field(default_factory=lambda: PersonId(new_id()))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))


def seed(data: Path, plan: Plan, url: str = "") -> list[Seat]:
    """Fills a new data folder (or the database at `url`); the seats, in the order of users."""

    async def fill() -> list[Seat]:
        async with open_database(data, url) as database:
            return await database.write(partial(_fill, plan=plan))

    return asyncio.run(fill())


def kind_of(group: int) -> DeviceType:
    """A laptop that only one group has."""
    return DeviceType(system=System.LINUX, vendor=f"Maker {group}", model=f"Model {group}")


def row(table: Table, **known: object) -> dict[str, Any]:
    """A whole row: what is known, and for the rest nothing, zero or false."""
    unknown = [column for column in table.columns if column.name not in known]
    empty: dict[str, Any] = {}
    for column in unknown:
        if column.nullable:
            empty[column.name] = None
        elif isinstance(column.type, Boolean):
            empty[column.name] = False
        else:
            is_number = isinstance(column.type, Integer | Double)
            empty[column.name] = 0 if is_number else ""
    return {**empty, **known}


def _fill(connection: Connection, plan: Plan) -> list[Seat]:
    now = time.time()
    epoch = values.ensure_epoch(connection)
    values.name_organisation(connection, "Bench & Co")
    people.add(connection, "Olga Owner", (Role.OWNER,), now)
    seats = [seat for n in range(plan.pairs) for seat in _pair(connection, n, epoch, now)]
    seats += _listen(connection, list(_listeners(plan)), epoch, now)
    _ask(connection, seats, plan, now)
    return seats


def _pair(connection: Connection, number: int, epoch: str, now: float) -> Iterator[Seat]:
    """Two people in a live session, with nothing in their feeds."""
    kind = DeviceType(system=System.LINUX, vendor="Pair", model=f"Pair {number}")
    tokens = [secrets.token_urlsafe(32) for _ in range(2)]
    pair = [people.add(connection, f"Person {2 * number + n}", (), now) for n in range(2)]
    for person, token in zip(pair, tokens, strict=True):
        devices.add(connection, person, token, kind, "0", now)
    session = _open(connection, pair[0], pair[1], kind, now)
    for token in tokens:
        yield Seat(token=token, epoch=epoch, session_id=session, fence=FENCE)


def _open(
    connection: Connection, asker: PersonId, helper: PersonId, kind: DeviceType, now: float
) -> SessionId:
    question, offer = QuestionId(new_id()), OfferId(new_id())
    stored = questions.add(
        connection, asker, Ask(question_id=question, text="It is slow", device_type=kind), now
    )
    made = Offered(offer_id=offer, helper=helper, ring=Ring.SAME_MODEL)
    wave = MakeOffers(offers=(made,), wave=1, until=now + FAR_AWAY)
    offers.make(connection, question, wave, now)
    offers.close(connection, (offer,), OfferEnd.ACCEPTED)
    session = StoredSession(
        session_id=SessionId(new_id()),
        question_id=question,
        offer_id=offer,
        asker=asker,
        helper=helper,
        fence=FENCE,
        ring=Ring.SAME_MODEL,
    )
    sessions.open_session(connection, session, now)
    live = QuestionState(phase=Phase.LIVE, fence=FENCE, wave=1, ring=Ring.SAME_MODEL)
    questions.advance(connection, question, stored.state, live)
    return session.session_id


def _listeners(plan: Plan) -> Iterator[_Listener]:
    """Everybody but the pairs."""
    has = plan.events_each
    for number in range(plan.groups * plan.group_size):
        yield _Listener(kind_of(number // plan.group_size), True, has, has)
    for number in range(plan.listeners):
        helping = number % plan.one_helps_of == 0
        yield _Listener(any_kind(number, plan.models), helping, has, has)
    if plan.behind:
        yield _Listener(any_kind(0, plan.models), True, plan.behind, 0)


def _listen(
    connection: Connection, crowd: Sequence[_Listener], epoch: str, now: float
) -> Iterator[Seat]:
    """Puts them in as rows."""
    rows = {
        tables.person: [_person(each, number, now) for number, each in enumerate(crowd)],
        tables.device: [_device(each, now) for each in crowd],
        tables.feed_head: [
            row(tables.feed_head, person_id=each.person, head=each.head, at=now) for each in crowd
        ],
    }
    for table, all_rows in rows.items():
        _insert(connection, table, all_rows)
    for each in crowd:
        _insert(connection, tables.feed, _events(each, now))
        yield Seat(token=each.token, epoch=epoch, acked_seq=each.acked)


def any_kind(number: int, models: int = MODELS) -> DeviceType:
    """One of the many common laptops."""
    model = f"Model {number % models}"
    return DeviceType(system=System.WINDOWS, vendor="Vendor", family="Family", model=model)


def _person(one: _Listener, number: int, now: float) -> dict[str, Any]:
    return row(
        tables.person,
        person_id=one.person,
        name=f"Listener {number}",
        helping=one.helping,
        joined_at=now,
    )


def _device(one: _Listener, now: float) -> dict[str, Any]:
    return row(
        tables.device,
        device_id=new_id(),
        person_id=one.person,
        token_sha256=sha256(one.token),
        system=one.kind.system,
        vendor=one.kind.vendor,
        family=one.kind.family,
        model=one.kind.model,
        acked_seq=one.acked,
        joined_at=now,
        last_seen=now,
    )


def _events(one: _Listener, now: float) -> list[dict[str, Any]]:
    """What was acknowledged is only there to be many; what was missed is read, so it is a chat."""
    heard = encode_event(HelpingChanged(helping=True)).decode()
    return [
        row(
            tables.feed,
            person_id=one.person,
            seq=seq,
            event_id=f"{one.person[:24]}{seq:08x}",
            at=now,
            payload=heard if seq <= one.acked else _message(seq),
        )
        for seq in range(1, one.head + 1)
    ]


def _message(seq: int) -> str:
    body = MessagePosted(
        session_id=SessionId("s"),
        message_id=MessageId(new_id()),
        author_id=PersonId("somebody"),
        txn_id=TxnId(new_id()),
        text=f"Message {seq:06} " + "It is still slow after the restart. " * 3,
    )
    return encode_event(body).decode()


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        connection.execute(insert(table), rows[start : start + ROWS_AT_ONCE])


def _ask(connection: Connection, seats: Sequence[Seat], plan: Plan, now: float) -> None:
    """Questions that nobody has taken yet, of askers beyond all seats."""
    for number in range(plan.open_questions):
        asker = people.add(connection, f"Asker {number}", (), now)
        devices.add(connection, asker, secrets.token_urlsafe(32), any_kind(number), "0", now)
        ask = Ask(question_id=QuestionId(new_id()), text="It is slow", device_type=any_kind(number))
        questions.add(connection, asker, ask, now)
