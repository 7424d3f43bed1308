"""Who is in a session beside its asker: they come, go, type, and take over."""

from msgspec.structs import replace
from samebox_shared.model.ids import PersonId, QuestionId, SessionId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.events import (
    HelperChanged,
    JoinAsked,
    PersonJoined,
    PersonLeft,
    SessionOpened,
    SessionReleased,
)
from samebox_shared.protocol.messages import Event, PeerPresence, PeerTyping

from samebox_agent.core.commands import StartTimer, Step
from samebox_agent.core.lines import add, is_me, shown
from samebox_agent.core.state import AgentState, Companion, Conversation, Phase

TYPING_SECONDS = 6.0
"""How long "is typing" stays after the last word of it."""
TYPING = "typing:"
"""Timer, with the question's id behind it: the others are typing."""
TYPING_TOLD = "typing_told:"
"""Timer, the same way: the others have been told already that we type."""

CompanyBody = (
    SessionOpened | JoinAsked | PersonJoined | PersonLeft | HelperChanged | SessionReleased
)


def on_feed(state: AgentState, body: CompanyBody, event: Event, *, live: bool) -> AgentState:
    """Fold one event about who is there."""
    match body:
        case SessionOpened():
            return _opened(state, body, event, live=live)
        case JoinAsked():
            return _join_asked(state, body, event)
        case PersonJoined():
            return _joined(state, body, event)
        case PersonLeft():
            return _left(state, body, event)
        case HelperChanged():
            return _helper_changed(state, body, event)
        case SessionReleased():
            return _released(state, body, event)


def _opened(state: AgentState, body: SessionOpened, event: Event, *, live: bool) -> AgentState:
    mine = is_me(state, body.asker.person_id)
    old = state.conversations.get(body.question_id)
    conversation = old or Conversation(body.question_id, mine, body.text, body.device_type)
    conversation = replace(
        conversation,
        mine=mine,
        facts=body.facts,
        topic=body.topic,
        phase=Phase.LIVE,
        ring=body.ring,
        session_id=body.session_id,
        fence=body.fence,
        part=body.part,
        company=_company(state, body, conversation),
        seen_sent=None,
        solving=False,
        solved_wish=False,
        editing=None,
        confirming=None,
        since=conversation.since or event.at,
    )
    return state.with_conversation(add(shown(conversation) if live else conversation, event))


def _company(state: AgentState, body: SessionOpened, before: Conversation) -> tuple[Companion, ...]:
    """Everybody in it but me; those of an earlier session keep the name on what they said."""
    everyone = (
        Companion(body.asker, None),
        Companion(body.helper, Part.HELPER, why=body.why if body.part is Part.HELPER else ()),
        *(Companion(other.person, other.part, other.why) for other in body.others),
    )
    now = tuple(item for item in everyone if not is_me(state, item.person.person_id))
    ids = {item.person.person_id for item in now}
    earlier = tuple(
        replace(item, gone=True, typing=False)
        for item in before.company
        if item.person.person_id not in ids
    )
    return (*now, *earlier)


def _join_asked(state: AgentState, body: JoinAsked, event: Event) -> AgentState:
    """Somebody is being asked to come; or nobody is there, or nobody came."""
    found = state.conversation_of(body.session_id)
    if found is None:
        return state
    if body.asked:
        return state.with_conversation(replace(found, bringing=found.bringing | {body.part}))
    found = replace(found, bringing=found.bringing - {body.part})
    return state.with_conversation(add(found, event))


def _joined(state: AgentState, body: PersonJoined, event: Event) -> AgentState:
    found = state.conversation_of(body.session_id)
    who = body.who
    if found is None or is_me(state, who.person.person_id):
        return state
    found = found.with_companion(Companion(who.person, who.part, who.why))
    found = replace(found, bringing=found.bringing - {who.part})
    return state.with_conversation(add(found, event))


def _left(state: AgentState, body: PersonLeft, event: Event) -> AgentState:
    found = state.conversation_of(body.session_id)
    if found is None:
        return state
    if is_me(state, body.person_id):
        ended = replace(found, phase=Phase.ENDED, editing=None, confirming=None)
        return state.with_conversation(add(ended, event))
    who = found.companion(body.person_id)
    if who is None:
        return state
    found = found.with_companion(replace(who, gone=True, typing=False))
    return state.with_conversation(add(found, event))


def _helper_changed(state: AgentState, body: HelperChanged, event: Event) -> AgentState:
    """The one before is gone; whoever goes on has the question now, and the new fence counts."""
    found = state.conversation_of(body.session_id)
    if found is None:
        return state
    found = replace(found, fence=body.fence, solved_wish=False)
    if is_me(state, body.helper.person_id):
        return state.with_conversation(add(replace(found, part=Part.HELPER), event))
    if not found.mine and found.part is Part.HELPER:  # it was me who is gone
        return state.with_conversation(add(replace(found, phase=Phase.ENDED), event))
    before = next((item for item in found.present if item.part is Part.HELPER), None)
    if before is not None:
        found = found.with_companion(replace(before, gone=True, typing=False))
    known = found.companion(body.helper.person_id) or Companion(body.helper)
    found = found.with_companion(replace(known, part=Part.HELPER, gone=False))
    return state.with_conversation(add(found, event))


def _released(state: AgentState, body: SessionReleased, event: Event) -> AgentState:
    found = state.conversations.get(body.question_id)
    if found is None:
        return state
    gone = tuple(replace(item, gone=True, typing=False) for item in found.company)
    found = replace(
        found,
        phase=Phase.ASKING if found.mine else Phase.ENDED,
        company=gone if found.mine else found.company,
        ring=None,
        solving=False,
        editing=None,
        confirming=None,
    )
    return state.with_conversation(add(found, event))


def on_peer_typing(state: AgentState, typing: PeerTyping) -> Step:
    """Show "is typing" for a few seconds; one timer for all who type."""
    found, who = _peer_of(state, typing.session_id, typing.person_id)
    if found is None or who is None:
        return state, ()
    timer = StartTimer(f"{TYPING}{found.question_id}", TYPING_SECONDS)
    found = found.with_companion(replace(who, typing=True))
    return state.with_conversation(found), (timer,)


def on_timer(state: AgentState, name: str) -> Step:
    """The others typed nothing more, or we may tell again that we type."""
    prefix, question_id = name.split(":", 1)
    found = state.conversations.get(QuestionId(question_id))
    if found is None:
        return state, ()
    if f"{prefix}:" == TYPING:
        company = tuple(replace(item, typing=False) for item in found.company)
        return state.with_conversation(replace(found, company=company)), ()
    return state.with_conversation(replace(found, typing_told=False)), ()


def on_peer_presence(state: AgentState, presence: PeerPresence) -> Step:
    """Somebody in the session came or went."""
    found, who = _peer_of(state, presence.session_id, presence.person_id)
    if found is None or who is None:
        return state, ()
    who = replace(who, here=presence.here, typing=who.typing and presence.here)
    return state.with_conversation(found.with_companion(who)), ()


def _peer_of(
    state: AgentState, session_id: SessionId, person_id: PersonId
) -> tuple[Conversation | None, Companion | None]:
    found = state.conversation_of(session_id)
    return found, None if found is None else found.companion(person_id)
