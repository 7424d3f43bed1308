"""Fixes: which articles fit this laptop, which conditions hold, what the words found, and whether
it worked. Everything here happens on the laptop."""

import math
from collections.abc import Mapping
from types import MappingProxyType

from msgspec.structs import replace
from samebox_shared.model.articles import Article, ArticlePage
from samebox_shared.model.devices import DeviceType
from samebox_shared.model.facts import Fact, FactKind, FactValue
from samebox_shared.model.ids import ArticleId

from samebox_agent.core import conditions, following, intents, translations
from samebox_agent.core.commands import (
    KeepSetting,
    KeepSnooze,
    KeepText,
    OpenSystemSettings,
    ReadFacts,
    Remembered,
    SearchArticles,
    StartTimer,
    Step,
)
from samebox_agent.core.events import FactsRead, Moment, SearchDone
from samebox_agent.core.facts import device_type_from, of_kinds
from samebox_agent.core.intents import Page
from samebox_agent.core.state import (
    AgentState,
    Facts,
    Finding,
    Fixes,
    LinkState,
    Outcome,
    Snoozed,
)

READ_FACTS = "read_facts"
SEEN_PLACES = 3.5
RULED_OUT_PLACES = 1.5
"""How far an article moves among the answers to words."""
EVERY_SECONDS = 1_800.0
"""How often the laptop looks at itself while nobody asks: half an hour keeps the cost unseen."""
FRESH_SECONDS = 60.0
"""Facts older than this are read again when the help window opens."""
SNOOZE_SECONDS = 24 * 3_600.0
"""A suggestion put away comes back after a day."""
QUESTION_FIELD = "help"
"""Where the words of the help field are kept."""

ALL_KINDS = frozenset(FactKind)


def device_type(state: AgentState) -> DeviceType:
    """What this laptop is, as far as it was read."""
    return device_type_from(state.facts.values)


def with_articles(state: AgentState, page: ArticlePage, *, anew: bool = False) -> AgentState:
    """Take over what changed, or `anew` all there is; see again what fits and what holds."""
    articles: dict[ArticleId, Article] = {} if anew else dict(state.fixes.articles)
    for change in page.changes:
        if change.article is None:
            articles.pop(change.article_id, None)
        else:
            articles[change.article_id] = change.article
    known = {} if anew else state.fixes.records
    records = {**known, **{each.article_id: each.records for each in page.changes}}
    before = {} if anew else state.fixes.proven
    proven = {**before, **{each.article_id: each.proven for each in page.changes}}
    fixes = replace(
        state.fixes,
        articles=MappingProxyType(articles),
        records=MappingProxyType(records),
        proven=MappingProxyType(proven),
        head=page.head,
    )
    return look(replace(state, fixes=fixes))


def look(state: AgentState) -> AgentState:
    """See which articles fit this laptop and which conditions hold."""
    here = device_type(state)
    values = {fact.name: fact.value for fact in state.facts.values}
    applying = [
        article
        for article in state.fixes.articles.values()
        if conditions.applies(article.applies_to, here)
    ]
    shown_as = translations.shown_as(applying, str(values.get("locale.language", "")))
    fitting = [article for article in applying if article.article_id not in shown_as]
    verdicts = {
        article.article_id: conditions.evaluate(article.condition, values)
        for article in fitting
        if article.condition
    }
    findings = tuple(
        Finding(article.article_id, conditions.reason(article.reason, values))
        for article in fitting
        if isinstance(verdicts.get(article.article_id), conditions.Holds)
    )
    fixes = replace(
        state.fixes,
        fitting=frozenset(article.article_id for article in fitting),
        shown_as=MappingProxyType(shown_as),
        findings=findings,
        ruled_out=frozenset(
            article_id
            for article_id, verdict in verdicts.items()
            if isinstance(verdict, conditions.DoesNotHold)
        ),
    )
    return replace(state, fixes=fixes)


def suggestions(state: AgentState, wall: float) -> tuple[Finding, ...]:
    """What may be shown unasked: what holds, was not put away, and has something to do (P7)."""
    away = {item.article_id for item in state.fixes.snoozed if item.until > wall}
    return tuple(
        item
        for item in state.fixes.findings
        if item.article_id not in away and state.fixes.articles[item.article_id].steps
    )


def read_if_old(state: AgentState, moment: Moment) -> Step:
    """Look at the laptop again for whoever opens a page, when the last look is old."""
    if state.facts.busy or moment.wall - state.facts.read_at < FRESH_SECONDS:
        return state, ()
    return read(state, asked=True)


def read(state: AgentState, *, asked: bool) -> Step:
    """Look at the laptop now, if its owner lets us look at all; `asked` by a person, or by a clock.

    On battery a look that nobody asked for finds less.
    """
    timer = StartTimer(READ_FACTS, EVERY_SECONDS)
    if not state.reading:
        return state, ()
    look_now = ReadFacts(ALL_KINDS, asked=asked)
    return replace(state, facts=replace(state.facts, busy=True)), (look_now, timer)


def on_facts(state: AgentState, event: FactsRead, moment: Moment) -> Step:
    """New facts: match again, and judge what is being looked at."""
    values = _with_own_facts(state, event) if state.reading else ()
    again = state.facts.again
    if event.kinds == ALL_KINDS:
        facts = Facts(values, moment.wall, event.seconds, event.failed, costs=event.costs)
    else:
        facts = replace(state.facts, values=values, busy=False, again=False)
    state = look(replace(state, facts=facts))
    return read(state, asked=True) if again else following.judge(_judge(state), moment)


def _with_own_facts(state: AgentState, event: FactsRead) -> tuple[Fact, ...]:
    """Add what the connection knows once it was tried; a recorded machine has its own. What is of
    kinds that were not read now stays as it was."""
    own = []
    reached = state.link.state is LinkState.ONLINE
    if reached or state.link.attempt:
        own.append(Fact(name="network.server_reachable", value=reached))
    if state.link.clock_offset is not None:
        own.append(Fact(name="time.clock_offset", value=abs(state.link.clock_offset)))
    names = {fact.name for fact in event.values}
    fresh = (*event.values, *of_kinds((f for f in own if f.name not in names), event.kinds))
    return (*of_kinds(state.facts.values, ALL_KINDS - event.kinds), *fresh)


def _judge(state: AgentState) -> AgentState:
    values = {fact.name: fact.value for fact in state.facts.values}
    judged = tuple(
        (article_id, _verdict(state.fixes, article_id, values))
        if outcome is Outcome.LOOKING
        else (article_id, outcome)
        for article_id, outcome in state.fixes.outcomes
    )
    return replace(state, fixes=replace(state.fixes, outcomes=judged))


def _verdict(fixes: Fixes, article_id: ArticleId, values: Mapping[str, FactValue]) -> Outcome:
    article = fixes.articles.get(article_id)
    if article is None or not article.condition:
        return Outcome.CANNOT_TELL
    match conditions.evaluate(article.condition, values):
        case conditions.Holds():
            return Outcome.NOT_YET
        case conditions.DoesNotHold():
            return Outcome.FIXED
        case conditions.Unknown():
            return Outcome.CANNOT_TELL


def type_question(state: AgentState, intent: intents.TypeQuestion) -> Step:
    """Look for the words on the laptop as they are typed."""
    fixes = replace(state.fixes, text=intent.text)
    if not intent.text.strip():
        fixes = replace(fixes, hits=(), searched=intent.text)
    state = replace(state, fixes=fixes)
    return state, (*search_again(state), KeepText(QUESTION_FIELD, intent.text))


def on_search(state: AgentState, event: SearchDone) -> Step:
    """Keep the answer if it is to what stands in the field now."""
    if event.text != state.fixes.text:
        return state, ()
    return replace(state, fixes=replace(state.fixes, hits=event.hits, searched=event.text)), ()


def search_again(state: AgentState) -> tuple[SearchArticles, ...]:
    """The words in the field may find something else by now."""
    text = state.fixes.text
    return (SearchArticles(text),) if text.strip() else ()


def answers(state: AgentState) -> tuple[Article, ...]:
    """The articles that the words found and that fit this laptop, best first."""
    fixes = state.fixes
    shown = dict.fromkeys(fixes.shown_as.get(item, item) for item in fixes.hits)
    fitting = [item for item in shown if item in fixes.fitting]
    places = {item: place + _shift(fixes, item) for place, item in enumerate(fitting)}
    return tuple(fixes.articles[item] for item in sorted(fitting, key=places.__getitem__))


def _shift(fixes: Fixes, article_id: ArticleId) -> float:
    """What was seen on this laptop moves up, what was looked for and not seen moves down; only a
    few places, because the words come first."""
    if any(finding.article_id == article_id for finding in fixes.findings):
        return -SEEN_PLACES
    return RULED_OUT_PLACES if article_id in fixes.ruled_out else 0.0


def open_article(state: AgentState, intent: intents.OpenArticle) -> Step:
    """Show it."""
    if intent.article_id not in state.fixes.articles:
        return state, ()
    window = state.window
    pages = tuple(page for page in window.pages if page is not Page.ARTICLE)
    window = replace(window, pages=(*pages, Page.ARTICLE))
    return replace(state, window=window, fixes=replace(state.fixes, open=intent.article_id)), ()


def look_again(state: AgentState, intent: intents.LookAgain) -> Step:
    """After the steps: fixed is verified, not assumed (J2)."""
    state = _with_outcome(state, intent.article_id, Outcome.LOOKING)
    if not state.reading:
        return _with_outcome(state, intent.article_id, Outcome.CANNOT_TELL), ()
    if state.facts.busy:  # that look began before the steps were done
        return replace(state, facts=replace(state.facts, again=True)), ()
    return read(state, asked=True)


def say_solved(state: AgentState, intent: intents.SaySolved) -> Step:
    """The person says so."""
    return _with_outcome(state, intent.article_id, Outcome.SAID_SOLVED), ()


def note_tried(state: AgentState, article_id: ArticleId) -> AgentState:
    """Remember what was tried already, for the one who is asked next."""
    tried = tuple(dict.fromkeys((*state.fixes.tried, article_id)))
    return replace(state, fixes=replace(state.fixes, tried=tried))


def forget_tried(state: AgentState, article_id: ArticleId) -> AgentState:
    """Leave it out: the one who is asked next does not hear of it."""
    tried = tuple(item for item in state.fixes.tried if item != article_id)
    return replace(state, fixes=replace(state.fixes, tried=tried))


def _with_outcome(state: AgentState, article_id: ArticleId, outcome: Outcome) -> AgentState:
    outcomes = {**dict(state.fixes.outcomes), article_id: outcome}
    return replace(state, fixes=replace(state.fixes, outcomes=tuple(outcomes.items())))


def snooze(state: AgentState, intent: intents.Snooze, moment: Moment) -> Step:
    """Put a suggestion away for a day, or for ever."""
    until = math.inf if intent.for_ever else moment.wall + SNOOZE_SECONDS
    others = tuple(i for i in state.fixes.snoozed if i.article_id != intent.article_id)
    fixes = replace(state.fixes, snoozed=(*others, Snoozed(intent.article_id, until)))
    return replace(state, fixes=fixes), (KeepSnooze(intent.article_id, until),)


def open_settings(state: AgentState, intent: intents.OpenSettingsPage) -> Step:
    """Open a settings page; which one exists is decided by our own table, never by an article."""
    return state, (OpenSystemSettings(intent.key),)


def set_reading(state: AgentState, intent: intents.SetReading) -> Step:
    """Turned off, nothing is read and what was read is forgotten."""
    state = replace(state, reading=intent.on)
    keep = KeepSetting(Remembered.READING, "yes" if intent.on else "no")
    if not intent.on:
        return look(replace(state, facts=Facts())), (keep,)
    state, commands = read(state, asked=True)
    return state, (keep, *commands)
