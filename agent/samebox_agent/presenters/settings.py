"""The settings page: switches, how Samebox looks, and what it costs."""

from samebox_shared.model.people import Role

from samebox_agent.core import fixes, intents
from samebox_agent.core.intents import Appearance, Page
from samebox_agent.core.state import AgentState, LinkState
from samebox_agent.presenters import refusals, wording
from samebox_agent.presenters.views import Banner, Button, Choice, SettingsView, Switch

_APPEARANCES = {
    Appearance.SYSTEM: "Like the system",
    Appearance.LIGHT: "Light",
    Appearance.DARK: "Dark",
}


def present(state: AgentState, version: str) -> SettingsView:
    """What can be chosen, and who and what this is."""
    return SettingsView(
        title="Settings",
        switches=_switches(state),
        appearance_heading="Appearance",
        appearance=tuple(
            Choice(label, state.preferences.appearance is value, intents.SetAppearance(value))
            for value, label in _APPEARANCES.items()
        ),
        about=_about(state, version),
        banners=_banners(state),
        links=_links(state),
    )


def _banners(state: AgentState) -> tuple[Banner, ...]:
    if state.link.state is not LinkState.REFUSED or state.link.trouble is None:
        return ()
    return (refusals.banner(state.link.trouble),)


def _switches(state: AgentState) -> tuple[Switch, ...]:
    return (
        Switch(
            "Help colleagues with the same laptop",
            state.preferences.helping,
            intents.SetHelpingWish(True),
            intents.SetHelpingWish(False),
            "You are asked quietly. Not now costs nothing, and no answer is Not now.",
            enabled=state.me is not None,
        ),
        Switch(
            "Start at login",
            state.preferences.autostart,
            intents.SetAutostart(True),
            intents.SetAutostart(False),
            "So that fixes and questions find you.",
        ),
    )


def _about(state: AgentState, version: str) -> tuple[str, ...]:
    lines = [f"Samebox {version}"]
    if state.me is not None:
        lines.append(f"{state.me.person.name}, {state.me.organisation}")
        lines.append(f"Server: {state.server}")
    lines.append(f"This laptop: {wording.device(fixes.device_type(state))}")
    if state.facts.values:
        milliseconds = round(state.facts.seconds * 1000)
        lines.append(
            f"{len(state.facts.values)} facts read in {milliseconds} ms, "
            "at most every half hour and when you open Samebox"
        )
    lines.extend(f"Could not be read: {name}" for name in state.facts.failed)
    lines.append(f"{len(state.fixes.fitting)} fixes on this laptop fit it")
    return tuple(lines)


def _links(state: AgentState) -> tuple[Button, ...]:
    links = [
        Button("How I help", intents.GoTo(Page.VOLUNTEERING)),
        Button("My devices and people", intents.GoTo(Page.PEOPLE)),
        Button("What Samebox may share", intents.GoTo(Page.SHARING)),
        Button("What was shared", intents.GoTo(Page.SHARED_LOG)),
    ]
    if state.me is not None and {Role.OWNER, Role.IT} & set(state.me.roles):
        links.append(Button("Invite a colleague", intents.GoTo(Page.INVITE)))
    links.append(Button("Quit Samebox", intents.Quit()))
    return tuple(links)
