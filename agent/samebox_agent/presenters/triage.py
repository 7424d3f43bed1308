"""What is wrong with the network, in one sentence, and what to do next."""

from collections.abc import Mapping
from types import MappingProxyType

from samebox_shared.model.ids import ArticleId

from samebox_agent.core import intents, triage
from samebox_agent.core.state import AgentState
from samebox_agent.core.triage import Diagnosis
from samebox_agent.presenters.views import Banner, Button, Tone

KEPT = "Fixes on this laptop still work. A question is kept and sent later."

WORDS: Mapping[Diagnosis, tuple[str, str]] = MappingProxyType(
    {
        Diagnosis.WIFI_OFF: (
            "Wi-Fi is switched off, and there is no network cable.",
            "Switch Wi-Fi on, or plug in a cable.",
        ),
        Diagnosis.NOT_CONNECTED: (
            "No network cable and no Wi-Fi.",
            "Choose a Wi-Fi network, or plug in a cable.",
        ),
        Diagnosis.NO_ADDRESS: (
            "You are connected, but the network gave this laptop no address.",
            "Leave the network and join it again.",
        ),
        Diagnosis.NO_WAY_OUT: (
            "You are connected, but this network has no way out.",
            "Try another network, for example that of your phone.",
        ),
        Diagnosis.SIGN_IN_PAGE: (
            "The network wants you to sign in on a web page.",
            "Open a browser: the page comes by itself, or with any address that begins with http://.",
        ),
        Diagnosis.CLOCK_WRONG: (
            "The clock of this laptop is wrong, so the server cannot prove who it is.",
            "Set the clock first. If the warning stays, do not go on; tell IT.",
        ),
        Diagnosis.ROUTER_SILENT: (
            "You are connected, but the router of this network does not answer.",
            "Others here have it too? Then the router needs a restart. If not, join again.",
        ),
        Diagnosis.NAMES_BEHIND_VPN: (
            "A VPN is on, and names are not found.",
            "Turn the VPN off and on again.",
        ),
        Diagnosis.NAMES_BEHIND_PROXY: (
            "A proxy is set, and names are not found.",
            "Is the proxy meant for another network? Look at the proxy settings.",
        ),
        Diagnosis.NO_NAME_SERVER: (
            "You are connected, but the laptop knows no name server to ask.",
            "Leave the network and join it again.",
        ),
        Diagnosis.NAMES_NOT_FOUND: (
            "You are connected, but names are not found.",
            "Leave the network and join it again, or try another one.",
        ),
        Diagnosis.SERVER_ONLY: (
            "The network works; only the Samebox server cannot be reached.",
            "You need not do anything: Samebox goes on trying by itself.",
        ),
        Diagnosis.SERVER_SILENT: (
            "Names are found, but the Samebox server does not answer.",
            "If websites open, you need not do anything: Samebox goes on trying by itself.",
        ),
    }
)

ARTICLES: Mapping[Diagnosis, tuple[ArticleId, ...]] = MappingProxyType(
    {
        diagnosis: tuple(map(ArticleId, names))
        for diagnosis, names in (
            (Diagnosis.WIFI_OFF, ("wifi-blocked-linux", "not-connected")),
            (Diagnosis.NOT_CONNECTED, ("not-connected",)),
            (Diagnosis.NO_ADDRESS, ("no-address-on-wifi", "no-address-on-cable")),
            (Diagnosis.NO_WAY_OUT, ("no-gateway",)),
            (Diagnosis.SIGN_IN_PAGE, ("captive-portal", "train-or-hotel-network")),
            (Diagnosis.CLOCK_WRONG, ("clock-wrong",)),
            (Diagnosis.ROUTER_SILENT, ("gateway-silent-linux",)),
            (Diagnosis.NAMES_BEHIND_VPN, ("vpn-in-the-way",)),
            (Diagnosis.NAMES_BEHIND_PROXY, ("proxy-in-the-way",)),
            (Diagnosis.NO_NAME_SERVER, ("no-name-server",)),
            (Diagnosis.NAMES_NOT_FOUND, ("dns-fails",)),
        )
    }
)
"""Starter articles with the steps; where a company has none of them there are only the words."""


def present(state: AgentState) -> Banner | None:
    """What keeps the laptop from its server; None when that is not known."""
    diagnosis = triage.of(state)
    if diagnosis is None:
        return None
    title, next_step = WORDS[diagnosis]
    return Banner(title, f"{next_step} {KEPT}", Tone.WARN, _steps(state, diagnosis))


def _steps(state: AgentState, diagnosis: Diagnosis) -> tuple[Button, ...]:
    """The article that is seen to fit, or else the first that this laptop has."""
    fixes = state.fixes
    named = [fixes.shown_as.get(item, item) for item in ARTICLES.get(diagnosis, ())]
    here = [item for item in named if item in fixes.fitting]
    seen = {finding.article_id for finding in fixes.findings}
    best = next((item for item in here if item in seen), next(iter(here), None))
    if best is None:
        return ()
    return (Button("Show the steps", intents.OpenArticle(best)),)
