"""Who is connected, and the wheel of heartbeats they are on."""

from samebox_server.live.connection import Connection, Feeds
from samebox_server.live.roster import Roster
from samebox_server.live.wheel import PLACES, Wheel
from samebox_server.store.devices import Caller
from samebox_shared.model.ids import DeviceId, PersonId

from tests.server.live.test_connection import Feed


def connection(person: str, device: str) -> Connection:
    feed = Feed(0)
    caller = Caller(PersonId(person), DeviceId(device))
    return Connection(caller, feed.wire, Feeds(feed.read, feed.spawn, 256))


async def test_a_person_may_have_several_devices_and_a_device_one_connection() -> None:
    roster = Roster()
    laptop, second = connection("ada", "1"), connection("ada", "2")
    roster.add(laptop)
    roster.add(second)
    assert roster.of(PersonId("ada")) == (laptop, second)
    assert roster.at(DeviceId("2")) is second
    assert (len(roster), list(roster)) == (2, [laptop, second])
    newer = connection("ada", "1")
    assert newer not in roster
    roster.remove(laptop)
    roster.add(newer)
    assert newer in roster
    assert laptop not in roster
    roster.remove(newer)
    roster.remove(second)
    assert (len(roster), roster.of(PersonId("ada")), roster.at(DeviceId("1"))) == (0, (), None)


async def test_one_round_of_the_wheel_visits_everyone_once_and_evenly() -> None:
    wheel = Wheel(20.0)
    assert wheel.turn_seconds == 20.0 / PLACES
    everyone = [connection("ada", str(number)) for number in range(3 * PLACES)]
    for one in everyone:
        wheel.add(one)
    turns = [wheel.turn() for _ in range(PLACES)]
    assert {len(turn) for turn in turns} == {3}
    assert {one for turn in turns for one in turn} == set(everyone)
    wheel.remove(everyone[0])
    assert sum(len(wheel.turn()) for _ in range(PLACES)) == len(everyone) - 1


async def test_a_wheel_that_goes_round_quickly_has_fewer_places() -> None:
    wheel = Wheel(0.1)
    assert wheel.turn_seconds == 0.05
    wheel.add(connection("ada", "1"))
    assert sorted(len(wheel.turn()) for _ in range(2)) == [0, 1]
