"""Everybody who might help, as they are read from the tables."""

from samebox_server.core.routing.hours import week
from samebox_server.core.routing.profile import Helper
from samebox_server.core.routing.tally import Tally
from samebox_server.store import credit, devices, own, people, profiles
from samebox_server.store.database import Database
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import DeviceId, PersonId
from samebox_shared.model.people import Hours, Role, Volunteering
from samebox_shared.model.topics import Topic
from sqlalchemy import Connection

NOW = 1_799_625_600.0
LAPTOP = DeviceType(system=System.LINUX, vendor="Dell", family="XPS", model="XPS 13")
PHONE = DeviceType(system=System.IOS, vendor="Apple", family="iPhone", model="iPhone 15")
WISHES = Volunteering(
    helping=True,
    topics=(Topic.NETWORK,),
    languages=("nl",),
    hours=(Hours(day=0, start=0, until=60),),
    sessions_at_once=3,
)


def hire(connection: Connection, name: str, *roles: Role) -> PersonId:
    person = people.add(connection, name, roles, NOW)
    devices.add(connection, person, f"token of {name}", LAPTOP, "0", NOW)
    return person


def only(connection: Connection, person: PersonId) -> Helper:
    (helper,) = profiles.load(connection, NOW, [person])
    return helper


async def test_who_neither_helps_nor_is_it_is_not_read(database: Database) -> None:
    def unit(connection: Connection) -> None:
        hire(connection, "Ada")
        ina = hire(connection, "Ina", Role.IT)
        hugo = hire(connection, "Hugo")
        people.set_helping(connection, hugo, True)
        found = {helper.person_id: helper for helper in profiles.load(connection, NOW)}
        assert {person: helper.is_it for person, helper in found.items()} == {
            ina: True,
            hugo: False,
        }
        assert found[hugo].device_types == (LAPTOP,)

    await database.write(unit)


async def test_wishes_devices_and_blocks_are_kept(database: Database) -> None:
    def unit(connection: Connection) -> None:
        hugo, eve = hire(connection, "Hugo"), hire(connection, "Eve")
        assert profiles.volunteering(connection, hugo) == Volunteering()
        profiles.set_volunteering(connection, hugo, WISHES)
        assert profiles.volunteering(connection, hugo) == WISHES
        own.add_device(connection, hugo, DeviceId("phone"), PHONE, NOW)
        own.set_blocked(connection, eve, hugo, True, NOW)
        helper = only(connection, hugo)
        assert helper.device_types == (LAPTOP, PHONE)
        assert helper.blocked == {eve}
        assert helper.opening == (0, 60)
        assert helper.volunteering.sessions_at_once == 3
        people.set_helping(connection, hugo, False)
        assert not profiles.volunteering(connection, hugo).helping
        assert profiles.load(connection, NOW, [hugo]) == []

    await database.write(unit)


async def test_what_was_given_is_kept(database: Database) -> None:
    def unit(connection: Connection) -> None:
        hugo, ada = hire(connection, "Hugo"), hire(connection, "Ada")
        people.set_helping(connection, hugo, True)
        for minutes in (5.0, 7.0):
            credit.give_minutes(connection, hugo, week(NOW), minutes)
        credit.give_minutes(connection, hugo, week(NOW) - 1, 50.0)
        for _ in range(2):
            credit.add_solved(connection, hugo, ada, ("xps", Topic.NETWORK), NOW, 60.0)
        credit.rest(connection, hugo, NOW + 9)
        helper = only(connection, hugo)
        assert helper.minutes_in(week(NOW)) == 12.0
        assert helper.solved == {("xps", Topic.NETWORK): Tally(2.0, NOW)}
        assert (helper.solved_total, helper.helped) == (2, frozenset({ada}))
        assert helper.rest_until == NOW + 9

    await database.write(unit)
