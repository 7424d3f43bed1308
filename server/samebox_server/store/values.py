"""Single values of the whole server: the epoch of the feeds and the organisation's name."""

from samebox_shared.model.ids import new_id
from sqlalchemy import Connection, insert, select, text, update

from samebox_server.store.tables import setting

_EPOCH = "epoch"
_ORGANISATION = "organisation"


def epoch(connection: Connection) -> str:
    """The name of this history of feeds; a restored backup gets a new one (DEL-5)."""
    return _get(connection, _EPOCH)


def ensure_epoch(connection: Connection) -> str:
    """The epoch, made now if this database is new; of two servers that start together the first
    one names it."""
    connection.execute(
        text("INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT DO NOTHING"),
        {"name": _EPOCH, "value": new_id()},
    )
    return _get(connection, _EPOCH)


def organisation(connection: Connection) -> str:
    """The organisation's name as its owner wrote it; empty before the setup."""
    return _get(connection, _ORGANISATION)


def name_organisation(connection: Connection, name: str) -> None:
    """Sets the organisation's name."""
    _set(connection, _ORGANISATION, name)


def _get(connection: Connection, name: str) -> str:
    found = connection.execute(select(setting.c.value).where(setting.c.name == name))
    return found.scalar_one_or_none() or ""


def _set(connection: Connection, name: str, value: str) -> None:
    changed = connection.execute(update(setting).where(setting.c.name == name).values(value=value))
    if not changed.rowcount:
        connection.execute(insert(setting).values(name=name, value=value))
