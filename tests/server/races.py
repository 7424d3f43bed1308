"""A question that several helpers accept at the same moment, and who may win it."""

import asyncio
from collections.abc import Callable

from samebox_shared.protocol.acts import AcceptOffer, SolveSession
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import OfferClosed, OfferEnd, OfferMade, SessionOpened
from samebox_shared.protocol.messages import Done, Refused

from tests.server.scripted import ScriptedAgent, question


async def race(asker: ScriptedAgent, helpers: list[ScriptedAgent]) -> None:
    ask = question()
    await asker.do(ask)
    offers = [
        await helper.expect(OfferMade, lambda made: made.question_id == ask.question_id)
        for helper in helpers
    ]
    answers = await asyncio.gather(
        *(
            helper.do(AcceptOffer(offer_id=offer.offer_id))
            for helper, offer in zip(helpers, offers, strict=True)
        )
    )
    won = [answer for answer in answers if isinstance(answer, Done)]
    lost = [answer.code for answer in answers if isinstance(answer, Refused)]
    assert (len(won), lost) == (1, [ErrorCode.ALREADY_TAKEN] * (len(helpers) - 1))
    opened = await asker.expect(SessionOpened, lambda opened: opened.question_id == ask.question_id)
    for helper, offer, answer in zip(helpers, offers, answers, strict=True):
        over = await helper.expect(OfferClosed, ends(offer))
        assert (over.end is OfferEnd.ACCEPTED) == isinstance(answer, Done)
        if isinstance(answer, Done):
            assert opened.helper.person_id == helper.person.person_id
            again = await helper.do(AcceptOffer(offer_id=offer.offer_id), answer.txn_id)
            assert isinstance(again, Done)
    assert isinstance(await asker.do(SolveSession(session_id=opened.session_id)), Done)


def ends(offer: OfferMade) -> Callable[[OfferClosed], bool]:
    return lambda closed: closed.offer_id == offer.offer_id
