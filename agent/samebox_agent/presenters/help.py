"""The help page: one field, fixes that fit this laptop, and the way to a colleague."""

from samebox_shared.model.articles import Article

from samebox_agent.core import fixes, intents
from samebox_agent.core.draft_intents import OpenPortal
from samebox_agent.core.intents import Page
from samebox_agent.core.state import (
    OPEN_PHASES,
    AgentState,
    Conversation,
    Finding,
    LinkState,
    Outcome,
    Phase,
    Problem,
    Trouble,
)
from samebox_agent.presenters import article as article_words
from samebox_agent.presenters import draft, refusals, success, triage, wording
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

MOST_HITS = 5
"""More answers than this are not read."""
MOST_FINDINGS = 3


def present(state: AgentState, wall: float) -> HelpView:
    """What a person sees after a click on the icon."""
    sections = _sections(state, wall)
    return HelpView(
        title="How can we help?",
        text=state.fixes.text,
        placeholder="Say what is wrong, in your own words",
        pill=_pill(state),
        banners=_banners(state),
        sections=sections,
        empty="" if sections else _empty(state),
        ask=_ask_button(state),
        footnote=_footnote(state),
        links=(
            *_links_to_server(state),
            Button("What was shared", intents.GoTo(Page.SHARED_LOG), Weight.QUIET),
            Button("Settings", intents.GoTo(Page.SETTINGS), Weight.QUIET),
        ),
    )


def _pill(state: AgentState) -> Pill:
    match state.link.state:
        case LinkState.ONLINE:
            return Pill("Online", Tone.GOOD)
        case LinkState.CONNECTING:
            return Pill("Connecting…", Tone.NEUTRAL)
        case _:
            return Pill("Offline", Tone.WARN)


def _banners(state: AgentState) -> tuple[Banner, ...]:
    found = (
        *(_open_banner(c) for c in state.conversations.values() if c.phase in OPEN_PHASES),
        *draft.to_do(state),
    )
    if state.fixes.copy.is_refused:
        found = (*found, refusals.banner(Trouble(Problem.ARTICLES_NOT_SIGNED)))
    network = triage.present(state)
    if network is not None:
        return (network, *found)
    if state.link.state is LinkState.REFUSED and state.link.trouble is not None:
        return (*found, refusals.banner(state.link.trouble))
    if state.link.state is LinkState.OFFLINE and state.link.attempt > 1:
        return (*found, _offline(state.link.trouble))
    return found


def _offline(trouble: Trouble | None) -> Banner:
    if trouble is not None and trouble.problem is Problem.BAD_CERTIFICATE:
        return refusals.banner(trouble)
    why = refusals.sentence(trouble)[0] if trouble else "The server cannot be reached"
    return Banner(why, triage.KEPT, Tone.WARN)


def _open_banner(conversation: Conversation) -> Banner:
    button = Button("Open", intents.OpenSession(conversation.question_id))
    match conversation.phase:
        case Phase.LIVE if conversation.mine and conversation.peer:
            title = f"{conversation.peer.name} is helping you"
        case Phase.LIVE:
            title = "You are helping a colleague"
        case Phase.KEPT:
            title = "Your question is kept and will be sent"
        case Phase.PARKED if conversation.answers:
            title = "Your question was answered"
        case Phase.PARKED:
            title = "Your question stands on the board"
        case _:
            title = "Your question is being asked"
    return Banner(title, conversation.text, Tone.ACCENT, (button,))


def _sections(state: AgentState, wall: float) -> tuple[Section, ...]:
    sections = []
    if state.fixes.text.strip():
        cards = tuple(_hit_card(state, item) for item in fixes.answers(state)[:MOST_HITS])
        if cards:
            sections.append(Section("Try this first", cards))
    found = fixes.suggestions(state, wall)[:MOST_FINDINGS]
    gone = [item for item in state.fixes.fixed if item in state.fixes.articles]
    if (found or gone) and not state.fixes.text.strip():
        fixed = tuple(_fixed_card(state.fixes.articles[item]) for item in gone)
        cards = (*fixed, *(_finding_card(state, item) for item in found))
        sections.append(Section("Seen on this laptop", cards))
    return tuple(sections)


def _hit_card(state: AgentState, article: Article) -> Card:
    finding = next((f for f in state.fixes.findings if f.article_id == article.article_id), None)
    return Card(
        title=article.title,
        body=article.summary,
        reason=finding.reason if finding else "",
        proof=success.sentence(state, article) or success.untried(state, article),
        pill=Pill("Seen on this laptop", Tone.WARN) if finding else None,
        open=intents.OpenArticle(article.article_id),
    )


def _finding_card(state: AgentState, finding: Finding) -> Card:
    article = state.fixes.articles[finding.article_id]
    fixed = state.fixes.outcome(finding.article_id)
    show = Button("Show the steps", intents.OpenArticle(finding.article_id))
    later = Button("Not now", intents.Snooze(finding.article_id), Weight.QUIET)
    return Card(
        title=article.title,
        body=article.summary,
        reason=finding.reason,
        proof=success.sentence(state, article) or success.untried(state, article),
        pill=Pill("Not yet fixed", Tone.WARN) if fixed is Outcome.NOT_YET else None,
        open=intents.OpenArticle(finding.article_id),
        buttons=(show, later),
    )


def _fixed_card(article: Article) -> Card:
    """The good news stays until the window is closed."""
    return Card(
        title=article.title,
        body=article_words.GONE,
        pill=Pill("Fixed", Tone.GOOD),
        open=intents.OpenArticle(article.article_id),
    )


def _empty(state: AgentState) -> str:
    if state.fixes.text.strip():
        if state.fixes.searched != state.fixes.text:
            return "Looking…"
        return "No fix on this laptop matches these words. A colleague may know."
    if not state.reading:
        return "Samebox does not look at this laptop. Say what is wrong, and fixes appear."
    if state.facts.busy and not state.facts.values:
        return "Looking at this laptop…"
    if not state.fixes.articles:
        return "Fixes arrive with the first connection. You can ask a colleague right away."
    if triage.present(state) is not None:
        return "Say what is wrong, and fixes appear as you type."
    return "Nothing stands out on this laptop. Say what is wrong, and fixes appear as you type."


def _ask_button(state: AgentState) -> Button:
    running = state.asking_now()
    if running is not None:
        return Button(
            "Go to your question", intents.OpenSession(running.question_id), Weight.PRIMARY
        )
    return Button(
        "Ask a colleague",
        intents.StartAsking(),
        Weight.PRIMARY,
        hint="Shows first what would be sent",
    )


def _footnote(state: AgentState) -> str:
    here = wording.device(fixes.device_type(state))
    running = state.asking_now()
    if running is not None:
        return wording.TOO_MANY_OPEN if running.is_aside else "One question at a time."
    return f"{here} · nothing is sent before you press Send"


def _links_to_server(state: AgentState) -> tuple[Button, ...]:
    """Only where they can be fetched: neither is kept on the laptop."""
    if state.link.state is not LinkState.ONLINE:
        return ()
    return (
        Button("Open questions", intents.GoTo(Page.BOARD), Weight.QUIET),
        Button("Portal", OpenPortal(), Weight.QUIET, hint="Opens in your browser"),
    )
