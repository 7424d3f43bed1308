"""The one door: every event is handled in every state, and what must hold always holds."""

from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from samebox_agent.core import (
    article_sync,
    fixes,
    following,
    intents,
    notices,
    remedies,
)
from samebox_agent.core.commands import (
    AnyCommand,
    FetchArticles,
    KeepAct,
    ReadFacts,
    SendAct,
    SendAway,
    StartTimer,
)
from samebox_agent.core.events import (
    AgentEvent,
    ArticlesMissed,
    AutostartSet,
    AvailabilityChanged,
    BoardArrived,
    BoardMissed,
    FactsRead,
    Happening,
    Moment,
    PortalFailed,
    RemedyDone,
    SettingsPageFailed,
    SharedLogRead,
    StoreFailed,
    TimerFired,
    TokenKept,
)
from samebox_agent.core.remedy_list import Found
from samebox_agent.core.state import (
    AgentState,
    Conversation,
    Keeping,
    LinkState,
    Phase,
    Problem,
    SharedEntry,
    Trouble,
)
from samebox_agent.core.update import update
from samebox_agent.presenters import screens
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.facts import BY_NAME, FactKind
from samebox_shared.protocol.acts import (
    Ask,
    ProposeArticle,
    ReportOutcome,
    TellDeviceType,
)
from samebox_shared.protocol.errors import ErrorCode
from samebox_shared.protocol.http import Board
from samebox_shared.protocol.messages import ArticlesChanged

from tests.support.builders import (
    NOW,
    QUESTION,
    a_device_type,
    ana_here,
    joined_state,
    live_state,
    session_opened,
    started,
    waiting,
)
from tests.support.playbook import Playbook
from tests.support.walks import (
    HAPPENINGS,
    MARK,
    MARKED_FACTS,
    MARKED_NUMBER,
    Answer,
    Grows,
    Occurrence,
    Reply,
    walk,
    walks,
)

TROUBLE = Trouble(Problem.DISK_FULL)
STATES = {
    "empty": AgentState(),
    "joined": joined_state(),
    "asker": live_state(),
    "helper": live_state(mine=False),
}


def test_notices_of_the_shell_are_taken_over() -> None:
    entry = SharedEntry(1.0, "A question", "{}")
    play = Playbook(joined_state())
    play >> SharedLogRead((entry,)) >> AutostartSet(True) >> TokenKept(None)
    assert (play.state.shared, play.state.preferences.autostart) == ((entry,), True)
    assert play.state.trouble is None
    play >> TokenKept(TROUBLE)
    assert play.state.trouble == TROUBLE
    play >> SettingsPageFailed("storage")
    assert play.state.trouble == Trouble(Problem.SETTINGS_NOT_OPENED, "storage")
    play >> PortalFailed(Trouble(Problem.PORTAL_NOT_OPENED))
    assert play.state.trouble == Trouble(Problem.PORTAL_NOT_OPENED)
    play >> StoreFailed(TROUBLE)
    assert play.state.trouble == TROUBLE


def test_articles_are_fetched_when_they_changed_and_again_when_they_did_not_come() -> None:
    play = Playbook(joined_state())
    play.hear(ArticlesChanged(head=0))
    assert play.commands == ()
    play.hear(ArticlesChanged(head=4)) << FetchArticles()
    play >> ArticlesMissed() << StartTimer(article_sync.FETCH, article_sync.FETCH_SECONDS)
    play >> TimerFired(article_sync.FETCH) << FetchArticles()
    offline = Playbook(joined_state(LinkState.OFFLINE))
    offline >> TimerFired(article_sync.FETCH)
    assert offline.commands == ()


def test_the_laptop_looks_at_itself_every_half_hour() -> None:
    play = Playbook(joined_state())
    play >> TimerFired(fixes.READ_FACTS) << ReadFacts(fixes.ALL_KINDS)
    play << StartTimer(fixes.READ_FACTS, fixes.EVERY_SECONDS)


def test_an_event_nobody_handles_is_a_bug_and_says_so() -> None:
    class Unheard(Happening, frozen=True):
        """Not one of ours."""

    with pytest.raises(KeyError, match="Unheard"):
        Playbook() >> Unheard()


@pytest.mark.parametrize("begin", STATES)
def test_every_happening_is_handled_in_every_state(begin: str) -> None:
    for happening in HAPPENINGS:
        Watch()(STATES[begin], happening)
    asked = waiting(Ask(question_id=QUESTION, text="Help", device_type=a_device_type()))
    state = replace(STATES[begin], outbox=(asked,))
    for answer in Answer:
        Watch()(state, Reply(answer, 0, ErrorCode.BUSY).to(state))
    Watch()(state, Grows(session_opened()).after(0))


class Watch:
    """Takes every step of a walk and checks what must always hold."""

    def __init__(self) -> None:
        self.commands: list[AnyCommand] = []
        self.count = 0

    def __call__(self, state: AgentState, event: AgentEvent) -> AgentState:
        self.count += 1
        moment = Moment(NOW + self.count, float(self.count), f"{self.count:032x}")
        state, commands = update(state, event, moment)
        self.commands += commands
        check(state)
        return state


def check(state: AgentState) -> None:
    """Invariants of every state."""
    txns = [item.txn_id for item in state.outbox]
    assert len(txns) == len(set(txns))
    assert state.window.pages
    for found in state.conversations.values():
        keys = [line.key for line in found.lines]
        assert len(keys) == len(set(keys))
        assert found.solved_wish is False or found.phase is not Phase.SOLVED
        check_drafts(state, found)
        assert all(not line.text for line in found.lines if line.message_id in found.erased)
    if not state.reading:
        assert state.facts.values == ()
    screens.present(state, NOW, UTC, "1.0")


def check_drafts(state: AgentState, found: Conversation) -> None:
    """A message is never both sent and a draft (I12)."""
    drafts = {item.txn_id for item in state.outbox if item.draft}
    shown = {line.key: line.keeping for line in found.lines}
    assert all(shown.get(txn_id, Keeping.DRAFT) is Keeping.DRAFT for txn_id in drafts)


@settings(deadline=None, max_examples=150)
@given(begin=st.sampled_from(sorted(STATES)), steps=walks())
def test_whatever_happens_in_whatever_order_the_rules_hold(
    begin: str, steps: list[Occurrence]
) -> None:
    walk(STATES[begin], steps, Watch())


@settings(deadline=None, max_examples=150)
@given(begin=st.sampled_from(sorted(STATES)), steps=walks())
def test_facts_leave_only_in_a_question_or_as_the_agreed_device_type(
    begin: str, steps: list[Occurrence]
) -> None:
    watch = Watch()
    state = replace(STATES[begin], facts=replace(STATES[begin].facts, values=MARKED_FACTS))
    walk(state, steps, watch)
    for command in watch.commands:
        if isinstance(command, KeepAct | SendAct) and isinstance(command.act, Ask | TellDeviceType):
            continue
        if isinstance(command, KeepAct | SendAct) and isinstance(command.act, ReportOutcome):
            bare = replace(command.act, device_type=DeviceType())
            command = replace(command, act=bare)
        if isinstance(command, KeepAct | SendAct) and isinstance(command.act, ProposeArticle):
            draft = replace(command.act.draft, applies_to=(), summary="")
            command = replace(command, act=replace(command.act, draft=draft))
        assert MARK not in repr(command)
        assert str(MARKED_NUMBER) not in repr(command)


@settings(deadline=None, max_examples=100)
@given(steps=walks(), shared=st.frozensets(st.sampled_from(FactKind)))
def test_a_kind_that_was_never_switched_on_never_leaves(
    steps: list[Occurrence], shared: frozenset[FactKind]
) -> None:
    switches = (intents.SetSharing, intents.SetIncluded)
    steps = [step for step in steps if not isinstance(step, switches)]
    watch = Watch()
    state = replace(joined_state(facts=MARKED_FACTS), sharing=shared)
    walk(state, steps, watch)
    for command in watch.commands:
        if not isinstance(command, KeepAct):
            continue
        if isinstance(command.act, Ask):
            assert {BY_NAME[fact.name].kind for fact in command.act.facts} <= shared
        if FactKind.DEVICE_TYPE not in shared:
            assert MARK not in repr(getattr(command.act, "device_type", ""))


@settings(deadline=None, max_examples=100)
@given(steps=walks())
def test_with_reading_off_nothing_is_ever_read(steps: list[Occurrence]) -> None:
    steps = [step for step in steps if not isinstance(step, intents.SetReading)]
    watch = Watch()
    state = walk(replace(joined_state(facts=()), reading=False), steps, watch)
    assert not any(isinstance(command, ReadFacts) for command in watch.commands)
    assert state.facts.values == ()


def test_facts_that_come_after_reading_was_turned_off_are_dropped() -> None:
    play = Playbook(joined_state())
    play >> intents.SetReading(False) >> FactsRead(MARKED_FACTS, 0.1)
    assert play.state.facts.values == ()


def test_away_is_told_when_it_changes_and_while_somebody_listens() -> None:
    play = Playbook(joined_state())
    play >> AvailabilityChanged(True) << SendAway(True)
    play >> AvailabilityChanged(True)
    assert play.commands == ()
    play >> AvailabilityChanged(False) << SendAway(False)
    offline = Playbook(joined_state(LinkState.OFFLINE))
    offline >> AvailabilityChanged(True)
    assert (offline.commands, offline.state.helping.away) == ((), True)


def test_a_board_that_came_or_not_is_taken_over() -> None:
    play = Playbook(joined_state())
    play >> BoardArrived(Board(questions=()))
    assert play.state.board.board == Board(questions=())
    play >> BoardMissed(TROUBLE)
    assert play.state.board.trouble == TROUBLE


def test_the_timers_of_looks_and_notices_find_their_rules() -> None:
    play = Playbook() >> started(ana_here())
    for name in (following.LOOK, notices.QUIET, remedies.LIMIT):
        before = play.state
        play >> TimerFired(name)
        assert (play.state, play.commands) == (before, ())


def test_what_a_remedy_tells_too_late_changes_nothing() -> None:
    play = Playbook(joined_state())
    play >> RemedyDone(7, Found())
    assert play.commands == ()
