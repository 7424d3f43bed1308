"""The lines of a conversation: where a new one goes, and whose they are."""

from msgspec.structs import replace
from samebox_shared.model.ids import PersonId
from samebox_shared.protocol.messages import Event

from samebox_agent.core.state import (
    OPEN_PHASES,
    AgentState,
    Conversation,
    Keeping,
    Line,
    Phase,
)

UNSENT = (Keeping.SAVING, Keeping.SAVED, Keeping.DRAFT)
"""Messages that the server does not have yet, as far as this laptop knows."""


def shown(conversation: Conversation) -> Conversation:
    """Its window comes to the front."""
    return replace(conversation, open=True, raised=conversation.raised + 1)


def add(conversation: Conversation, event: Event) -> Conversation:
    """A line for something that happened."""
    return with_line(conversation, Line(event.event_id, event.at, event=event.body))


def with_line(conversation: Conversation, line: Line) -> Conversation:
    """Before what waits to be sent: that is where the server will have put it."""
    before = tuple(item for item in conversation.lines if item.keeping not in UNSENT)
    after = tuple(item for item in conversation.lines if item.keeping in UNSENT)
    return replace(conversation, lines=(*before, line, *after))


def told(state: AgentState) -> frozenset[str]:
    """The transaction ids of all messages that the feed has: those were sent, whatever became of
    the answer (I12)."""
    return frozenset(
        line.key
        for found in state.conversations.values()
        for line in found.lines
        if line.message_id is not None
    )


def is_me(state: AgentState, person_id: PersonId) -> bool:
    """Whether this is the person of this laptop."""
    return state.me is not None and state.me.person.person_id == person_id


def resumed(state: AgentState, at: float) -> AgentState:
    """The connection is back: a quiet line in what is open, in place of the one before."""
    for item in state.conversations.values():
        if item.phase not in OPEN_PHASES or item.phase is Phase.KEPT:
            continue
        lines = tuple(line for line in item.lines if not line.resumed)
        line = Line(f"resumed:{at}", at, resumed=True)
        state = state.with_conversation(with_line(replace(item, lines=lines), line))
    return state
