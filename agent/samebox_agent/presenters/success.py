"""How often an article helped on laptops like this one, in a sentence."""

from samebox_shared.model.articles import Article

from samebox_agent.core import fixes, outcomes
from samebox_agent.core.proving import is_untried
from samebox_agent.core.state import AgentState
from samebox_agent.presenters import wording


def sentence(state: AgentState, article: Article) -> str:
    """Empty when too few tried it: what two people found says nothing."""
    here = fixes.device_type(state)
    found = outcomes.nearest(state.fixes.records.get(article.article_id, ()), here)
    if found is None:
        return ""
    level, worked, tried = found
    low, high = outcomes.wilson(worked, tried)
    names = {"model": here.model, "family": here.family, "vendor": here.vendor}
    whom = names.get(level) or (wording.SYSTEMS[here.system] if here.system else "")
    return f"Helped {worked} of {tried} on {whom} (likely {_percent(low)} to {_percent(high)}%)"


def untried(state: AgentState, article: Article) -> str:
    """That nobody has tried it on a system as new as this one, or nothing."""
    here = fixes.device_type(state)
    if here.system is None:
        return ""
    if not is_untried(state.fixes.proven.get(article.article_id, ()), here):
        return ""
    return f"Not yet tried on {wording.SYSTEMS[here.system]} {here.system_version}"


def _percent(share: float) -> int:
    return round(100 * share)
