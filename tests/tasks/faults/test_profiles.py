"""A profile can be made smaller without leaving anything out."""

from tasks.faults.profiles import PARTS, PROFILES


def test_a_part_of_a_profile_has_something_of_everything() -> None:
    small = PROFILES["nightly"].scaled(0.001)
    assert (small.messages, small.server_kills, small.partitions) == (1_000, 1, 1)
    assert small.restores == 0


def test_every_part_of_a_night_is_a_profile() -> None:
    assert {name for parts in PARTS.values() for name in parts} <= set(PROFILES)
