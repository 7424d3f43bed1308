"""The way of a draft on the laptop: looked at by the asker, handed over or not, agreed to (J8).

Nothing of it leaves before the asker hands it over, and then exactly what the page shows.
"""

from collections.abc import Iterable
from types import MappingProxyType

import msgspec
from msgspec.structs import replace
from samebox_shared.model.article_limits import SUMMARY_LIMIT, UNDO_LIMIT, WHY_LIMIT, without_hidden
from samebox_shared.model.articles import Article, DraftState
from samebox_shared.model.ids import ArticleId, SessionId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import AgreeToDraft, ProposeArticle
from samebox_shared.protocol.events import DraftMoved, DraftWritten, SessionSolved
from samebox_shared.protocol.messages import Event, Refused

from samebox_agent.core import draft_intents as wants
from samebox_agent.core import outbox
from samebox_agent.core.asking import language_here
from samebox_agent.core.commands import KeepText, Step
from samebox_agent.core.draft_state import Choices, Way
from samebox_agent.core.drafts import Paper, Told, article, paper
from samebox_agent.core.events import ActNotKept, AgentEvent, Moment, ServerSaid
from samebox_agent.core.lines import add, is_me
from samebox_agent.core.redaction import Known, Redacted, redact
from samebox_agent.core.state import AgentState, Companion, Conversation, Phase

DRAFT = "draft:"
"""Where the choices about a draft are kept, with the session's id behind it."""


# What is known.


def known(state: AgentState, found: Conversation | None = None) -> Known:
    """Whom the laptop must not name: everyone of this session, or of all."""
    those = state.conversations.values() if found is None else (found,)
    people = [who.person.name for one in those for who in one.company]
    me = [state.me.person.name] if state.me else []
    return Known((*me, *dict.fromkeys(people)), state.drafts.hosts, state.drafts.users)


def without_people(state: AgentState, text: str) -> Redacted:
    """Words about an article or a draft, as they leave."""
    return redact(" ".join(text.split())[:WHY_LIMIT], known(state))


def told(state: AgentState, found: Conversation) -> Told:
    """What the session says, and what the asker adds where nobody wrote what fixed it."""
    solved = next((x.event for x in found.lines if isinstance(x.event, SessionSolved)), None)
    added = state.drafts.of(found.session_id).fixed if found.session_id else ""
    return Told(
        found.text,
        added if solved is None or not solved.fixed_by.strip() else solved.fixed_by,
        tuple(
            line.text
            for line in found.lines
            if line.message_id and line.author and not is_me(state, line.author) and line.text
        ),
        found.device_type,
        found.topic,
        language_here(state),
    )


def is_unsaid(state: AgentState, found: Conversation) -> bool:
    """Whether nobody wrote what fixed it: neither the asker at the end, nor whoever helped."""
    words = told(state, found)
    added = state.drafts.of(found.session_id).fixed if found.session_id else ""
    return words.fixed_by == added and not words.helper_messages


def paper_of(state: AgentState, found: Conversation) -> Paper | None:
    """The draft before it is handed over; None for whoever has none to hand over."""
    session_id = found.session_id
    if session_id is None or not found.mine or found.phase is not Phase.SOLVED:
        return None
    choices = state.drafts.of(session_id)
    if choices.never or handed_over(state, session_id) is not None:
        return None
    return paper(told(state, found), known(state, found), choices)


def handed_over(state: AgentState, session_id: SessionId) -> Article | None:
    """The draft as it was handed over, or is about to be."""
    waiting = (item.act for item in state.outbox if isinstance(item.act, ProposeArticle))
    own = next((act.draft for act in waiting if act.session_id == session_id), None)
    return state.drafts.written.get(session_id, own)


def is_to_decide(state: AgentState, found: Conversation) -> bool:
    """Whether the asker has not said yet what becomes of it."""
    if found.session_id is None or not found.mine or found.phase is not Phase.SOLVED:
        return False
    choices = state.drafts.of(found.session_id)
    decided = choices.later or choices.never or choices.handed
    return not decided and handed_over(state, found.session_id) is None


def is_to_look_at(state: AgentState, found: Conversation) -> bool:
    """Whether this person has not said yet whether it is right as it is now."""
    session_id = found.session_id
    if session_id is None or session_id not in state.drafts.ways:
        return False
    way = state.drafts.ways[session_id]
    asked = state.me is not None and state.me.person.person_id in way.waits_for
    return way.state is DraftState.LOOKING and asked and said_of(state, session_id) is None


def is_to_change(state: AgentState, found: Conversation) -> bool:
    """Whether it came back to the asker, to be changed."""
    return found.mine and state_of(state, found) is DraftState.SENT_BACK


def is_news(state: AgentState, found: Conversation) -> bool:
    """Whether it was published and this person was not told yet."""
    if found.session_id is None or state_of(state, found) is not DraftState.PUBLISHED:
        return False
    return not state.drafts.of(found.session_id).noted


def state_of(state: AgentState, found: Conversation) -> DraftState | None:
    """How far it is; None before it was handed over."""
    if found.session_id is None or found.session_id not in state.drafts.ways:
        return None
    return state.drafts.ways[found.session_id].state


def said_of(state: AgentState, session_id: SessionId) -> bool | None:
    """What this person said of the draft as it is now: right, wrong, or nothing yet."""
    chosen = state.drafts.of(session_id)
    way = state.drafts.ways.get(session_id, Way())
    return chosen.agreed if chosen.round == way.round else None


def lookers(found: Conversation) -> tuple[Companion, ...]:
    """Those who helped, and look at the draft first."""
    return tuple(
        who for who in found.company if who.part is not None and who.part is not Part.WATCHER
    )


# What the server says.


def on_feed(state: AgentState, body: DraftWritten | DraftMoved, event: Event) -> AgentState:
    """A draft was handed over, or went on."""
    session_id, drafts = body.session_id, state.drafts
    found = state.conversation_of(session_id)
    if found is None:
        return state
    match body:
        case DraftWritten(draft=draft):
            written = MappingProxyType({**drafts.written, session_id: draft})
            before = drafts.ways.get(session_id, Way())
            way = replace(before, round=before.round + 1)
            ways = MappingProxyType({**drafts.ways, session_id: way})
            drafts = replace(drafts, written=written, ways=ways)
        case DraftMoved():
            before = drafts.ways.get(session_id, Way())
            way = Way(body.state, body.words, body.waits_for, body.article_id, before.round)
            drafts = replace(drafts, ways=MappingProxyType({**drafts.ways, session_id: way}))
    return replace(state, drafts=drafts).with_conversation(add(found, event))


def forget_feed(state: AgentState) -> AgentState:
    """What the server told comes again; what the person chose stays."""
    none: MappingProxyType[SessionId, Article] = MappingProxyType({})
    drafts = replace(state.drafts, written=none, ways=MappingProxyType({}))
    return replace(state, drafts=drafts)


def settle(before: AgentState, after: AgentState, event: AgentEvent) -> Step:
    """What was handed over or said and is not taken can be done again: nothing is lost."""
    match event:
        case ServerSaid(frame=Refused(txn_id=txn_id)) | ActNotKept(txn_id=txn_id):
            lost = next((item.act for item in before.outbox if item.txn_id == txn_id), None)
        case _:
            return after, ()
    match lost:
        case ProposeArticle(session_id=session_id):
            return _choose(after, session_id, handed=False)
        case AgreeToDraft(session_id=session_id):
            return _choose(after, session_id, agreed=None)
        case _:
            return after, ()


# What the person wants.


def on_intent(state: AgentState, intent: wants.DraftIntent, moment: Moment) -> Step:
    """What becomes of a draft."""
    found = state.conversation_of(intent.session_id)
    if found is None:
        return state, ()
    match intent:
        case (
            wants.LeaveOut()
            | wants.PutBack()
            | wants.TypeUndo()
            | wants.TypeFixed()
            | wants.PutOff()
        ):
            return _change(state, found, intent)
        case wants.HandOver():
            return _hand_over(state, found, moment)
        case wants.NoteNews():
            return _note(state, found)
        case _:
            return _answer(state, found, intent, moment)


def _change(
    state: AgentState,
    found: Conversation,
    intent: wants.LeaveOut | wants.PutBack | wants.TypeUndo | wants.TypeFixed | wants.PutOff,
) -> Step:
    if paper_of(state, found) is None:
        return state, ()
    session_id = intent.session_id
    now = state.drafts.of(session_id)
    match intent:
        case wants.LeaveOut(sentence=sentence, out=out):
            return _choose(state, session_id, left_out=_with(now.left_out, sentence, out))
        case wants.PutBack(words=words, back=back):
            return _choose(state, session_id, put_back=_with(now.put_back, words, back))
        case wants.TypeUndo(text=text):
            return _choose(state, session_id, undo=text[:UNDO_LIMIT])
        case wants.TypeFixed(text=text):
            return _choose(state, session_id, fixed=text[:SUMMARY_LIMIT])
        case wants.PutOff(for_ever=for_ever):
            pages = state.window.pages[:-1] or state.window.pages
            state = replace(state, window=replace(state.window, pages=pages))
            return _choose(state, session_id, later=not for_ever, never=for_ever)


def _note(state: AgentState, found: Conversation) -> Step:
    if found.session_id is None or not is_news(state, found):
        return state, ()
    return _choose(state, found.session_id, noted=True)


def _with(those: frozenset[str], one: str, on: bool) -> frozenset[str]:
    return those | {one} if on else those - {one}


def _hand_over(state: AgentState, found: Conversation, moment: Moment) -> Step:
    draft = paper_of(state, found)
    session_id = found.session_id
    if draft is None or session_id is None or not draft.is_whole:
        return state, ()
    if state.drafts.of(session_id).handed:
        return state, ()
    made = article(draft, told(state, found), ArticleId(f"draft-{moment.fresh}"))
    state, keeps = _choose(state, session_id, handed=True, later=False)
    state, commands = outbox.act(state, ProposeArticle(session_id=session_id, draft=made), moment)
    return state, (*commands, *keeps)


def _answer(
    state: AgentState,
    found: Conversation,
    intent: wants.SayRight | wants.StartDoubting | wants.TypeDoubt | wants.SayWrong,
    moment: Moment,
) -> Step:
    if not is_to_look_at(state, found):
        return state, ()
    session_id = intent.session_id
    match intent:
        case wants.SayRight():
            return _agree(state, AgreeToDraft(session_id=session_id), moment)
        case wants.StartDoubting(on=on):
            return _choose(state, session_id, doubting=on)
        case wants.TypeDoubt(text=text):
            return _choose(state, session_id, why=text[:WHY_LIMIT])
        case wants.SayWrong():
            why = without_people(state, state.drafts.of(session_id).why).text
            if not without_hidden(why):
                return state, ()
            act = AgreeToDraft(session_id=session_id, agreed=False, why=why[:WHY_LIMIT])
            return _agree(state, act, moment)


def _agree(state: AgentState, act: AgreeToDraft, moment: Moment) -> Step:
    now = state.drafts.ways.get(act.session_id, Way()).round
    state, keeps = _choose(state, act.session_id, agreed=act.agreed, round=now, doubting=False)
    state, commands = outbox.act_once(state, act, moment)
    return state, (*commands, *keeps)


def _choose(state: AgentState, session_id: SessionId, **changes: object) -> Step:
    """Kept on this laptop at once."""
    chosen: Choices = replace(state.drafts.of(session_id), **changes)
    choices = MappingProxyType({**state.drafts.choices, session_id: chosen})
    state = replace(state, drafts=replace(state.drafts, choices=choices))
    return state, (KeepText(f"{DRAFT}{session_id}", msgspec.json.encode(chosen).decode()),)


def with_texts(state: AgentState, texts: Iterable[tuple[str, str]]) -> AgentState:
    """Take over what was kept; what cannot be read is as if nothing was decided."""
    choices = dict(state.drafts.choices)
    for place, text in texts:
        if place.startswith(DRAFT):
            choices[SessionId(place.removeprefix(DRAFT))] = _read(text)
    return replace(state, drafts=replace(state.drafts, choices=MappingProxyType(choices)))


def _read(text: str) -> Choices:
    try:
        return msgspec.json.decode(text, type=Choices)
    except msgspec.DecodeError:
        return Choices()
