"""The draft that a solved session became (J8)."""

from samebox_agent.presenters import draft
from samebox_agent.presenters.views import StepView
from samebox_shared.model.articles import AppliesTo, Risk
from samebox_shared.model.devices import System

from tests.support.builders import an_article


def test_a_draft_shows_the_problem_the_steps_and_where_it_worked() -> None:
    fits = (
        AppliesTo(system=System.WINDOWS, versions=">=11", model="ThinkPad T14 Gen 3"),
        AppliesTo(family="ThinkPad T14"),
    )
    shown = draft.present(
        an_article(applies_to=fits, symptoms=("Disk full",), risk=Risk.REVERSIBLE)
    )
    assert shown.article_title == "Make room on a full disk"
    assert (shown.problem, shown.fits) == (
        ("Disk full",),
        ("Windows · >=11 · ThinkPad T14 Gen 3", "ThinkPad T14"),
    )
    assert shown.steps[0] == StepView(1, "Open the storage page.")
    assert [pill.text for pill in shown.pills] == ["Waiting for review", "Can be undone"]
