"""A seeded company is one that the server's own store recognises."""

import asyncio
from pathlib import Path

from samebox_server.store import devices, feeds, profiles, questions, sessions, values
from samebox_server.store.database import open_database
from samebox_server.store.tables import person
from samebox_shared.model.ids import SessionId
from samebox_shared.protocol.events import MessagePosted
from sqlalchemy import Connection

from benchmarks.company.seed import Plan, kind_of, row, seed

PLAN = Plan(pairs=2, groups=2, group_size=3, listeners=4, open_questions=1, events_each=5)


def test_every_seat_is_known_and_pairs_are_in_a_live_session(tmp_path: Path) -> None:
    seats = seed(tmp_path, PLAN)
    assert len(seats) == PLAN.people == 14

    def look(connection: Connection) -> None:
        callers = [devices.by_token(connection, seat.token) for seat in seats]
        assert None not in callers
        assert {seat.epoch for seat in seats} == {values.epoch(connection)}
        live = {each.session_id: each for each in sessions.live(connection)}
        for asker, helper in ((0, 1), (2, 3)):
            session = live[SessionId(seats[asker].session_id)]
            assert seats[helper].session_id == session.session_id
            assert session.fence == seats[asker].fence
            assert session.people == tuple(
                caller.person_id for n in (asker, helper) if (caller := callers[n])
            )
        assert len(questions.waiting(connection)) == 1
        for seat, caller in list(zip(seats, callers, strict=True))[4:]:
            assert caller is not None
            assert feeds.head(connection, caller.person_id) == seat.acked_seq == 5
            page = feeds.page(connection, caller.person_id, 0, 10)
            assert [event.seq for event in page] == [1, 2, 3, 4, 5]
        helping = [each for each in profiles.load(connection, 0.0) if each.volunteering.helping]
        kinds = [kind for each in helping for kind in each.device_types]
        assert kinds.count(kind_of(0)) == kinds.count(kind_of(1)) == 3

    async def read() -> None:
        async with open_database(tmp_path) as database:
            await database.read(look)

    asyncio.run(read())


def test_one_listener_is_behind_and_only_some_help(tmp_path: Path) -> None:
    plan = Plan(listeners=10, models=2, one_helps_of=5, behind=3)
    *others, behind = seed(tmp_path, plan)
    assert (len(others) + 1, behind.acked_seq) == (plan.people, 0)

    def look(connection: Connection) -> None:
        caller = devices.by_token(connection, behind.token)
        assert caller is not None
        page = feeds.page(connection, caller.person_id, 0, 10)
        assert [event.seq for event in page] == [1, 2, 3]
        assert all(isinstance(event.body, MessagePosted) for event in page)
        helping = [each for each in profiles.load(connection, 0.0) if each.volunteering.helping]
        assert len(helping) == 2 + 1
        assert len({each.device_types for each in helping}) == 2

    async def read() -> None:
        async with open_database(tmp_path) as database:
            await database.read(look)

    asyncio.run(read())


def test_a_column_nobody_named_gets_the_empty_value_of_its_kind() -> None:
    made = row(person, person_id="p", name="Ana")
    assert set(made) == {column.name for column in person.columns}
    assert (made["person_id"], made["helping"], made["joined_at"]) == ("p", False, 0)
