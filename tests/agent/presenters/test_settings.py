"""The settings page: switches, appearance, and what Samebox costs."""

from msgspec.structs import replace
from samebox_agent.core import intents
from samebox_agent.core.intents import Appearance, Page
from samebox_agent.core.state import (
    AgentState,
    Facts,
    Link,
    LinkState,
    Preferences,
    Problem,
    Trouble,
)
from samebox_agent.presenters import settings
from samebox_shared.model.people import Role

from tests.support.builders import T14_FACTS, ana_here, joined_state


def test_the_switches_show_what_was_chosen() -> None:
    state = replace(joined_state(), preferences=Preferences(Appearance.DARK, True, True))
    view = settings.present(state, "1.0")
    assert [switch.on for switch in view.switches] == [True, True]
    assert [choice.label for choice in view.appearance if choice.chosen] == ["Dark"]
    assert view.banners == ()


def test_helping_can_be_chosen_once_joined() -> None:
    assert not settings.present(AgentState(), "1.0").switches[0].enabled


def test_it_says_who_and_what_this_is_and_what_it_costs() -> None:
    facts = Facts(T14_FACTS, seconds=0.1234, failed=("battery",))
    about = settings.present(replace(joined_state(), facts=facts), "1.2").about
    assert about[:4] == (
        "Samebox 1.2",
        "Ana, Example",
        "Server: https://help.example.com",
        "This laptop: ThinkPad T14 Gen 3, Windows 11",
    )
    assert about[4].startswith("7 facts read in 123 ms")
    assert about[5] == "Could not be read: battery"
    assert settings.present(AgentState(), "1.2").about[1] == "This laptop: a laptop"


def test_only_owner_and_it_may_invite() -> None:
    invite = intents.GoTo(Page.INVITE)
    for role, may in ((Role.OWNER, True), (Role.IT, True), (Role.MODERATOR, False)):
        state = replace(joined_state(), me=ana_here(role))
        links = [link.intent for link in settings.present(state, "1.0").links]
        assert (invite in links) is may


def test_a_refused_laptop_is_told_why() -> None:
    refused = Link(LinkState.REFUSED, trouble=Trouble(Problem.AGENT_TOO_OLD))
    (banner,) = settings.present(replace(joined_state(), link=refused), "1.0").banners
    assert banner.title == "This Samebox is too old for the server"
