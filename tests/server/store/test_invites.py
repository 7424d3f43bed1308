"""Invites and setup links work once, in time, and for one device."""

from functools import partial

import pytest
from samebox_server.store import invites, people
from samebox_server.store.database import Database
from samebox_server.store.devices import Caller, by_token, identify
from samebox_shared.model.people import Role
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import JoinRequest
from sqlalchemy import Connection

NOW, LATER = 1_000.0, 2_000.0
TOKEN, OTHER = "t" * 43, "o" * 43


async def redeem(
    database: Database, code: str, token: str = TOKEN, now: float = NOW
) -> Caller | ErrorCode:
    request = JoinRequest(code=code, device_token=token)
    return await database.write(lambda connection: invites.redeem(connection, request, now))


@pytest.fixture
async def code(database: Database) -> str:
    def make(connection: Connection) -> str:
        return invites.make(connection, "Ada", (Role.IT,), None, NOW, LATER)

    return await database.write(make)


async def test_an_invite_makes_a_person_with_the_name_the_inviter_gave(
    database: Database, code: str
) -> None:
    caller = await redeem(database, code)
    assert isinstance(caller, Caller)
    card = await database.read(lambda connection: people.card(connection, caller.person_id))
    assert (card.name, card.is_it) == ("Ada", True)
    assert not await database.read(
        lambda connection: people.is_helping(connection, caller.person_id)
    )


async def test_a_lost_answer_can_be_asked_for_again_even_later(
    database: Database, code: str
) -> None:
    first = await redeem(database, code)
    assert await redeem(database, code, now=LATER + 1) == first


async def test_an_invite_works_once(database: Database, code: str) -> None:
    await redeem(database, code)
    assert await redeem(database, code, OTHER) is ErrorCode.INVITE_USED


async def test_old_and_mistyped_invites_are_told_apart(database: Database, code: str) -> None:
    assert await redeem(database, code + "x") is ErrorCode.INVITE_UNKNOWN
    assert await redeem(database, code, now=LATER) is ErrorCode.INVITE_EXPIRED
    assert isinstance(await redeem(database, code, now=LATER - 1), Caller)


async def test_a_device_that_has_joined_takes_no_second_invite(
    database: Database, code: str
) -> None:
    await redeem(database, code)
    second = await database.write(
        lambda connection: invites.make(connection, "Ben", (), None, NOW, LATER)
    )
    assert await redeem(database, second) is ErrorCode.NOT_ALLOWED
    assert isinstance(await redeem(database, second, OTHER), Caller)


async def test_the_token_is_the_only_way_in(database: Database, code: str) -> None:
    caller = await redeem(database, code)
    for header, expected in (
        (f"Bearer {TOKEN}", caller),
        (f"bearer {TOKEN}", caller),
        (TOKEN, None),
        ("Bearer ", None),
        ("", None),
        (f"Basic {TOKEN}", None),
    ):
        found = await database.read(partial(identify, authorization=header))
        assert found == expected
    assert await database.read(lambda connection: by_token(connection, OTHER)) is None


async def test_a_setup_link_is_for_the_first_owner_only(database: Database) -> None:
    token = await database.write(lambda connection: invites.make_setup_link(connection, LATER))
    assert token is not None

    async def open_at(now: float, given: str = token) -> bool:
        return await database.read(lambda connection: invites.setup_is_open(connection, given, now))

    assert await open_at(NOW)
    assert not await open_at(LATER)
    assert not await open_at(NOW, "other")
    await database.write(lambda connection: people.add(connection, "Olga", (Role.OWNER,), NOW))
    assert not await open_at(NOW)
    assert (
        await database.write(lambda connection: invites.make_setup_link(connection, LATER)) is None
    )


async def test_a_used_setup_link_is_closed(database: Database) -> None:
    token = await database.write(lambda connection: invites.make_setup_link(connection, LATER))
    assert token is not None
    await database.write(lambda connection: invites.close_setup(connection, token, NOW))
    assert not await database.read(lambda connection: invites.setup_is_open(connection, token, NOW))
