"""The migrations lead to exactly the tables of tables.py."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from samebox_server.store import migrate
from samebox_server.store.database import Database, open_database
from samebox_server.store.tables import metadata
from sqlalchemy import Connection


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_the_migrated_schema_is_the_one_of_the_tables(database: Database) -> None:
    assert await database.read(differences) == []


async def test_a_second_start_has_nothing_to_do(tmp_path: Path) -> None:
    async with open_database(tmp_path) as database:
        assert await database.read(migrate.current) == migrate.NEWEST
    async with open_database(tmp_path) as database:
        assert await database.write(migrate.to_newest) is False


def test_the_newest_revision_is_alembics_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.NEWEST]
