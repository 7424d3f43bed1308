"""The window of one question: the conversation, who is in it, what can be done, and its end."""

from datetime import tzinfo

from samebox_shared.model.articles import DraftState
from samebox_shared.model.topics import Part

from samebox_agent.core import drafting, intents
from samebox_agent.core.session_intents import AskToConfirm, Confirm
from samebox_agent.core.state import (
    WAITING_PHASES,
    AgentState,
    Companion,
    Conversation,
    LinkState,
    Phase,
)
from samebox_agent.presenters import (
    asking_state,
    composer,
    draft,
    live_state,
    reasons,
    timeline,
    wording,
)
from samebox_agent.presenters.views import (
    Banner,
    Button,
    Card,
    MenuItem,
    Pill,
    SessionView,
    SolveView,
    Switch,
    Tone,
    Weight,
)

HELPERS_FIRST_FACTS = 3
"""Enough to see what is wrong; the rest is one click away and does not push the talk aside."""
IT_BADGE = Pill("IT", Tone.ACCENT)


def present(state: AgentState, item: Conversation, zone: tzinfo) -> SessionView:
    """Asker and helper see the same window with other words."""
    live = item.phase is Phase.LIVE
    return SessionView(
        key=item.question_id,
        title=item.peer.name if item.peer else "Your question",
        about=wording.shorten(item.text, 60),
        subtitle=wording.device(item.device_type),
        badge=IT_BADGE if item.peer and item.peer.is_it else None,
        state=_state(state, item, zone),
        peer=_presence(state, item),
        people=_people(state, item),
        answers=_answers(item),
        fact_rows=wording.fact_rows(item.facts),
        facts_heading=_facts_heading(item),
        facts_first=HELPERS_FIRST_FACTS if live and not item.mine else 0,
        entries=timeline.present(state, item, zone),
        typing=_typing(item),
        safety=wording.SAFETY,
        composer=item.composer if item.editing is None else item.edit_text,
        composer_placeholder=composer.placeholder(item),
        composer_enabled=live,
        buttons=_buttons(state, item),
        menu=_menu(item),
        notice=composer.notice(state, item),
        solve=_solve(item) if item.solving else None,
        raised=item.raised,
        escape=composer.escape(item),
    )


def _state(state: AgentState, item: Conversation, zone: tzinfo) -> Banner:
    if item.phase in WAITING_PHASES:
        return asking_state.present(state, item, zone)
    match item.phase:
        case Phase.LIVE:
            return live_state.present(state, item)
        case Phase.SOLVED:
            return _solved(state, item)
        case Phase.CANCELLED:
            return Banner("Withdrawn", "Nobody is asked any more.", Tone.NEUTRAL)
        case _:
            return Banner("This conversation is over for you", "", Tone.NEUTRAL)


def _became(state: DraftState | None) -> str:
    match state:
        case DraftState.PUBLISHED:
            return "It is an article now."
        case DraftState.SENT_BACK:
            return "Its draft article was sent back."
        case DraftState.WITHDRAWN:
            return "Its draft article was taken back."
        case DraftState.LOOKING | DraftState.REVIEW | None:
            return "It became a draft article."


def _solved(state: AgentState, item: Conversation) -> Banner:
    if item.session_id is None:
        return Banner("Solved", "Thank you for saying so. Nobody is asked any more.", Tone.GOOD)
    detail = "Thank you."
    if drafting.is_to_decide(state, item):
        detail = "Thank you. Keep the answer for the next one? The draft is only on this laptop."
    elif drafting.is_to_look_at(state, item):
        detail = "Thank you. It became a draft article. Is it right?"
    elif drafting.handed_over(state, item.session_id) is not None:
        detail = f"Thank you. {_became(drafting.state_of(state, item))}"
    return Banner("Solved", detail, Tone.GOOD, draft.button(state, item))


def _presence(state: AgentState, item: Conversation) -> Pill | None:
    """Not said while the server cannot be reached: nobody here knows it then."""
    online = state.link.state is LinkState.ONLINE
    if not online or item.other is None or item.phase is not Phase.LIVE or len(item.present) > 1:
        return None
    return Pill("Here", Tone.GOOD) if item.other.here else Pill("Away", Tone.WARN)


def _people(state: AgentState, item: Conversation) -> tuple[Pill, ...]:
    """One by one when there are several; with one the pill beside the title says it."""
    if item.phase is not Phase.LIVE or len(item.present) < 2:
        return ()
    known = state.link.state is LinkState.ONLINE
    return tuple(_person(who, known=known) for who in item.present)


def _person(who: Companion, *, known: bool) -> Pill:
    parts = [who.person.name, _part(who), "away" if known and not who.here else ""]
    text = " · ".join(part for part in parts if part)
    if not known:
        return Pill(text)
    return Pill(text, Tone.GOOD if who.here else Tone.WARN)


def _part(who: Companion) -> str:
    if who.person.is_it or who.part is Part.IT:
        return "IT"
    match who.part:
        case None:
            return "asks"
        case Part.WATCHER:
            return "reads along"
        case _:
            return "helps"


def _answers(item: Conversation) -> tuple[Card, ...]:
    """The newest first; each can be what solved it."""
    if not item.mine:
        return ()
    return tuple(
        Card(
            title=f"{answer.author.name} answered",
            body=answer.text,
            pill=IT_BADGE if answer.author.is_it else None,
            buttons=_answer_buttons(item, answer.answer_id),
        )
        for answer in reversed(item.answers)
    )


def _answer_buttons(item: Conversation, answer_id: str) -> tuple[Button, ...]:
    if item.phase not in WAITING_PHASES:
        return ()
    answer = next(one for one in item.answers if one.answer_id == answer_id)
    solved = intents.SolveAlone(item.question_id, answer.answer_id)
    return (Button("This solved it", solved, enabled=not item.solved_wish),)


def _typing(item: Conversation) -> str:
    names = [who.person.name for who in item.present if who.typing]
    if not names:
        return ""
    return f"{reasons.listed(names)} {'is' if len(names) == 1 else 'are'} typing…"


def _facts_heading(item: Conversation) -> str:
    if not item.facts:
        return ""
    who = "You" if item.mine or item.peer is None else item.peer.name
    return f"{who} shared {len(item.facts)} fact{'s' if len(item.facts) > 1 else ''}"


def _buttons(state: AgentState, item: Conversation) -> tuple[Button, ...]:
    if item.mine and item.phase in WAITING_PHASES:
        return _waiting_buttons(state, item)
    if item.phase is not Phase.LIVE or item.session_id is None:
        return ()
    if item.mine:
        solved = intents.StartSolving(item.session_id)
        return (Button("Solved", solved, Weight.PRIMARY, not item.solved_wish),)
    label = "Hand back" if item.part is Part.HELPER else "Leave"
    return (Button(label, intents.HandBack(item.session_id), Weight.QUIET),)


def _waiting_buttons(state: AgentState, item: Conversation) -> tuple[Button, ...]:
    free = not asking_state.withdrawing(state, item) and not item.solved_wish
    withdraw = Button(
        "Withdraw",
        intents.CancelAsking(item.question_id),
        Weight.QUIET,
        enabled=free,
        hint="I no longer need help",
    )
    if item.phase is not Phase.PARKED:
        return (withdraw,)
    found = intents.SolveAlone(item.question_id)
    return (Button("Solved, I found it", found, enabled=free), withdraw)


def _menu(item: Conversation) -> tuple[MenuItem, ...]:
    if item.phase is not Phase.LIVE:
        return ()
    items = []
    if not any(who.part is Part.SECOND for who in item.present) and item.part is not Part.SECOND:
        second = AskToConfirm(item.question_id, Confirm.SECOND)
        items.append(MenuItem("Bring in a second helper…", second))
    if not any(who.person.is_it for who in item.present) and item.part is not Part.IT:
        items.append(MenuItem("Bring in IT…", AskToConfirm(item.question_id, Confirm.IT)))
    for who in item.present:
        block = AskToConfirm(item.question_id, Confirm.BLOCK, who.person.person_id)
        items.append(MenuItem(f"Never meet {who.person.name} again…", block))
    return tuple(items)


def _solve(item: Conversation) -> SolveView | None:
    if item.session_id is None:
        return None
    names = [who.person.name for who in item.present if who.part is not Part.WATCHER]
    session_id = item.session_id
    return SolveView(
        title="Solved!",
        thanks=Switch(
            f"Thank {reasons.listed(names) or 'your colleague'}",
            item.thanks,
            intents.SetThanks(session_id, True),
            intents.SetThanks(session_id, False),
        ),
        field_label="What fixed it?",
        field_placeholder="One line per step helps the next colleague",
        text=item.fixed_by,
        done=Button("Say solved", intents.SolveNow(session_id), Weight.PRIMARY),
        not_yet=Button("Not yet", intents.StopSolving(session_id), Weight.QUIET),
        session_id=session_id,
    )
