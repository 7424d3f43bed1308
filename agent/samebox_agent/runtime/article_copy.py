"""The articles on the disk, in the core's terms; a damaged copy is forgotten, nothing else."""

import logging
from collections.abc import Callable

from samebox_shared.model.articles import ArticleChange, ArticlePage

from samebox_agent.core.events import AgentEvent, ArticlesArrived, ArticlesMissed, StoreFailed
from samebox_agent.core.state import Problem, Trouble
from samebox_agent.storage.articles import Articles
from samebox_agent.storage.trouble import StorageTrouble, TroubleKind

log = logging.getLogger(__name__)


def kept(articles: Articles) -> ArticlesArrived:
    """What is there. Raises StorageTrouble when even an empty copy cannot be begun."""
    changes = _readable(articles)
    copy = articles.position()
    page = ArticlePage(changes=changes, head=copy.after)
    return ArticlesArrived(page, copy.scope, copy.epoch, anew=True)


def mend(articles: Articles, tell: Callable[[AgentEvent], None]) -> None:
    """The copy turned out to be damaged: what cannot be read is fetched anew."""
    try:
        found = kept(articles)
    except StorageTrouble as trouble:  # it is the whole file; the next start begins a new one
        log.error("the articles cannot be fetched anew: %s", trouble)
        tell(StoreFailed(Trouble(Problem.STORE_BROKEN)))
        return
    tell(found)
    tell(ArticlesMissed())


def _readable(articles: Articles) -> tuple[ArticleChange, ...]:
    try:
        return articles.changes()
    except StorageTrouble as trouble:
        if trouble.kind is not TroubleKind.CORRUPT:
            raise
        log.error("the articles are damaged and are fetched anew: %s", trouble)
    articles.forget()
    return ()
