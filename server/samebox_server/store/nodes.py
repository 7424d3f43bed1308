"""The servers on this database, and which device is connected to which of them, under a lease:
who does not renew it is gone, and so is everyone who was connected there.

Used only where several servers may write. A lease is written and judged by the database's own
clock, so that a server whose clock is set buries nobody; what comes first of two berths is told by
the servers' clocks, which must agree to a second or two, as NTP makes them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from samebox_shared.model.ids import DeviceId, PersonId
from sqlalchemy import (
    Connection,
    Double,
    Integer,
    Text,
    bindparam,
    cast,
    column,
    delete,
    extract,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert

from samebox_server.store.tables import feed_head, node, presence

_NOW = cast(extract("epoch", func.clock_timestamp()), Double)


@dataclass(frozen=True, slots=True)
class Berth:
    """One device that is connected to one server. `since` is the time it came there."""

    device_id: DeviceId
    person_id: PersonId
    node_id: str
    away: bool
    since: float


def renew(connection: Connection, node_id: str, lease_seconds: float) -> None:
    """This server is alive, and counts as alive for so long if it says nothing more."""
    lease_until = _NOW + lease_seconds
    renewed = connection.execute(
        update(node).where(node.c.node_id == node_id).values(lease_until=lease_until)
    )
    if not renewed.rowcount:
        connection.execute(insert(node).values(node_id=node_id, lease_until=lease_until))


def take_berths(connection: Connection, berths: Iterable[Berth]) -> None:
    """These devices are here, or their keyboards were left or come back to. A device that has
    come to another server since stays there."""
    rows = [
        {
            "device_id": berth.device_id,
            "person_id": berth.person_id,
            "node_id": berth.node_id,
            "away": berth.away,
            "since": berth.since,
        }
        for berth in sorted(berths, key=lambda berth: berth.device_id)
    ]
    if not rows:
        return
    new = upsert(presence)
    connection.execute(
        new.on_conflict_do_update(
            index_elements=[presence.c.device_id],
            set_={
                "node_id": new.excluded.node_id,
                "away": new.excluded.away,
                "since": new.excluded.since,
            },
            where=presence.c.since <= new.excluded.since,
        ),
        rows,
    )


def leave_berths(connection: Connection, node_id: str, device_ids: Collection[DeviceId]) -> None:
    """These devices have left this server."""
    if device_ids:
        connection.execute(
            delete(presence).where(
                presence.c.node_id == node_id, presence.c.device_id.in_(sorted(device_ids))
            )
        )


def berths(connection: Connection) -> list[Berth]:
    """Every device that is connected anywhere."""
    rows = connection.execute(select(presence))
    return [
        Berth(DeviceId(row.device_id), PersonId(row.person_id), row.node_id, row.away, row.since)
        for row in rows
    ]


def is_here(connection: Connection, person_id: PersonId) -> bool:
    """Whether this person has a device on a server that is alive."""
    found = connection.execute(
        select(presence.c.device_id)
        .join(node, node.c.node_id == presence.c.node_id)
        .where(presence.c.person_id == person_id, node.c.lease_until > _NOW)
        .limit(1)
    )
    return found.first() is not None


def alive(connection: Connection) -> list[str]:
    """The servers whose lease runs."""
    return list(
        connection.execute(
            select(node.c.node_id).where(node.c.lease_until > _NOW).order_by(node.c.node_id)
        ).scalars()
    )


def has_dead(connection: Connection) -> bool:
    """Whether some server's lease has run out."""
    found = connection.execute(select(node.c.node_id).where(node.c.lease_until <= _NOW).limit(1))
    return found.first() is not None


def bury(connection: Connection) -> list[PersonId]:
    """Forgets every server whose lease has run out, with all who were there; those people. Each
    such server is buried by exactly one of the others."""
    dead = list(
        connection.execute(
            select(node.c.node_id)
            .where(node.c.lease_until <= _NOW)
            .with_for_update(skip_locked=True)
        ).scalars()
    )
    return [person for each in dead for person in remove(connection, each)]


def remove(connection: Connection, node_id: str) -> list[PersonId]:
    """Forgets this server; the people who were still there."""
    gone = connection.execute(
        delete(presence).where(presence.c.node_id == node_id).returning(presence.c.person_id)
    )
    people = [PersonId(person) for person in gone.scalars()]
    connection.execute(delete(node).where(node.c.node_id == node_id))
    return people


def told_since(connection: Connection, since: float) -> list[PersonId]:
    """Everyone whose feed has grown since then."""
    found = connection.execute(select(feed_head.c.person_id).where(feed_head.c.at >= since))
    return [PersonId(person) for person in found.scalars()]


def moved(connection: Connection, known: Mapping[PersonId, int]) -> dict[PersonId, int]:
    """Those of these people whose feed goes further than this, and how far; one query."""
    if not known:
        return {}
    asked = (
        func.unnest(
            bindparam("people", list(known), type_=ARRAY(Text)),
            bindparam("heads", list(known.values()), type_=ARRAY(Integer)),
        )
        .table_valued(column("person_id", Text), column("head", Integer))
        .render_derived()
    )
    rows = connection.execute(
        select(feed_head.c.person_id, feed_head.c.head).join(
            asked,
            (asked.c.person_id == feed_head.c.person_id) & (asked.c.head < feed_head.c.head),
        )
    )
    return {PersonId(row.person_id): row.head for row in rows}
