"""The page about helping, in words (J9)."""

from datetime import UTC

from msgspec.structs import replace
from samebox_agent.core import helping_intents as wants
from samebox_agent.core import intents
from samebox_agent.core.helping_intents import Pause
from samebox_agent.core.intents import Intent, Page
from samebox_agent.core.state import AgentState
from samebox_agent.presenters import volunteering
from samebox_agent.presenters.views import VolunteeringView
from samebox_shared.model.facts import Fact
from samebox_shared.model.topics import Topic

from tests.support.builders import NOW, T14_FACTS, joined_state
from tests.support.playbook import Playbook


def page(*more: Intent, state: AgentState | None = None) -> VolunteeringView:
    play = Playbook(state or joined_state())
    play >> intents.GoTo(Page.VOLUNTEERING)
    for intent in more:
        play >> intent
    return volunteering.present(play.state, NOW, UTC)


def test_untouched_there_is_nothing_to_save() -> None:
    view = page()
    assert (view.save.enabled, view.footnote) == (False, "This is how it counts now.")
    assert [choice.label for choice in view.minutes if choice.chosen] == ["1 hour"]
    assert [choice.label for choice in view.at_once if choice.chosen] == ["1"]
    assert not any(choice.chosen for choice in view.topics)


def test_a_change_waits_for_save() -> None:
    view = page(wants.SetTopic(Topic.NETWORK, True))
    assert (view.save.enabled, view.footnote) == (True, "Not saved yet.")
    (chosen,) = [choice for choice in view.topics if choice.chosen]
    assert chosen.intent == wants.SetTopic(Topic.NETWORK, False)


def test_each_field_says_what_it_cannot_read() -> None:
    view = page(wants.TypeDay(1, "nine"), wants.TypeLanguages("Klingonese"))
    assert (view.save.enabled, view.footnote) == (False, "One of the fields cannot be read yet.")
    assert [bool(day.complaint) for day in view.days] == [False, True] + [False] * 5
    assert view.languages.complaint
    assert view.time_zone.complaint
    assert not page(
        wants.TypeDay(1, "9-17"), wants.TypeTimeZone("Europe/Paris")
    ).time_zone.complaint


def test_the_time_zone_of_the_laptop_is_offered_and_not_filled_in() -> None:
    facts = (*T14_FACTS, Fact(name="time.timezone", value="Europe/Amsterdam"))
    view = page(state=joined_state(facts=facts))
    assert view.time_zone.text == ""
    assert view.use_zone is not None
    assert view.use_zone.intent == wants.TypeTimeZone("Europe/Amsterdam")
    used = page(view.use_zone.intent, state=joined_state(facts=facts))
    assert (used.time_zone.text, used.use_zone) == ("Europe/Amsterdam", None)


def test_a_pause_says_until_when() -> None:
    assert page().pause_heading == "Pause"
    paused = page(wants.PauseHelping(Pause.HOUR))
    assert paused.pause_heading == "Paused until 09:00"
    assert [choice.chosen for choice in paused.pause] == [False, False, False]


def test_the_switch_stands_where_the_wish_stands() -> None:
    assert not page().switches[0].on
    state = joined_state()
    helping = replace(state, preferences=replace(state.preferences, helping=True))
    assert page(state=helping).switches[0].on
