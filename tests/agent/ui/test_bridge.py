"""Intents leave by one plain call, on the thread of the person."""

from samebox_agent.core.intents import Intent, OpenHelp
from samebox_agent.ui.bridge import Bridge


def test_an_intent_reaches_the_runtime_and_any_observer() -> None:
    runtime: list[Intent] = []
    observer: list[object] = []
    bridge = Bridge(runtime.append)
    bridge.intent.connect(observer.append)
    bridge.send(OpenHelp())
    assert runtime == observer == [OpenHelp()]
