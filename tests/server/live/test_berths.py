"""Where our devices are moored: what is written down, and who was there last."""

from pathlib import Path

import pytest
from samebox_server.live.berths import Berths
from samebox_server.store import nodes
from samebox_server.store.database import open_database
from samebox_server.store.nodes import Berth
from samebox_shared.model.ids import DeviceId, PersonId

from tests.support.postgres import PrivatePostgres

ADA = PersonId("ada")
LAPTOP, SECOND = DeviceId("1"), DeviceId("2")


class Clock:
    now = 100.0


def berths() -> Berths:
    return Berths("server-1", 15.0, lambda: Clock.now)


async def test_a_keyboard_that_is_left_is_the_same_berth() -> None:
    mine = berths()
    mine.changed(LAPTOP, ADA, False, False)
    taken = mine.of(LAPTOP)
    assert taken is not None
    mine.changed(LAPTOP, ADA, True, False)
    assert mine.of(LAPTOP) == Berth(LAPTOP, ADA, "server-1", True, taken.since)
    mine.changed(LAPTOP, ADA, True, True)
    assert mine.of(LAPTOP) is None


@pytest.mark.parametrize(
    ("other", "is_newer"),
    [
        (Berth(LAPTOP, ADA, "server-2", False, 101.0), True),
        (Berth(LAPTOP, ADA, "server-2", False, 99.0), False),
        (Berth(LAPTOP, ADA, "server-1", False, 101.0), False),
        (Berth(SECOND, ADA, "server-2", False, 101.0), False),
    ],
)
async def test_the_newer_of_two_sockets_of_a_device_stays(other: Berth, is_newer: bool) -> None:
    mine = berths()
    mine.changed(LAPTOP, ADA, False, False)
    assert mine.is_newer(other) is is_newer
    assert mine.compare([other]) == ([LAPTOP] if is_newer else [])


async def test_the_database_is_told_what_it_forgot_and_what_it_should_forget(
    tmp_path: Path, postgres: PrivatePostgres
) -> None:
    async with open_database(tmp_path / "data", postgres.new_database()) as database:
        before, after = berths(), berths()
        before.changed(LAPTOP, ADA, False, False)
        await before.write(database)
        after.changed(SECOND, ADA, True, False)
        assert after.compare(await database.read(nodes.berths)) == []
        await after.write(database)
        assert await database.read(nodes.berths) == [after.of(SECOND)]
        assert not after.must_renew
        assert await database.read(nodes.alive) == ["server-1"]  # whatever our own clock says
