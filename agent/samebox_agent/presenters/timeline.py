"""The lines of a conversation in words, each message with how far it has come (DEL-9)."""

from datetime import tzinfo

from msgspec.structs import replace
from samebox_shared.model.ids import MessageId
from samebox_shared.protocol.acts import DeleteMessage, EditMessage

from samebox_agent.core import intents
from samebox_agent.core.lines import is_me
from samebox_agent.core.session import may_change
from samebox_agent.core.session_intents import Discard, SendAgain, StartEditing, TakeBack
from samebox_agent.core.state import AgentState, Conversation, Keeping, Line, LinkState
from samebox_agent.presenters import happened, wording
from samebox_agent.presenters.views import Entry, MenuItem, Side, Tone

Reach = tuple[tuple[int, int], ...]
"""For each of the others the place of the last line they have received, and seen; -1 is none."""


def present(state: AgentState, item: Conversation, zone: tzinfo) -> tuple[Entry, ...]:
    """Every line, the question itself first."""
    first = Entry(
        f"question:{item.question_id}",
        Side.MINE if item.mine else Side.THEIRS,
        item.text,
        wording.clock_time(item.since, zone) if item.since else "",
    )
    reach = _reach(item)
    shown = tuple(
        entry
        for index, line in enumerate(item.lines)
        if (entry := _entry(state, item, line, index, reach, zone)) is not None
    )
    return (first, *shown)


def _reach(item: Conversation) -> Reach:
    """Of those who are there; when nobody is any more, of those who were."""
    order = {line.message_id: index for index, line in enumerate(item.lines) if line.message_id}

    def place(message_id: MessageId | None) -> int:
        return order.get(message_id, -1) if message_id else -1

    return tuple(
        (max(place(who.delivered), place(who.seen)), place(who.seen))
        for who in item.present or item.company
    )


def _entry(
    state: AgentState,
    item: Conversation,
    line: Line,
    index: int,
    reach: Reach,
    zone: tzinfo,
) -> Entry | None:
    at = wording.clock_time(line.at, zone)
    if line.resumed:
        return Entry(
            line.key, Side.SYSTEM, "Connected again. Everything said meanwhile is here.", at
        )
    if line.event is not None:
        text = happened.in_words(item, line.event, state.fixes.articles)
        return Entry(line.key, Side.SYSTEM, text, at) if text else None
    if line.author is None or not is_me(state, line.author):
        return _theirs(item, line, at)
    words, tone = _keeping(state, line, index, reach)
    entry = Entry(line.key, Side.MINE, line.text, at, words, tone)
    return _with_wishes(state, item, line, entry)


def _theirs(item: Conversation, line: Line, at: str) -> Entry:
    """With a name as soon as there are several who could have said it."""
    who = item.companion(line.author) if line.author else None
    several = len(item.company) > 1 and who is not None
    entry = Entry(
        line.key,
        Side.THEIRS,
        line.text,
        f"{at} · changed" if line.edited else at,
        who=who.person.name if several and who else "",
        badge="IT" if several and who and who.person.is_it else "",
        menu=(MenuItem("Copy", intents.CopyText(line.text)),),
    )
    if line.taken_back:
        name = who.person.name if who else "Your colleague"
        return replace(entry, text=f"{name} took this back", at=at, faint=True, menu=())
    return entry


def _with_wishes(state: AgentState, item: Conversation, line: Line, entry: Entry) -> Entry:
    """What is asked of the server already shows, with the truth about it."""
    if line.taken_back:
        return replace(entry, text="You took this back", state="", faint=True)
    entry = replace(entry, menu=_menu(state, item, line))
    online = state.link.state is LinkState.ONLINE
    for waiting in state.outbox:
        match waiting.act:
            case EditMessage(message_id=message_id, text=text) if message_id == line.message_id:
                words = "Changing…" if online else "Changed here, sent later"
                entry = replace(entry, text=text, state=words, state_tone=Tone.NEUTRAL)
            case DeleteMessage(message_id=message_id) if message_id == line.message_id:
                words = "Taking back…" if online else "Taken back here, sent later"
                entry = replace(entry, faint=True, state=words, state_tone=Tone.NEUTRAL, menu=())
            case _:
                pass
    return replace(entry, at=f"{entry.at} · changed") if line.edited else entry


def _menu(state: AgentState, item: Conversation, line: Line) -> tuple[MenuItem, ...]:
    copy = MenuItem("Copy", intents.CopyText(line.text))
    if line.keeping is Keeping.DRAFT:
        txn_id = next((one.txn_id for one in state.outbox if one.txn_id == line.key), None)
        if txn_id is not None:
            again = MenuItem("Send again", SendAgain(item.question_id, txn_id))
            return (again, MenuItem("Discard", Discard(item.question_id, txn_id)), copy)
    if line.message_id is None or not may_change(state, item, line):
        return (copy,)
    return (
        MenuItem("Change", StartEditing(item.question_id, line.message_id)),
        MenuItem("Take back", TakeBack(item.question_id, line.message_id)),
        copy,
    )


def _keeping(state: AgentState, line: Line, index: int, reach: Reach) -> tuple[str, Tone]:
    match line.keeping:
        case Keeping.SENT:
            return _arrived(index, reach)
        case Keeping.SAVING:
            return "Saving…", Tone.NEUTRAL
        case Keeping.SAVED:
            online = state.link.state is LinkState.ONLINE
            return ("Sending…" if online else "Saved here, sent later"), Tone.NEUTRAL
        case Keeping.DRAFT:
            return "Not sent, kept as a draft", Tone.WARN
        case Keeping.NOT_SAVED:
            return "Not sent: your disk is full", Tone.BAD
        case Keeping.REFUSED:
            return "Not sent: the conversation is over", Tone.BAD


def _arrived(index: int, reach: Reach) -> tuple[str, Tone]:
    everyone = len(reach)
    delivered = sum(index <= last for last, _ in reach)
    seen = sum(index <= last for _, last in reach)
    if seen and seen == everyone:
        return ("Seen" if everyone == 1 else "Seen by all"), Tone.ACCENT
    if seen:
        return f"Seen by {seen} of {everyone}", Tone.NEUTRAL
    if delivered and delivered == everyone:
        return ("Delivered" if everyone == 1 else "Delivered to all"), Tone.NEUTRAL
    if delivered:
        return f"Delivered to {delivered} of {everyone}", Tone.NEUTRAL
    return "Sent", Tone.NEUTRAL
