"""The one value of everything: what can be asked of it."""

import pytest
from msgspec.structs import replace
from samebox_agent.core.state import AgentState, Fixes, Outcome, Phase
from samebox_shared.model.ids import ArticleId, SessionId

from tests.support.builders import DISK, QUESTION, SESSION, a_conversation, live_state


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


def test_an_outcome_is_known_by_its_article() -> None:
    fixes = replace(Fixes(), outcomes=((DISK, Outcome.FIXED),))
    assert fixes.outcome(DISK) is Outcome.FIXED
    assert fixes.outcome(ArticleId("other")) is None
