"""Looking round a set of people."""

from hypothesis import given
from hypothesis import strategies as st
from samebox_server.core.routing.pool import Pool

from tests.server.core.routing.people import volunteer

PEOPLE = [volunteer(f"p{number}") for number in range(8)]


def filled(count: int) -> Pool:
    pool = Pool()
    for helper in PEOPLE[:count]:
        pool.add(helper)
    return pool


def look(pool: Pool, most: int) -> list[str]:
    return [helper.person_id for helper in pool.look(most)]


def test_each_look_goes_on_where_the_last_one_ended() -> None:
    pool = filled(5)
    assert [look(pool, 2) for _ in range(3)] == [["p0", "p1"], ["p2", "p3"], ["p4", "p0"]]


def test_a_look_that_is_left_early_goes_on_there() -> None:
    pool = filled(5)
    next(pool.look(5))
    assert look(pool, 1) == ["p1"]


def test_nobody_is_seen_twice_in_one_look() -> None:
    assert sorted(look(filled(3), 100)) == ["p0", "p1", "p2"]
    assert look(Pool(), 100) == []


def test_the_last_one_takes_the_place_of_whoever_leaves() -> None:
    pool = filled(3)
    pool.add(PEOPLE[0])
    pool.discard(PEOPLE[0])
    pool.discard(PEOPLE[0])
    assert (len(pool), look(pool, 9)) == (2, ["p2", "p1"])
    pool.discard(PEOPLE[1])
    assert look(pool, 9) == ["p2"]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 7), st.integers(0, 9))))
def test_it_is_a_set(steps: list[tuple[bool, int, int]]) -> None:
    pool, expected = Pool(), set[str]()
    for joins, number, most in steps:
        helper = PEOPLE[number]
        if joins:
            pool.add(helper)
            expected.add(helper.person_id)
        else:
            pool.discard(helper)
            expected.discard(helper.person_id)
        look(pool, most)
        assert (len(pool), set(look(pool, 99))) == (len(expected), expected)
