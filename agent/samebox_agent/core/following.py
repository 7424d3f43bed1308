"""After the steps were opened the laptop looks again by itself: fixed is seen, not assumed (J2).

Only what the condition read is read again, soon after the person did something and every few
seconds for a while; the look of each half hour sees the rest. A restart of the laptop is a step
too, so what is followed is kept on the disk. Time is measured on the clock that never goes back:
setting the other one may be the step.
"""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace
from samebox_shared.model.conditions import OddPiece, facts_named
from samebox_shared.model.facts import BY_NAME, FactKind
from samebox_shared.model.ids import ArticleId

from samebox_agent.core import conditions
from samebox_agent.core.commands import (
    AnyCommand,
    KeepSetting,
    ReadFacts,
    Remembered,
    StartTimer,
    Step,
)
from samebox_agent.core.events import Moment
from samebox_agent.core.facts import by_name
from samebox_agent.core.state import AgentState, Outcome, Trying

LOOK = "look_after_steps"
SOON_SECONDS = 2.0
"""After a settings page was opened or a remedy was done."""
OFTEN_SECONDS = 15.0
OFTEN_FOR_SECONDS = 1_800.0
"""So long after the person last had to do with it; later the look of each half hour is enough."""
SHARE = 0.02
"""What takes long to read is read less often: looking may take this share of the time."""
LONGEST_SECONDS = 24 * 3_600.0
"""What is gone only after so long is not the work of these steps."""


def begin(state: AgentState, article_id: ArticleId, moment: Moment) -> Step:
    """The steps were opened; when the trouble is seen here, see to it that its end is seen."""
    if not any(item.article_id == article_id for item in state.fixes.findings):
        return state, ()
    others = tuple(item for item in state.fixes.trying if item.article_id != article_id)
    outcomes = tuple(
        (item, outcome)
        for item, outcome in state.fixes.outcomes
        if (item, outcome) != (article_id, Outcome.FIXED)  # it came back
    )
    trying = (*others, Trying(article_id, moment.wall))
    state = replace(state, fixes=replace(state.fixes, trying=trying, outcomes=outcomes))
    return _touched(state, moment), (_kept(trying), StartTimer(LOOK, OFTEN_SECONDS))


def leave(state: AgentState, article_id: ArticleId) -> Step:
    """The person said how it ended."""
    trying = tuple(item for item in state.fixes.trying if item.article_id != article_id)
    if trying == state.fixes.trying:
        return state, ()
    return replace(state, fixes=replace(state.fixes, trying=trying)), (_kept(trying),)


def soon(state: AgentState, moment: Moment) -> Step:
    """The person does the steps now."""
    if not state.fixes.trying:
        return state, ()
    return _touched(state, moment), (StartTimer(LOOK, SOON_SECONDS),)


def on_return(state: AgentState, moment: Moment) -> Step:
    """The person came back to the window, perhaps from the steps."""
    return look(_touched(state, moment), moment) if state.fixes.trying else (state, ())


def look(state: AgentState, moment: Moment) -> Step:
    """Read again what the conditions read, and go on for as long as that may help."""
    often = moment.monotonic - state.fixes.followed_at < OFTEN_FOR_SECONDS
    kinds = _kinds(state)
    if not state.reading or not kinds or not often:
        return state, ()
    took = max((each.seconds for each in state.facts.costs if each.kind in kinds), default=0.0)
    again = StartTimer(LOOK, max(OFTEN_SECONDS, took / SHARE))
    if state.facts.busy:
        return state, (again,)
    state = replace(state, facts=replace(state.facts, busy=True))
    return state, (ReadFacts(kinds, asked=True), again)


def judge(state: AgentState, moment: Moment) -> Step:
    """What was followed and is gone is fixed."""
    if state.fixes.trying and moment.monotonic - state.fixes.followed_at >= LONGEST_SECONDS:
        return replace(state, fixes=replace(state.fixes, trying=())), (_kept(()),)
    values = by_name(state.facts.values)
    gone = tuple(
        item.article_id
        for item in state.fixes.trying
        if (article := state.fixes.articles.get(item.article_id)) is not None
        and isinstance(conditions.evaluate(article.condition, values), conditions.DoesNotHold)
    )
    if not gone:
        return state, ()
    trying = tuple(item for item in state.fixes.trying if item.article_id not in gone)
    outcomes = {**dict(state.fixes.outcomes), **dict.fromkeys(gone, Outcome.FIXED)}
    fixes = replace(
        state.fixes,
        trying=trying,
        outcomes=tuple(outcomes.items()),
        fixed=tuple(dict.fromkeys((*state.fixes.fixed, *gone))),
    )
    return replace(state, fixes=fixes), (_kept(trying),)


def of_today(trying: Iterable[Trying], moment: Moment) -> tuple[Trying, ...]:
    """Those that the program still follows when it starts again."""
    return tuple(one for one in trying if abs(moment.wall - one.at) < LONGEST_SECONDS)


def put_away(state: AgentState) -> AgentState:
    """The window is closed: what was fixed has been seen."""
    if not state.fixes.fixed:
        return state
    return replace(state, fixes=replace(state.fixes, fixed=()))


def written(trying: Iterable[Trying]) -> str:
    """What is followed, as it is kept on this laptop."""
    return msgspec.json.encode(tuple(trying)).decode()


def read(text: str) -> tuple[Trying, ...]:
    """What was kept; nothing when it cannot be read."""
    try:
        return msgspec.json.decode(text, type=tuple[Trying, ...])
    except msgspec.DecodeError:
        return ()


def _kept(trying: Iterable[Trying]) -> AnyCommand:
    return KeepSetting(Remembered.TRYING, written(trying))


def _touched(state: AgentState, moment: Moment) -> AgentState:
    return replace(state, fixes=replace(state.fixes, followed_at=moment.monotonic))


def _kinds(state: AgentState) -> frozenset[FactKind]:
    """The kinds of fact that the followed conditions read."""
    found: set[FactKind] = set()
    for item in state.fixes.trying:
        article = state.fixes.articles.get(item.article_id)
        names = () if article is None else facts_named(article.condition)
        if not isinstance(names, OddPiece):
            found.update(BY_NAME[name].kind for name in names if name in BY_NAME)
    return frozenset(found)
