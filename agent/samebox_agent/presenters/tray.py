"""The tray icon: quiet, with a count when there is something a person can act on."""

from samebox_agent.core import fixes, intents
from samebox_agent.core.draft_intents import OpenPortal
from samebox_agent.core.helping_intents import Pause, PauseHelping
from samebox_agent.core.intents import Page
from samebox_agent.core.state import OPEN_PHASES, AgentState, LinkState, Phase
from samebox_agent.presenters import wording
from samebox_agent.presenters.views import MenuItem, TrayIcon, TrayNotice, TrayView


def present(state: AgentState, wall: float) -> TrayView:
    """The icon with its menu; "Get help…" stands first because some desktops open the menu only."""
    count = _count(state, wall)
    return TrayView(
        _icon(state, count), count, _tooltip(state, count), _menu(state, wall), _notice(state)
    )


def _notice(state: AgentState) -> TrayNotice | None:
    """One occasion in its own words and with its card behind it; several as a number."""
    shown = set(state.notices.shown)
    found = [
        (state.fixes.articles[item.article_id], item.reason)
        for item in state.fixes.findings
        if shown & {item.article_id, state.fixes.articles[item.article_id].translates}
    ]
    number = state.notices.number
    if not found:
        return None
    if len(found) == 1:
        article, reason = found[0]
        return TrayNotice(number, article.title, reason, intents.OpenArticle(article.article_id))
    title = f"Samebox found {len(found)} things on this laptop"
    return TrayNotice(
        number, title, "\n".join(article.title for article, _ in found), intents.OpenHelp()
    )


def _count(state: AgentState, wall: float) -> int:
    if state.me is None:
        return 0
    offers = sum(1 for offer in state.offers.values() if offer.end is None)
    answers = sum(1 for item in state.conversations.values() if item.unread is not None)
    return offers + answers + len(fixes.suggestions(state, wall))


def _icon(state: AgentState, count: int) -> TrayIcon:
    if any(c.phase is Phase.LIVE for c in state.conversations.values()):
        return TrayIcon.TALKING
    if count:
        return TrayIcon.ATTENTION
    if state.link.state in (LinkState.OFFLINE, LinkState.REFUSED):
        return TrayIcon.OFFLINE
    return TrayIcon.READY


def _tooltip(state: AgentState, count: int) -> str:
    if state.me is None:
        return "Samebox: paste your invite to start"
    if count:
        return f"Samebox: {count} thing{'s' if count > 1 else ''} for you"
    if state.link.state in (LinkState.OFFLINE, LinkState.REFUSED):
        return "Samebox: offline, fixes still work"
    return "Samebox: click for help"


def _menu(state: AgentState, wall: float) -> tuple[MenuItem, ...]:
    items = [MenuItem("Get help…", intents.OpenHelp())]
    for conversation in state.conversations.values():
        if conversation.phase in OPEN_PHASES:
            who = conversation.peer.name if conversation.peer else "Your question"
            label = f"{who}: {wording.shorten(conversation.text)}"
            items.append(MenuItem(label, intents.OpenSession(conversation.question_id)))
    if state.me is not None:
        helping = state.preferences.helping
        items.append(
            MenuItem(
                "Help colleagues with the same laptop",
                intents.SetHelpingWish(not helping),
                checked=helping,
                separator_before=True,
            )
        )
        items.extend(_pauses(state, wall))
        items.append(MenuItem("Open the portal", OpenPortal()))
        items.append(MenuItem("What was shared", intents.GoTo(Page.SHARED_LOG)))
        items.append(MenuItem("Settings", intents.GoTo(Page.SETTINGS)))
    items.append(MenuItem("Quit Samebox", intents.Quit(), separator_before=True))
    return tuple(items)


def _pauses(state: AgentState, wall: float) -> tuple[MenuItem, ...]:
    """For one who is asked at all; while it lasts, the way back."""
    if not state.preferences.helping:
        return ()
    if state.helping.volunteering.paused_until > wall:
        return (MenuItem("Paused. Be asked again now", PauseHelping(Pause.NONE)),)
    return (
        MenuItem("Not now: pause for 1 hour", PauseHelping(Pause.HOUR)),
        MenuItem("Not now: pause until tomorrow", PauseHelping(Pause.TOMORROW)),
    )
