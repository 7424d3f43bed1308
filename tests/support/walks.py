"""What can happen to a laptop, in any order: strategies for random walks through the rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_type_hints

from hypothesis import strategies as st
from samebox_agent.core import (
    article_sync,
    draft_intents,
    fixes,
    helping_intents,
    intents,
    link,
    outbox,
    session_intents,
)
from samebox_agent.core.events import (
    ActKept,
    ActNotKept,
    AgentEvent,
    ArticlesArrived,
    ArticlesMissed,
    AutostartSet,
    AvailabilityChanged,
    BoardArrived,
    BoardMissed,
    FactsRead,
    FeedGrew,
    InviteFailed,
    InviteMade,
    JoinFailed,
    JoinSucceeded,
    LinkClosed,
    PortalFailed,
    SearchDone,
    ServerSaid,
    SettingsPageFailed,
    SharedLogRead,
    StoreFailed,
    TimerFired,
    TokenKept,
)
from samebox_agent.core.helping_intents import Pause
from samebox_agent.core.intents import Appearance, Intent, Page
from samebox_agent.core.session_intents import Confirm
from samebox_agent.core.state import AgentState, Problem, SharedEntry, Trouble
from samebox_shared.model.articles import ArticleChange, ArticlePage, DraftState
from samebox_shared.model.devices import Ring, System
from samebox_shared.model.facts import BY_NAME, CATALOGUE, Fact, FactKind, FactType, FactValue
from samebox_shared.model.ids import (
    AnswerId,
    ArticleId,
    DeviceId,
    EventId,
    MessageId,
    OfferId,
    PersonId,
    QuestionId,
    SessionId,
    TxnId,
)
from samebox_shared.model.people import Participant, Volunteering
from samebox_shared.model.topics import Part, Topic
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.events import (
    AnyEvent,
    BlockedChanged,
    DevicesChanged,
    DraftMoved,
    DraftWritten,
    HelperChanged,
    HelpingChanged,
    JoinAsked,
    MessageDeleted,
    MessageEdited,
    MessagesRead,
    OfferClosed,
    OfferEnd,
    PersonJoined,
    PersonLeft,
    QuestionAnswered,
    QuestionCancelled,
    QuestionParked,
    QuestionSolved,
    ReleaseReason,
    SessionReleased,
    SessionSolved,
    VolunteeringChanged,
    WaveStarted,
)
from samebox_shared.protocol.http import Board, Invite, Joined
from samebox_shared.protocol.messages import (
    ArticlesChanged,
    Done,
    Event,
    GoingDown,
    Heartbeat,
    PeerPresence,
    PeerTyping,
    Refused,
    TryLater,
)

from tests.support.builders import (
    ANA,
    BO,
    DISK,
    IRIS,
    OFFER,
    QUESTION,
    SESSION,
    a_page,
    an_article,
    offer_made,
    posted,
    session_opened,
    welcome,
)

MARK = "zq7"
"""Stands in every text fact of a walk, so that one that strays is found."""
MARKED_NUMBER = 908_070_605
"""Every number among the facts of a walk."""
TROUBLE = Trouble(Problem.DISK_FULL)
JOINED = Joined(person=ANA, device_id=DeviceId("d1"), organisation="Example")

_BY_FIELD: Mapping[Any, st.SearchStrategy[Any]] = {
    str: st.sampled_from(["", " ", "disk", "windows", "x" * 9_000]),
    bool: st.booleans(),
    FactKind: st.sampled_from(FactKind),
    Page: st.sampled_from(Page),
    Appearance: st.sampled_from(Appearance),
    ArticleId: st.sampled_from([DISK, ArticleId("gone")]),
    OfferId: st.sampled_from([OFFER, OfferId("gone")]),
    QuestionId: st.sampled_from([QUESTION, QuestionId("gone")]),
    SessionId: st.sampled_from([SESSION, SessionId("s2"), SessionId("gone")]),
    MessageId: st.sampled_from([MessageId("m-ana-1"), MessageId("m-bo-1"), MessageId("gone")]),
    TxnId: st.sampled_from([TxnId(f"{number:032x}") for number in range(1, 9)]),
    AnswerId: st.sampled_from([AnswerId("a1"), AnswerId("gone")]),
    PersonId: st.sampled_from([BO.person_id, PersonId("gone")]),
    DeviceId: st.sampled_from([DeviceId("d1"), DeviceId("gone")]),
    AnswerId | None: st.sampled_from([AnswerId("a1"), None]),
    PersonId | None: st.sampled_from([BO.person_id, None]),
    QuestionId | None: st.sampled_from([QUESTION, None]),
    Topic | None: st.sampled_from([*Topic, None]),
    Topic: st.sampled_from(Topic),
    Pause: st.sampled_from(Pause),
    Confirm: st.sampled_from(Confirm),
    int: st.integers(0, 6),
}


def intent_kinds() -> tuple[type[Intent], ...]:
    """Every kind of intent there is."""
    return tuple(
        found
        for room in (intents, helping_intents, session_intents, draft_intents)
        for found in vars(room).values()
        if isinstance(found, type) and issubclass(found, Intent) and found is not Intent
    )


def intents_of(kind: type[Intent]) -> st.SearchStrategy[Intent]:
    """Intents of one kind, about things that are there and things that are not."""
    if kind is intents.SaySystem:
        return st.sampled_from(["", *System]).map(intents.SaySystem)
    fields = {name: _BY_FIELD[hint] for name, hint in get_type_hints(kind).items()}
    return st.builds(kind, **fields)


def marked(name: str) -> Fact:
    """A fact whose value is found again wherever it goes."""
    values: dict[FactType, FactValue] = {
        FactType.BOOL: True,
        FactType.INT: MARKED_NUMBER,
        FactType.DOUBLE: float(MARKED_NUMBER),
        FactType.STRING: f"{MARK}-{name}",
    }
    return Fact(name=name, value=values[BY_NAME[name].type])


MARKED_FACTS = tuple(marked(spec.name) for spec in CATALOGUE)


class Answer(StrEnum):
    """What becomes of an act in the outbox."""

    KEPT = "kept"
    NOT_KEPT = "not kept"
    DONE = "done"
    REFUSED = "refused"
    TRY_LATER = "try later"


@dataclass(frozen=True)
class Reply:
    """An answer to the act at this place of the outbox, counted round and round."""

    answer: Answer
    place: int
    code: ErrorCode

    def to(self, state: AgentState) -> AgentEvent:
        """The event; about an unknown act when the outbox is empty."""
        waiting = state.outbox
        txn = waiting[self.place % len(waiting)].txn_id if waiting else TxnId("gone")
        match self.answer:
            case Answer.KEPT:
                return ActKept(txn)
            case Answer.NOT_KEPT:
                return ActNotKept(txn, TROUBLE)
            case Answer.DONE:
                return ServerSaid(Done(txn_id=txn))
            case Answer.REFUSED:
                return ServerSaid(Refused(txn_id=txn, code=self.code))
            case Answer.TRY_LATER:
                later = TryLater(txn_id=txn, code=self.code, after_seconds=1.0)
                return ServerSaid(later)


@dataclass(frozen=True)
class Grows:
    """The feed grows by this; which number it gets depends on what was there before."""

    body: AnyEvent

    def after(self, seq: int) -> FeedGrew:
        """The next entry of the feed."""
        event_id = EventId(f"event-{seq + 1}")
        return FeedGrew(
            Event(seq=seq + 1, prev_seq=seq, event_id=event_id, at=float(seq), body=self.body)
        )


Occurrence = AgentEvent | Reply | Grows

_BODIES: tuple[AnyEvent, ...] = (
    session_opened(),
    session_opened(asker=BO, helper=ANA),
    session_opened(session="s2", fence=2),
    posted("Hi", BO, "bo-1"),
    posted("Hi again", BO, "bo-2"),
    posted("Mine, from my other laptop", ANA, "ana-1"),
    MessagesRead(session_id=SESSION, person_id=BO.person_id, seen=MessageId("m-ana-1")),
    MessagesRead(session_id=SESSION, person_id=ANA.person_id, seen=MessageId("m-bo-1")),
    SessionReleased(session_id=SESSION, question_id=QUESTION, reason=ReleaseReason.LEFT),
    SessionSolved(session_id=SESSION, question_id=QUESTION, thanks=True, fixed_by="x"),
    QuestionCancelled(question_id=QUESTION),
    DraftWritten(session_id=SESSION, draft=an_article()),
    DraftMoved(session_id=SESSION, state=DraftState.LOOKING),
    DraftMoved(session_id=SESSION, state=DraftState.SENT_BACK, words="Which one?"),
    HelpingChanged(helping=True),
    WaveStarted(question_id=QUESTION, wave=1, ring=Ring.SAME_MODEL, asked=2, until=60.0),
    QuestionParked(question_id=QUESTION, again_at=3600.0),
    QuestionAnswered(
        question_id=QUESTION, answer_id=AnswerId("a1"), author=BO, text="Turn it off and on"
    ),
    QuestionSolved(question_id=QUESTION, fixed_by="x"),
    PersonJoined(session_id=SESSION, who=Participant(person=IRIS, part=Part.IT)),
    JoinAsked(session_id=SESSION, part=Part.IT, asked=1, until=60.0),
    JoinAsked(session_id=SESSION, part=Part.IT, asked=0, until=60.0),
    PersonLeft(session_id=SESSION, person_id=IRIS.person_id),
    PersonLeft(session_id=SESSION, person_id=ANA.person_id),
    HelperChanged(session_id=SESSION, helper=IRIS, fence=5, reason=ReleaseReason.LEFT),
    MessageEdited(session_id=SESSION, message_id=MessageId("m-bo-1"), text="Ho"),
    MessageDeleted(session_id=SESSION, message_id=MessageId("m-ana-1")),
    VolunteeringChanged(volunteering=Volunteering(helping=True, paused_until=9.0)),
    DevicesChanged(devices=()),
    BlockedChanged(people=(BO,)),
    offer_made(),
    OfferClosed(offer_id=OFFER, end=OfferEnd.TAKEN),
    OfferClosed(offer_id=OFFER, end=OfferEnd.EXPIRED),
)

_TIMERS = (
    *(link.RECONNECT, outbox.RESEND, outbox.ANSWER),
    *(fixes.READ_FACTS, article_sync.FETCH),
)

HAPPENINGS: tuple[AgentEvent, ...] = (
    JoinSucceeded(
        "https://h.example", Joined(person=ANA, device_id=DeviceId("d"), organisation="E")
    ),
    JoinFailed(TROUBLE),
    TokenKept(TROUBLE),
    TokenKept(None),
    InviteMade(Invite(link="https://h.example/join/x", expires_at=0.0)),
    InviteFailed(TROUBLE),
    LinkClosed(None),
    LinkClosed(Trouble(Problem.SIGNED_OUT), for_good=True),
    StoreFailed(TROUBLE),
    FactsRead(MARKED_FACTS, 0.2, ("battery",)),
    FactsRead((), 0.0),
    SearchDone("disk", (DISK, ArticleId("gone"))),
    ArticlesArrived(a_page(an_article())),
    ArticlesArrived(
        ArticlePage(changes=(ArticleChange(change=9, article_id=DISK, article=None),), head=9)
    ),
    ArticlesMissed(),
    SharedLogRead((SharedEntry(1.0, "A question", "{}"),)),
    SettingsPageFailed("storage"),
    PortalFailed(Trouble(Problem.PORTAL_NOT_OPENED)),
    AutostartSet(True),
    AvailabilityChanged(True),
    AvailabilityChanged(False),
    BoardArrived(Board(questions=())),
    BoardMissed(TROUBLE),
    ServerSaid(welcome()),
    ServerSaid(welcome(resync=True, epoch="e2", head_seq=3, articles_head=9)),
    ServerSaid(Heartbeat(head_seq=0, server_time=1.0)),
    ServerSaid(PeerTyping(session_id=SESSION, person_id=BO.person_id)),
    ServerSaid(PeerPresence(session_id=SESSION, person_id=BO.person_id, here=False)),
    ServerSaid(ArticlesChanged(head=9)),
    ServerSaid(GoingDown(retry_after=5.0)),
    *(
        TimerFired(name)
        for name in (
            link.RECONNECT,
            outbox.RESEND,
            outbox.ANSWER,
            fixes.READ_FACTS,
            article_sync.FETCH,
        )
    ),
    TimerFired(f"typing:{QUESTION}"),
    TimerFired(f"typing_told:{QUESTION}"),
)


_KEPT = Reply(Answer.KEPT, -1, ErrorCode.BUSY)
_SPELLS: tuple[tuple[Occurrence, ...], ...] = (
    (intents.StartAsking(), intents.TypeAsk("My disk is full"), intents.SendQuestion(), _KEPT),
    (intents.StartAsking(), intents.SetIncluded(FactKind.STORAGE, True), intents.SendQuestion()),
    (FactsRead(MARKED_FACTS, 0.2), intents.FinishSharing(), _KEPT),
    (intents.TypeMessage(QUESTION, "Hel"), intents.SendMessage(QUESTION, "Hello"), _KEPT),
    (intents.SawMessages(QUESTION), _KEPT),
    (Grows(offer_made()), intents.TakeOffer(OFFER), _KEPT),
    (intents.SolveNow(SESSION), _KEPT),
    (helping_intents.SetWatching(True), helping_intents.SaveHelping(), _KEPT),
    (Grows(session_opened()), Grows(posted("Mine", ANA, "ana-1"))),
    (
        session_intents.StartEditing(QUESTION, MessageId("m-ana-1")),
        intents.SendMessage(QUESTION, "Better"),
        _KEPT,
    ),
    (
        session_intents.AskToConfirm(QUESTION, Confirm.SECOND),
        session_intents.DoConfirmed(QUESTION),
        _KEPT,
    ),
    (
        Grows(SessionSolved(session_id=SESSION, question_id=QUESTION, thanks=True, fixed_by="x")),
        draft_intents.HandOver(SESSION),
        _KEPT,
    ),
    (intents.HandBack(SESSION), _KEPT),
    (intents.CancelAsking(QUESTION),),
    (LinkClosed(None), ServerSaid(welcome())),
)
"""What hangs together, and would seldom come up in this order by chance."""


def walks(least: int = 15, most: int = 40) -> st.SearchStrategy[list[Occurrence]]:
    """Anything that can happen, in any order; the acts of a question's story most of all."""
    alone: tuple[st.SearchStrategy[Occurrence], ...] = (
        st.sampled_from(intent_kinds()).flatmap(intents_of),
        st.sampled_from(HAPPENINGS),
        st.sampled_from(_BODIES).map(Grows),
        st.builds(Reply, st.sampled_from(Answer), st.integers(0, 9), st.sampled_from(ErrorCode)),
    )
    single = st.sampled_from(alone).flatmap(lambda branch: branch).map(lambda one: (one,))
    spells = st.lists(st.one_of(single, st.sampled_from(_SPELLS)), min_size=least, max_size=most)
    return spells.map(lambda parts: [one for part in parts for one in part])


def walk(
    state: AgentState,
    steps: list[Occurrence],
    take: Callable[[AgentState, AgentEvent], AgentState],
) -> AgentState:
    """Lets everything happen, one after the other."""
    seq = 0
    for step in steps:
        match step:
            case Reply():
                state = take(state, step.to(state))
            case Grows():
                state = take(state, step.after(seq))
                seq += 1
            case _:
                state = take(state, step)
    return state
