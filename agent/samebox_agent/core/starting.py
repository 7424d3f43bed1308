"""The start of the program: everything the disk remembers becomes the first state."""

from msgspec.structs import replace
from samebox_shared.model.ids import QuestionId

from samebox_agent.core import (
    article_sync,
    asking,
    conversation,
    drafting,
    fixes,
    following,
    joining,
    lines,
    outbox,
    session,
    windows,
)
from samebox_agent.core.commands import AnyCommand, Connect, SettleAct, Step
from samebox_agent.core.draft_state import Drafts
from samebox_agent.core.events import Moment, Started
from samebox_agent.core.remedy_list import Remedies
from samebox_agent.core.state import (
    DEFAULT_SHARING,
    AgentState,
    JoinForm,
    Keeping,
    Link,
    LinkState,
    Notices,
    Preferences,
    Waiting,
)


def on_started(event: Started, moment: Moment) -> Step:
    """Show what the disk remembers, look at the laptop, and connect if it has joined."""
    texts = dict(event.texts)
    state = AgentState(
        me=event.me,
        server=event.server,
        epoch=event.epoch,
        join=JoinForm(invite=texts.get(joining.INVITE_FIELD, "")),
        preferences=Preferences(event.appearance),
        reading=event.reading,
        sharing=DEFAULT_SHARING if event.sharing is None else event.sharing,
        sharing_agreed=event.sharing_agreed,
        notices=Notices(event.manners),
        remedies=Remedies(offered=event.offered, tried=event.tried),
        drafts=Drafts(hosts=event.hosts, users=event.users),
        trouble=event.trouble,
    )
    for grown in event.feed:
        state = conversation.on_feed(state, grown, live=False)
    state, settles = _with_outbox(state, event.outbox, moment)
    state = _with_texts(state, texts)
    fresh = replace(
        state.fixes,
        snoozed=event.snoozed,
        openable=event.openable,
        trying=following.of_today(event.trying, moment),
        followed_at=moment.monotonic,
    )
    state = replace(state, fixes=fresh)
    state, _ = article_sync.on_arrived(state, event.articles)
    state = replace(state, window=replace(state.window, pages=(windows.first_page(state),)))
    if event.show_window:
        state, _ = windows.open_help(state, moment)
    state, looks = fixes.read(state, asked=event.show_window)
    commands: tuple[AnyCommand, ...] = (*settles, *looks, *fixes.search_again(state))
    if event.me is None:
        return state, commands
    return replace(state, link=Link(LinkState.CONNECTING)), (*commands, Connect())


def _with_outbox(state: AgentState, waiting: tuple[Waiting, ...], moment: Moment) -> Step:
    """Show again what was typed and not yet answered when the program ended."""
    said = lines.told(state)
    left = tuple(item for item in waiting if item.txn_id not in said)
    state = replace(state, outbox=left)
    for item in left:
        state = conversation.show_waiting(state, item, Keeping.SAVED)
    settles = tuple(SettleAct(item.txn_id) for item in waiting if item.txn_id in said)
    return outbox.rest_old(state, moment), settles


def _with_texts(state: AgentState, texts: dict[str, str]) -> AgentState:
    state = replace(
        state,
        fixes=replace(state.fixes, text=texts.get(fixes.QUESTION_FIELD, "")),
        ask=replace(state.ask, text=texts.get(asking.ASK_FIELD, "")),
    )
    state = drafting.with_texts(state, texts.items())
    for place, text in texts.items():
        if not place.startswith(session.COMPOSER):
            continue
        question_id = QuestionId(place.removeprefix(session.COMPOSER))
        found = state.conversations.get(question_id)
        if found is not None:
            state = state.with_conversation(replace(found, composer=text))
    return state
