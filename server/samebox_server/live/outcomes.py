"""What came of an article, reported by somebody who tried it: counted, and told when it is news."""

from samebox_shared.model.articles import Tried
from samebox_shared.protocol.acts import ReportOutcome
from samebox_shared.protocol.errors import ErrorCode

from samebox_server.core.checking import check_device_type, check_why
from samebox_server.core.outcomes import HARM, MOST_REASONS, is_news
from samebox_server.core.proving import proven_by
from samebox_server.live import knowledge
from samebox_server.live.work import Work
from samebox_server.store import (
    article_pages,
    article_tasks,
    articles,
    objections,
    outcomes,
    proving,
)
from samebox_server.store.article_tasks import TaskKind
from samebox_server.store.devices import Caller


def report(work: Work, caller: Caller, act: ReportOutcome) -> ErrorCode | None:
    """Counts it. What was said of an older version says nothing about this one, and is let go."""
    refusal = check_device_type(act.device_type) or (check_why(act.why) if act.why else None)
    if refusal is not None:
        return refusal
    version = articles.published_version(work.connection, act.article_id)
    if version is None or act.version > version:
        return ErrorCode.NOT_FOUND
    if not article_pages.may_read(work.connection, caller, act.article_id):
        return ErrorCode.NOT_FOUND
    if act.version < version:
        return None
    said = _objected(work, caller, act)
    if act.tried is Tried.WORSE and said > 1:
        _make_task(work, act, said)
        return None
    now = outcomes.add(work.connection, act.article_id, version, act.device_type, act.tried)
    is_new = is_news(now - 1, now)
    if act.tried in (Tried.VERIFIED, Tried.SAID_SO):
        is_new |= _prove(work, act)
    else:
        _make_task(work, act, said)
    if is_new:
        work.articles_head = articles.tell_again(work.connection, act.article_id)
    if act.tried is Tried.WORSE:
        _hide_if_harmful(work, act)
    return None


def _prove(work: Work, act: ReportOutcome) -> bool:
    proven = proven_by(act.device_type)
    if proven is None:
        return False
    return proving.add(work.connection, act.article_id, act.version, (proven,))


def _objected(work: Work, caller: Caller, act: ReportOutcome) -> int:
    """How often this person objected to this version by now; 0 for what is only counted."""
    if act.tried is not Tried.WORSE and not (act.tried is Tried.NOT_HELPED and act.why):
        return 0
    return objections.add(work.connection, act.article_id, act.version, act.tried, caller.person_id)


def _make_task(work: Work, act: ReportOutcome, said: int) -> None:
    """A No with a reason is somebody's task, and so is harm, with a reason or without; not what one
    person says over and over."""
    kind = TaskKind.WORSE if act.tried is Tried.WORSE else TaskKind.NOT_HELPED
    if said <= MOST_REASONS and (act.why or (kind is TaskKind.WORSE and said == 1)):
        article_tasks.add(work.connection, act.article_id, act.version, kind, act.why, work.now)


def _hide_if_harmful(work: Work, act: ReportOutcome) -> None:
    if objections.people(work.connection, act.article_id, act.version, Tried.WORSE) >= HARM:
        knowledge.hide(work, act.article_id)
