"""Invite a colleague: a link that works once (owner and IT)."""

from samebox_agent.core import intents
from samebox_agent.core.state import AgentState
from samebox_agent.presenters import refusals
from samebox_agent.presenters.views import Button, InviteView, Weight


def present(state: AgentState) -> InviteView:
    """The page with the last link made."""
    form = state.invite
    copy = Button("Copy the link", intents.CopyText(form.link)) if form.link else None
    return InviteView(
        title="Invite a colleague",
        intro="The link works once and for three days. Hand it to that person yourself.",
        name=form.name,
        name_placeholder="Their name, as colleagues know them",
        make=Button(
            "Make the invite",
            intents.MakeInvite(),
            Weight.PRIMARY,
            enabled=bool(form.name.strip()) and not form.busy,
        ),
        link=form.link,
        copy=copy,
        trouble=refusals.banner(form.trouble) if form.trouble else None,
        busy="Asking the server…" if form.busy else "",
    )
