"""What came of an article, reported by somebody who tried it: counted, and told when it is news."""

from samebox_shared.protocol.acts import ReportOutcome
from samebox_shared.protocol.errors import ErrorCode

from samebox_server.core.checking import check_device_type
from samebox_server.core.outcomes import is_news
from samebox_server.live.work import Work
from samebox_server.store import articles, outcomes


def report(work: Work, act: ReportOutcome) -> ErrorCode | None:
    """Counts it. What was said of an older version says nothing about this one, and is let go."""
    refusal = check_device_type(act.device_type)
    if refusal is not None:
        return refusal
    version = articles.published_version(work.connection, act.article_id)
    if version is None or act.version > version:
        return ErrorCode.NOT_FOUND
    if act.version < version:
        return None
    now = outcomes.add(work.connection, act.article_id, version, act.device_type, act.tried)
    if is_news(now - 1, now):
        work.articles_head = articles.tell_again(work.connection, act.article_id)
    return None
