"""The one value of everything: what can be asked of it."""

import pytest
from msgspec.structs import replace
from samebox_agent.core.state import AgentState, Companion, Fixes, Outcome, Phase
from samebox_shared.model.ids import ArticleId, PersonId, QuestionId, SessionId
from samebox_shared.model.topics import Part
from samebox_shared.protocol.acts import MOST_OPEN

from tests.support.builders import (
    BO,
    DISK,
    IRIS,
    QUESTION,
    SESSION,
    a_conversation,
    a_live_conversation,
    live_state,
    parked_state,
)


def test_a_conversation_is_found_by_its_session() -> None:
    state = live_state()
    assert state.conversation_of(SESSION) == state.conversations[QUESTION]
    assert state.conversation_of(SessionId("gone")) is None


def test_a_conversation_put_in_leaves_the_old_state_as_it_was() -> None:
    state = AgentState()
    assert QUESTION in state.with_conversation(a_conversation()).conversations
    assert state.conversations == {}


@pytest.mark.parametrize(
    ("phase", "mine", "asking"),
    [
        (Phase.KEPT, True, True),
        (Phase.ASKING, True, True),
        (Phase.PARKED, True, False),
        (Phase.LIVE, True, True),
        (Phase.LIVE, False, False),
        (Phase.SOLVED, True, False),
        (Phase.CANCELLED, True, False),
        (Phase.ENDED, True, False),
    ],
)
def test_one_question_of_ones_own_is_open_at_a_time(phase: Phase, mine: bool, asking: bool) -> None:
    state = AgentState().with_conversation(a_conversation(phase, mine=mine))
    assert (state.asking_now() is not None) is asking


def test_others_can_be_asked_beside_parked_questions_up_to_a_limit() -> None:
    assert parked_state(MOST_OPEN - 1).asking_now() is None
    state = parked_state(MOST_OPEN)
    assert state.asking_now() == state.conversations[QuestionId("q0")]


def test_a_question_that_is_asked_again_after_it_was_parked_stands_aside() -> None:
    again = replace(a_conversation(Phase.ASKING), was_parked=True)
    assert again.is_aside
    assert not replace(again, phase=Phase.LIVE).is_aside


def test_an_outcome_is_known_by_its_article() -> None:
    fixes = replace(Fixes(), outcomes=((DISK, Outcome.FIXED),))
    assert fixes.outcome(DISK) is Outcome.FIXED
    assert fixes.outcome(ArticleId("other")) is None


def test_everyone_in_it_is_found_by_who_they_are() -> None:
    item = a_live_conversation()
    assert (item.other, item.peer) == (item.company[0], BO)
    assert item.companion(PersonId("nobody")) is None
    gone = item.with_companion(replace(item.company[0], gone=True))
    assert (gone.present, gone.other, gone.peer) == ((), None, None)
    both = gone.with_companion(Companion(IRIS, Part.HELPER))
    assert both.peer == IRIS
    assert a_live_conversation(mine=False).peer == BO
