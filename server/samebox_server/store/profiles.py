"""Everybody who might help, as the routing knows them; and what of it has to outlive a restart."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import msgspec
from msgspec import structs
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import PersonId
from samebox_shared.model.people import Role, Volunteering
from samebox_shared.model.topics import Topic
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    func,
    or_,
    select,
    union,
    update,
)

from samebox_server.core.routing.hours import week
from samebox_server.core.routing.profile import Experience, Helper
from samebox_server.core.routing.tally import Tally
from samebox_server.store import sessions
from samebox_server.store.devices import device_type_of
from samebox_server.store.offers import OPEN
from samebox_server.store.tables import (
    block,
    device,
    experience,
    helped,
    minutes_given,
    offer,
    own_device,
    person,
    role_grant,
)

Only = Collection[PersonId] | None
"""Some people, or None for everybody."""


def volunteering(connection: Connection, person_id: PersonId) -> Volunteering:
    """How this person wants to be asked."""
    row = connection.execute(select(person).where(person.c.person_id == person_id)).one()
    return _wishes(row)


def set_volunteering(connection: Connection, person_id: PersonId, wishes: Volunteering) -> None:
    """How this person wants to be asked, from now on."""
    connection.execute(
        update(person)
        .where(person.c.person_id == person_id)
        .values(helping=wishes.helping, wishes=msgspec.json.encode(wishes).decode())
    )


def helping(connection: Connection, only: Only = None) -> list[PersonId]:
    """Those of these who help by choice or by role."""
    by_choice = _of(person.c.person_id, person, only).where(person.c.helping)
    by_role = _of(role_grant.c.person_id, role_grant, only).where(role_grant.c.role == Role.IT)
    return [PersonId(one) for one in connection.execute(union(by_choice, by_role)).scalars()]


def load(connection: Connection, now: float, only: Only = None) -> list[Helper]:
    """Everyone of these who helps by choice or by role, all away: presence is not stored."""
    it = set(
        connection.execute(
            _of(role_grant.c.person_id, role_grant, only).where(role_grant.c.role == Role.IT)
        ).scalars()
    )
    rows = [
        row
        for row in connection.execute(_of(person, person, only))
        if row.helping or row.person_id in it
    ]
    parts = _Parts(connection, now, only)
    return [
        Helper(
            person_id=PersonId(row.person_id),
            device_types=tuple(parts.types.get(row.person_id, ())),
            volunteering=_wishes(row),
            is_it=row.person_id in it,
            blocked=frozenset(parts.blocked.get(row.person_id, ())),
            helped=frozenset(parts.helped.get(row.person_id, ())),
            solved=parts.solved.get(row.person_id, {}),
            solved_total=row.solved_total,
            sessions=parts.sessions.get(PersonId(row.person_id), 0),
            offers=parts.offers.get(row.person_id, 0),
            minutes=parts.minutes.get(row.person_id, 0.0),
            week_of=week(now),
            rest_until=row.rest_until,
        )
        for row in rows
    ]


class _Parts:
    """What other tables know, by person."""

    def __init__(self, connection: Connection, now: float, only: Only) -> None:
        self._connection = connection
        self._only = only
        self.types = self._types()
        self.blocked = self._blocked()
        self.helped = self._helped()
        self.solved = self._solved()
        self.sessions = sessions.helping_in(connection)
        self.minutes = self._minutes(week(now))
        self.offers = self._open_offers()

    def _rows(self, query: Select[Any], column: ColumnElement[Any]) -> Iterator[Row[Any]]:
        limited = query if self._only is None else query.where(column.in_(self._only))
        return iter(self._connection.execute(limited))

    def _helped(self) -> dict[str, list[PersonId]]:
        found: dict[str, list[PersonId]] = defaultdict(list)
        for row in self._rows(select(helped), helped.c.helper_id):
            found[row.helper_id].append(PersonId(row.asker_id))
        return found

    def _types(self) -> dict[str, list[DeviceType]]:
        found: dict[str, list[DeviceType]] = defaultdict(list)
        known = select(device).where(device.c.system.is_not(None))
        for row in self._rows(known, device.c.person_id):
            found[row.person_id].append(device_type_of(row))
        for row in self._rows(select(own_device), own_device.c.person_id):
            found[row.person_id].append(msgspec.json.decode(row.device_type, type=DeviceType))
        return found

    def _blocked(self) -> dict[str, list[PersonId]]:
        """In both directions."""
        found: dict[str, list[PersonId]] = defaultdict(list)
        query = select(block.c.person_id, block.c.other_id)
        if self._only is not None:
            query = query.where(
                or_(block.c.person_id.in_(self._only), block.c.other_id.in_(self._only))
            )
        for one, other in self._connection.execute(query):
            found[one].append(PersonId(other))
            found[other].append(PersonId(one))
        return found

    def _solved(self) -> dict[str, dict[Experience, Tally]]:
        found: dict[str, dict[Experience, Tally]] = defaultdict(dict)
        for row in self._rows(select(experience), experience.c.person_id):
            found[row.person_id][row.kind, Topic(row.topic)] = Tally(row.amount, row.at)
        return found

    def _minutes(self, current: int) -> dict[str, float]:
        query = select(minutes_given).where(minutes_given.c.week == current)
        return {row.person_id: row.minutes for row in self._rows(query, minutes_given.c.person_id)}

    def _open_offers(self) -> dict[str, int]:
        query = select(offer.c.helper_id, func.count().label("open")).where(offer.c.state == OPEN)
        grouped = query.group_by(offer.c.helper_id)
        return {row.helper_id: row.open for row in self._rows(grouped, offer.c.helper_id)}


def _of(what: Table | ColumnElement[Any], table: Table, only: Only) -> Select[Any]:
    query = select(what)
    return query if only is None else query.where(table.c.person_id.in_(only))


def _wishes(row: Row[Any]) -> Volunteering:
    """Whether they help stands in a column of its own, which is the truth."""
    said = msgspec.json.decode(row.wishes, type=Volunteering) if row.wishes else Volunteering()
    return structs.replace(said, helping=row.helping)
