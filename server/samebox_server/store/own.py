"""What people add about themselves: devices without an agent, and whom they never want to meet."""

import msgspec
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.ids import DeviceId, PersonId
from samebox_shared.model.people import OwnDevice
from sqlalchemy import Connection, delete, func, insert, select

from samebox_server.store.devices import device_type_of
from samebox_server.store.tables import block, device, own_device


def devices(connection: Connection, person_id: PersonId) -> tuple[OwnDevice, ...]:
    """Their devices with an agent, then those added by hand; each in the order they came."""
    joined = connection.execute(
        select(device)
        .where(device.c.person_id == person_id)
        .order_by(device.c.joined_at, device.c.device_id)
    )
    added = connection.execute(
        select(own_device)
        .where(own_device.c.person_id == person_id)
        .order_by(own_device.c.added_at, own_device.c.device_id)
    )
    return (
        *(OwnDevice(device_id=row.device_id, device_type=device_type_of(row)) for row in joined),
        *(
            OwnDevice(
                device_id=row.device_id,
                device_type=msgspec.json.decode(row.device_type, type=DeviceType),
                by_hand=True,
            )
            for row in added
        ),
    )


def is_taken(connection: Connection, device_id: DeviceId) -> bool:
    """Whether any device, of whomever, has this id."""
    return any(
        connection.execute(select(table.c.device_id).where(table.c.device_id == device_id)).first()
        for table in (device, own_device)
    )


def count(connection: Connection, person_id: PersonId) -> int:
    """How many devices this person added by hand."""
    mine = select(func.count()).where(own_device.c.person_id == person_id)
    found: int = connection.execute(mine).scalar_one()
    return found


def add_device(
    connection: Connection,
    person_id: PersonId,
    device_id: DeviceId,
    device_type: DeviceType,
    now: float,
) -> None:
    """A device without an agent."""
    connection.execute(
        insert(own_device).values(
            device_id=device_id,
            person_id=person_id,
            device_type=msgspec.json.encode(device_type).decode(),
            added_at=now,
        )
    )


def remove_device(connection: Connection, person_id: PersonId, device_id: DeviceId) -> bool:
    """Takes back a device added by hand; whether there was one."""
    gone = connection.execute(
        delete(own_device).where(
            own_device.c.device_id == device_id, own_device.c.person_id == person_id
        )
    )
    return gone.rowcount > 0


def blocked(connection: Connection, person_id: PersonId) -> tuple[PersonId, ...]:
    """Whom this person never wants to meet, the first blocked first."""
    found = connection.execute(
        select(block.c.other_id)
        .where(block.c.person_id == person_id)
        .order_by(block.c.at, block.c.other_id)
    )
    return tuple(PersonId(other) for other in found.scalars())


def set_blocked(
    connection: Connection, person_id: PersonId, other: PersonId, blocked: bool, now: float
) -> None:
    """Never bring them together from now on, or do again. Doing it twice changes nothing."""
    mine = (block.c.person_id == person_id, block.c.other_id == other)
    if not blocked:
        connection.execute(delete(block).where(*mine))
    elif connection.execute(select(block.c.at).where(*mine)).first() is None:
        connection.execute(insert(block).values(person_id=person_id, other_id=other, at=now))
