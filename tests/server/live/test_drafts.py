"""The draft of a solved session over real sockets: handed over once, by its asker, looked at by
whoever helped."""

from msgspec.structs import replace
from samebox_shared.model.articles import DraftState
from samebox_shared.model.ids import SessionId
from samebox_shared.protocol.acts import AgreeToDraft, ProposeArticle, SolveSession
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import DraftMoved, DraftWritten
from samebox_shared.protocol.messages import Done, Refused

from tests.server.drafts import a_draft
from tests.server.live.conftest import Invite
from tests.server.scripted import ScriptedAgent, bring_together, connected, volunteer


async def solved(asker: ScriptedAgent, helper: ScriptedAgent) -> SessionId:
    await volunteer(helper)
    opened = await bring_together(asker, helper)
    assert isinstance(await asker.do(SolveSession(session_id=opened.session_id)), Done)
    return opened.session_id


async def refused(agent: ScriptedAgent, act: ProposeArticle | AgreeToDraft) -> ErrorCode:
    answer = await agent.do(act)
    assert isinstance(answer, Refused), answer
    return answer.code


async def test_the_helper_agrees_and_both_hear_that_a_moderator_is_next(invited: Invite) -> None:
    async with connected(invited("Ada"), invited("Hugo")) as (asker, helper):
        session = await solved(asker, helper)
        assert not asker.all(DraftWritten)  # nothing is written before the asker hands it over
        hand_over = ProposeArticle(session_id=session, draft=a_draft())
        assert isinstance(await asker.do(hand_over), Done)
        for agent in (asker, helper):
            assert (await agent.expect(DraftWritten)).draft.title == a_draft().title
        assert await refused(asker, AgreeToDraft(session_id=session)) is ErrorCode.OFFER_OVER
        assert isinstance(await helper.do(AgreeToDraft(session_id=session)), Done)
        for agent in (asker, helper):
            assert (await agent.expect(DraftMoved)).state is DraftState.REVIEW


async def test_the_helper_says_what_is_wrong(invited: Invite) -> None:
    async with connected(invited("Bea"), invited("Hans")) as (asker, helper):
        session = await solved(asker, helper)
        await asker.do(ProposeArticle(session_id=session, draft=a_draft()))
        silent = AgreeToDraft(session_id=session, agreed=False)
        assert await refused(helper, silent) is ErrorCode.MALFORMED
        wrong = AgreeToDraft(session_id=session, agreed=False, why="The adapter is another one.")
        assert isinstance(await helper.do(wrong), Done)
        moved = await asker.expect(DraftMoved)
        assert (moved.state, moved.words) == (DraftState.SENT_BACK, wrong.why)
        assert await refused(helper, AgreeToDraft(session_id=session)) is ErrorCode.OFFER_OVER


async def test_only_the_asker_of_a_solved_session_hands_over_and_only_once(
    invited: Invite,
) -> None:
    async with connected(invited("Cem"), invited("Hal"), invited("Eve")) as (asker, helper, eve):
        await volunteer(helper)
        opened = await bring_together(asker, helper)
        hand_over = ProposeArticle(session_id=opened.session_id, draft=a_draft())
        assert await refused(asker, hand_over) is ErrorCode.NOT_ALLOWED
        await asker.do(SolveSession(session_id=opened.session_id))
        for stranger in (helper, eve):
            assert await refused(stranger, hand_over) is ErrorCode.NOT_FOUND
        nowhere = ProposeArticle(session_id=SessionId("none"), draft=a_draft())
        assert await refused(asker, nowhere) is ErrorCode.NOT_FOUND
        assert await refused(eve, AgreeToDraft(session_id=opened.session_id)) is ErrorCode.NOT_FOUND
        assert isinstance(await asker.do(hand_over), Done)
        assert await refused(asker, hand_over) is ErrorCode.OFFER_OVER
        assert await refused(eve, AgreeToDraft(session_id=opened.session_id)) is ErrorCode.NOT_FOUND


async def test_a_draft_that_no_article_can_be_is_refused_and_can_be_mended(
    invited: Invite,
) -> None:
    async with connected(invited("Dia"), invited("Hein")) as (asker, helper):
        session = await solved(asker, helper)
        for broken in (
            replace(a_draft(), title="hidden \u200b word"),
            replace(a_draft(), symptoms=()),
            replace(a_draft(), condition="battery.age > 3.0", reason="Old."),
            replace(a_draft(), steps=()),
        ):
            act = ProposeArticle(session_id=session, draft=broken)
            assert await refused(asker, act) is ErrorCode.MALFORMED
        good = ProposeArticle(session_id=session, draft=a_draft())
        assert isinstance(await asker.do(good), Done)
