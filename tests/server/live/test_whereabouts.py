"""The Directory of a process follows database and presence."""

from samebox_server.core.routing import Routing
from samebox_server.live.presence import Presence
from samebox_server.live.whereabouts import MOST_AT_ONCE, Whereabouts
from samebox_server.store import devices, people
from samebox_server.store.database import Database
from samebox_shared.model.devices import DeviceType, Ring, System
from samebox_shared.model.ids import DeviceId, PersonId
from sqlalchemy import Connection

LAPTOP = DeviceType(system=System.LINUX, vendor="Dell", family="XPS", model="XPS 13")
DEVICE = DeviceId("d")


def hire(connection: Connection, name: str = "Hugo") -> PersonId:
    person = people.add(connection, name, (), 1.0)
    devices.add(connection, person, f"token of {name}", LAPTOP, "0", 1.0)
    people.set_helping(connection, person, True)
    return person


def seen(found: Whereabouts) -> list[PersonId]:
    return [one.person_id for one in found.directory.look(Ring.SAME_MODEL, LAPTOP)]


async def test_whoever_comes_goes_or_stops_helping_is_known_at_the_next_unit(
    database: Database,
) -> None:
    def unit(connection: Connection) -> None:
        presence = Presence(0.0)
        found = Whereabouts(Routing(), presence)
        hugo = hire(connection)
        found.fill(connection, 1.0)
        assert seen(found) == []
        presence.arrive(hugo, DEVICE)
        assert seen(found) == []
        found.catch_up(connection, 1.0)
        assert seen(found) == [hugo]
        presence.set_away(hugo, DEVICE, True)
        found.catch_up(connection, 1.0)
        assert seen(found) == []
        presence.set_away(hugo, DEVICE, False)
        people.set_helping(connection, hugo, False)
        found.refresh(connection, [hugo], 1.0)
        assert found.directory.get(hugo) is None

    await database.write(unit)


async def test_somebody_new_is_read_when_they_arrive(database: Database) -> None:
    def unit(connection: Connection) -> None:
        presence = Presence(0.0)
        found = Whereabouts(Routing(), presence)
        found.fill(connection, 1.0)
        hugo = hire(connection)
        presence.arrive(hugo, DEVICE)
        found.arrived(hugo)
        found.catch_up(connection, 1.0)
        assert seen(found) == [hugo]

    await database.write(unit)


async def test_what_a_failed_unit_told_is_read_again_and_the_rest_is_kept(
    database: Database,
) -> None:
    def unit(connection: Connection) -> None:
        presence = Presence(0.0)
        found = Whereabouts(Routing(), presence)
        hugo = hire(connection)
        presence.arrive(hugo, DEVICE)
        found.fill(connection, 1.0)
        found.directory.asked(hugo, 5.0)
        found.directory.session_opened(hugo)
        found.doubt({hugo})
        found.catch_up(connection, 6.0)
        helper = found.directory.get(hugo)
        assert helper is not None
        assert (helper.sessions, helper.offers, helper.last_asked) == (0, 0, 5.0)
        assert seen(found) == [hugo]

    await database.write(unit)


async def test_a_whole_company_in_doubt_is_read_in_slices(database: Database) -> None:
    def unit(connection: Connection) -> None:
        found = Whereabouts(Routing(), Presence(0.0))
        everyone = [hire(connection, f"Hugo {number}") for number in range(3)]
        found.fill(connection, 1.0)
        found.doubt(PersonId(f"unknown {number}") for number in range(MOST_AT_ONCE - 1))
        found.directory.asked(everyone[0], 5.0)
        later = hire(connection, "Helen")
        found.doubt(None)
        for known, offers in ((False, 1), (True, 0)):
            found.catch_up(connection, 1.0)
            helper = found.directory.get(everyone[0])
            assert helper is not None
            assert helper.offers == offers
            assert (found.directory.get(later) is not None) is known

    await database.write(unit)


async def test_among_several_servers_strangers_are_met_and_nothing_is_counted(
    database: Database,
) -> None:
    def unit(connection: Connection) -> None:
        presence = Presence(0.0)
        found = Whereabouts(Routing(), presence, is_shared=True)
        found.fill(connection, 1.0)
        hugo = hire(connection)
        presence.arrive(hugo, DEVICE)
        assert found.meet_strangers(connection, 1.0)
        assert not found.meet_strangers(connection, 1.0)
        found.directory.asked(hugo, 1.0)
        found.directory.session_opened(hugo)
        assert seen(found) == [hugo]

    await database.write(unit)
