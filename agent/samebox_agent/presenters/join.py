"""First contact: paste an invite."""

from samebox_agent.core import intents
from samebox_agent.core.state import AgentState
from samebox_agent.presenters import refusals
from samebox_agent.presenters.views import Button, JoinView, Weight


def present(state: AgentState) -> JoinView:
    """The join page with the last complaint, if there was one."""
    form = state.join
    return JoinView(
        title="Welcome to Samebox",
        intro="Help from a colleague who has the same computer. Paste the invite you were given; "
        "nothing about this laptop is sent yet.",
        invite=form.invite,
        invite_placeholder="https://help.example.com/join/…",
        trouble=refusals.banner(form.trouble) if form.trouble else None,
        join=Button(
            "Join",
            intents.Join(),
            Weight.PRIMARY,
            enabled=bool(form.invite.strip()) and not form.busy,
        ),
        busy="Asking the server…" if form.busy else "",
        footnote="No invite? Ask a colleague of IT for one. No password is needed, ever.",
    )
