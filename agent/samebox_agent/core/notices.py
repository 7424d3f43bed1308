"""Notices of what was found: when the moment is good, the tray tells of it once (core.manners)."""

from msgspec.structs import replace
from samebox_shared.model.ids import ArticleId

from samebox_agent.core import fixes, manners
from samebox_agent.core.commands import AnyCommand, KeepSetting, Remembered, StartTimer, Step
from samebox_agent.core.events import AgentEvent, AvailabilityChanged, FactsRead, Moment, Started
from samebox_agent.core.intents import Page
from samebox_agent.core.manners import Manners, Seen
from samebox_agent.core.state import AgentState, Phase

QUIET = "quiet"
SLEPT_SECONDS = 60.0
"""When the clock on the wall went on by so much more than the other between two looks, the laptop
slept. Where both go on in sleep (Windows) this tells nothing."""


def mind(state: AgentState, event: AgentEvent, moment: Moment) -> Step:
    """After each step: remember what holds, and tell of it if the moment is good."""
    state = _quiet_after(state, event, moment)
    if state.me is None or not state.facts.read_at:
        return state, ()
    seen = _seen(state, moment.wall)
    before = state.notices.manners
    after = manners.remember(before, seen, moment.wall)
    told: tuple[ArticleId, ...] = ()
    commands: tuple[AnyCommand, ...] = ()
    if _sees_the_cards(state):
        after = manners.settle(after, seen)
    elif manners.waiting(after, seen) and not _is_busy(state):
        left = state.notices.quiet_until - moment.monotonic
        if left > 0:
            commands = (StartTimer(QUIET, left),)
        else:
            after, told = manners.tell(after, seen, moment.wall)
    return _with(state, after, told, before, commands)


def _with(
    state: AgentState,
    after: Manners,
    told: tuple[ArticleId, ...],
    before: Manners,
    commands: tuple[AnyCommand, ...],
) -> Step:
    """An idle laptop changes nothing and writes nothing."""
    if after == before:
        return state, commands
    notices = replace(state.notices, manners=after)
    if told:
        notices = replace(notices, number=notices.number + 1, shown=told)
    keep = KeepSetting(Remembered.MANNERS, manners.written(after))
    return replace(state, notices=notices), (keep, *commands)


def _quiet_after(state: AgentState, event: AgentEvent, moment: Moment) -> AgentState:
    """Login, the end of a lock or of sleep: leave the person alone for a while."""
    notices = state.notices
    match event:
        case Started():
            comes_back = True
        case AvailabilityChanged(away=away):
            comes_back = not away
        case FactsRead():
            slept = (moment.wall - notices.wall) - (moment.monotonic - notices.monotonic)
            comes_back = bool(notices.wall) and slept > SLEPT_SECONDS
            notices = replace(notices, wall=moment.wall, monotonic=moment.monotonic)
        case _:
            return state
    if comes_back:
        notices = replace(notices, quiet_until=moment.monotonic + manners.QUIET_SECONDS)
    return replace(state, notices=notices)


def _seen(state: AgentState, wall: float) -> Seen:
    """What holds, what is gone, and what was put away; a translation goes by its original's id."""
    articles = state.fixes.articles
    holding = {item.article_id: _original(state, item.article_id) for item in state.fixes.findings}
    actable = {item.article_id for item in fixes.suggestions(state, wall)}
    known = {one.article_id for one in state.notices.manners.occasions}
    gone = {_original(state, item) for item in state.fixes.ruled_out} | (known - articles.keys())
    return Seen(
        holding=frozenset(holding.values()),
        gone=frozenset(gone - set(holding.values())),
        put_away=frozenset(root for item, root in holding.items() if item not in actable),
    )


def _original(state: AgentState, article_id: ArticleId) -> ArticleId:
    article = state.fixes.articles.get(article_id)
    return ArticleId(article.translates) if article and article.translates else article_id


def _sees_the_cards(state: AgentState) -> bool:
    window = state.window
    on_help = window.open and window.pages[-1] is Page.HELP
    return on_help and not state.fixes.text.strip()


def _is_busy(state: AgentState) -> bool:
    """Away, at work in the window, or talking with somebody."""
    talking = any(item.phase is Phase.LIVE for item in state.conversations.values())
    return state.helping.away or state.window.open or talking
