"""Who is signed in to the portal: links that work once, and sessions of a browser.

Both are kept as SHA-256 and end with the device they came from: whoever has left has none.
"""

import secrets

from msgspec import Struct
from samebox_shared.model.ids import DeviceId, PersonId
from samebox_shared.model.people import Role
from sqlalchemy import Connection, delete, insert, select

from samebox_server.store import people
from samebox_server.store.devices import Caller, sha256
from samebox_server.store.tables import device, person, portal_link, portal_session

_SECRET_BYTES = 32
MOST_SESSIONS = 10
"""Browsers of one person at a time; the one that ends first makes room."""


class Visitor(Struct, frozen=True, kw_only=True):
    """Whoever is signed in, with their roles as they are now."""

    person_id: PersonId
    name: str
    roles: frozenset[Role]


def make_link(
    connection: Connection, caller: Caller, path: str, now: float, expires_at: float
) -> str:
    """The secret of a link that opens this path, signed in, once."""
    _forget_old_links(connection, now)
    token = secrets.token_urlsafe(_SECRET_BYTES)
    connection.execute(
        insert(portal_link).values(
            token_sha256=sha256(token),
            device_id=caller.device_id,
            path=path,
            expires_at=expires_at,
        )
    )
    return token


def use_link(
    connection: Connection, token: str, now: float, expires_at: float
) -> tuple[str, str] | None:
    """The path it opens and the secret of a new session; None when it is used, old or unknown."""
    _forget_old_links(connection, now)
    row = connection.execute(
        delete(portal_link)
        .where(portal_link.c.token_sha256 == sha256(token))
        .returning(portal_link.c.device_id, portal_link.c.path)
    ).first()
    if row is None:
        return None
    person_id = _person_of(connection, DeviceId(row.device_id))
    if person_id is None:
        return None
    _make_room(connection, person_id, now)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    connection.execute(
        insert(portal_session).values(
            token_sha256=sha256(secret),
            person_id=person_id,
            device_id=row.device_id,
            expires_at=expires_at,
        )
    )
    return row.path, secret


def visitor(connection: Connection, secret: str, now: float) -> Visitor | None:
    """Whoever has this session, if it lives and they are still here."""
    row = connection.execute(
        select(person.c.person_id, person.c.name)
        .join(portal_session, portal_session.c.person_id == person.c.person_id)
        .where(
            portal_session.c.token_sha256 == sha256(secret),
            portal_session.c.expires_at > now,
            person.c.left_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    person_id = PersonId(row.person_id)
    held = frozenset(people.roles(connection, person_id))
    return Visitor(person_id=person_id, name=row.name, roles=held)


def end_session(connection: Connection, secret: str) -> None:
    """Signed out."""
    connection.execute(
        delete(portal_session).where(portal_session.c.token_sha256 == sha256(secret))
    )


def _forget_old_links(connection: Connection, now: float) -> None:
    connection.execute(delete(portal_link).where(portal_link.c.expires_at <= now))


def _person_of(connection: Connection, device_id: DeviceId) -> PersonId | None:
    found = connection.execute(
        select(person.c.person_id)
        .join(device, device.c.person_id == person.c.person_id)
        .where(device.c.device_id == device_id, person.c.left_at.is_(None))
    ).scalar_one_or_none()
    return None if found is None else PersonId(found)


def _make_room(connection: Connection, person_id: PersonId, now: float) -> None:
    connection.execute(delete(portal_session).where(portal_session.c.expires_at <= now))
    held = connection.execute(
        select(portal_session.c.token_sha256)
        .where(portal_session.c.person_id == person_id)
        .order_by(portal_session.c.expires_at.desc())
        .offset(MOST_SESSIONS - 1)
    ).scalars()
    connection.execute(delete(portal_session).where(portal_session.c.token_sha256.in_(list(held))))
