"""Every intent is handled, wherever the person is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samebox_agent.core import intents, wishes
from samebox_agent.core.commands import (
    CopyToClipboard,
    KeepSetting,
    Leave,
    Remembered,
    SwitchAutostart,
)
from samebox_agent.core.events import Moment
from samebox_agent.core.intents import Appearance, Intent
from samebox_agent.core.state import AgentState, InviteForm, Problem, Trouble

from tests.support.builders import NOW, joined_state, live_state
from tests.support.playbook import Playbook
from tests.support.walks import intent_kinds, intents_of

MOMENT = Moment(NOW, 0.0, "0" * 32)
STATES = [AgentState(), joined_state(), live_state(), live_state(mine=False)]


@pytest.mark.parametrize("kind", intent_kinds(), ids=lambda kind: kind.__name__)
def test_every_kind_of_intent_is_handled_in_every_state(kind: type[Intent]) -> None:
    @settings(deadline=None, max_examples=30)
    @given(intent=intents_of(kind), state=st.sampled_from(STATES))
    def handled(intent: Intent, state: AgentState) -> None:
        wishes.on_intent(state, intent, MOMENT)

    handled()


def test_an_intent_nobody_handles_is_a_bug_and_says_so() -> None:
    with pytest.raises(KeyError, match="Intent"):
        wishes.on_intent(AgentState(), Intent(), MOMENT)


def test_small_wishes_are_carried_out() -> None:
    play = Playbook(joined_state())
    play >> intents.CopyText("https://") << CopyToClipboard("https://")
    play >> intents.SetAutostart(True) << SwitchAutostart(True)
    play >> intents.SetAppearance(Appearance.DARK) << KeepSetting(Remembered.APPEARANCE, "dark")
    assert play.state.preferences.appearance is Appearance.DARK
    play >> intents.TypeInvitee("Bo")
    assert play.state.invite == InviteForm("Bo")
    play >> intents.ShowPreview(True) >> intents.SaySystem("linux")
    assert (play.state.ask.preview, play.state.ask.system) == (True, "linux")
    play >> intents.Quit() << Leave()
    assert play.state.quitting


def test_a_message_that_was_read_goes_away() -> None:
    play = Playbook(AgentState(trouble=Trouble(Problem.DISK_FULL)))
    play >> intents.DismissTrouble()
    assert play.state.trouble is None
