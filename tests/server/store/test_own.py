"""Devices without an agent, and whom one never wants to meet."""

from samebox_server.store import devices, own, people
from samebox_server.store.database import Database
from samebox_shared.model.devices import DeviceType, System
from samebox_shared.model.ids import DeviceId
from sqlalchemy import Connection

LAPTOP = DeviceType(system=System.LINUX, vendor="Dell", family="XPS", model="XPS 13")
PHONE = DeviceType(system=System.ANDROID, vendor="Google", family="Pixel", model="Pixel 9")
ID = DeviceId("phone")


async def test_devices_are_added_listed_and_taken_back(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada = people.add(connection, "Ada", (), 1.0)
        eve = people.add(connection, "Eve", (), 1.0)
        laptop = devices.add(connection, ada, "token", LAPTOP, "0", 1.0)
        assert own.is_taken(connection, laptop)
        assert not own.is_taken(connection, ID)
        own.add_device(connection, ada, ID, PHONE, 2.0)
        assert own.is_taken(connection, ID)
        assert own.count(connection, ada) == 1
        listed = own.devices(connection, ada)
        assert [(one.device_type, one.by_hand) for one in listed] == [
            (LAPTOP, False),
            (PHONE, True),
        ]
        assert not own.remove_device(connection, eve, ID)
        assert not own.remove_device(connection, ada, laptop)
        assert own.remove_device(connection, ada, ID)
        assert len(own.devices(connection, ada)) == 1

    await database.write(unit)


async def test_a_block_is_kept_once_and_can_be_taken_back(database: Database) -> None:
    def unit(connection: Connection) -> None:
        ada, eve, bob = (people.add(connection, name, (), 1.0) for name in ("Ada", "Eve", "Bob"))
        own.set_blocked(connection, ada, eve, True, 1.0)
        own.set_blocked(connection, ada, bob, True, 2.0)
        own.set_blocked(connection, ada, eve, True, 3.0)
        assert own.blocked(connection, ada) == (eve, bob)
        assert own.blocked(connection, eve) == ()
        own.set_blocked(connection, ada, eve, False, 4.0)
        assert own.blocked(connection, ada) == (bob,)

    await database.write(unit)
