"""What happened to a question, one quiet line each."""

from collections.abc import Mapping

from samebox_shared.model.articles import Article, DraftState
from samebox_shared.model.ids import ArticleId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.events import (
    AnyEvent,
    DraftMoved,
    DraftWritten,
    HelperChanged,
    JoinAsked,
    PersonJoined,
    PersonLeft,
    QuestionAnswered,
    QuestionCancelled,
    QuestionParked,
    QuestionSolved,
    ReleaseReason,
    SessionOpened,
    SessionReleased,
    SessionSolved,
    WaveStarted,
)

from samebox_agent.core.state import Conversation
from samebox_agent.presenters import reasons, wording

CompanyBody = (
    SessionOpened | JoinAsked | PersonJoined | PersonLeft | HelperChanged | SessionReleased
)

_WAYS = {
    DraftState.LOOKING: "",
    DraftState.REVIEW: "The draft waits for a moderator",
    DraftState.SENT_BACK: "The draft was sent back",
    DraftState.PUBLISHED: "The draft is an article now",
    DraftState.WITHDRAWN: "The draft was taken back",
}


def in_words(item: Conversation, event: AnyEvent, articles: Mapping[ArticleId, Article]) -> str:
    """The line, or "" for what is shown in another way."""
    if isinstance(event, CompanyBody):
        return _company(item, event, articles)
    if isinstance(event, DraftWritten | DraftMoved):
        return _draft(item, event)
    match event:
        case WaveStarted(asked=0):
            return "Nobody is there right now; the question stays open"
        case WaveStarted(asked=asked, ring=ring):
            return f"Asked {wording.colleagues(asked, ring, item.device_type)}"
        case QuestionParked():
            return "Nobody could answer; the question stands on the board now"
        case QuestionAnswered(author=author):
            return f"{author.name} answered on the board"
        case SessionSolved(thanks=thanks):
            return "Solved, with thanks" if thanks else "Solved"
        case QuestionSolved():
            return "Solved without a conversation"
        case QuestionCancelled():
            return "Withdrawn"
        case _:
            return ""


def _draft(item: Conversation, event: DraftWritten | DraftMoved) -> str:
    if isinstance(event, DraftMoved):
        return _WAYS[event.state]
    first = next((one.event for one in item.lines if isinstance(one.event, DraftWritten)), event)
    if event != first:
        return "The words of the draft were changed"
    who = "You" if item.mine or item.peer is None else item.peer.name
    return f"{who} handed over a draft article of this"


def _company(item: Conversation, event: CompanyBody, articles: Mapping[ArticleId, Article]) -> str:
    match event:
        case SessionOpened(helper=helper) if item.mine:
            return f"{helper.name} accepted"
        case SessionOpened():
            return _accepted(event, articles)
        case JoinAsked(part=part, asked=0):
            whom = {Part.IT: "Nobody of IT", Part.WATCHER: "Nobody to read along"}
            return f"{whom.get(part, 'No second helper')} is there right now"
        case JoinAsked():
            return ""
        case PersonJoined():
            return _joined(event)
        case PersonLeft(person_id=person_id):
            who = item.companion(person_id)
            return f"{who.person.name} left" if who else "You left"
        case HelperChanged():
            return _changed(item, event)
        case SessionReleased(reason=reason):
            return _released(reason, mine=item.mine)


def _joined(event: PersonJoined) -> str:
    name = event.who.person.name
    match event.who.part:
        case Part.IT:
            return f"{name} of IT joined. Everything said so far is theirs to read, too."
        case Part.WATCHER:
            return f"{name} reads along, to help a newcomer if it is needed"
        case Part.HELPER | Part.SECOND:
            return f"{name} joined. Everything said so far is theirs to read, too."


def _changed(item: Conversation, event: HelperChanged) -> str:
    left = event.reason is ReleaseReason.LEFT
    gone = "Your helper handed over" if left else "Your helper is gone"
    if not item.mine:
        gone = "The helper handed over" if left else "The helper is gone"
    if item.companion(event.helper.person_id) is None:
        return f"{gone}; you go on"
    return f"{gone}; {event.helper.name} goes on and knows everything said so far"


def _released(reason: ReleaseReason, *, mine: bool) -> str:
    if reason is ReleaseReason.ASKER_LEFT:
        return "Your colleague is no longer with the company; this is over"
    left = reason is ReleaseReason.LEFT
    if mine:
        return f"{'Your helper handed back' if left else 'Your helper is gone'}; asking again"
    return "You handed back" if left else "You were away too long; others are asked"


def _accepted(opened: SessionOpened, articles: Mapping[ArticleId, Article]) -> str:
    """For the helper, with what the asker tried already."""
    said = _own_part(opened)
    if opened.tried:
        titles = [articles[one].title for one in opened.tried if one in articles]
        said = f"{said.partition(';')[0]}. Tried already: {'; '.join(titles) or 'other fixes'}"
    return said


def _own_part(opened: SessionOpened) -> str:
    asker = opened.asker.name
    if opened.part is Part.HELPER:
        return f"You accepted; {asker} sees your name and what you write"
    there = reasons.listed([opened.helper.name, *(one.person.name for one in opened.others)])
    return f"You joined {asker} and {there}; everything said so far follows"
