"""Devices: who carries which token, what kind of laptop it is, how far it has received."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec import Struct
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import DeviceId, PersonId, new_id
from sqlalchemy import Connection, Integer, Row, bindparam, case, insert, select, update

from samebox_server.store.tables import device

_SCHEME = "bearer "


class Caller(Struct, frozen=True):
    """Whoever is at the other end, proven by the device's token."""

    person_id: PersonId
    device_id: DeviceId


def sha256(secret: str) -> str:
    """How a secret with 128 bits or more is kept: nobody can go back from this to the secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def identify(connection: Connection, authorization: str) -> Caller | None:
    """The one way in, for HTTP and the socket alike: who sends this `Authorization` header."""
    return identify_all(connection, [authorization])[0]


def identify_all(connection: Connection, authorizations: Sequence[str]) -> list[Caller | None]:
    """`identify` for everyone who came at the same moment, with one query."""
    hashes = [_hash_in(each) for each in authorizations]
    rows = connection.execute(
        select(device.c.token_sha256, device.c.person_id, device.c.device_id).where(
            device.c.token_sha256.in_({each for each in hashes if each is not None})
        )
    )
    known = {
        token_sha256: Caller(PersonId(person_id), DeviceId(device_id))
        for token_sha256, person_id, device_id in rows.all()
    }
    return [None if each is None else known.get(each) for each in hashes]


def _hash_in(authorization: str) -> str | None:
    if not authorization.lower().startswith(_SCHEME):
        return None
    return sha256(authorization[len(_SCHEME) :].strip())


def by_token(connection: Connection, token: str) -> Caller | None:
    """The device this token was made for."""
    row = connection.execute(
        select(device.c.person_id, device.c.device_id).where(device.c.token_sha256 == sha256(token))
    ).first()
    return None if row is None else Caller(PersonId(row.person_id), DeviceId(row.device_id))


def add(
    connection: Connection,
    person_id: PersonId,
    token: str,
    device_type: DeviceType,
    agent_version: str,
    now: float,
) -> DeviceId:
    """A new device of this person."""
    device_id = DeviceId(new_id())
    connection.execute(
        insert(device).values(
            device_id=device_id,
            person_id=person_id,
            token_sha256=sha256(token),
            agent_version=agent_version,
            acked_seq=0,
            joined_at=now,
            last_seen=now,
            **_type_columns(device_type),
        )
    )
    return device_id


def tell_type(connection: Connection, device_id: DeviceId, device_type: DeviceType) -> None:
    """What this device is, as its owner agreed to tell."""
    connection.execute(
        update(device).where(device.c.device_id == device_id).values(**_type_columns(device_type))
    )


class Known(Struct, frozen=True):
    """What the server knows of a device that comes: the number up to which it has stored its feed,
    and its system if it was told."""

    acked: int
    system: System | None


def known_of(connection: Connection, device_ids: Collection[DeviceId]) -> dict[DeviceId, Known]:
    """What the server knows of these devices."""
    rows = connection.execute(
        select(device.c.device_id, device.c.acked_seq, device.c.system).where(
            device.c.device_id.in_(device_ids)
        )
    )
    return {
        DeviceId(device_id): Known(acked_seq, System(system) if system else None)
        for device_id, acked_seq, system in rows.all()
    }


def move_cursors(connection: Connection, cursors: Mapping[DeviceId, int], now: float) -> None:
    """How far these devices are, and that they were here now; a cursor never goes back."""
    if not cursors:
        return
    acked = bindparam("acked", type_=Integer)
    connection.execute(
        update(device)
        .where(device.c.device_id == bindparam("of"))
        .values(
            acked_seq=case((device.c.acked_seq < acked, acked), else_=device.c.acked_seq),
            last_seen=bindparam("at"),
        ),
        [{"of": of, "acked": acked, "at": now} for of, acked in cursors.items()],
    )


def start_over(connection: Connection, device_id: DeviceId) -> None:
    """This device has nothing of the feed: the one way back for a cursor (DEL-5)."""
    connection.execute(update(device).where(device.c.device_id == device_id).values(acked_seq=0))


def types_of(connection: Connection, person_id: PersonId) -> tuple[DeviceType, ...]:
    """What this person's devices are, as far as they told."""
    rows = connection.execute(
        select(device).where(device.c.person_id == person_id, device.c.system.is_not(None))
    )
    return tuple(device_type_of(row) for row in rows)


def device_type_of(row: Row[Any]) -> DeviceType:
    """The device type in a row of the table."""
    return DeviceType(
        system=System(row.system) if row.system else None,
        system_version=row.system_version,
        vendor=row.vendor,
        family=row.family,
        model=row.model,
    )


def _type_columns(device_type: DeviceType) -> dict[str, str | None]:
    return {
        "system": device_type.system,
        "system_version": device_type.system_version,
        "vendor": device_type.vendor,
        "family": device_type.family,
        "model": device_type.model,
    }
