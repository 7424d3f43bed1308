"""The lines of a conversation in words, each message with how far it has come (DEL-9)."""

from collections.abc import Mapping
from datetime import tzinfo

from samebox_shared.model.articles import Article
from samebox_shared.model.ids import ArticleId
from samebox_shared.protocol.events import (
    AnyEvent,
    DraftWritten,
    QuestionCancelled,
    ReleaseReason,
    SessionOpened,
    SessionReleased,
    SessionSolved,
    WaveStarted,
)

from samebox_agent.core.conversation import is_me
from samebox_agent.core.state import AgentState, Conversation, Keeping, Line, LinkState
from samebox_agent.presenters import wording
from samebox_agent.presenters.views import Entry, Side, Tone


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


def _reach(item: Conversation) -> tuple[int, int]:
    """The positions of the last line the other one has received, and seen; -1 for none."""
    order = {line.message_id: index for index, line in enumerate(item.lines) if line.message_id}
    delivered = order.get(item.peer_delivered, -1) if item.peer_delivered else -1
    seen = order.get(item.peer_seen, -1) if item.peer_seen else -1
    return max(delivered, seen), seen


def _entry(
    state: AgentState,
    item: Conversation,
    line: Line,
    index: int,
    reach: tuple[int, int],
    zone: tzinfo,
) -> Entry | None:
    at = wording.clock_time(line.at, zone)
    if line.event is not None:
        text = _happened(item, line.event, state.fixes.articles)
        return Entry(line.key, Side.SYSTEM, text, at) if text else None
    if line.author is None or not is_me(state, line.author):
        return Entry(line.key, Side.THEIRS, line.text, at)
    words, tone = _keeping(state, line, index, reach)
    return Entry(line.key, Side.MINE, line.text, at, words, tone)


def _keeping(state: AgentState, line: Line, index: int, reach: tuple[int, int]) -> tuple[str, Tone]:
    delivered, seen = reach
    match line.keeping:
        case Keeping.SENT if index <= seen:
            return "Seen", Tone.ACCENT
        case Keeping.SENT if index <= delivered:
            return "Delivered", Tone.NEUTRAL
        case Keeping.SENT:
            return "Sent", Tone.NEUTRAL
        case Keeping.SAVING:
            return "Saving…", Tone.NEUTRAL
        case Keeping.SAVED:
            online = state.link.state is LinkState.ONLINE
            return ("Sending…" if online else "Saved here, sent later"), Tone.NEUTRAL
        case Keeping.NOT_SAVED:
            return "Not sent: your disk is full", Tone.BAD
        case Keeping.REFUSED:
            return "Not sent: the conversation is over", Tone.BAD


def _happened(item: Conversation, event: AnyEvent, articles: Mapping[ArticleId, Article]) -> str:
    match event:
        case WaveStarted(asked=0):
            return "Nobody is there right now; the question stays open"
        case WaveStarted(asked=asked, ring=ring):
            return f"Asked {wording.colleagues(asked, ring, item.device_type)}"
        case SessionOpened(helper=helper) if item.mine:
            return f"{helper.name} accepted"
        case SessionOpened():
            return _accepted(event, articles)
        case SessionReleased(reason=reason) if item.mine:
            left = reason is ReleaseReason.LEFT
            return f"{'Your helper handed back' if left else 'Your helper is gone'}; asking again"
        case SessionReleased(reason=reason):
            left = reason is ReleaseReason.LEFT
            return "You handed back" if left else "You were away too long; others are asked"
        case SessionSolved(thanks=thanks):
            return "Solved, with thanks" if thanks else "Solved"
        case DraftWritten():
            return "This became a draft article, waiting for review"
        case QuestionCancelled():
            return "Withdrawn"
        case _:
            return ""


def _accepted(opened: SessionOpened, articles: Mapping[ArticleId, Article]) -> str:
    """For the helper, with what the asker tried already."""
    if not opened.tried:
        return f"You accepted; {opened.asker.name} sees your name and what you write"
    titles = [articles[one].title for one in opened.tried if one in articles]
    return f"You accepted. Tried already: {'; '.join(titles) or 'other fixes'}"
