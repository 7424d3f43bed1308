"""The laptop's copy of the articles: when to ask for changes, and what became of it."""

from msgspec import UNSET
from msgspec.structs import replace
from samebox_shared.model.ids import TxnId
from samebox_shared.protocol.acts import TellDeviceType
from samebox_shared.protocol.messages import Welcome

from samebox_agent.core import fixes
from samebox_agent.core.article_copy import ArticleCopy
from samebox_agent.core.commands import AnyCommand, FetchArticles, StartTimer, Step
from samebox_agent.core.events import ArticlesArrived, ArticlesMissed
from samebox_agent.core.state import AgentState

FETCH = "fetch_articles"
FETCH_SECONDS = 15.0
"""How long to wait before articles that did not come are asked for again; twice as long each
time."""
LONGEST_SECONDS = 900.0


def is_behind(state: AgentState, welcome: Welcome) -> bool:
    """Whether the server has other articles for this laptop. One of before scopes names none."""
    if welcome.articles_head != state.fixes.head:
        return True
    copy = (state.fixes.copy.scope, state.fixes.copy.epoch)
    return welcome.articles_scope is not UNSET and copy != (welcome.articles_scope, welcome.epoch)


def on_done(state: AgentState, txn_id: TxnId) -> tuple[AnyCommand, ...]:
    """Another device type may have other articles; `txn_id` is the act that the server took."""
    done = [item.act for item in state.outbox if item.txn_id == txn_id]
    return (FetchArticles(),) if any(isinstance(act, TellDeviceType) for act in done) else ()


def on_arrived(state: AgentState, event: ArticlesArrived) -> Step:
    """Take over what came. What the person did with an article is kept, also when it goes."""
    copy = ArticleCopy(event.scope, event.epoch)
    state = replace(state, fixes=replace(state.fixes, copy=copy))
    state = fixes.with_articles(state, event.page, anew=event.anew)
    return state, fixes.search_again(state)


def on_missed(state: AgentState, event: ArticlesMissed) -> Step:
    """The articles stay as they are; ask again after a while. A complaint stays until some come."""
    copy = state.fixes.copy
    seconds = min(LONGEST_SECONDS, FETCH_SECONDS * 2 ** min(copy.missed, 10))
    is_refused = event.is_refused or copy.is_refused
    copy = replace(copy, missed=copy.missed + 1, is_refused=is_refused)
    return replace(state, fixes=replace(state.fixes, copy=copy)), (StartTimer(FETCH, seconds),)
