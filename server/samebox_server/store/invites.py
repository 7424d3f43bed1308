"""Invites and the owner's setup link: secrets that work once, kept only as SHA-256."""

import secrets
from collections.abc import Iterable

from samebox_shared.model.ids import PersonId
from samebox_shared.model.people import Role
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import JoinRequest
from sqlalchemy import Connection, insert, select, update

from samebox_server.store import devices, people
from samebox_server.store.devices import Caller, sha256
from samebox_server.store.tables import invite, setup_link

_SECRET_BYTES = 16  # 128 bits (ID-2)


def make(
    connection: Connection,
    name: str,
    roles: Iterable[Role],
    made_by: PersonId | None,
    now: float,
    expires_at: float,
) -> str:
    """The code of a new single-use invite; it cannot be read again later."""
    code = secrets.token_urlsafe(_SECRET_BYTES)
    connection.execute(
        insert(invite).values(
            code_sha256=sha256(code),
            name=name,
            roles=",".join(sorted(set(roles))),
            made_by=made_by,
            made_at=now,
            expires_at=expires_at,
        )
    )
    return code


def check(connection: Connection, code: str, now: float) -> ErrorCode | None:
    """Why this code does not work, or None if it does. Consumes nothing."""
    row = connection.execute(
        select(invite.c.device_id, invite.c.expires_at).where(invite.c.code_sha256 == sha256(code))
    ).first()
    if row is None:
        return ErrorCode.INVITE_UNKNOWN
    if row.device_id is not None:
        return ErrorCode.INVITE_USED
    return ErrorCode.INVITE_EXPIRED if row.expires_at <= now else None


def redeem(connection: Connection, request: JoinRequest, now: float) -> Caller | ErrorCode:
    """Turns an invite into a person with a device. The same code and token again give the same
    device, because the first answer may have been lost; another token is refused.

    The name is the inviter's, never the newcomer's, so that nobody joins as somebody else.
    """
    known = devices.by_token(connection, request.device_token)
    row = connection.execute(
        select(invite).where(invite.c.code_sha256 == sha256(request.code))
    ).first()
    if row is not None and known is not None and row.device_id == known.device_id:
        return known
    refusal = check(connection, request.code, now)
    if refusal is not None or row is None:
        return refusal or ErrorCode.INVITE_UNKNOWN
    if known is not None:
        return ErrorCode.NOT_ALLOWED
    roles = tuple(Role(role) for role in row.roles.split(",") if role)
    if Role.OWNER in roles and people.owner_exists(connection):
        return ErrorCode.INVITE_USED
    person_id = people.add(connection, row.name, roles, now)
    device_id = devices.add(
        connection,
        person_id,
        request.device_token,
        request.device_type,
        request.agent_version,
        now,
    )
    connection.execute(
        update(invite).where(invite.c.code_sha256 == row.code_sha256).values(device_id=device_id)
    )
    return Caller(person_id, device_id)


def make_setup_link(connection: Connection, expires_at: float) -> str | None:
    """The token of a fresh one-time owner page; None once there is an owner (ID-10)."""
    if people.owner_exists(connection):
        return None
    token = secrets.token_urlsafe(_SECRET_BYTES)
    connection.execute(insert(setup_link).values(token_sha256=sha256(token), expires_at=expires_at))
    return token


def setup_is_open(connection: Connection, token: str, now: float) -> bool:
    """Whether this setup link works: known, unused, in time, and there is no owner yet."""
    if people.owner_exists(connection):
        return False
    found = connection.execute(
        select(setup_link.c.token_sha256).where(
            setup_link.c.token_sha256 == sha256(token),
            setup_link.c.used_at.is_(None),
            setup_link.c.expires_at > now,
        )
    )
    return found.first() is not None


def close_setup(connection: Connection, token: str, now: float) -> None:
    """The setup link was used."""
    connection.execute(
        update(setup_link).where(setup_link.c.token_sha256 == sha256(token)).values(used_at=now)
    )
