"""Links that sign a browser in once, and the sessions they begin."""

from samebox_server.store import devices, leavers, people, portal, tables
from samebox_server.store.database import Database
from samebox_server.store.devices import Caller
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.people import Role
from sqlalchemy import Connection, func, select


def caller(connection: Connection, name: str, *roles: Role) -> Caller:
    person = people.add(connection, name, roles, 1.0)
    return Caller(person, devices.add(connection, person, name, DeviceType(), "0", 1.0))


async def test_a_link_works_once_and_opens_its_path(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada = caller(connection, "Ada", Role.MODERATOR)
        token = portal.make_link(connection, ada, "/portal/review", 1.0, 60.0)
        assert portal.use_link(connection, token + "x", 10.0, 999.0) is None
        opened = portal.use_link(connection, token, 10.0, 999.0)
        assert opened is not None
        path, secret = opened
        assert path == "/portal/review"
        assert portal.use_link(connection, token, 11.0, 999.0) is None
        seen = portal.visitor(connection, secret, 20.0)
        assert seen is not None
        assert (seen.name, seen.roles) == ("Ada", frozenset({Role.MODERATOR}))
        assert portal.visitor(connection, secret, 999.0) is None
        assert portal.visitor(connection, "", 20.0) is None
        portal.end_session(connection, secret)
        assert portal.visitor(connection, secret, 20.0) is None

    await database.write(unit)


async def test_an_old_link_opens_nothing(database: Database) -> None:
    def unit(connection: Connection) -> None:
        token = portal.make_link(connection, caller(connection, "Ada"), "/portal", 1.0, 60.0)
        assert portal.use_link(connection, token, 60.0, 999.0) is None

    await database.write(unit)


async def test_links_that_nobody_used_do_not_pile_up(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada = caller(connection, "Ada")
        for minute in range(5):
            portal.make_link(connection, ada, "/portal", minute * 60.0, minute * 60.0 + 60.0)
        kept = connection.execute(select(func.count()).select_from(tables.portal_link))
        assert kept.scalar_one() == 1

    await database.write(unit)


async def test_whoever_has_left_is_nobody_in_the_portal(database: Database) -> None:
    def unit(connection: Connection) -> None:
        eve = caller(connection, "Eve")
        later = portal.make_link(connection, eve, "/portal", 1.0, 60.0)
        opened = portal.use_link(
            connection, portal.make_link(connection, eve, "/portal", 1.0, 60.0), 10.0, 999.0
        )
        assert opened is not None
        leavers.leave(connection, eve.person_id, 11.0)
        assert portal.visitor(connection, opened[1], 12.0) is None
        assert portal.use_link(connection, later, 12.0, 999.0) is None

    await database.write(unit)


async def test_a_person_has_so_many_browsers_at_most(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada = caller(connection, "Ada")
        secrets = []
        for at in range(portal.MOST_SESSIONS + 1):
            token = portal.make_link(connection, ada, "/portal", 1.0, 60.0)
            opened = portal.use_link(connection, token, 10.0, 999.0 + at)
            assert opened is not None
            secrets.append(opened[1])
        alive = [portal.visitor(connection, one, 20.0) is not None for one in secrets]
        assert alive == [False] + [True] * portal.MOST_SESSIONS

    await database.write(unit)
