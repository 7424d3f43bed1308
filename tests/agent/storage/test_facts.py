"""The last readings."""

from samebox_agent.storage.database import Database
from samebox_agent.storage.facts import FactCache, Reading

FREE = Reading("mounts.system_free_percent", 3.5, 10.0)
THREADS = Reading("system_info.cpu_logical_cores", 12, 10.0)
MAINS = Reading("battery.charging", True, 10.0)
MAKER = Reading("system_info.hardware_vendor", "Lenovo", 10.0)


def test_every_type_comes_back_as_it_was(database: Database) -> None:
    readings = (MAINS, FREE, THREADS, MAKER)
    FactCache(database).save(readings)
    found = {r.name: r for r in FactCache(database).load()}
    assert found == {r.name: r for r in readings}
    assert found[MAINS.name].value is True
    assert isinstance(found[THREADS.name].value, int)


def test_a_whole_number_stays_a_double(database: Database) -> None:
    FactCache(database).save([Reading(FREE.name, 4.0, 1.0)])
    (reading,) = FactCache(database).load()
    assert isinstance(reading.value, float)


def test_a_new_reading_replaces_the_old_one(database: Database) -> None:
    cache = FactCache(database)
    cache.save([FREE, THREADS])
    cache.save([Reading(FREE.name, 9.0, 20.0)])
    assert cache.load() == (Reading(FREE.name, 9.0, 20.0), THREADS)


def test_a_switch_turned_off_forgets_its_readings(database: Database) -> None:
    cache = FactCache(database)
    cache.save([FREE, THREADS])
    cache.forget([FREE.name])
    assert cache.load() == (THREADS,)


def test_what_the_catalogue_does_not_know_or_type_is_left_out(database: Database) -> None:
    FactCache(database).save([Reading("keys.pressed", 3, 1.0), Reading(FREE.name, "much", 1.0)])
    assert FactCache(database).load() == ()
