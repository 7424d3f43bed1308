"""Inviting a colleague."""

from samebox_agent.core import intents
from samebox_agent.core.state import AgentState, InviteForm, Problem, Trouble
from samebox_agent.presenters import invite


def test_a_name_is_needed_and_one_invite_is_made_at_a_time() -> None:
    assert not invite.present(AgentState()).make.enabled
    assert invite.present(AgentState(invite=InviteForm("Bo"))).make.enabled
    busy = invite.present(AgentState(invite=InviteForm("Bo", busy=True)))
    assert (busy.make.enabled, busy.busy) == (False, "Asking the server…")


def test_the_link_can_be_copied() -> None:
    view = invite.present(AgentState(invite=InviteForm("Bo", "https://x")))
    assert view.copy is not None
    assert view.copy.intent == intents.CopyText("https://x")
    assert invite.present(AgentState()).copy is None


def test_trouble_is_said() -> None:
    form = InviteForm("Bo", trouble=Trouble(Problem.UNREACHABLE))
    trouble = invite.present(AgentState(invite=form)).trouble
    assert trouble is not None
    assert trouble.title == "The server cannot be reached"
