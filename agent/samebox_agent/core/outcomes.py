"""What came of articles: told to the server once each, and what it tells of other laptops.

A person who presses "Done, look again", "It helped", "It did not help" or "It made things worse"
counts for everyone with such a laptop, without a name. The device type goes along only where it may
be told at all.
"""

import math
from collections.abc import Iterable

from msgspec.structs import replace
from samebox_shared.model.article_limits import WHY_LIMIT
from samebox_shared.model.articles import Record, Tried
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.facts import FactKind
from samebox_shared.model.ids import ArticleId
from samebox_shared.protocol.acts import ReportOutcome

from samebox_agent.core import drafting, outbox
from samebox_agent.core.commands import AnyCommand, Step
from samebox_agent.core.events import Moment
from samebox_agent.core.facts import device_type_from
from samebox_agent.core.state import AgentState, Outcome

ENOUGH = 5
"""Outcomes below which nothing is said: they would tell of chance alone."""
Z = 1.96
"""For an interval that holds the true share in 95 of 100 cases."""

_ENDS = {Outcome.FIXED: Tried.VERIFIED, Outcome.SAID_SOLVED: Tried.SAID_SO}
_FAILED = (Tried.NOT_HELPED, Tried.WORSE)
_LEVELS = (
    ("system", "vendor", "family", "model"),
    ("system", "vendor", "family"),
    ("system", "vendor"),
    ("system",),
)


def report(before: AgentState, after: AgentState, moment: Moment) -> Step:
    """Tell the server of outcomes that this step brought; each of a version once."""
    same = before.fixes is after.fixes and before.drafts.objection is after.drafts.objection
    if after.me is None or same:
        return after, ()
    commands: tuple[AnyCommand, ...] = ()
    for place, (article_id, tried) in enumerate(_new(before, after)):
        article = after.fixes.articles.get(article_id)
        told = None if article is None else (article_id, article.version, tried)
        if told is None or told in after.fixes.reported:
            continue
        fixes = replace(after.fixes, reported=after.fixes.reported | {told})
        after = replace(after, fixes=fixes)
        act = ReportOutcome(
            article_id=article_id,
            version=told[1],
            device_type=_here(after),
            tried=tried,
            why=_why(after, article_id, tried),
        )
        fresh = replace(moment, fresh=f"{moment.fresh[:-2]}{place:02x}") if place else moment
        after, more = outbox.act(after, act, fresh)
        commands += more
    return after, commands


def _new(before: AgentState, after: AgentState) -> tuple[tuple[ArticleId, Tried], ...]:
    known = dict(before.fixes.outcomes)
    ended = [
        (article_id, _ENDS[outcome])
        for article_id, outcome in after.fixes.outcomes
        if outcome in _ENDS and known.get(article_id) is not outcome
    ]
    failed = [item for item in after.fixes.tried if item not in before.fixes.tried]
    said = after.drafts.objection
    if said is not None and said.said and said != before.drafts.objection:
        others = (item for item in failed if item != said.article_id)
        tried = Tried.WORSE if said.worse else Tried.NOT_HELPED
        return (*ended, (said.article_id, tried), *((item, Tried.NOT_HELPED) for item in others))
    return (*ended, *((item, Tried.NOT_HELPED) for item in failed))


def _why(state: AgentState, article_id: ArticleId, tried: Tried) -> str:
    """The person's words, without what gives them away."""
    said = state.drafts.objection
    if said is None or said.article_id != article_id or tried not in _FAILED:
        return ""
    return drafting.without_people(state, said.why).text[:WHY_LIMIT]


def _here(state: AgentState) -> DeviceType:
    if FactKind.DEVICE_TYPE not in state.sharing:
        return DeviceType()
    return device_type_from(state.facts.values)


def nearest(records: Iterable[Record], here: DeviceType) -> tuple[str, int, int] | None:
    """The nearest kind of laptop with enough outcomes: its level, how often it worked, of how many.

    The level is "model", "family", "vendor" or "system"; None when there are too few of any.
    """
    known = tuple(records)
    for level in _LEVELS:
        if not getattr(here, level[-1]):
            continue
        like = [each for each in known if _is_like(each.device_type, here, level)]
        worked = sum(each.verified + each.said_so for each in like)
        tried = worked + sum(each.not_helped + each.worse for each in like)
        if tried >= ENOUGH:
            return level[-1], worked, tried
    return None


def _is_like(one: DeviceType, other: DeviceType, level: tuple[str, ...]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in level)


def wilson(worked: int, tried: int) -> tuple[float, float]:
    """The interval in which the true share lies (E. B. Wilson, 1927); both between 0 and 1."""
    share = worked / tried
    centre = share + Z * Z / (2 * tried)
    spread = Z * math.sqrt(share * (1 - share) / tried + Z * Z / (4 * tried * tried))
    whole = 1 + Z * Z / tried
    return max(0.0, (centre - spread) / whole), min(1.0, (centre + spread) / whole)
