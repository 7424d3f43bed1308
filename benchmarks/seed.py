"""A company that is in the database before the server starts: people, devices, live sessions.

Pairs are made by the store's own functions, one by one; the many who only listen are put in as
rows, because a hundred thousand of them must take seconds. A column that this file does not know
gets the empty value of its kind.
"""

import asyncio
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from samebox_server.store import devices, offers, people, questions, sessions, tables, values
from samebox_server.store.database import open_database
from samebox_server.store.devices import sha256
from samebox_server.store.sessions import StoredSession
from samebox_shared.model.devices import DeviceType, Ring, System
from samebox_shared.model.ids import OfferId, PersonId, QuestionId, SessionId, new_id
from samebox_shared.model.people import Role
from samebox_shared.protocol.acts import Ask
from samebox_shared.protocol.codec import encode_event
from samebox_shared.protocol.events import HelpingChanged, OfferEnd
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
    with a laptop that only they have, its first member the asker; the rest only listen."""

    pairs: int = 0
    groups: int = 0
    group_size: int = 0
    listeners: int = 0
    open_questions: int = 0
    events_each: int = 0

    @property
    def people(self) -> int:
        """Everybody who has a seat."""
        return 2 * self.pairs + self.groups * self.group_size + self.listeners


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
    seats += _crowd(connection, plan, epoch, now)
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


def _crowd(connection: Connection, plan: Plan, epoch: str, now: float) -> list[Seat]:
    """Groups and listeners, as rows. Everyone helps, and has a feed of its own."""
    grouped = plan.groups * plan.group_size
    kinds = [kind_of(n // plan.group_size) for n in range(grouped)]
    kinds += [any_kind(n) for n in range(plan.listeners)]
    crowd = [(PersonId(new_id()), secrets.token_urlsafe(32), kind) for kind in kinds]
    rows = {
        tables.person: [
            row(tables.person, person_id=person, name=f"Listener {n}", helping=True, joined_at=now)
            for n, (person, _, _) in enumerate(crowd)
        ],
        tables.device: [_device(person, token, kind, plan, now) for person, token, kind in crowd],
        tables.feed_head: [
            row(tables.feed_head, person_id=person, head=plan.events_each, at=now)
            for person, _, _ in crowd
        ],
    }
    for table, all_rows in rows.items():
        _insert(connection, table, all_rows)
    for person, _, _ in crowd:
        _insert(connection, tables.feed, _events(person, plan.events_each, now))
    return [Seat(token=token, epoch=epoch, acked_seq=plan.events_each) for _, token, _ in crowd]


def any_kind(number: int) -> DeviceType:
    """One of the many common laptops."""
    model = f"Model {number % MODELS}"
    return DeviceType(system=System.WINDOWS, vendor="Vendor", family="Family", model=model)


def _device(
    person: PersonId, token: str, kind: DeviceType, plan: Plan, now: float
) -> dict[str, Any]:
    return row(
        tables.device,
        device_id=new_id(),
        person_id=person,
        token_sha256=sha256(token),
        system=kind.system,
        vendor=kind.vendor,
        family=kind.family,
        model=kind.model,
        acked_seq=plan.events_each,
        joined_at=now,
        last_seen=now,
    )


def _events(person: PersonId, count: int, now: float) -> list[dict[str, Any]]:
    payload = encode_event(HelpingChanged(helping=True)).decode()
    return [
        row(
            tables.feed,
            person_id=person,
            seq=seq,
            event_id=f"{person[:24]}{seq:08x}",
            at=now,
            payload=payload,
        )
        for seq in range(1, count + 1)
    ]


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
