"""A question's life on the laptop: what the feed says happened, and what is said in the session."""

from types import MappingProxyType

from msgspec.structs import replace
from samebox_shared.model.ids import MessageId, PersonId, QuestionId, SessionId
from samebox_shared.protocol.acts import (
    Ask,
    CancelQuestion,
    LeaveSession,
    MarkSeen,
    PostMessage,
    SolveSession,
)
from samebox_shared.protocol.codec import MAX_TEXT
from samebox_shared.protocol.events import (
    DraftWritten,
    HelpingChanged,
    MessagePosted,
    MessagesRead,
    OfferClosed,
    OfferEnd,
    OfferMade,
    QuestionAsked,
    QuestionCancelled,
    SessionOpened,
    SessionReleased,
    SessionSolved,
    WaveStarted,
)
from samebox_shared.protocol.messages import Event, PeerPresence, PeerTyping

from samebox_agent.core import intents, link
from samebox_agent.core.commands import KeepText, SendTyping, StartTimer, Step
from samebox_agent.core.events import Moment
from samebox_agent.core.state import (
    AgentState,
    Conversation,
    Keeping,
    Line,
    LinkState,
    Offer,
    Phase,
    Waiting,
)

TYPING_SECONDS = 6.0
"""How long "is typing" stays after the last word of it."""
TYPING = "typing:"
"""Timer, with the question's id behind it: the other one is typing."""
TYPING_TOLD = "typing_told:"
"""Timer, the same way: the other one has been told already that we type."""
COMPOSER = "composer:"
"""Where unsent words of a session are kept, with the question's id behind it."""


def on_feed(  # noqa: C901 - one line for each kind of event
    state: AgentState, event: Event, *, live: bool
) -> AgentState:
    """Fold one event of the feed into the state.

    `live` is False while the stored feed is read at the start: windows do not open by themselves.
    """
    body = event.body
    match body:
        case QuestionAsked():
            return _asked(state, body, event)
        case WaveStarted():
            return _wave(state, body, event)
        case QuestionCancelled(question_id=question_id):
            return _over(state, question_id, Phase.CANCELLED, event)
        case OfferMade():
            return _offered(state, body)
        case OfferClosed():
            return _offer_closed(state, body)
        case SessionOpened():
            return _opened(state, body, event, live=live)
        case MessagePosted():
            return _posted(state, body, event, live=live)
        case MessagesRead():
            return _read(state, body)
        case SessionReleased():
            return _released(state, body, event)
        case SessionSolved(question_id=question_id):
            return _over(state, question_id, Phase.SOLVED, event)
        case DraftWritten(session_id=session_id, draft=draft):
            found = state.conversation_of(session_id)
            if found is None:
                return state
            return state.with_conversation(_add(replace(found, draft=draft), event))
        case HelpingChanged(helping=helping):
            return replace(state, preferences=replace(state.preferences, helping=helping))
        case _:
            return state


def _asked(state: AgentState, body: QuestionAsked, event: Event) -> AgentState:
    old = state.conversations.get(body.question_id)
    conversation = old or Conversation(body.question_id, True, body.text, body.device_type)
    conversation = replace(
        conversation,
        facts=body.facts,
        name_hidden=body.name_hidden,
        phase=Phase.ASKING,
        since=event.at,
    )
    return state.with_conversation(conversation)


def _wave(state: AgentState, body: WaveStarted, event: Event) -> AgentState:
    found = state.conversations.get(body.question_id)
    if found is None:
        return state
    again = found.ring is body.ring and found.asked == body.asked
    found = replace(found, ring=body.ring, asked=body.asked, until=body.until)
    return state.with_conversation(found if again else _add(found, event))


def _over(state: AgentState, question_id: QuestionId, phase: Phase, event: Event) -> AgentState:
    found = state.conversations.get(question_id)
    if found is None:
        return state
    over = replace(found, phase=phase, solving=False, solved_wish=False)
    return state.with_conversation(_add(over, event))


def _offered(state: AgentState, body: OfferMade) -> AgentState:
    offer = Offer(
        body.offer_id, body.question_id, body.device_type, body.line, body.ring, body.until
    )
    return replace(state, offers=MappingProxyType({**state.offers, body.offer_id: offer}))


def _offer_closed(state: AgentState, body: OfferClosed) -> AgentState:
    found = state.offers.get(body.offer_id)
    if found is None:
        return state
    if found.accepting and body.end is OfferEnd.TAKEN:
        changed = {**state.offers, body.offer_id: replace(found, end=body.end, accepting=False)}
    else:
        changed = {key: value for key, value in state.offers.items() if key != body.offer_id}
    return replace(state, offers=MappingProxyType(changed))


def _opened(state: AgentState, body: SessionOpened, event: Event, *, live: bool) -> AgentState:
    mine = state.me is not None and body.asker.person_id == state.me.person.person_id
    old = state.conversations.get(body.question_id)
    conversation = old or Conversation(body.question_id, mine, body.text, body.device_type)
    conversation = replace(
        conversation,
        mine=mine,
        facts=body.facts,
        phase=Phase.LIVE,
        ring=body.ring,
        session_id=body.session_id,
        fence=body.fence,
        peer=body.helper if mine else body.asker,
        peer_here=True,
        peer_typing=False,
        peer_delivered=None,
        peer_seen=None,
        solving=False,
        solved_wish=False,
        since=conversation.since or event.at,
    )
    if live:
        conversation = replace(conversation, open=True, raised=conversation.raised + 1)
    return state.with_conversation(_add(conversation, event))


def _posted(state: AgentState, body: MessagePosted, event: Event, *, live: bool) -> AgentState:
    found = state.conversation_of(body.session_id)
    if found is None or any(line.message_id == body.message_id for line in found.lines):
        return state
    line = Line(
        body.txn_id, event.at, text=body.text, author=body.author_id, message_id=body.message_id
    )
    others = tuple(item for item in found.lines if item.key != body.txn_id)
    found = _with_line(replace(found, lines=others), line)
    if live and not is_me(state, body.author_id):
        found = replace(found, peer_typing=False, peer_here=True)
    return state.with_conversation(found)


def _read(state: AgentState, body: MessagesRead) -> AgentState:
    found = state.conversation_of(body.session_id)
    if found is None:
        return state
    if is_me(state, body.person_id):
        return state.with_conversation(replace(found, seen_sent=body.seen or found.seen_sent))
    return state.with_conversation(
        replace(
            found,
            peer_delivered=_later(found, found.peer_delivered, body.delivered),
            peer_seen=_later(found, found.peer_seen, body.seen),
        )
    )


def _later(found: Conversation, old: MessageId | None, new: MessageId | None) -> MessageId | None:
    order = [line.message_id for line in found.lines]
    if new is None or new not in order:
        return old
    if old is None or old not in order:
        return new
    return max(old, new, key=order.index)


def _released(state: AgentState, body: SessionReleased, event: Event) -> AgentState:
    found = state.conversations.get(body.question_id)
    if found is None:
        return state
    phase = Phase.ASKING if found.mine else Phase.ENDED
    found = replace(
        found, phase=phase, peer=None if found.mine else found.peer, ring=None, solving=False
    )
    return state.with_conversation(_add(found, event))


def _add(conversation: Conversation, event: Event) -> Conversation:
    return _with_line(conversation, Line(event.event_id, event.at, event=event.body))


def _with_line(conversation: Conversation, line: Line) -> Conversation:
    """Before what waits to be sent: that is where the server will have put it."""
    waiting = (Keeping.SAVING, Keeping.SAVED)
    before = tuple(item for item in conversation.lines if item.keeping not in waiting)
    after = tuple(item for item in conversation.lines if item.keeping in waiting)
    return replace(conversation, lines=(*before, line, *after))


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


def is_me(state: AgentState, person_id: PersonId) -> bool:
    """Whether this is the person of this laptop."""
    return state.me is not None and state.me.person.person_id == person_id


def on_peer_typing(state: AgentState, typing: PeerTyping) -> Step:
    """Show "is typing" for a few seconds."""
    found = state.conversation_of(typing.session_id)
    if found is None:
        return state, ()
    timer = StartTimer(f"{TYPING}{found.question_id}", TYPING_SECONDS)
    return state.with_conversation(replace(found, peer_typing=True)), (timer,)


def on_timer(state: AgentState, name: str) -> Step:
    """The other one typed nothing more, or we may tell again that we type."""
    prefix, question_id = name.split(":", 1)
    found = state.conversations.get(QuestionId(question_id))
    if found is None:
        return state, ()
    if f"{prefix}:" == TYPING:
        return state.with_conversation(replace(found, peer_typing=False)), ()
    return state.with_conversation(replace(found, typing_told=False)), ()


def on_peer_presence(state: AgentState, presence: PeerPresence) -> Step:
    """The other one came or went."""
    found = state.conversation_of(presence.session_id)
    if found is None:
        return state, ()
    typing = found.peer_typing and presence.here
    return state.with_conversation(replace(found, peer_here=presence.here, peer_typing=typing)), ()


def open_window(state: AgentState, intent: intents.OpenSession) -> Step:
    """Show the window of this question."""
    found = state.conversations.get(intent.question_id)
    if found is None:
        return state, ()
    return state.with_conversation(replace(found, open=True, raised=found.raised + 1)), ()


def close_window(state: AgentState, intent: intents.CloseSession) -> Step:
    """Hide it; nothing else changes."""
    found = state.conversations.get(intent.question_id)
    if found is None:
        return state, ()
    return state.with_conversation(replace(found, open=False)), ()


def type_message(state: AgentState, intent: intents.TypeMessage) -> Step:
    """Keep what is typed; tell the other one, at most once in a few seconds."""
    found = state.conversations.get(intent.question_id)
    if found is None:
        return state, ()
    keep = KeepText(f"{COMPOSER}{found.question_id}", intent.text)
    found = replace(found, composer=intent.text)
    online = state.link.state is LinkState.ONLINE
    if not intent.text or found.typing_told or not online or found.session_id is None:
        return state.with_conversation(found), (keep,)
    timer = StartTimer(f"{TYPING_TOLD}{found.question_id}", TYPING_SECONDS / 2)
    state = state.with_conversation(replace(found, typing_told=True))
    return state, (keep, SendTyping(found.session_id), timer)


def send_message(state: AgentState, intent: intents.SendMessage, moment: Moment) -> Step:
    """Say it: shown at once, kept on the disk, then sent. What is too much for one stays."""
    found = state.conversations.get(intent.question_id)
    text = intent.text.strip()
    if found is None or found.phase is not Phase.LIVE or found.session_id is None or not text:
        return state, ()
    me = state.me.person.person_id if state.me else None
    said, rest = text[:MAX_TEXT], text[MAX_TEXT:]
    line = Line(moment.fresh, moment.wall, text=said, author=me, keeping=Keeping.SAVING)
    lines = (*(item for item in found.lines if not _is_lost_try(item, said)), line)
    state = state.with_conversation(replace(found, composer=rest, lines=lines))
    post = PostMessage(session_id=found.session_id, fence=found.fence, text=said)
    state, commands = link.act(state, post, moment)
    return state, (*commands, KeepText(f"{COMPOSER}{found.question_id}", rest))


def _is_lost_try(line: Line, text: str) -> bool:
    return line.keeping is Keeping.NOT_SAVED and line.text == text


def saw_messages(state: AgentState, intent: intents.SawMessages, moment: Moment) -> Step:
    """Tell the other one, once for each newest message."""
    found = state.conversations.get(intent.question_id)
    if found is None or found.session_id is None or found.phase is not Phase.LIVE:
        return state, ()
    newest = newest_of_peer(state, found)
    if newest is None or newest == found.seen_sent:
        return state, ()
    state = state.with_conversation(replace(found, seen_sent=newest))
    return link.act(state, MarkSeen(session_id=found.session_id, message_id=newest), moment)


def newest_of_peer(state: AgentState, found: Conversation) -> MessageId | None:
    """The last message that the other one wrote."""
    for line in reversed(found.lines):
        if line.message_id and line.author and not is_me(state, line.author):
            return line.message_id
    return None


def cancel(state: AgentState, intent: intents.CancelAsking, moment: Moment) -> Step:
    """The asker no longer needs help."""
    found = state.conversations.get(intent.question_id)
    if found is None or found.phase not in (Phase.KEPT, Phase.ASKING):
        return state, ()
    return link.act_once(state, CancelQuestion(question_id=found.question_id), moment)


def hand_back(state: AgentState, intent: intents.HandBack, moment: Moment) -> Step:
    """The helper cannot go on."""
    found = state.conversation_of(intent.session_id)
    if found is None or found.mine or found.phase is not Phase.LIVE:
        return state, ()
    leave = LeaveSession(session_id=intent.session_id, fence=found.fence)
    return link.act_once(state, leave, moment)


def change_solving(
    state: AgentState,
    session_id: SessionId,
    *,
    solving: bool | None = None,
    thanks: bool | None = None,
    fixed_by: str | None = None,
) -> Step:
    """Open or close the small sheet at the end, or change what stands on it."""
    found = state.conversation_of(session_id)
    if found is None or found.phase is not Phase.LIVE:
        return state, ()
    found = replace(
        found,
        solving=found.solving if solving is None else solving,
        thanks=found.thanks if thanks is None else thanks,
        fixed_by=found.fixed_by if fixed_by is None else fixed_by,
    )
    return state.with_conversation(found), ()


def solve(state: AgentState, intent: intents.SolveNow, moment: Moment) -> Step:
    """Only the asker says solved (P18)."""
    found = state.conversation_of(intent.session_id)
    if found is None or not found.mine or found.phase is not Phase.LIVE:
        return state, ()
    state = state.with_conversation(replace(found, solving=False, solved_wish=True))
    return link.act(
        state,
        SolveSession(
            session_id=intent.session_id,
            thanks=found.thanks,
            fixed_by=found.fixed_by.strip()[:MAX_TEXT],
        ),
        moment,
    )
