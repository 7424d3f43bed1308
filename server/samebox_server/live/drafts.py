"""The draft of a solved session: its asker hands it over, whoever helped says if it is right."""

from msgspec.structs import replace
from samebox_shared.model.ids import new_id
from samebox_shared.protocol.acts import AgreeToDraft, ProposeArticle
from samebox_shared.protocol.codec import MAX_FRAME, encode_event
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import DraftWritten

from samebox_server.core.checking import check_why
from samebox_server.core.proposals import (
    Contribution,
    Contributor,
    Proposal,
    ProposalId,
    WhyNot,
    state_of,
)
from samebox_server.live import knowledge
from samebox_server.live.work import Work
from samebox_server.store import proposals, sessions
from samebox_server.store.devices import Caller
from samebox_server.store.sessions import SessionEnd

_ENVELOPE = 1024  # bytes of a frame around its event


def hand_over(work: Work, caller: Caller, act: ProposeArticle) -> ErrorCode | None:
    """Keeps the draft and shows it to everyone who was in the session. A second one is refused."""
    from samebox_server.core.articles import BrokenArticle, parse, render

    solved = sessions.load(work.connection, act.session_id)
    if solved is None or caller.person_id != solved.asker:
        return ErrorCode.NOT_FOUND
    if solved.end is not SessionEnd.SOLVED:
        return ErrorCode.NOT_ALLOWED
    if proposals.of_session(work.connection, act.session_id) is not None:
        return ErrorCode.OFFER_OVER
    article_id = knowledge.free_id(work, act.draft.title)
    named = replace(act.draft, article_id=article_id, version=1)
    draft = parse(render(named), source="draft")
    if isinstance(draft, BrokenArticle):
        return ErrorCode.MALFORMED
    event = DraftWritten(session_id=act.session_id, draft=draft)
    if len(encode_event(event)) > MAX_FRAME - _ENVELOPE:
        return ErrorCode.TOO_LARGE
    helpers = sessions.helped_in(work.connection, act.session_id) - {solved.asker}
    had = (
        Contributor(solved.asker, Contribution.ASKED, work.now),
        *(Contributor(one, Contribution.WROTE) for one in sorted(helpers)),
    )
    proposed = Proposal(
        proposal_id=ProposalId(new_id()),
        article_id=article_id,
        base_version=0,
        title=draft.title,
        source=render(draft),
        state=state_of(had),
        session_id=act.session_id,
        made_at=work.now,
        changed_at=work.now,
        contributors=had,
    )
    proposals.save(work.connection, proposed)
    work.tell([one.person_id for one in had], event)
    knowledge.tell_people(work, proposed)
    return None


def say(work: Work, caller: Caller, act: AgreeToDraft) -> ErrorCode | None:
    """Whoever helped says that it is right, or what is wrong."""
    proposed = proposals.of_session(work.connection, act.session_id, decides=True)
    if proposed is None or proposed.contribution_of(caller.person_id) is None:
        return ErrorCode.NOT_FOUND
    if act.agreed:
        done = knowledge.agree(work, proposed, caller.person_id)
    else:
        refusal = check_why(act.why)
        if refusal is not None:
            return refusal
        done = knowledge.send_back(work, proposed, caller.person_id, frozenset(), act.why)
    return ErrorCode.OFFER_OVER if isinstance(done, WhyNot) else None
