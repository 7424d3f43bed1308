"""Every byte of facts that left this laptop (B2, PR-3)."""

from datetime import tzinfo

from samebox_agent.core.state import AgentState
from samebox_agent.presenters import wording
from samebox_agent.presenters.views import LogEntry, SharedLogView


def present(state: AgentState, zone: tzinfo) -> SharedLogView:
    """The ledger, newest first."""
    return SharedLogView(
        title="What was shared",
        intro="Everything about this laptop that ever left it, exactly as it was sent. "
        "This list is kept on this laptop for 90 days and nowhere else.",
        entries=tuple(
            LogEntry(wording.day_and_time(entry.at, zone), entry.what, entry.payload)
            for entry in state.shared
        ),
        empty="Nothing has left this laptop.",
    )
