"""One article, whole: what was seen, the steps, and whether it worked."""

from datetime import tzinfo

from samebox_shared.model.articles import Article, Risk

from samebox_agent.core import intents
from samebox_agent.core.draft_intents import OpenPortal, StartObjecting
from samebox_agent.core.remedy_list import REMEDIES, known
from samebox_agent.core.state import AgentState, Outcome
from samebox_agent.presenters import objection, remedies, success
from samebox_agent.presenters.views import (
    ArticleView,
    Banner,
    Button,
    Pill,
    StepView,
    Tone,
    Weight,
)

RISKS: dict[Risk, Pill] = {
    Risk.READ_ONLY: Pill("Safe to try", Tone.GOOD),
    Risk.REVERSIBLE: Pill("Can be undone", Tone.NEUTRAL),
    Risk.RISKY: Pill("Take care", Tone.WARN),
    Risk.FORBIDDEN: Pill("Not allowed", Tone.BAD),
}

FOR_GOOD = Pill("Not all can be undone", Tone.WARN)
GONE = "Samebox looked again and it is gone."


def present(state: AgentState, article: Article, zone: tzinfo) -> ArticleView:
    """The article with the buttons that fit what came of it so far."""
    finding = next(
        (item for item in state.fixes.findings if item.article_id == article.article_id), None
    )
    outcome = state.fixes.outcome(article.article_id)
    objects = objection.current(state, article)
    asks = objects is not None and not objects.said
    return ArticleView(
        title=article.title,
        pills=_pills(article, success.untried(state, article), seen=finding is not None),
        reason=finding.reason if finding else "",
        summary=article.summary,
        steps=_with_remedies(state, article, zone),
        undo=f"To go back: {article.undo}" if article.undo else "",
        outcome=objection.said(objects)
        if objects and objects.said
        else _outcome(outcome, bool(article.condition)),
        buttons=() if objects else _buttons(article, outcome),
        links=()
        if asks
        else _links(
            article,
            outcome,
            seen=finding is not None,
            said_worse=objects is not None and objects.worse,
        ),
        objection=objection.present(state, objects) if objects and asks else None,
        footnote=_footnote(success.sentence(state, article), article),
    )


def _footnote(proof: str, article: Article) -> str:
    """Also says what pressing one of the buttons does."""
    version = f"Version {article.version}"
    counted = "What you answer here is counted for laptops like this one, without your name."
    return " · ".join(filter(None, (proof, version, counted)))


def steps(article: Article, openable: frozenset[str]) -> tuple[StepView, ...]:
    """The steps, with a button where this system has the settings page (B7)."""
    return tuple(
        StepView(
            number,
            step.text,
            Button("Open settings", intents.OpenSettingsPage(step.settings))
            if step.settings in openable
            else None,
        )
        for number, step in enumerate(article.steps, start=1)
    )


def _with_remedies(state: AgentState, article: Article, zone: tzinfo) -> tuple[StepView, ...]:
    """A remedy that this agent does not know, or this laptop does not have, is only words."""
    shown = steps(article, state.fixes.openable)
    return tuple(
        view if key is None else remedies.beside(state, article.article_id, key, view, zone)
        for view, key in zip(shown, (known(step.remedy) for step in article.steps), strict=True)
    )


def _pills(article: Article, untried: str, *, seen: bool) -> tuple[Pill, ...]:
    first = (Pill("Seen on this laptop", Tone.WARN),) if seen else ()
    last = (Pill(untried, Tone.WARN),) if untried else ()
    return (*first, _risk(article), *last)


def _risk(article: Article) -> Pill:
    """What one of the steps does for good is not promised to be undone."""
    named = (known(step.remedy) for step in article.steps)
    for_good = any(REMEDIES[key].for_good for key in named if key is not None)
    return FOR_GOOD if for_good and article.risk is Risk.REVERSIBLE else RISKS[article.risk]


def _outcome(outcome: Outcome | None, checkable: bool) -> Banner | None:
    match outcome:
        case None:
            return None
        case Outcome.LOOKING:
            return Banner("Looking at this laptop again…", busy=True)
        case Outcome.FIXED:
            return Banner("Fixed", GONE, Tone.GOOD)
        case Outcome.SAID_SOLVED:
            return Banner("Good to hear", "", Tone.GOOD)
        case Outcome.NOT_YET:
            detail = "Samebox looked again and it is still there. Try once more or ask."
            return Banner("Not yet", detail, Tone.WARN)
        case Outcome.CANNOT_TELL:
            title = "Samebox cannot see this from here" if checkable else "Did it work?"
            return Banner(title, "Only you can tell.", Tone.NEUTRAL)


def _buttons(article: Article, outcome: Outcome | None) -> tuple[Button, ...]:
    article_id = article.article_id
    if outcome in (Outcome.FIXED, Outcome.SAID_SOLVED, Outcome.LOOKING):
        return ()
    ask = Button("It did not help", StartObjecting(article_id))
    if article.condition and outcome is not Outcome.CANNOT_TELL:
        return (Button("Done, look again", intents.LookAgain(article_id), Weight.PRIMARY), ask)
    return (Button("It helped", intents.SaySolved(article_id), Weight.PRIMARY), ask)


def _links(
    article: Article, outcome: Outcome | None, *, seen: bool, said_worse: bool
) -> tuple[Button, ...]:
    """What is seldom wanted; a fix that helped did no harm."""
    worse = Button(
        "It made things worse", StartObjecting(article.article_id, worse=True), Weight.QUIET
    )
    read = Button(
        "Read it in the browser",
        OpenPortal(f"/portal/articles/{article.article_id}"),
        Weight.QUIET,
        hint="There you can also suggest a change",
    )
    done = said_worse or outcome in (Outcome.FIXED, Outcome.SAID_SOLVED, Outcome.LOOKING)
    return (*(_put_away(article) if seen else ()), *(() if done else (worse,)), read)


def _put_away(article: Article) -> tuple[Button, ...]:
    return (
        Button("Not now", intents.Snooze(article.article_id), Weight.QUIET),
        Button(
            "Never for this laptop",
            intents.Snooze(article.article_id, for_ever=True),
            Weight.QUIET,
        ),
    )
