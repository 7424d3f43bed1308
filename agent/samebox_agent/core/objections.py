"""A No with a reason: what was missing in an article, or that it made things worse.

It is told by `core.outcomes`, once of each version, without the person's name and without what
`core.redaction` takes out.
"""

from msgspec.structs import replace
from samebox_shared.model.article_limits import WHY_LIMIT
from samebox_shared.model.ids import ArticleId

from samebox_agent.core import draft_intents as wants
from samebox_agent.core import fixes
from samebox_agent.core.draft_state import Objection
from samebox_agent.core.state import AgentState


def on_intent(state: AgentState, intent: wants.ObjectionIntent) -> AgentState:
    """What the person says, before and when it is told."""
    now = state.drafts.objection
    match intent:
        case wants.StartObjecting(article_id=article_id, worse=worse):
            why = now.why if now is not None and now.article_id == article_id else ""
            return _with(state, Objection(article_id, worse, why))
        case wants.TypeObjection(text=text) if now is not None and not now.said:
            return _with(state, replace(now, why=text[:WHY_LIMIT]))
        case wants.SayObjection() if now is not None:
            return fixes.note_tried(say(state, now.article_id), now.article_id)
        case wants.StopObjecting():
            return put_away(state)
        case _:
            return state


def say(state: AgentState, article_id: ArticleId) -> AgentState:
    """It is told now, if something was said of this article."""
    now = state.drafts.objection
    if now is None or now.article_id != article_id:
        return state
    return _with(state, replace(now, said=True))


def put_away(state: AgentState) -> AgentState:
    """Whoever comes back to an article finds its buttons."""
    return _with(state, None)


def _with(state: AgentState, objection: Objection | None) -> AgentState:
    if objection == state.drafts.objection:
        return state
    return replace(state, drafts=replace(state.drafts, objection=objection))
