"""The page of a draft that was handed over: how far it is, and what those who helped say."""

import pytest
from samebox_agent.core import draft_intents as wants
from samebox_agent.core import intents
from samebox_agent.core.events import ArticlesArrived, LinkClosed
from samebox_agent.presenters import draft, draft_way
from samebox_agent.presenters.views import DraftView, Run, Weight
from samebox_shared.model.articles import AppliesTo, DraftState, Risk, Step
from samebox_shared.model.devices import System
from samebox_shared.model.ids import ArticleId
from samebox_shared.protocol.events import DraftMoved, DraftWritten

from tests.agent.presenters.test_draft import solved
from tests.support.builders import ANA, BO, SESSION, a_page, an_article
from tests.support.playbook import Playbook

DRAFT = an_article(
    "draft-1",
    symptoms=("Disk full, says [name]",),
    steps=(Step(text="Ask [name]."),),
    applies_to=(
        AppliesTo(system=System.WINDOWS, versions=">=11", model="ThinkPad T14 Gen 3"),
        AppliesTo(family="ThinkPad T14"),
    ),
    risk=Risk.REVERSIBLE,
    undo="Put it back from the bin.",
)
PUBLISHED = ArticleId("disk-2")
BROWSER = wants.OpenPortal("/portal/session/s1")


def written(*, mine: bool = True) -> Playbook:
    looker = BO if mine else ANA
    looking = DraftMoved(
        session_id=SESSION, state=DraftState.LOOKING, waits_for=(looker.person_id,)
    )
    return solved(mine=mine).feed(DraftWritten(session_id=SESSION, draft=DRAFT)).feed(looking)


def moved(
    state: DraftState, words: str = "", *, mine: bool = True, article: ArticleId | None = None
) -> Playbook:
    body = DraftMoved(session_id=SESSION, state=state, words=words, article_id=article)
    return written(mine=mine).feed(body)


def view(play: Playbook) -> DraftView:
    shown = draft.present(play.state, play.question)
    assert shown is not None
    return shown


def said(play: Playbook) -> tuple[str, str]:
    banner = view(play).banner
    return ("", "") if banner is None else (banner.title, banner.detail)


def test_it_shows_the_problem_the_steps_and_where_it_worked() -> None:
    shown = view(written())
    assert shown.heading == (Run("Make room on a full disk"),)
    assert shown.problem[0].runs == (Run("Disk full, says "), Run("name", gone=True))
    assert (shown.steps[0].number, shown.steps[0].switch) == (1, None)
    assert shown.fits == ("Windows · >=11 · ThinkPad T14 Gen 3", "ThinkPad T14")
    assert [pill.text for pill in shown.pills] == ["Can be undone"]
    assert [link.intent for link in shown.links] == [BROWSER]
    assert (shown.buttons, shown.go_back) == ((), (Run("Put it back from the bin."),))


@pytest.mark.parametrize(
    ("state", "words", "title", "detail"),
    [
        (DraftState.LOOKING, "", "Waiting for Bo to look", "moderator"),
        (DraftState.REVIEW, "", "Waiting for a moderator", "not part of it"),
        (DraftState.SENT_BACK, "Which one?", "Sent back", "“Which one?” Change it"),
        (DraftState.SENT_BACK, "", "Sent back", "Change it in the browser"),
        (DraftState.PUBLISHED, "", "Published", "within a minute"),
        (DraftState.WITHDRAWN, "Too old", "Taken back", "Too old"),
        (DraftState.WITHDRAWN, "", "Taken back", "not be published"),
    ],
)
def test_every_state_has_its_words(state: DraftState, words: str, title: str, detail: str) -> None:
    shown = said(moved(state, words))
    assert shown[0] == title
    assert detail in shown[1]


def test_the_asker_of_a_draft_that_was_sent_back_is_led_to_the_browser() -> None:
    shown = view(moved(DraftState.SENT_BACK))
    (button,) = shown.buttons
    assert (button.intent, button.weight, shown.links) == (BROWSER, Weight.PRIMARY, ())
    theirs = view(moved(DraftState.SENT_BACK, mine=False))
    assert (theirs.buttons, [link.intent for link in theirs.links]) == ((), [BROWSER])


def test_what_is_over_is_not_changed_any_more() -> None:
    assert view(moved(DraftState.PUBLISHED)).links == ()
    assert view(moved(DraftState.WITHDRAWN)).links == ()
    assert view(moved(DraftState.PUBLISHED)).intro == "This is what you handed over."
    assert view(moved(DraftState.REVIEW)).intro.endswith("only once it is published.")


def test_a_published_article_opens_once_it_is_here() -> None:
    play = moved(DraftState.PUBLISHED, article=PUBLISHED)
    assert view(play).banner.buttons == ()  # type: ignore[union-attr]
    play >> ArticlesArrived(a_page(an_article(PUBLISHED)))
    (button,) = view(play).banner.buttons  # type: ignore[union-attr]
    assert button.intent == intents.OpenArticle(PUBLISHED)


def test_until_the_server_has_it_it_says_what_becomes_of_it() -> None:
    play = solved() >> wants.HandOver(SESSION)
    assert said(play)[0] == "Being handed over…"
    play = solved() >> LinkClosed(None) >> wants.HandOver(SESSION)
    assert said(play) == (
        "Will be handed over",
        "The server cannot be reached. It is kept here and goes by itself.",
    )


def test_whoever_helped_is_asked_and_hears_what_they_said() -> None:
    play = written(mine=False)
    shown = view(play)
    assert "Bo wants to keep your answer" in shown.intro
    assert [button.intent for button in shown.buttons] == [
        wants.SayRight(SESSION),
        wants.StartDoubting(SESSION),
    ]
    assert (shown.banner, [link.intent for link in shown.links]) == (None, [BROWSER])
    play >> wants.SayRight(SESSION)
    assert (said(play)[0], view(play).buttons) == ("You said it is right", ())


def test_something_wrong_asks_what_and_shows_what_leaves() -> None:
    play = written(mine=False) >> wants.StartDoubting(SESSION)
    reason = view(play).reason
    assert reason is not None
    assert (reason.buttons[0].enabled, reason.leaves) == (False, ())
    play >> wants.TypeDoubt(SESSION, "Ask Bo")
    reason = view(play).reason
    assert reason is not None
    assert reason.buttons[0].enabled
    assert reason.leaves == (Run("Ask "), Run("name", gone=True))
    play >> wants.SayWrong(SESSION)
    assert (view(play).reason, said(play)[0]) == (None, "You said what is wrong")


def test_the_laptops_it_fits_are_said_with_the_version_it_worked_on() -> None:
    fits = (AppliesTo(system=System.MACOS),)
    assert draft_way.fits(fits, "15.1") == ("macOS · worked on version 15.1",)
