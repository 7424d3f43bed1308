"""What a person does in the window of a question: writing, reading, bringing others in, ending."""

from msgspec.structs import replace
from samebox_shared.model.ids import MessageId, PersonId, QuestionId, SessionId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import (
    BlockPerson,
    BringIn,
    CancelQuestion,
    DeleteMessage,
    EditMessage,
    LeaveSession,
    MarkSeen,
    PostMessage,
    SolveQuestion,
    SolveSession,
)
from samebox_shared.protocol.codec import MAX_TEXT

from samebox_agent.core import intents, outbox
from samebox_agent.core import session_intents as wants
from samebox_agent.core.commands import KeepText, SendTyping, StartTimer, Step
from samebox_agent.core.company import TYPING_SECONDS, TYPING_TOLD
from samebox_agent.core.events import Moment
from samebox_agent.core.lines import is_me
from samebox_agent.core.session_intents import Confirm
from samebox_agent.core.state import (
    WAITING_PHASES,
    AgentState,
    Conversation,
    Keeping,
    Line,
    LinkState,
    Phase,
)

COMPOSER = "composer:"
"""Where unsent words of a session are kept, with the question's id behind it."""


def open_window(state: AgentState, intent: intents.OpenSession) -> Step:
    """Show the window of this question."""
    found = state.conversations.get(intent.question_id)
    if found is None:
        return state, ()
    opened = replace(found, open=True, raised=found.raised + 1, unread=None)
    return state.with_conversation(opened), ()


def put_answer_away(state: AgentState, question_id: QuestionId) -> AgentState:
    """The notice goes; the answer stays in the window."""
    found = state.conversations.get(question_id)
    if found is None or found.unread is None:
        return state
    return state.with_conversation(replace(found, unread=None))


def close_window(state: AgentState, intent: intents.CloseSession) -> Step:
    """Hide it; nothing else changes."""
    found = state.conversations.get(intent.question_id)
    if found is None:
        return state, ()
    return state.with_conversation(replace(found, open=False)), ()


def type_message(state: AgentState, intent: intents.TypeMessage) -> Step:
    """Keep what is typed; tell the others, at most once in a few seconds."""
    found = state.conversations.get(intent.question_id)
    if found is None:
        return state, ()
    if found.editing is not None:
        return state.with_conversation(replace(found, edit_text=intent.text)), ()
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
    if found.editing is not None:
        return _say_differently(state, found, found.editing, text[:MAX_TEXT], moment)
    me = state.me.person.person_id if state.me else None
    said, rest = text[:MAX_TEXT], text[MAX_TEXT:]
    line = Line(moment.fresh, moment.wall, text=said, author=me, keeping=Keeping.SAVING)
    lines = (*(item for item in found.lines if not _is_lost_try(item, said)), line)
    state = state.with_conversation(replace(found, composer=rest, lines=lines))
    post = PostMessage(session_id=found.session_id, fence=found.fence, text=said)
    state, commands = outbox.act(state, post, moment)
    return state, (*commands, KeepText(f"{COMPOSER}{found.question_id}", rest))


def _is_lost_try(line: Line, text: str) -> bool:
    return line.keeping is Keeping.NOT_SAVED and line.text == text


def may_change(state: AgentState, found: Conversation, line: Line) -> bool:
    """Whether this is a message of one's own that the server has, in a session that is live."""
    return (
        found.phase is Phase.LIVE
        and line.message_id is not None
        and not line.taken_back
        and line.author is not None
        and is_me(state, line.author)
    )


def start_editing(state: AgentState, intent: wants.StartEditing) -> Step:
    """The words of the message come into the field; what stood there comes back afterwards."""
    found = state.conversations.get(intent.question_id)
    line = None if found is None else _own(state, found, intent.message_id)
    if found is None or line is None:
        return state, ()
    editing = replace(found, editing=intent.message_id, edit_text=line.text, confirming=None)
    return state.with_conversation(editing), ()


def stop_editing(state: AgentState, intent: wants.StopEditing) -> Step:
    """Leave the message as it was."""
    found = state.conversations.get(intent.question_id)
    if found is None or found.editing is None:
        return state, ()
    return state.with_conversation(replace(found, editing=None, edit_text="")), ()


def take_back(state: AgentState, intent: wants.TakeBack, moment: Moment) -> Step:
    """Take a message back, for good."""
    found = state.conversations.get(intent.question_id)
    if found is None or found.session_id is None:
        return state, ()
    if _own(state, found, intent.message_id) is None:
        return state, ()
    delete = DeleteMessage(
        session_id=found.session_id, fence=found.fence, message_id=intent.message_id
    )
    return outbox.act_once(state, delete, moment)


def _say_differently(
    state: AgentState, found: Conversation, message_id: MessageId, text: str, moment: Moment
) -> Step:
    line = _own(state, found, message_id)
    state = state.with_conversation(replace(found, editing=None, edit_text=""))
    if line is None or line.text == text or found.session_id is None:
        return state, ()
    edit = EditMessage(
        session_id=found.session_id, fence=found.fence, message_id=message_id, text=text
    )
    return outbox.act(state, edit, moment)


def _own(state: AgentState, found: Conversation, message_id: MessageId) -> Line | None:
    line = next((item for item in found.lines if item.message_id == message_id), None)
    return line if line is not None and may_change(state, found, line) else None


def saw_messages(state: AgentState, intent: intents.SawMessages, moment: Moment) -> Step:
    """Tell the others, once for each newest message."""
    found = state.conversations.get(intent.question_id)
    if found is None or found.session_id is None or found.phase is not Phase.LIVE:
        return state, ()
    newest = newest_of_others(state, found)
    if newest is None or newest == found.seen_sent:
        return state, ()
    state = state.with_conversation(replace(found, seen_sent=newest))
    return outbox.act(state, MarkSeen(session_id=found.session_id, message_id=newest), moment)


def newest_of_others(state: AgentState, found: Conversation) -> MessageId | None:
    """The last message that somebody else wrote."""
    for line in reversed(found.lines):
        if line.message_id and line.author and not is_me(state, line.author):
            return line.message_id
    return None


def ask_to_confirm(state: AgentState, intent: wants.AskToConfirm) -> Step:
    """Say first what it means."""
    found = state.conversations.get(intent.question_id)
    if found is None:
        return state, ()
    asked = replace(found, confirming=intent.what, confirm_whom=intent.person_id, editing=None)
    return state.with_conversation(asked), ()


def stop_confirming(state: AgentState, intent: wants.StopConfirming) -> Step:
    """Better not."""
    found = state.conversations.get(intent.question_id)
    if found is None or found.confirming is None:
        return state, ()
    return state.with_conversation(replace(found, confirming=None, confirm_whom=None)), ()


def do_confirmed(state: AgentState, intent: wants.DoConfirmed, moment: Moment) -> Step:
    """Do what was looked at once more."""
    found = state.conversations.get(intent.question_id)
    if found is None:
        return state, ()
    what, whom = found.confirming, found.confirm_whom
    found = replace(found, confirming=None, confirm_whom=None)
    state = state.with_conversation(found)
    match what:
        case Confirm.SECOND:
            return _bring_in(state, found, Part.SECOND, moment)
        case Confirm.IT:
            return _bring_in(state, found, Part.IT, moment)
        case Confirm.BLOCK if whom is not None:
            return block(state, whom, moment)
        case _:
            return state, ()


def _bring_in(state: AgentState, found: Conversation, part: Part, moment: Moment) -> Step:
    if found.session_id is None or found.phase is not Phase.LIVE:
        return state, ()
    state = state.with_conversation(replace(found, bringing=found.bringing | {part}))
    bring = BringIn(session_id=found.session_id, fence=found.fence, part=part)
    return outbox.act_once(state, bring, moment)


def block(state: AgentState, whom: PersonId, moment: Moment, *, blocked: bool = True) -> Step:
    """Never bring the two together again, or let them meet again."""
    return outbox.act_once(state, BlockPerson(person_id=whom, blocked=blocked), moment)


def hand_back(state: AgentState, intent: intents.HandBack, moment: Moment) -> Step:
    """The helper cannot go on, or somebody who was brought in leaves."""
    found = state.conversation_of(intent.session_id)
    if found is None or found.mine or found.phase is not Phase.LIVE:
        return state, ()
    leave = LeaveSession(session_id=intent.session_id, fence=found.fence)
    return outbox.act_once(state, leave, moment)


def cancel(state: AgentState, intent: intents.CancelAsking, moment: Moment) -> Step:
    """The asker no longer needs help."""
    found = state.conversations.get(intent.question_id)
    if found is None or found.phase not in WAITING_PHASES:
        return state, ()
    return outbox.act_once(state, CancelQuestion(question_id=found.question_id), moment)


def solve_alone(state: AgentState, intent: intents.SolveAlone, moment: Moment) -> Step:
    """Solved without a session: the words of the answer are what fixed it."""
    found = state.conversations.get(intent.question_id)
    if found is None or not found.mine or found.phase not in WAITING_PHASES:
        return state, ()
    answer = next((item for item in found.answers if item.answer_id == intent.answer_id), None)
    fixed_by = "" if answer is None else answer.text[:MAX_TEXT]
    solve = SolveQuestion(question_id=found.question_id, fixed_by=fixed_by)
    state = state.with_conversation(replace(found, solved_wish=True))
    return outbox.act_once(state, solve, moment)


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
    return outbox.act(
        state,
        SolveSession(
            session_id=intent.session_id,
            thanks=found.thanks,
            fixed_by=found.fixed_by.strip()[:MAX_TEXT],
        ),
        moment,
    )
