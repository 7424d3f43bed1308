"""The window of one question: whom we are asking and why, the conversation, and its end."""

from datetime import tzinfo

from samebox_shared.model.devices import Ring
from samebox_shared.protocol.acts import CancelQuestion

from samebox_agent.core import intents
from samebox_agent.core.state import AgentState, Conversation, LinkState, Phase
from samebox_agent.presenters import timeline, wording
from samebox_agent.presenters.views import (
    Banner,
    Button,
    Pill,
    SessionView,
    SolveView,
    Switch,
    Tone,
    Weight,
)

HELPERS_FIRST_FACTS = 3
"""Enough to see what is wrong; the rest is one click away and does not push the talk aside."""


def present(state: AgentState, item: Conversation, zone: tzinfo) -> SessionView:
    """Asker and helper see the same window with other words."""
    live = item.phase is Phase.LIVE
    return SessionView(
        key=item.question_id,
        title=_title(item),
        subtitle=wording.device(item.device_type),
        state=_state(state, item, zone),
        peer=_peer(item),
        fact_rows=wording.fact_rows(item.facts),
        facts_heading=_facts_heading(item),
        facts_first=HELPERS_FIRST_FACTS if live and not item.mine else 0,
        entries=timeline.present(state, item, zone),
        typing=f"{item.peer.name} is typing…" if item.peer and item.peer_typing else "",
        safety=wording.SAFETY,
        composer=item.composer,
        composer_placeholder=_placeholder(item),
        composer_enabled=live,
        buttons=_buttons(state, item),
        solve=_solve(item) if item.solving else None,
        raised=item.raised,
    )


def _title(item: Conversation) -> str:
    if item.peer is None:
        return "Your question"
    return f"{item.peer.name} · IT" if item.peer.is_it else item.peer.name


def _state(state: AgentState, item: Conversation, zone: tzinfo) -> Banner:
    if _withdrawing(state, item):
        detail = "" if _online(state) else "Done as soon as the server is back."
        return Banner("Withdrawing your question…", detail, busy=True)
    if item.phase in (Phase.KEPT, Phase.ASKING, Phase.LIVE) and not _online(state):
        return _offline(item)
    match item.phase:
        case Phase.KEPT:
            return Banner("Sending your question…", busy=True)
        case Phase.ASKING:
            return _asking(item, zone)
        case Phase.LIVE:
            return _live(item)
        case Phase.SOLVED:
            detail = "Thank you. It became a draft article." if item.draft else "Thank you."
            return Banner("Solved", detail, Tone.GOOD, _draft_button(item))
        case Phase.CANCELLED:
            return Banner("Withdrawn", "Nobody is asked any more.", Tone.NEUTRAL)
        case Phase.ENDED:
            return Banner("This conversation is over for you", "", Tone.NEUTRAL)


def _withdrawing(state: AgentState, item: Conversation) -> bool:
    return item.phase in (Phase.KEPT, Phase.ASKING) and any(
        waiting.act == CancelQuestion(question_id=item.question_id) for waiting in state.outbox
    )


def _online(state: AgentState) -> bool:
    return state.link.state is LinkState.ONLINE


def _offline(item: Conversation) -> Banner:
    detail = "What you write is kept here and sent once, when the server is back."
    if item.phase is Phase.KEPT:
        return Banner("You are offline; your question is kept", detail, Tone.WARN)
    return Banner("Reconnecting…", detail, Tone.WARN, busy=True)


def _asking(item: Conversation, zone: tzinfo) -> Banner:
    if item.ring is None:
        return Banner("Looking for a colleague…", "", Tone.ACCENT, busy=True)
    until = wording.clock_time(item.until, zone)
    if item.asked == 0:
        detail = (
            "Your question stays open and is offered again by itself, next at "
            f"{until} or as soon as someone who fits is there. You can close this window."
        )
        return Banner("Nobody is there right now", detail, Tone.WARN, busy=True)
    title = f"Asking {wording.colleagues(item.asked, item.ring, item.device_type)}"
    then = "it asks again" if item.ring is Ring.IT else "it asks more widely"
    return Banner(title, f"Until {until}, then {then}.", Tone.ACCENT, busy=True)


def _live(item: Conversation) -> Banner:
    name = item.peer.name if item.peer else "Your colleague"
    if not item.peer_here:
        detail = "What you write is kept and shown as soon as they are back."
        return Banner(f"{name} is away for a moment", detail, Tone.WARN)
    if item.solved_wish:
        return Banner("Saying solved…", "", Tone.NEUTRAL, busy=True)
    if item.mine:
        return Banner(f"You are talking with {name}", _why(item), Tone.GOOD)
    return Banner(f"You are helping {name}", item.text, Tone.GOOD)


def _why(item: Conversation) -> str:
    if item.ring is None:
        return ""
    if item.peer is not None and item.peer.is_it:
        return "From IT."
    return f"A colleague {wording.whom(item.ring, item.device_type)}.".replace(
        "who use ", "who uses "
    )


def _peer(item: Conversation) -> Pill | None:
    if item.peer is None or item.phase is not Phase.LIVE:
        return None
    return Pill("Here", Tone.GOOD) if item.peer_here else Pill("Away", Tone.WARN)


def _facts_heading(item: Conversation) -> str:
    if not item.facts:
        return ""
    who = "You" if item.mine or item.peer is None else item.peer.name
    return f"{who} shared {len(item.facts)} fact{'s' if len(item.facts) > 1 else ''}"


def _placeholder(item: Conversation) -> str:
    if item.phase is Phase.LIVE:
        return "Write a message"
    if item.phase in (Phase.KEPT, Phase.ASKING):
        return "You can write as soon as someone accepts"
    return "This conversation is over"


def _buttons(state: AgentState, item: Conversation) -> tuple[Button, ...]:
    if item.mine and item.phase in (Phase.KEPT, Phase.ASKING):
        return (
            Button(
                "Withdraw",
                intents.CancelAsking(item.question_id),
                Weight.QUIET,
                enabled=not _withdrawing(state, item),
                hint="I no longer need help",
            ),
        )
    if item.phase is not Phase.LIVE or item.session_id is None:
        return ()
    if item.mine:
        solved = intents.StartSolving(item.session_id)
        return (Button("Solved", solved, Weight.PRIMARY, not item.solved_wish),)
    return (Button("Hand back", intents.HandBack(item.session_id), Weight.QUIET),)


def _draft_button(item: Conversation) -> tuple[Button, ...]:
    if item.draft is None or item.session_id is None:
        return ()
    return (Button("See the draft", intents.ShowDraft(item.session_id)),)


def _solve(item: Conversation) -> SolveView | None:
    if item.session_id is None:
        return None
    name = item.peer.name if item.peer else "your colleague"
    session_id = item.session_id
    return SolveView(
        title="Solved!",
        thanks=Switch(
            f"Thank {name}",
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
