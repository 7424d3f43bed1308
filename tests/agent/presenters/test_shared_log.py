"""What left this laptop."""

from datetime import UTC

from samebox_agent.core.state import AgentState, SharedEntry
from samebox_agent.presenters import shared_log
from samebox_agent.presenters.views import LogEntry

from tests.support.builders import NOW


def test_every_entry_shows_when_what_and_the_exact_words() -> None:
    state = AgentState(shared=(SharedEntry(NOW, "A question, to x", "{}"),))
    view = shared_log.present(state, UTC)
    assert view.entries == (LogEntry("15 Jan 2027, 08:00", "A question, to x", "{}"),)


def test_nothing_shared_says_so() -> None:
    view = shared_log.present(AgentState(), UTC)
    assert (view.entries, view.empty) == ((), "Nothing has left this laptop.")
