"""What the asker is told while nobody has come: who is asked now and why, and what comes next."""

from datetime import tzinfo

from samebox_shared.model.devices import DeviceType, Ring
from samebox_shared.protocol.acts import CancelQuestion, SolveQuestion
from samebox_shared.protocol.events import SessionReleased, WaveStarted

from samebox_agent.core.state import AgentState, Conversation, LinkState, Phase
from samebox_agent.presenters import reasons, wording
from samebox_agent.presenters.views import Banner, Tone


def present(state: AgentState, item: Conversation, zone: tzinfo) -> Banner:
    """One banner, for kept, asking and parked."""
    going = _going(state, item)
    if going is not None:
        return going
    if state.link.state is not LinkState.ONLINE:
        return _offline(item)
    match item.phase:
        case Phase.KEPT:
            return Banner("Sending your question…", busy=True)
        case Phase.PARKED:
            return _parked(item, zone)
        case _:
            return _asking(item, zone)


def withdrawing(state: AgentState, item: Conversation) -> bool:
    """Whether the asker has withdrawn it and the server does not know yet."""
    cancel = CancelQuestion(question_id=item.question_id)
    return any(waiting.act == cancel for waiting in state.outbox)


def _going(state: AgentState, item: Conversation) -> Banner | None:
    online = state.link.state is LinkState.ONLINE
    detail = "" if online else "Done as soon as the server is back."
    if withdrawing(state, item):
        return Banner("Withdrawing your question…", detail, busy=True)
    solving = any(
        isinstance(waiting.act, SolveQuestion) and waiting.act.question_id == item.question_id
        for waiting in state.outbox
    )
    return Banner("Saying solved…", detail, busy=True) if solving else None


def _offline(item: Conversation) -> Banner:
    if item.phase is Phase.KEPT:
        detail = "It is saved on this laptop and sent once, when the server is back."
        return Banner("You are offline; your question is kept", detail, Tone.WARN)
    detail = (
        "The server has your question and goes on with it. What happens meanwhile is shown here "
        "as soon as it can be reached again."
    )
    return Banner("Reconnecting…", detail, Tone.WARN, busy=True)


def _parked(item: Conversation, zone: tzinfo) -> Banner:
    again = wording.near_time(item.again_at, item.since, zone)
    if item.answers:
        count = len(item.answers)
        title = "An answer to your question" if count == 1 else f"{count} answers to your question"
        detail = (
            "Did it help? Until you say so your question stays on the board, and is asked again at "
            f"{again} at the latest."
        )
        return Banner(title, detail, Tone.GOOD)
    detail = (
        f"Your question stands on the board of the {wording.short_device(item.device_type)}: "
        "colleagues who have one can answer it whenever they come. An answer arrives here as a "
        f"notice. It is asked again as soon as somebody who fits is there, at {again} at the "
        "latest. You can close this window."
    )
    return Banner("Nobody who fits is there right now", detail, Tone.WARN)


def _asking(item: Conversation, zone: tzinfo) -> Banner:
    if item.ring is None:
        return _looking(item)
    until = wording.near_time(item.until, item.since, zone)
    if item.asked == 0:
        detail = (
            "Your question stays open and is offered again by itself, next at "
            f"{until} or as soon as someone who fits is there. You can close this window."
        )
        return Banner("Nobody is there right now", detail, Tone.WARN, busy=True)
    parts = (
        _before(item),
        reasons.of_them(item.why, item.asked),
        _usually(item.usual_seconds),
        f"Until {until}, then {_next(item.ring, item.device_type)}.",
    )
    title = f"Asking {wording.colleagues(item.asked, item.ring, item.device_type)}"
    return Banner(title, " ".join(part for part in parts if part), Tone.ACCENT, busy=True)


def _looking(item: Conversation) -> Banner:
    last = next((line.event for line in reversed(item.lines) if line.event), None)
    if isinstance(last, SessionReleased):
        detail = "What was said stays here. Your question goes on by itself."
        return Banner("Looking for another colleague…", detail, Tone.ACCENT, busy=True)
    return Banner("Looking for a colleague…", "", Tone.ACCENT, busy=True)


def _before(item: Conversation) -> str:
    """Only when it got wider: whoever was asked before has not answered."""
    rings = [line.event.ring for line in item.lines if isinstance(line.event, WaveStarted)]
    wider = bool(rings) and rings[0] is not item.ring
    return "Those asked before could not answer, so it is asked more widely." if wider else ""


def _usually(seconds: float) -> str:
    return f"Usually somebody comes within {wording.duration(seconds)}." if seconds > 0 else ""


def _next(ring: Ring, device_type: DeviceType) -> str:
    match ring:
        case Ring.IT:
            return "it asks again"
        case Ring.SAME_SYSTEM:
            return "IT is asked"
        case _:
            wider = list(Ring)[list(Ring).index(ring) + 1]
            return f"it asks more widely: colleagues {wording.whom(wider, device_type)}"
