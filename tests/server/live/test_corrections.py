"""Saying it differently and taking it back, over real sockets; what late devices get."""

import sqlite3
from collections.abc import Callable

from samebox_shared.model.ids import MessageId, SessionId
from samebox_shared.protocol.acts import (
    AnyAct,
    DeleteMessage,
    EditMessage,
    LeaveSession,
    PostMessage,
    SolveSession,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import (
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    SessionOpened,
)
from samebox_shared.protocol.messages import Done, Refused

from tests.server.live.conftest import Invite
from tests.server.running import RunningServer
from tests.server.scripted import ScriptedAgent, bring_together, connected, volunteer

SECRET = "hunter2isMyPassword"


async def refused(agent: ScriptedAgent, act: AnyAct) -> ErrorCode:
    answer = await agent.do(act)
    assert isinstance(answer, Refused), answer
    return answer.code


async def says(author: ScriptedAgent, opened: SessionOpened, text: str) -> MessageId:
    act = PostMessage(session_id=opened.session_id, fence=opened.fence, text=text)
    assert isinstance(await author.do(act), Done)
    return (await author.expect(MessagePosted, lambda posted: posted.text == text)).message_id


def edit(opened: SessionOpened, message_id: MessageId, text: str, fence: int = 0) -> EditMessage:
    return EditMessage(
        session_id=opened.session_id,
        fence=fence or opened.fence,
        message_id=message_id,
        text=text,
    )


def delete(opened: SessionOpened, message_id: MessageId, fence: int = 0) -> DeleteMessage:
    return DeleteMessage(
        session_id=opened.session_id, fence=fence or opened.fence, message_id=message_id
    )


def of(message_id: MessageId) -> Callable[[MessageDeleted], bool]:
    return lambda deleted: deleted.message_id == message_id


async def test_an_edited_message_reads_differently_for_everyone(invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        message_id = await says(helper, opened, "Helo")
        assert isinstance(await helper.do(edit(opened, message_id, "Hello")), Done)
        for agent in (asker, helper):
            told = await agent.expect(MessageEdited)
            assert (told.message_id, told.text) == (message_id, "Hello")


async def test_a_deleted_text_is_gone_for_late_devices_too(
    server: RunningServer, invited: Invite
) -> None:
    ada, hugo = invited("Ada"), invited("Hugo")
    async with connected(ada, hugo) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        before = await says(helper, opened, "Look:")
        await asker.disconnect()
        message_id = await says(helper, opened, SECRET)
        assert isinstance(await helper.do(edit(opened, message_id, SECRET * 2)), Done)
        for number in range(120):  # the feed is read back over more than one page
            await says(helper, opened, f"Line {number}")
        assert isinstance(await helper.do(delete(opened, message_id)), Done)
        await helper.expect(MessageDeleted, of(message_id))

        await asker.connect()
        await asker.expect(MessageDeleted, of(message_id))
        told = [one for one in asker.all(MessagePosted) if one.message_id == message_id]
        assert [one.text for one in told] == [""]
        assert [one.text for one in asker.all(MessageEdited)] == [""]
        assert asker.all(MessagePosted)[0].message_id == before

        fresh = ScriptedAgent(hugo)
        fresh.epoch = "another"  # a device that starts over gets the whole feed again
        await fresh.connect()
        await fresh.expect(MessageDeleted, of(message_id))
        assert SECRET not in str(fresh.feed)
        await fresh.disconnect()
        assert stored(server, SECRET) == []


def stored(server: RunningServer, text: str) -> list[str]:
    """The tables that still hold this text."""
    database = sqlite3.connect(f"file:{server.data / 'samebox.sqlite3'}?mode=ro", uri=True)
    try:
        columns = {"message": "text", "feed": "payload", "article_version": "body"}
        return [
            table
            for table, column in columns.items()
            if database.execute(
                f"SELECT 1 FROM {table} WHERE instr({column}, ?)",
                (text,),
            ).fetchone()
        ]
    finally:
        database.close()


async def test_deleting_is_for_good(invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        message_id = await says(helper, opened, "Never mind")
        taken_back = delete(opened, message_id)
        assert isinstance(await helper.do(taken_back, "t" * 32), Done)
        assert isinstance(await helper.do(taken_back, "t" * 32), Done)
        assert await refused(helper, taken_back) is ErrorCode.NOT_FOUND
        assert await refused(helper, edit(opened, message_id, "Back")) is ErrorCode.NOT_FOUND
        assert len(asker.all(MessageDeleted)) <= 1
        assert asker.all(MessageEdited) == []


async def test_only_the_author_in_the_live_session_with_its_fence(invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Hugo"), invited("Eve")) as (asker, helper, eve):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        message_id = await says(helper, opened, "Hello")
        for make in (
            lambda fence: edit(opened, message_id, "Hi", fence),
            by_delete(opened, message_id),
        ):
            assert await refused(asker, make(0)) is ErrorCode.NOT_FOUND
            assert await refused(eve, make(0)) is ErrorCode.NOT_FOUND
            assert await refused(helper, make(opened.fence + 1)) is ErrorCode.STALE_FENCE
        assert await refused(helper, edit(opened, MessageId("0"), "Hi")) is ErrorCode.NOT_FOUND
        assert await refused(helper, edit(opened, message_id, "  ")) is ErrorCode.MALFORMED
        too_long = edit(opened, message_id, "x" * 8_001)
        assert await refused(helper, too_long) is ErrorCode.TOO_LARGE
        elsewhere = DeleteMessage(session_id=SessionId("0"), fence=1, message_id=message_id)
        assert await refused(helper, elsewhere) is ErrorCode.NOT_FOUND
        assert isinstance(await asker.do(SolveSession(session_id=opened.session_id)), Done)
        assert await refused(helper, edit(opened, message_id, "Hi")) is ErrorCode.SESSION_OVER
        assert await refused(helper, delete(opened, message_id)) is ErrorCode.SESSION_OVER


def by_delete(opened: SessionOpened, message_id: MessageId) -> Callable[[int], AnyAct]:
    return lambda fence: delete(opened, message_id, fence)


async def test_a_released_helper_corrects_nothing_any_more(invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        message_id = await says(helper, opened, "Hello")
        leave = LeaveSession(session_id=opened.session_id, fence=opened.fence)
        assert isinstance(await helper.do(leave), Done)
        assert await refused(helper, delete(opened, message_id)) is ErrorCode.SESSION_OVER
