"""First contact (J1)."""

from samebox_agent.core.state import AgentState, JoinForm, Problem, Trouble
from samebox_agent.presenters import join


def test_join_waits_for_an_invite_and_for_the_answer() -> None:
    assert not join.present(AgentState()).join.enabled
    assert join.present(AgentState(join=JoinForm("https://x"))).join.enabled
    busy = join.present(AgentState(join=JoinForm("https://x", busy=True)))
    assert (busy.join.enabled, busy.busy) == (False, "Asking the server…")


def test_a_failed_join_keeps_the_invite_and_says_why() -> None:
    form = JoinForm("https://x", trouble=Trouble(Problem.BAD_ADDRESS, "No link"))
    view = join.present(AgentState(join=form))
    assert view.invite == "https://x"
    assert view.trouble is not None
    assert (view.trouble.title, view.trouble.detail[-9:]) == ("This is not an invite", "(No link)")
