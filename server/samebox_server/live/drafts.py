"""Makes the draft article of a solved session and shows it to everyone who was in it."""

import logging

from samebox_shared.model.ids import ArticleId, SessionId, new_id
from samebox_shared.protocol.codec import MAX_FRAME, encode_event
from samebox_shared.protocol.events import DraftWritten

from samebox_server.live.work import Work
from samebox_server.store import articles, people, sessions, transcript
from samebox_server.store.questions import StoredQuestion

_ENVELOPE = 1024  # bytes of a frame around its event

_log = logging.getLogger(__name__)


def write(work: Work, question: StoredQuestion, session_id: SessionId) -> None:
    """Keeps a draft for review. One that is too long for a frame is kept and not shown."""
    from samebox_server.core.articles import render
    from samebox_server.core.drafts import draft_from_session

    solved = sessions.load(work.connection, session_id)
    if solved is None:
        return
    helpers = sorted(sessions.ever_in(work.connection, session_id) - {solved.asker})
    names = [people.card(work.connection, person).name for person in (solved.asker, *helpers)]
    said = transcript.so_far(work.connection, session_id)
    draft = draft_from_session(
        question=question.text,
        device_type=question.device_type,
        fixed_by=solved.fixed_by,
        helper_messages=tuple(one.text for one in said if one.author != solved.asker),
        names=tuple(names),
        article_id=ArticleId(f"draft-{new_id()}"),
    )
    articles.keep_draft(work.connection, draft, render(draft), session_id, work.now)
    event = DraftWritten(session_id=session_id, draft=draft)
    if len(encode_event(event)) > MAX_FRAME - _ENVELOPE:
        _log.warning("a draft is too long to be shown", extra={"session_id": session_id})
        return
    work.tell(solved.people, event)
