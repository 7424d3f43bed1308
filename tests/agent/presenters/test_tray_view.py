"""The tray icon before anything else is loaded."""

from samebox_agent.core import intents
from samebox_agent.presenters import tray_view


def test_before_anything_is_known_a_click_opens_help() -> None:
    assert tray_view.starting().menu[0].intent == intents.OpenHelp()
    assert tray_view.starting().count == 0
