"""Single values of the whole server: the epoch, the name, the keys."""

import secrets

from samebox_shared.model.ids import new_id
from sqlalchemy import Connection, insert, select, text, update

from samebox_server.store.tables import setting

_BUS_KEY = "bus_key"
_EPOCH = "epoch"
_OBJECTION_KEY = "objection_key"
_SIGNING_SEED = "signing_seed"
_ORGANISATION = "organisation"


def epoch(connection: Connection) -> str:
    """The name of this history of feeds; a restored backup gets a new one (DEL-5)."""
    return _get(connection, _EPOCH)


def ensure_epoch(connection: Connection) -> str:
    """The epoch, made now if this database is new; of two servers that start together the first
    one names it."""
    return _ensure(connection, _EPOCH, new_id())


def ensure_bus_key(connection: Connection) -> str:
    """What seals the messages between the servers on this database; made by the first of them."""
    return _ensure(connection, _BUS_KEY, secrets.token_hex(32))


def ensure_signing_seed(connection: Connection) -> bytes:
    """What the server's signature is made from. It goes with the database: a restored backup has
    the key that its laptops know."""
    return bytes.fromhex(_ensure(connection, _SIGNING_SEED, secrets.token_hex(32)))


def ensure_objection_key(connection: Connection) -> bytes:
    """What turns whoever objected to an article into a mark that names nobody."""
    return bytes.fromhex(_ensure(connection, _OBJECTION_KEY, secrets.token_hex(32)))


def lock(connection: Connection) -> None:
    """No other server does what is done one at a time until the transaction ends."""
    connection.execute(select(setting.c.name).where(setting.c.name == _EPOCH).with_for_update())


def organisation(connection: Connection) -> str:
    """The organisation's name as its owner wrote it; empty before the setup."""
    return _get(connection, _ORGANISATION)


def name_organisation(connection: Connection, name: str) -> None:
    """Sets the organisation's name."""
    _set(connection, _ORGANISATION, name)


def _ensure(connection: Connection, name: str, value: str) -> str:
    connection.execute(
        text("INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING"),
        {"name": name, "value": value},
    )
    return _get(connection, name)


def _get(connection: Connection, name: str) -> str:
    found = connection.execute(select(setting.c.value).where(setting.c.name == name))
    return found.scalar_one_or_none() or ""


def _set(connection: Connection, name: str, value: str) -> None:
    changed = connection.execute(update(setting).where(setting.c.name == name).values(value=value))
    if not changed.rowcount:
        connection.execute(insert(setting).values(name=name, value=value))
