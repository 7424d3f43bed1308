"""What was decided about a draft."""

from samebox_agent.core.draft_state import Choices, Drafts

from tests.support.builders import SESSION


def test_nothing_is_decided_before_somebody_does() -> None:
    assert Drafts().of(SESSION) == Choices()
    assert Drafts(choices={SESSION: Choices(never=True)}).of(SESSION).never
