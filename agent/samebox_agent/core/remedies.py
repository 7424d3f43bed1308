"""The way of a remedy: asked, looking, confirmed by the person, running, done or failed.

Only a person starts one, and what changes the laptop only after they read what it will do. One runs
at a time. The work itself is done in `desktop.remedies`.
"""

import msgspec
from msgspec.structs import replace

from samebox_agent.core.commands import (
    KeepSetting,
    LookForRemedy,
    Remembered,
    RunRemedy,
    StartTimer,
    Step,
    StopTimer,
)
from samebox_agent.core.events import (
    Moment,
    RemedyDone,
    RemedyEvent,
    RemedyFailed,
    RemedyLooked,
)
from samebox_agent.core.remedy_intents import AskRemedy, DoRemedy, LeaveRemedy, RemedyIntent
from samebox_agent.core.remedy_list import (
    REMEDIES,
    Attempt,
    Confirm,
    Done,
    Failed,
    Found,
    Look,
    Looking,
    Phase,
    Remedies,
    RemedyKey,
    Running,
    Tried,
    WhyNot,
)
from samebox_agent.core.state import AgentState

LIMIT = "remedy"
GRACE_SECONDS = 5.0
"""The worker keeps the time limit itself; this is for one that hangs."""
FRESH_SECONDS = 120.0
"""After this long what was seen is looked at again before it is done."""
MOST_TRIED = 20
NOT_BEGUN = frozenset({WhyNot.RECORDED, WhyNot.STILL_BUSY})


def on_intent(state: AgentState, intent: RemedyIntent, moment: Moment) -> Step:
    """What the person wants of a remedy."""
    match intent:
        case AskRemedy():
            return _ask(state, intent, moment)
        case DoRemedy(number=number):
            return _do(state, number, moment)
        case LeaveRemedy(number=number):
            return _leave(state, number), ()


def _ask(state: AgentState, intent: AskRemedy, moment: Moment) -> Step:
    now = state.remedies
    if intent.key not in now.offered or (now.attempt is not None and now.attempt.is_busy):
        return state, ()
    attempt = Attempt(now.number + 1, intent.article_id, intent.key, Confirm(moment.wall))
    if REMEDIES[intent.key].look is not Look.NO:
        return _look(state, attempt)
    return _with(state, attempt), ()


def _look(state: AgentState, attempt: Attempt) -> Step:
    command = LookForRemedy(attempt.number, attempt.key)
    return _with(state, attempt, Looking()), (command, _limit(attempt.key))


def _do(state: AgentState, number: int, moment: Moment) -> Step:
    attempt = state.remedies.attempt
    if attempt is None or attempt.number != number or not isinstance(attempt.phase, Confirm):
        return state, ()
    old = abs(moment.wall - attempt.phase.at) > FRESH_SECONDS
    if old and REMEDIES[attempt.key].look is Look.FIRST:
        return _look(state, attempt)
    command = RunRemedy(attempt.number, attempt.key)
    return _with(state, attempt, Running()), (command, _limit(attempt.key))


def _leave(state: AgentState, number: int) -> AgentState:
    attempt = state.remedies.attempt
    if attempt is None or attempt.number != number or attempt.is_busy:
        return state
    return replace(state, remedies=replace(state.remedies, attempt=None))


def put_away(state: AgentState) -> AgentState:
    """Whoever comes back to an article finds its buttons, and no old question or result."""
    attempt = state.remedies.attempt
    return state if attempt is None else _leave(state, attempt.number)


def on_told(state: AgentState, event: RemedyEvent, moment: Moment) -> Step:
    """The laptop looked, did it, or could not; what belongs to an earlier attempt is dropped."""
    attempt = state.remedies.attempt
    if attempt is None or attempt.number != event.number:
        return state, ()
    match event, attempt.phase:
        case RemedyLooked(found=found), Looking():
            return _with(state, attempt, _seen(attempt, found, moment)), (StopTimer(LIMIT),)
        case RemedyDone(found=found), Running() | Failed(why=WhyNot.TOO_SLOW):
            return _ended(state, attempt, Done(found), moment)
        case RemedyFailed(why=why, done=done), Looking() | Running():
            return _ended(state, attempt, Failed(why, done), moment)
        case _:
            return state, ()


def _seen(attempt: Attempt, found: Found, moment: Moment) -> Phase:
    if REMEDIES[attempt.key].look is Look.ONLY or not found.items:
        return Done(found)
    return Confirm(moment.wall, found)


def on_limit(state: AgentState, moment: Moment) -> Step:
    """The worker did not come back in time."""
    attempt = state.remedies.attempt
    if attempt is None or not attempt.is_busy:
        return state, ()
    return _ended(state, attempt, Failed(WhyNot.TOO_SLOW, Found()), moment)


def _ended(state: AgentState, attempt: Attempt, phase: Done | Failed, moment: Moment) -> Step:
    """Show how it ended; what changed the laptop, or may have, is among what was tried."""
    state, stop = _with(state, attempt, phase), StopTimer(LIMIT)
    not_begun = isinstance(phase, Failed) and phase.why in NOT_BEGUN
    if isinstance(attempt.phase, Looking) or not_begun:
        return state, (stop,)
    now = state.remedies
    done = isinstance(phase, Done)
    tried = (Tried(attempt.key, moment.wall, done), *now.tried)[:MOST_TRIED]
    state = replace(state, remedies=replace(now, tried=tried))
    return state, (stop, KeepSetting(Remembered.REMEDIES, written(tried)))


def _with(state: AgentState, attempt: Attempt, phase: Phase | None = None) -> AgentState:
    attempt = replace(attempt, phase=attempt.phase if phase is None else phase)
    now: Remedies = replace(state.remedies, attempt=attempt, number=attempt.number)
    return replace(state, remedies=now)


def _limit(key: RemedyKey) -> StartTimer:
    return StartTimer(LIMIT, REMEDIES[key].seconds + GRACE_SECONDS)


def written(tried: tuple[Tried, ...]) -> str:
    """What was tried, as it is kept on this laptop."""
    return msgspec.json.encode(tried).decode()


def read(text: str) -> tuple[Tried, ...]:
    """What was kept; nothing when it cannot be read."""
    try:
        return msgspec.json.decode(text, type=tuple[Tried, ...])
    except msgspec.DecodeError:
        return ()
