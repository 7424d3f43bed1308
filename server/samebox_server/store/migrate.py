"""Brings a database to the newest schema. Alembic is loaded only when there is something to do,
so that an ordinary start stays quick."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

NEWEST = "0010"
"""The newest revision; tests/server/store/test_migrate.py keeps it equal to Alembic's own head."""

_SCRIPTS = Path(__file__).parent / "migrations"


def current(connection: Connection) -> str | None:
    """The revision of this database, or None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return found


def to_newest(connection: Connection) -> bool:
    """Migrates inside the open transaction; whether there was anything to do."""
    if current(connection) == NEWEST:
        return False
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return True
