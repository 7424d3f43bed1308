"""A question's life on the laptop: what the feed says happened to it, and who is there."""

from msgspec.structs import replace
from samebox_shared.model.ids import MessageId, QuestionId
from samebox_shared.protocol.acts import Ask, PostMessage
from samebox_shared.protocol.events import (
    BlockedChanged,
    DevicesChanged,
    DraftMoved,
    DraftWritten,
    HelpingChanged,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    MessagesRead,
    OfferClosed,
    OfferMade,
    QuestionAnswered,
    QuestionAsked,
    QuestionCancelled,
    QuestionParked,
    QuestionSolved,
    SessionSolved,
    VolunteeringChanged,
    WaveStarted,
)
from samebox_shared.protocol.messages import Event

from samebox_agent.core import company, drafting, helping, volunteering
from samebox_agent.core.lines import add, is_me, with_line
from samebox_agent.core.state import (
    AgentState,
    Answer,
    Conversation,
    Keeping,
    Line,
    Phase,
    Waiting,
)

QuestionBody = (
    QuestionAsked
    | WaveStarted
    | QuestionParked
    | QuestionAnswered
    | QuestionSolved
    | QuestionCancelled
)
MessageBody = MessagePosted | MessageEdited | MessageDeleted | MessagesRead
EndBody = SessionSolved | DraftWritten | DraftMoved
OwnBody = (
    OfferMade | OfferClosed | HelpingChanged | VolunteeringChanged | DevicesChanged | BlockedChanged
)


def on_feed(state: AgentState, event: Event, *, live: bool) -> AgentState:
    """Fold one event of the feed into the state. One match a group, so that none is forgotten.

    `live` is False while the stored feed is read at the start: windows do not open by themselves.
    """
    body = event.body
    if isinstance(body, OwnBody):
        return _on_own(state, body)
    if isinstance(body, QuestionBody):
        return _on_question(state, body, event, live=live)
    if isinstance(body, company.CompanyBody):
        return company.on_feed(state, body, event, live=live)
    if isinstance(body, MessageBody):
        return _on_message(state, body, event, live=live)
    return _on_end(state, body, event)


def _on_own(state: AgentState, body: OwnBody) -> AgentState:
    match body:
        case OfferMade():
            return helping.on_offer(state, body)
        case OfferClosed():
            return helping.on_offer_closed(state, body)
        case HelpingChanged(helping=on):
            return replace(state, preferences=replace(state.preferences, helping=on))
        case VolunteeringChanged():
            return volunteering.on_changed(state, body.volunteering)
        case DevicesChanged(devices=devices):
            return replace(state, helping=replace(state.helping, devices=devices))
        case BlockedChanged(people=people):
            return replace(state, helping=replace(state.helping, blocked=people))


def _on_question(state: AgentState, body: QuestionBody, event: Event, *, live: bool) -> AgentState:
    match body:
        case QuestionAsked():
            return _asked(state, body, event)
        case WaveStarted():
            return _wave(state, body, event)
        case QuestionParked():
            return _parked(state, body, event)
        case QuestionAnswered():
            return _answered(state, body, event, live=live)
        case QuestionSolved(question_id=question_id):
            return _over(state, question_id, Phase.SOLVED, event)
        case QuestionCancelled(question_id=question_id):
            return _over(state, question_id, Phase.CANCELLED, event)


def _on_message(state: AgentState, body: MessageBody, event: Event, *, live: bool) -> AgentState:
    found = state.conversation_of(body.session_id)
    if found is None:
        return state
    return state.with_conversation(_with_message(state, found, body, event, live=live))


def _with_message(
    state: AgentState, found: Conversation, body: MessageBody, event: Event, *, live: bool
) -> Conversation:
    match body:
        case MessagePosted():
            return _posted(found, body, event, live=live)
        case MessageEdited():
            return _edited(found, body)
        case MessageDeleted(message_id=message_id):
            return _deleted(found, message_id)
        case MessagesRead():
            return _read(state, found, body)


def _on_end(state: AgentState, body: EndBody, event: Event) -> AgentState:
    match body:
        case SessionSolved(question_id=question_id):
            return _over(state, question_id, Phase.SOLVED, event)
        case DraftWritten() | DraftMoved():
            return drafting.on_feed(state, body, event)


# The question.


def _asked(state: AgentState, body: QuestionAsked, event: Event) -> AgentState:
    old = state.conversations.get(body.question_id)
    conversation = old or Conversation(body.question_id, True, body.text, body.device_type)
    conversation = replace(
        conversation,
        facts=body.facts,
        name_hidden=body.name_hidden,
        topic=body.topic,
        phase=Phase.ASKING,
        since=event.at,
    )
    return state.with_conversation(conversation)


def _wave(state: AgentState, body: WaveStarted, event: Event) -> AgentState:
    found = state.conversations.get(body.question_id)
    if found is None:
        return state
    again = found.ring is body.ring and found.asked == body.asked
    phase = Phase.ASKING if found.phase is Phase.PARKED and body.asked else found.phase
    found = replace(
        found,
        phase=phase,
        ring=body.ring,
        asked=body.asked,
        until=body.until,
        why=body.why,
        usual_seconds=body.usual_seconds,
    )
    return state.with_conversation(found if again else add(found, event))


def _parked(state: AgentState, body: QuestionParked, event: Event) -> AgentState:
    """It is said once; when it is parked again after nobody came, only the time is new."""
    found = state.conversations.get(body.question_id)
    if found is None:
        return state
    before = next((line.event for line in reversed(found.lines) if line.event), None)
    parked = replace(
        found,
        phase=Phase.PARKED,
        was_parked=True,
        again_at=body.again_at,
        ring=None,
        asked=0,
    )
    said = isinstance(before, QuestionParked)
    return state.with_conversation(parked if said else add(parked, event))


def _answered(state: AgentState, body: QuestionAnswered, event: Event, *, live: bool) -> AgentState:
    """To the asker a quiet notice; to the author, that it arrived."""
    if is_me(state, body.author.person_id):
        answered = state.board.answered | {body.question_id}
        state = replace(state, board=replace(state.board, answered=answered))
    found = _told(state, body.question_id)
    if found is None or any(item.answer_id == body.answer_id for item in found.answers):
        return state
    answer = Answer(body.answer_id, body.author, body.text, event.at)
    unread = body.answer_id if live else found.unread
    found = replace(found, answers=(*found.answers, answer), unread=unread)
    return state.with_conversation(add(found, event))


def _told(state: AgentState, question_id: QuestionId) -> Conversation | None:
    """The conversation, if this feed has told of it: the window of somebody else's question may
    stay open when a restored backup begins a new feed (I11)."""
    found = state.conversations.get(question_id)
    is_former = found is not None and not found.mine and found.session_id is None
    return None if is_former else found


def _over(state: AgentState, question_id: QuestionId, phase: Phase, event: Event) -> AgentState:
    found = _told(state, question_id)
    if found is None:
        return state
    over = replace(
        found,
        phase=phase,
        solving=False,
        solved_wish=False,
        editing=None,
        confirming=None,
        unread=None,
    )
    return state.with_conversation(add(over, event))


# What is said.


def _posted(found: Conversation, body: MessagePosted, event: Event, *, live: bool) -> Conversation:
    known = any(line.message_id == body.message_id for line in found.lines)
    if known or body.message_id in found.erased:
        return found
    line = Line(
        body.txn_id,
        body.said_at or event.at,
        text=body.text,
        author=body.author_id,
        message_id=body.message_id,
        taken_back=not body.text,  # what was taken back is told again without its words
    )
    others = tuple(item for item in found.lines if item.key != body.txn_id)
    found = with_line(replace(found, lines=others), line)
    who = found.companion(body.author_id)
    if live and who is not None and not body.said_at:
        found = found.with_companion(replace(who, typing=False, here=True))
    return found


def _edited(found: Conversation, body: MessageEdited) -> Conversation:
    lines = tuple(
        replace(line, text=body.text, edited=True)
        if line.message_id == body.message_id and not line.taken_back
        else line
        for line in found.lines
    )
    return replace(found, lines=lines)


def _deleted(found: Conversation, message_id: MessageId) -> Conversation:
    """For good: no late copy brings it back (I13)."""
    lines = tuple(
        replace(line, text="", taken_back=True) if line.message_id == message_id else line
        for line in found.lines
    )
    editing = None if found.editing == message_id else found.editing
    return replace(found, lines=lines, erased=found.erased | {message_id}, editing=editing)


def _read(state: AgentState, found: Conversation, body: MessagesRead) -> Conversation:
    if is_me(state, body.person_id):
        return replace(found, seen_sent=body.seen or found.seen_sent)
    who = found.companion(body.person_id)
    if who is None:
        return found
    return found.with_companion(
        replace(
            who,
            delivered=_later(found, who.delivered, body.delivered),
            seen=_later(found, who.seen, body.seen),
        )
    )


def _later(found: Conversation, old: MessageId | None, new: MessageId | None) -> MessageId | None:
    order = [line.message_id for line in found.lines]
    if new is None or new not in order:
        return old
    if old is None or old not in order:
        return new
    return max(old, new, key=order.index)


# What is not sent yet.


def show_waiting(state: AgentState, item: Waiting, keeping: Keeping) -> AgentState:
    """Show an act of the outbox where its answer will appear."""
    match item.act:
        case Ask() as ask if ask.question_id not in state.conversations:
            return state.with_conversation(
                Conversation(
                    ask.question_id,
                    True,
                    ask.text,
                    ask.device_type,
                    facts=ask.facts,
                    name_hidden=ask.name_hidden,
                    topic=ask.topic,
                    since=item.at,
                )
            )
        case PostMessage(session_id=session_id, text=text):
            found = state.conversation_of(session_id)
            if found is None or any(line.key == item.txn_id for line in found.lines):
                return state
            me = state.me.person.person_id if state.me else None
            line = Line(item.txn_id, item.at, text=text, author=me, keeping=keeping)
            return state.with_conversation(replace(found, lines=(*found.lines, line)))
        case _:
            return state
