"""What both are told while they talk: who is there and why, and what is saved where when not."""

from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import EditMessage, PostMessage

from samebox_agent.core.state import AgentState, Companion, Conversation, LinkState
from samebox_agent.presenters import reasons, wording
from samebox_agent.presenters.views import Banner, Tone


def present(state: AgentState, item: Conversation) -> Banner:
    """One banner for a live session."""
    if state.link.state is not LinkState.ONLINE:
        return _offline(state, item)
    if item.solved_wish:
        return Banner("Saying solved…", "", Tone.NEUTRAL, busy=True)
    away = [who.person.name for who in item.present if not who.here]
    if item.present and len(away) == len(item.present):
        detail = "What you write is kept and shown as soon as they are back."
        many = len(away) > 1
        title = f"{reasons.listed(away)} {'are' if many else 'is'} away for a moment"
        return Banner(title, detail, Tone.WARN)
    return _together(item)


def _offline(state: AgentState, item: Conversation) -> Banner:
    waiting = sum(
        not one.draft
        and isinstance(one.act, PostMessage | EditMessage)
        and one.act.session_id == item.session_id
        for one in state.outbox
    )
    if waiting:
        what = "1 message is" if waiting == 1 else f"{waiting} messages are"
        kept = f"{what} saved on this laptop and will be sent when the server is back."
    else:
        kept = "Everything you wrote has been sent. What you write now is saved on this laptop."
    detail = f"{kept} What the others write meanwhile is kept for you."
    return Banner("Reconnecting…", detail, Tone.WARN, busy=True)


def _together(item: Conversation) -> Banner:
    helpers = [who for who in item.present if who.part not in (None, Part.WATCHER)]
    if item.mine:
        names = reasons.listed([who.person.name for who in helpers]) or "your colleague"
        return Banner(f"You are talking with {names}", _of_asker(item, helpers), Tone.GOOD)
    asker = item.peer.name if item.peer else "a colleague"
    return Banner(_own_part(item, asker), _of_helper(item, helpers), Tone.GOOD)


def _own_part(item: Conversation, asker: str) -> str:
    match item.part:
        case Part.WATCHER:
            return f"You are reading along with {asker}'s helper"
        case Part.IT:
            return f"You are helping {asker}, as IT"
        case Part.HELPER | Part.SECOND:
            return f"You are helping {asker}"


def _of_asker(item: Conversation, helpers: list[Companion]) -> str:
    parts = [_why(item), *_bringing(item)]
    if len(helpers) > 1:
        parts = ["Everyone here reads the same, from the beginning.", *_bringing(item)]
    return " ".join(part for part in parts if part)


def _of_helper(item: Conversation, helpers: list[Companion]) -> str:
    with_whom = reasons.listed([who.person.name for who in helpers])
    together = f"Together with {with_whom}." if with_whom else ""
    return " ".join(part for part in (item.text, together, *_bringing(item)) if part)


def _bringing(item: Conversation) -> list[str]:
    said = {Part.SECOND: "A second helper is being asked.", Part.IT: "IT is being asked."}
    return [said[part] for part in (Part.SECOND, Part.IT) if part in item.bringing]


def _why(item: Conversation) -> str:
    if item.ring is None:
        return ""
    if item.peer is not None and item.peer.is_it:
        return "From IT."
    near = wording.whom(item.ring, item.device_type).replace("who use ", "who uses ")
    who = reasons.who(item.other.why) if item.other else ""
    return f"A colleague {near}{who}."
