"""One article: what was seen, the steps with their buttons, and what came of it (J2)."""

from datetime import UTC

import pytest
from msgspec.structs import replace
from samebox_agent.core import fixes, intents
from samebox_agent.core.draft_intents import OpenPortal, StartObjecting
from samebox_agent.core.state import AgentState, Outcome
from samebox_agent.presenters import article
from samebox_agent.presenters.views import ArticleView, Button, StepView, Tone
from samebox_shared.model.articles import Risk, Step

from tests.support.builders import DISK, a_page, an_article, joined_state

DISK_FULL = an_article(undo="Nothing to undo.")


def view(outcome: Outcome | None = None, *, seen: bool = True, condition: str = "") -> ArticleView:
    found = replace(DISK_FULL, condition=condition) if condition else DISK_FULL
    state = fixes.with_articles(joined_state() if seen else AgentState(), a_page(found))
    outcomes = ((DISK, outcome),) if outcome else ()
    here = replace(state.fixes, outcomes=outcomes, openable=frozenset({"storage"}))
    return article.present(replace(state, fixes=here), found, UTC)


def intents_of(view: ArticleView) -> list[intents.Intent]:
    return [button.intent for button in view.buttons]


def test_an_article_that_was_seen_says_why_and_can_be_put_away() -> None:
    shown = view()
    assert shown.reason == "Only 3.5% of the disk is free."
    assert [pill.text for pill in shown.pills] == ["Seen on this laptop", "Safe to try"]
    assert [link.intent for link in shown.links] == [
        intents.Snooze(DISK),
        intents.Snooze(DISK, for_ever=True),
        StartObjecting(DISK, worse=True),
        OpenPortal("/portal/articles/disk-full"),
    ]
    assert shown.undo == "To go back: Nothing to undo."
    assert shown.footnote.startswith("Version 3 · What you answer here is counted")


def test_an_article_that_was_looked_up_gives_no_reason() -> None:
    shown = view(seen=False)
    assert shown.reason == ""
    assert [link.label for link in shown.links] == [
        "It made things worse",
        "Read it in the browser",
    ]
    assert [pill.text for pill in shown.pills] == ["Safe to try"]


def test_a_step_has_a_button_only_where_this_system_has_the_page() -> None:
    open_storage = Button("Open settings", intents.OpenSettingsPage("storage"))
    assert view().steps == (
        StepView(1, "Open the storage page.", open_storage),
        StepView(2, "Empty the downloads folder."),
    )
    assert [step.button for step in article.steps(DISK_FULL, frozenset())] == [None, None]


@pytest.mark.parametrize(
    ("outcome", "title", "buttons"),
    [
        (None, None, [intents.LookAgain(DISK), StartObjecting(DISK)]),
        (Outcome.LOOKING, "Looking at this laptop again…", []),
        (Outcome.FIXED, "Fixed", []),
        (Outcome.SAID_SOLVED, "Good to hear", []),
        (Outcome.NOT_YET, "Not yet", [intents.LookAgain(DISK), StartObjecting(DISK)]),
        (
            Outcome.CANNOT_TELL,
            "Samebox cannot see this from here",
            [intents.SaySolved(DISK), StartObjecting(DISK)],
        ),
    ],
)
def test_every_outcome_has_its_words_and_its_way_on(
    outcome: Outcome | None, title: str | None, buttons: list[intents.Intent]
) -> None:
    shown = view(outcome)
    assert (shown.outcome.title if shown.outcome else None) == title
    assert intents_of(shown) == buttons


def test_without_a_condition_the_person_is_asked() -> None:
    plain = an_article(condition="")
    state = fixes.with_articles(joined_state(), a_page(plain))
    state = replace(state, fixes=replace(state.fixes, outcomes=((DISK, Outcome.CANNOT_TELL),)))
    shown = article.present(state, plain, UTC)
    assert shown.outcome is not None
    assert shown.outcome.title == "Did it work?"
    assert intents_of(shown)[0] == intents.SaySolved(DISK)


def test_every_risk_has_a_word() -> None:
    assert set(article.RISKS) == set(Risk)
    assert article.RISKS[Risk.RISKY].tone is Tone.WARN


def test_a_step_that_empties_the_bin_for_good_is_not_promised_to_be_undone() -> None:
    def words(remedy: str, risk: Risk) -> str:
        steps = (Step(text="Empty the bin.", remedy=remedy),)
        one = an_article(steps=steps, risk=risk, undo="Files can be copied back.")
        return article.present(AgentState(), one, UTC).pills[0].text

    assert words("empty_bin", Risk.REVERSIBLE) == "Not all can be undone"
    assert words("flush_dns", Risk.REVERSIBLE) == "Can be undone"
    assert words("not_known_here", Risk.REVERSIBLE) == "Can be undone"
    assert words("empty_bin", Risk.RISKY) == "Take care"
