"""The portal is opened by the engine, and what goes wrong is said."""

from samebox_agent.core.commands import OpenPortalAt
from samebox_agent.core.draft_intents import OpenPortal
from samebox_agent.core.events import PortalFailed
from samebox_agent.core.state import Problem, Trouble

from tests.support.builders import joined_state
from tests.support.playbook import Playbook


def test_the_portal_is_opened_by_the_engine_and_a_failure_is_said() -> None:
    play = Playbook(joined_state())
    play >> OpenPortal("/portal/session/s1") << OpenPortalAt("/portal/session/s1")
    assert play.state.outbox == ()
    for raised in (1, 1):  # the window comes up for whoever asked from the tray, and only once
        play >> PortalFailed(Trouble(Problem.PORTAL_NOT_OPENED))
        assert play.state.trouble == Trouble(Problem.PORTAL_NOT_OPENED)
        assert (play.state.window.open, play.state.window.raised) == (True, raised)
