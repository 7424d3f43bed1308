"""The help page when something is wrong with the network, and when it is fixed."""

from samebox_agent.core.intents import OpenArticle, Snooze
from samebox_agent.presenters.views import (
    Banner,
    Button,
    Card,
    HelpView,
    Pill,
    Section,
    Tone,
    Weight,
)

from tests.agent.ui.help_scenes import WIFI, disk_card, help_page


def names_card() -> Card:
    """The same trouble as an article, with what was seen."""
    return Card(
        title="Connected, but names of websites are not found (DNS)",
        body="The laptop is on the network, but the service that turns names into addresses does "
        "not answer.",
        reason="There is a way out to the network, but the names of websites are not found.",
        open=OpenArticle(WIFI),
        buttons=(
            Button("Show the steps", OpenArticle(WIFI)),
            Button("Not now", Snooze(WIFI), Weight.QUIET),
        ),
    )


def fixed_card() -> Card:
    """What is left of it once it is gone."""
    return Card(
        title="Connected, but names of websites are not found (DNS)",
        body="Samebox looked again and it is gone.",
        pill=Pill("Fixed", Tone.GOOD),
        open=OpenArticle(WIFI),
    )


def pages() -> dict[str, HelpView]:
    """Before and after."""
    no_names = Banner(
        "You are connected, but names are not found.",
        "Leave the network and join it again, or try another one. Fixes on this laptop still work. "
        "A question is kept and sent later.",
        Tone.WARN,
        (Button("Show the steps", OpenArticle(WIFI)),),
    )
    return {
        "help-no-names": help_page(
            banners=(no_names,),
            pill=Pill("Offline", Tone.WARN),
            sections=(Section("Seen on this laptop", (names_card(),)),),
            footnote="ThinkPad X1 Carbon Gen 10 · nothing is sent before you press Send",
        ),
        "help-fixed": help_page(
            pill=Pill("Online", Tone.GOOD),
            sections=(Section("Seen on this laptop", (fixed_card(), disk_card())),),
        ),
    }
